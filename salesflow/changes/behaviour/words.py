"""What is seen of a run, in words that mean the same in both versions.

A word is the short path of a result, a source or an outcome in the new version. What only the old
version has keeps its own with a mark, so that it is no word of the new one.
"""

from collections.abc import Mapping

from salesflow.changes.behaviour.automaton import Word
from salesflow.changes.matching.nouns import Matching
from salesflow.changes.sheet import RUNS, node_of
from salesflow.process.places import Node, Way

ONLY_OLD = "†"


class Words:
    """The words of one version; ``old``: of the old one."""

    def __init__(self, matching: Matching, *, old: bool) -> None:
        """Nothing is looked up yet."""
        self._new_of: Mapping[str, str] | None = matching.new_of if old else None
        self._nodes: dict[str, str] = {}
        self._ways: dict[str, str] = {}
        self.own: dict[str, str] = {}  # word -> what this version itself calls it

    def of(self, path: str, *, own: str, home: str = "") -> str:
        """The word for the element of a path; ``home`` is ``runs.ID.`` of what lies in a run."""
        if self._new_of is None:
            word = own
        else:
            new = self._new_of.get(home + path)
            inner = new.split(".", 2)[2] if new and new.startswith(f"{RUNS}.") else new
            word = node_of(inner) if inner else own + ONLY_OLD
        self.own[word] = own
        return word

    def way(self, way: Way, home: str) -> str:
        """The word for a result, with those of the runs it lies in in front."""
        found = self._ways.get(way.path)
        if found is None:
            found = self.of(way.result.path, own=way.result.node, home=home)
            prefix = self.run(way.node.run)
            if prefix:
                found = f"{prefix}.{found}"
            self.own[found] = way.path
            self._ways[way.path] = found
        return found

    def run(self, node: Node | None) -> str:
        """The word for a step that runs a process, "" for none."""
        if node is None:
            return ""
        found = self._nodes.get(node.path)
        if found is None:
            outer = self.run(node.run)
            found = self.of(node.step.path, own=node.step.node, home=home_of(node))
            found = self._nodes[node.path] = f"{outer}.{found}" if outer else found
        return found

    def told(self, seen: Word) -> tuple[str, ...]:
        """A run as this version itself calls it."""
        return tuple(self.own.get(word, word.removesuffix(ONLY_OLD)) for word in seen)


def home_of(node: Node) -> str:
    """``runs.ID.`` of a node that lies in a run, else ""."""
    if node.run is None:
        return ""
    return f"{RUNS}.{_process_of(node.run)}."


def _process_of(run: Node) -> str:
    return str(getattr(run.step, "process", ""))
