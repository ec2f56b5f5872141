"""The token game as a case of a tests file plays it: one deal, steered where the case says so."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from salesflow.analysis.runs import inner_first
from salesflow.analysis.slices import fields_that_matter
from salesflow.expressions import Expression
from salesflow.expressions.evaluate import evaluate
from salesflow.expressions.exact import Exact, decimal, exact, quotient
from salesflow.expressions.tree import Filled
from salesflow.expressions.types import NUMERIC
from salesflow.nouns import FrozenMap
from salesflow.process.binding import SOURCE_FIELD, written
from salesflow.process.memory import Memory, Writing
from salesflow.process.model import Process
from salesflow.process.net import EXPIRE, FINISH, Move, Net, State
from salesflow.process.places import Node
from salesflow.process.steps import Work
from salesflow.process.suite import Case

MOST_VALUES = 64  # exact values followed of one field; arithmetic in a loop makes ever new ones
_MOST_SUMS = 1_000  # combinations worked out for one `set`


class CaseNet(Net):
    """A process for one deal: values held, results taken as named, the source given.

    ``left_out`` are the states from which a way was not followed because a block or run would have
    ended there in another way than the case names.
    """

    def __init__(
        self,
        process: Process,
        case: Case,
        *,
        watched: Iterable[Expression] = (),
        unlimited: Iterable[str] = (),
    ) -> None:
        """Fill the deal and steer the steps."""
        values = deal_values(process, case)
        asked = tuple(watched)
        matter = fields_that_matter(process, asked)
        cuts = [cut for cut in _cuts(process, values) if cut.reads <= matter]
        super().__init__(process, watched=(*asked, *cuts), unlimited=unlimited)
        self.source = case.source or next(iter(process.sources))
        self.takes = case.takes
        self.left_out: set[State] = set()
        works = {name for name, step in process.nodes.items() if isinstance(step, Work)}
        self.memory.steered = {name: r for name, r in case.takes.items() if name in works}
        _hold(self.memory, process.sources[self.source].node, values)

    def starts(self) -> Iterator[Move]:
        """How this deal can begin."""
        for move in super().starts():
            if move.node == self.source and not self._ends_otherwise(move):
                yield move

    def each_move(self, state: State) -> Iterator[Move]:
        """What can happen next in this case."""
        for move in super().each_move(state):
            if not self._fires(move):
                continue
            if self._ends_otherwise(move):
                self.left_out.add(state)
            else:
                yield move

    def _fires(self, move: Move) -> bool:
        """Whether a timer may fire, and a step that is to be timed out may not end before."""
        named = self.takes.get(move.node)
        if named is None or move.kind not in (EXPIRE, FINISH):
            return True
        node = self.layout.nodes[move.node]
        if move.kind == EXPIRE:
            return bool(named == node.timer)
        return not _by_timer_only(node, named)

    def _ends_otherwise(self, move: Move) -> bool:
        """Whether a block or run ends with another result than the case names."""
        for path in move.taken:
            node, _, result = path.rpartition(".")
            named = self.takes.get(node)
            if named is not None and named != result and node not in self.memory.steered:
                return True
        return False


def _by_timer_only(node: Node, result: str) -> bool:
    return bool(node.step.by_timer_only(node.step.next[result]))


def deal_values(process: Process, case: Case) -> dict[str, Any]:
    """Field -> the deal's exact value, None where it is only filled."""
    values = {}
    for name, value in case.deal.items():
        if name in process.data and name != SOURCE_FIELD:
            values[name] = plain(value, process.data[name].type)
    return values


def plain(value: Any, kind: str) -> Any:
    """A value of a tests file as expressions have it; None where it is only ``filled``."""
    if kind == "percent" and isinstance(value, str) and value.endswith("%"):
        return quotient(decimal(value.removesuffix("%")), 100)
    if kind in ("money", "number") and isinstance(value, int | float):
        return exact(value)
    if kind == "choice" and value != "filled":
        return written(value)
    return value if kind == "yes_no" and isinstance(value, bool) else None


def _hold(memory: Memory, source: str, values: Mapping[str, Any]) -> None:
    """Fill fields on arrival from a source, for good: afterwards only ``set`` changes them."""
    held = {memory.field_at[name]: v for name, v in values.items() if name in memory.field_at}
    for path, writings in memory.fills.items():
        memory.fills[path] = tuple(w for w in writings if w.at not in held)
    for at, value in held.items():
        every = tuple(range(1, len(memory.cells[at]) + 1))
        cells = every if value is None else (memory.number(at, value),)
        memory.fills[source] += (Writing(at, memory, cells),)


def _cuts(process: Process, values: Mapping[str, Any]) -> Iterator[Expression]:
    """Conditions that nobody asks, so that the cells of numbers are cut at the very values."""
    for name, numbers in _reached(process, values).items():
        cuts = FrozenMap({name: tuple(sorted(numbers))})
        root = Filled(name=name, start=0, end=0)
        yield Expression(
            root=root,
            type="condition",
            text=f"filled({name})",
            mentions=frozenset({name}),
            reads=frozenset({name}),
            literals=cuts,
        )


def _reached(process: Process, values: Mapping[str, Any]) -> dict[str, set[Exact]]:
    """The exact values that fields of numbers can get from the deal's values by ``set``."""
    known: dict[str, set[Any]] = {
        name: {value}
        for name, value in values.items()
        if value is not None and process.data[name].type in NUMERIC
    }
    sets = [(name, e) for name, e in _sets(process) if e.type in NUMERIC]
    sets = [(name, e) for name, e in sets if name in process.data]
    for name, expression in sets:
        if expression.constant is not None:
            known.setdefault(name, set()).add(expression.constant)
    grows = bool(values)
    while grows:
        grows = False
        for name, expression in sets:
            found = _worked_out(expression, known) - known.get(name, set())
            if found and len(known.get(name, ())) < MOST_VALUES:
                known.setdefault(name, set()).update(found)
                grows = True
    return known


def _sets(process: Process) -> Iterator[tuple[str, Expression]]:
    """Every ``set`` with an expression, of the process and of those that it runs."""
    for part in inner_first(process):
        for step in part.nodes.values():
            for result in step.next.values():
                for name, expression in result.set.items():
                    if expression is not None:
                        yield name, expression


def _worked_out(expression: Expression, known: Mapping[str, set[Any]]) -> set[Any]:
    """What an expression gives for the known values of what it reads."""
    reads = sorted(expression.reads)
    if not reads or not all(name in known for name in reads):
        return set()
    found = set()
    for count, values in enumerate(product(*(sorted(known[name]) for name in reads))):
        if count == _MOST_SUMS:
            break
        value, _ = evaluate(expression, dict(zip(reads, values, strict=True)))
        if value is not None:
            found.add(value)
    return found
