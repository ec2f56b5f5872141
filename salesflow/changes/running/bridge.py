"""From the net of one version to that of another: which node, branch, result and field is which."""

from collections.abc import Collection
from functools import cached_property

from salesflow.analysis.forget import spared_limits
from salesflow.changes.matching.nouns import Matching
from salesflow.changes.sheet import RUNS
from salesflow.expressions import Expression
from salesflow.expressions.tree import Truth
from salesflow.expressions.types import NUMERIC
from salesflow.nouns import FrozenMap
from salesflow.process.binding import SOURCE_FIELD
from salesflow.process.memory import Memory
from salesflow.process.model import Process
from salesflow.process.net import Net
from salesflow.process.places import Lane, Layout, Node
from salesflow.process.steps import Run


class Bridge:
    """Where the parts of an old net are in a new one.

    ``nodes``, ``lanes`` and ``results`` map paths of the old layout to what they are in the new
    one, as far as they are there; ``fields`` map a new field to the old one. The net ``old`` also
    remembers what conditions of ``new`` look at.
    """

    def __init__(self, old: Process, new: Process, matching: Matching) -> None:
        """Open both nets; UsageError where runs open into too many steps."""
        self.new = Net(new)
        bare = Net(old)
        self._matching = matching
        self.nodes = _nodes(bare.layout, self.new.layout, matching)
        self.lanes = self._lanes(bare.layout)
        self.results = self._results(bare.layout)
        self.fields = _fields(matching)
        self.spared = spared_limits(self.new)
        self.old = Net(old, watched=[self._watch(bare, self.spared)])

    @cached_property
    def counting(self) -> Net:
        """The old net that also counts results whose limits in the new one could be spared."""
        return Net(self.old.process, watched=[self._watch(self.old, frozenset())])

    def before(self, bits: int, old: Memory) -> int:
        """Parts of what the new net remembers as parts of what the old one does."""
        new = self.new.memory
        names = [*new.fields, *new.counts, *new.visits]
        wanted = {name for at, name in enumerate(names) if bits >> at & 1}
        fields = (self.fields.get(name, "") for name in new.fields if name in wanted)
        visits = (path for path, node in self.nodes.items() if node.path in wanted)
        counts = (path for path, name in self.results.items() if name in wanted)
        return old.bits(
            fields=(old.field_at[name] for name in fields if name in old.field_at),
            counts=(old.count_at[name] for name in counts if name in old.count_at),
            visits=(old.visit_at[name] for name in visits if name in old.visit_at),
        )

    def _lanes(self, layout: Layout) -> dict[str, Lane]:
        found: dict[str, Lane] = {}
        for lane in layout.lanes.values():
            block = self.nodes.get(lane.block.path)
            name = self._matching.new_of.get(branch_of(lane))
            for other in block.lanes if block is not None else ():
                if branch_of(other) == name:
                    found[lane.path] = other
        return found

    def _results(self, layout: Layout) -> dict[str, str]:
        found: dict[str, str] = {}
        for way in layout.ways():
            node = self.nodes.get(way.node.path)
            home = _home(way.node)
            name = self._matching.new_of.get(home + way.result.path)
            for other in node.results.values() if node is not None else ():
                if _home(other.node) + other.result.path == name:
                    found[way.path] = other.path
        return found

    def _watch(self, bare: Net, spared: Collection[str]) -> Expression:
        """A condition that looks at all that the new version's conditions look at."""
        memory, types = self.new.memory, bare.memory.types
        kept = {
            self.fields[name]: {cell.low for cell in cells if cell.low is not None}
            for name, cells in zip(memory.fields, memory.cells, strict=True)
            if self.fields.get(name) in types
        }
        names = frozenset(kept)
        asked = {
            old: memory.caps[new] - 1
            for old, new in self.results.items()
            if new in memory.caps and new not in spared
        }
        return Expression(
            root=Truth(value=True),
            type="condition",
            text="",
            mentions=names,
            reads=names,
            steps=frozenset(p for p, n in self.nodes.items() if n.path in memory.visit_at),
            results=FrozenMap(asked),
            literals=FrozenMap(
                {name: tuple(cuts) for name, cuts in kept.items() if types[name].kind in NUMERIC}
            ),
        )


def gone_home(bridge: Bridge, path: str) -> str:
    """The outermost branch, block or run around an old node that is gone too, else itself."""
    around: Node | Lane | None = bridge.old.layout.nodes[path]
    home = path
    while around is not None:
        lane = isinstance(around, Lane)
        if around.path not in (bridge.lanes if lane else bridge.nodes):
            home = around.path
        around = around.block if isinstance(around, Lane) else around.inside
    return home


def element_of(node: Node) -> str:
    """The element's path of a node, as in a sheet."""
    return _home(node) + node.step.path


def branch_of(lane: Lane) -> str:
    """The element's path of a branch."""
    return _home(lane.block) + lane.branch.path


def _home(node: Node) -> str:
    """``runs.ID.`` for what lies in a process that is run."""
    run = node.run.step if node.run is not None else None
    return f"{RUNS}.{run.process}." if isinstance(run, Run) else ""


def _nodes(old: Layout, new: Layout, matching: Matching) -> dict[str, Node]:
    """Outer nodes come first: what lies in a run is looked for in what that run became."""
    there: dict[str, list[Node]] = {}
    for node in new.nodes.values():
        there.setdefault(element_of(node), []).append(node)
    found: dict[str, Node] = {}
    for path, node in old.nodes.items():
        fitting = there.get(matching.new_of.get(element_of(node), ""), [])
        if node.run is not None:
            home = found.get(node.run.path)
            fitting = [other for other in fitting if other.run in (home, None)]
        if fitting:
            found[path] = fitting[0]
    return found


def _fields(matching: Matching) -> dict[str, str]:
    """New field -> old field."""
    found = {SOURCE_FIELD: SOURCE_FIELD}
    for match in matching.matches.values():
        one, other = match.old.split("."), match.new.split(".")
        if "data" in one[-2:-1] and "data" in other[-2:-1]:
            found.setdefault(other[-1], one[-1])
    return found
