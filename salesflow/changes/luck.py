"""Whose random numbers the elements of a new version draw: those of what they were.

Random numbers are keyed by where an element stands. What only moved (a step into a block) is the
same work for the same deals, so it keeps the luck that it had.
"""

from collections.abc import Iterator, Mapping

from salesflow.changes.matching.nouns import Matching
from salesflow.changes.sheet import RUNS, node_of
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process
from salesflow.process.places import Layout, Node
from salesflow.process.steps import Run

_ELSE = "†"  # no id has it: draws of what is new where something else was


def drawn_as(
    before: Process, new: Process, matching: Matching, paths: Mapping[str, str]
) -> FrozenMap[str, str]:
    """For nodes and results of the new version, by path in the program, their paths before.

    Only those that differ. ``before`` is the old version under other ids, and ``paths`` are those
    of its elements there.
    """
    old = Layout(before).nodes
    nodes = Layout(new).nodes
    found: dict[str, str] = {}  # every node of the new version -> where it was
    for path, node in nodes.items():
        was = _was(node, matching, paths, found)
        if was is not None and was in old:
            found[path] = was
    taken = {was for path, was in found.items() if was != path}
    for path in nodes:
        if path not in found and path in taken:
            found[path] = path + _ELSE
    pairs = {nodes[path]: was for path, was in found.items() if path != was}
    return FrozenMap(dict(_in_program(new.id, pairs)))


def _was(
    node: Node, matching: Matching, paths: Mapping[str, str], found: Mapping[str, str]
) -> str | None:
    """Where a node stood, with the runs that it lay in in front; None if it did not."""
    home = prefix = ""
    if node.run is not None:
        if node.run.path not in found:
            return None
        prefix = f"{found[node.run.path]}."
        home = f"{RUNS}.{node.run.step.process}." if isinstance(node.run.step, Run) else ""
    old = matching.old_of.get(home + node.step.path)
    if old is None:
        return None
    path = paths[old].split(".")
    inner = path[2:] if path[0] == RUNS else path
    return prefix + node_of(".".join(inner))


def _in_program(process: str, pairs: Mapping[Node, str]) -> Iterator[tuple[str, str]]:
    """The nodes and their results by their paths in the program: a result may draw values too."""
    for node, was in pairs.items():
        yield f"{process}:{node.path}", was
        for name in node.results:
            yield f"{process}:{node.path}.{name}", f"{was}.{name}"
