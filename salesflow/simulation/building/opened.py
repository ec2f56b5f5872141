"""One process with its runs opened, and the numbers of all that is in it."""

from collections.abc import Iterable, Iterator, Mapping

from salesflow.expressions import Expression
from salesflow.process.binding import SOURCE_FIELD
from salesflow.process.model import Process
from salesflow.process.places import Lane, Layout, Node, Way
from salesflow.process.steps import Work
from salesflow.simulation.building.draft import Draft
from salesflow.simulation.building.formulas import Known, Names
from salesflow.simulation.philox import element_key
from salesflow.simulation.program import Field


class Opened:
    """Numbers follow those of what the draft has already, in the order of ``process/places``.

    ``node_at``, ``way_at`` and ``lane_at`` are by path (runs in front, no process), ``outcome_at``
    and ``stage_at`` by id.
    """

    def __init__(self, process: Process, draft: Draft) -> None:
        """Open the runs and number everything; the fields are written to the draft."""
        self.process = process
        self.drawn_as = draft.drawn_as
        self.number = len(draft.parts)
        self.origin = root_of(process).id
        if draft.origins.count(self.origin) > 1:
            self.origin = process.id  # played beside what it varies: deals of its own
        self.layout = layout = Layout(process)
        self.node_at = _numbers(layout.nodes, len(draft.nodes))
        self.way_at = _numbers((w.path for w in self.ways()), len(draft.ways))
        self.lane_at = _numbers(layout.lanes, len(draft.lanes))
        self.outcome_at = _numbers(sorted(process.outcomes), len(draft.outcomes))
        self.stage_at = _numbers(sorted(process.stages), len(draft.stages))
        expressions = [*_expressions(layout)]
        self.fields = self._fields(draft, expressions)
        self.counter_at = _numbers(sorted(self._counted(expressions)), draft.counters)
        draft.counters += len(self.counter_at)
        asked = {prefix + name for prefix, e in expressions for name in e.steps}
        self.visit_at = _numbers(sorted(asked & set(layout.nodes)), draft.visited)
        draft.visited += len(self.visit_at)
        self.depth: dict[str, int] = {}
        for path, node in layout.nodes.items():
            around = around_of(node)
            self.depth[path] = self.depth[around.path] + 1 if around is not None else 0

    def path(self, inner: str) -> str:
        """A path in the program: ``enterprise:contracting.legal.draft``."""
        return f"{self.process.id}:{inner}"

    def key(self, inner: str) -> int:
        """What the random numbers of an element are keyed by: its path.

        A variant has the numbers of what it varies, so that the two can be compared; so has what
        the draft says is drawn as something else. What is behind ``#`` is one of several draws.
        """
        path, mark, draw = inner.partition("#")
        path = self.drawn_as.get(self.path(path), path)
        return element_key(f"{self.origin}:{path}{mark}{draw}")

    def ways(self) -> Iterator[Way]:
        """All results of all nodes, those of a node that can be chosen before its others."""
        for node in self.layout.nodes.values():
            yield from ways_of(node)

    def names(self, node: Node) -> Names:
        """What names in the expressions of a node stand for."""
        return Names(self.fields, self.counter_at, self.visit_at, node.prefix)

    def requires(self, names: Iterable[str]) -> tuple[int, ...]:
        """The fields of some names, ascending."""
        return tuple(sorted(self.fields[name].number for name in names if name in self.fields))

    def _fields(
        self, draft: Draft, expressions: Iterable[tuple[str, Expression]]
    ) -> Mapping[str, Known]:
        """Every field of the deal, ``source`` only where something reads it."""
        found: dict[str, Known] = {}
        kinds: dict[str, tuple[str, tuple[str, ...]]] = {}
        for process in self.layout.processes.values():
            for field in process.data.values():
                kinds.setdefault(field.id, (field.type, field.values))
        if any(SOURCE_FIELD in expression.mentions for _, expression in expressions):
            kinds[SOURCE_FIELD] = ("choice", tuple(sorted(self.process.sources)))
        for name, (kind, values) in sorted(kinds.items()):
            found[name] = Known(len(draft.fields), values)
            draft.fields.append(Field(self.path(name), self.number, kind, values))
        return found

    def _counted(self, expressions: Iterable[tuple[str, Expression]]) -> set[str]:
        """Results whose count a limit or a ``times(…)`` looks at."""
        found = {way.path for way in self.ways() if way.result.at_most is not None}
        return found | {prefix + name for prefix, e in expressions for name in times_in(e)}


def ways_of(node: Node) -> tuple[Way, ...]:
    """The results of a node, those that can be chosen when it ends by itself first, by id."""
    if not isinstance(node.step, Work):
        return tuple(node.results.values())
    chosen = {way.path for way in node.chosen}
    others = (way for way in node.results.values() if way.path not in chosen)
    return (*node.chosen, *others)


def around_of(node: Node) -> Node | None:
    """The block or run that a node lies in directly."""
    return node.inside.block if isinstance(node.inside, Lane) else node.inside


def times_in(expression: Expression) -> set[str]:
    """The results that an expression counts, by the paths written in it."""
    from salesflow.expressions.tree import Times, every

    return {node.result for node in every(expression.root) if isinstance(node, Times)}


def _expressions(layout: Layout) -> Iterator[tuple[str, Expression]]:
    """Prefix and expression of every condition and every value that is set."""
    for way in layout.ways():
        if way.result.when is not None:
            yield way.node.prefix, way.result.when
        for expression in way.result.set.values():
            if expression is not None:
                yield way.node.prefix, expression
    for lane in layout.lanes.values():
        if lane.branch.when is not None:
            yield lane.block.prefix, lane.branch.when


def root_of(process: Process) -> Process:
    """The process that variants of variants go back to."""
    while process.base is not None:
        process = process.base.process
    return process


def _numbers(names: Iterable[str], first: int) -> dict[str, int]:
    return {name: number for number, name in enumerate(names, first)}
