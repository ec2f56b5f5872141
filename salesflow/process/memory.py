"""What of a deal's past can still matter: the cells of some fields, some counts, some visits.

Everything else is left out of states, which keeps them finite (semantics, "Why it is finite"):
fields that no condition reads, counts that no limit and no ``times(…)`` looks at, visits that no
``visited(…)`` asks for.
"""

from collections.abc import Collection, Iterable, Mapping
from math import isfinite
from typing import Any, NamedTuple, TypeAlias

from salesflow.distributions import Distribution
from salesflow.expressions import Expression
from salesflow.expressions.cells import (
    FILLED,
    Cell,
    Verdict,
    assign_cells,
    cell_holding,
    cells_of,
    evaluate_cells,
)
from salesflow.expressions.exact import exact
from salesflow.expressions.types import NUMERIC
from salesflow.process.binding import SOURCE_FIELD
from salesflow.process.places import Layout, Node, Way
from salesflow.process.relevance import caps, close, conditions, types
from salesflow.process.steps import Work

Known: TypeAlias = tuple[int, ...]  # per field kept: 0 unfilled, else 1 + the number of its cell


class Data(NamedTuple):
    """What a deal knows and did: a cell per field kept, a count per result, visits as bits."""

    fields: Known
    counts: tuple[int, ...]
    visits: int


class Guard:
    """A condition at its place in the net, with the parts of ``Data`` it looks at."""

    def __init__(self, expression: Expression, prefix: str, memory: "Memory") -> None:
        """Bind the expression's names; ``prefix`` is the run it stands in."""
        self.expression = expression
        self._memory = memory
        self._fields = [(n, memory.field_at[n]) for n in sorted(expression.mentions)]
        self._counts = [(n, memory.count_at[prefix + n]) for n in sorted(expression.results)]
        self._visits = [(n, 1 << memory.visit_at[prefix + n]) for n in sorted(expression.steps)]
        self._seen = sum(bit for _, bit in self._visits)
        self._judged: dict[tuple[Any, ...], Verdict] = {}
        self.looks_at = memory.bits(
            fields=(at for _, at in self._fields),
            counts=(at for _, at in self._counts),
            visits=(memory.visit_at[prefix + n] for n in expression.steps),
        )

    def judge(self, data: Data) -> Verdict:
        """What the condition can be for a deal."""
        fields = tuple(data.fields[at] for _, at in self._fields)
        counts = tuple(data.counts[at] for _, at in self._counts)
        key = (fields, counts, data.visits & self._seen)
        if key not in self._judged:
            self._judged[key] = self._judge(data)
        return self._judged[key]

    def _judge(self, data: Data) -> Verdict:
        return evaluate_cells(
            self.expression,
            {name: self._memory.cell(at, data.fields) for name, at in self._fields},
            visited={name for name, bit in self._visits if data.visits & bit},
            times={name: data.counts[at] for name, at in self._counts},
        )


class Options(NamedTuple):
    """What a field can become: cells by number; none where a field read is ``unfilled``."""

    values: Known
    unfilled: frozenset[str] = frozenset()
    approximate: bool = False


class Writing:
    """One field that a result sets, or that a step, a result or a source fills.

    ``always`` is what it becomes when that hangs on nothing; else ``expression`` decides.
    """

    def __init__(
        self,
        at: int,
        memory: "Memory",
        always: Known,
        expression: Expression | None = None,
    ) -> None:
        """The field by number."""
        self.at = at
        self._always = Options(always)
        self._memory = memory
        self._expression = expression
        self._reads = sorted(expression.reads) if expression else []
        self._worked_out: dict[Known, Options] = {}
        self.looks_at = memory.bits(fields=(memory.field_at[name] for name in self._reads))

    def options(self, fields: Known) -> Options:
        """What the field can become for a deal that knows ``fields``."""
        if self._expression is None:
            return self._always
        key = tuple(fields[self._memory.field_at[name]] for name in self._reads)
        if key not in self._worked_out:
            self._worked_out[key] = self._work_out(self._expression, fields)
        return self._worked_out[key]

    def _work_out(self, expression: Expression, fields: Known) -> Options:
        memory = self._memory
        cells = {name: memory.cell(memory.field_at[name], fields) for name in self._reads}
        target = memory.cells[self.at]
        found = assign_cells(expression, cells, target)
        if found.unfilled:
            return Options((), found.unfilled)
        values = tuple(n for n, cell in enumerate(target, 1) if cell in found.cells)
        return Options(values, approximate=len(values) > 1) if values else self._always


class Memory:
    """What states of a net keep, and how conditions and fillings look at it.

    ``fields``, ``counts`` and ``visits`` are the names kept, in the order of ``Data``; a result's
    count stops at ``caps``. ``guards`` are by path of result or branch, ``sets`` and ``fills`` by
    path of result, step or source. ``watched`` are conditions from outside (a policy's) that
    states must be able to answer too. Limits of results in ``unlimited`` are not counted: such a
    result may be taken any time, and may be spent any time.
    """

    def __init__(
        self,
        layout: Layout,
        watched: Iterable[Expression] = (),
        unlimited: frozenset[str] = frozenset(),
    ) -> None:
        """Find what matters and bind every condition to it."""
        self.unlimited = unlimited
        whens = [*conditions(layout)]
        asked = [(prefix, when) for _, prefix, when in whens]
        asked.extend(("", expression) for expression in watched)
        self._find_fields(layout, [expression for _, expression in asked])
        self.caps = caps(layout, asked, unlimited)
        self.counts = tuple(self.caps)
        self.count_at = {name: at for at, name in enumerate(self.counts)}
        self.visits = tuple(sorted({pre + s for pre, e in asked for s in e.steps}))
        self.visit_at = {name: at for at, name in enumerate(self.visits)}
        self.guards = {path: Guard(when, prefix, self) for path, prefix, when in whens}
        self.watched = {expression: Guard(expression, "", self) for expression in watched}
        self.steered: Mapping[str, str] = {}
        self._find_writings(layout)

    def _find_fields(self, layout: Layout, asked: Collection[Expression]) -> None:
        """Fields that conditions mention, and those from which such a field is set."""
        sets = [(f, e) for way in layout.ways() for f, e in way.result.set.items() if e]
        read = {name for e in asked for name in e.reads}
        mentioned = {name for e in asked for name in e.mentions}
        close(read, sets)
        close(mentioned, sets)
        self.fields = tuple(sorted(mentioned | read))
        self.field_at = {name: at for at, name in enumerate(self.fields)}
        cuts: dict[str, set[Any]] = {}
        for expression in asked:
            for name, literals in expression.literals.items():
                cuts.setdefault(name, set()).update(literals)
        for name, expression in sets:
            if expression.type in NUMERIC and expression.constant is not None:
                cuts.setdefault(name, set()).add(expression.constant)
        self.types = types(layout)
        self.cells = tuple(
            cells_of(self.types[name], cuts.get(name, ())) if name in read else (FILLED,)
            for name in self.fields
        )

    def _find_writings(self, layout: Layout) -> None:
        self.drawn: dict[int, list[Any]] = {}  # field -> values that are drawn for it, if few
        self.sets: dict[str, tuple[Writing, ...]] = {}
        self.fills: dict[str, tuple[Writing, ...]] = {}
        if not self.fields:
            return
        for source in layout.process.sources.values():
            self.fills[source.node] = self._fillings(source.gives)
        for node in layout.nodes.values():
            if isinstance(node.step, Work) and node.step.captures:
                self.fills[node.path] = self._fillings(node.step.captures)
        for way in layout.ways():
            if way.result.set:
                self.sets[way.path] = tuple(
                    self._setting(self.field_at[name], expression)
                    for name, expression in sorted(way.result.set.items())
                    if name in self.field_at
                )
            if way.result.captures:
                self.fills[way.path] = self._fillings(way.result.captures)

    def _fillings(self, drawn: Mapping[str, Distribution | None]) -> tuple[Writing, ...]:
        return tuple(
            Writing(
                self.field_at[name],
                self,
                self._drawn(self.field_at[name], distribution),
            )
            for name, distribution in sorted(drawn.items())
            if name in self.field_at
        )

    def _setting(self, at: int, expression: Expression | None) -> Writing:
        if expression is None:
            return Writing(at, self, self._every(at))
        if expression.constant is not None:
            return Writing(at, self, (self.number(at, expression.constant),))
        return Writing(at, self, self._every(at), expression)

    def _every(self, at: int) -> Known:
        return tuple(range(1, len(self.cells[at]) + 1))

    def _drawn(self, at: int, distribution: Distribution | None) -> Known:
        """The cells that a drawn value can lie in: each really can, so nothing is approximate."""
        if distribution is None:
            return self._every(at)
        support = distribution.support()
        if support is not None:
            self.drawn.setdefault(at, []).extend(support)
            return tuple(sorted({self.number(at, value) for value in support}))
        low, high = (
            exact(end) if isfinite(end) else None
            for end in (float(distribution.low), float(distribution.high))
        )
        image = Cell(low, high)
        return tuple(n for n, cell in enumerate(self.cells[at], 1) if cell.overlaps(image))

    def number(self, at: int, value: Any) -> int:
        """The number of the cell in which a value of a field lies."""
        cells = self.cells[at]
        return 1 + cells.index(cell_holding(cells, value))

    def cell(self, at: int, fields: Known) -> Cell | None:
        """The cell a deal's field lies in, None while it is unfilled."""
        return self.cells[at][fields[at] - 1] if fields[at] else None

    @property
    def nothing(self) -> bool:
        """Whether states remember nothing at all."""
        return not (self.fields or self.counts or self.visits)

    def bits(
        self,
        *,
        fields: Iterable[int] = (),
        counts: Iterable[int] = (),
        visits: Iterable[int] = (),
    ) -> int:
        """Parts of ``Data`` as one number: a bit for each field, each count, each visit."""
        counted = len(self.fields)
        visited = counted + len(self.counts)
        ats = (*fields, *(counted + at for at in counts), *(visited + at for at in visits))
        return sum(1 << at for at in set(ats))

    def limit(self, way: Way) -> int | None:
        """How often a deal may take a result."""
        return None if way.path in self.unlimited else way.result.at_most

    def looks_at(self, node: Node) -> int:
        """What a node's conditions, limits and fillings look at, as ``bits``."""
        found = 0
        for way in node.results.values():
            path = way.path
            if path in self.guards:
                found |= self.guards[path].looks_at
            if way.result.at_most is not None and path not in self.unlimited:
                found |= self.bits(counts=(self.count_at[path],))
            for writing in self.sets.get(path, ()):
                found |= writing.looks_at
        for lane in node.lanes:
            if lane.path in self.guards:
                found |= self.guards[lane.path].looks_at
        return found

    def blank(self, source: str) -> Data:
        """Nothing filled, counted or visited, but for the source that the deal came from."""
        fields = tuple(
            self.number(at, source) if name == SOURCE_FIELD else 0
            for at, name in enumerate(self.fields)
        )
        return Data(fields, (0,) * len(self.counts), 0)
