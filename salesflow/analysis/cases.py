"""Cases of tests files, played: whether a deal goes where it must, on every way it can take."""

from collections.abc import Iterable, Iterator

from salesflow.analysis.case_net import CaseNet, plain
from salesflow.analysis.case_result import (
    ENDLESS,
    ENDS,
    FAULT,
    NEVER,
    NOWHERE_TO,
    STUCK,
    UNDECIDED,
    WITH,
    CaseResult,
    Failure,
    Stop,
)
from salesflow.analysis.explore import Exploration, explore
from salesflow.analysis.forget import Forgetting, spared_limits
from salesflow.analysis.graphs import circular, components
from salesflow.expressions import Expression, FieldType, Scope, compile_expression
from salesflow.process import choices
from salesflow.process.binding import SOURCE_FIELD, written
from salesflow.process.model import Process
from salesflow.process.net import Move
from salesflow.process.places import FROM
from salesflow.process.steps import Block
from salesflow.process.suite import Case
from salesflow.process.telling import told, witness

BUDGET = 100_000  # moves tried for one case

_FAULTS = {
    choices.TWICE: "is open twice at once",
    choices.PILE: "is reached a second time while the first arrival still waits",
    choices.UNFINISHED: "is reached while other work still runs",
    choices.UNHANDLED: "comes, and nobody names it",
}


def play(process: Process, case: Case, *, budget: int = BUDGET) -> CaseResult:
    """Play a case in every way that it leaves open; ``budget`` is the number of moves to try.

    First without the limits (``at_most``) that can be spared: such a deal can do all that the real
    one can, in far fewer states. Only if something is found there all limits count.
    """
    table = _Checks(process, case)
    spared = _spared(table, case)
    if spared:
        first = _Played(table, unlimited=spared, budget=budget)
        if first.clean:
            return first.result()
    return _Played(table, unlimited=(), budget=budget).result()


def _spared(table: "_Checks", case: Case) -> frozenset[str]:
    """Limits to leave out at first; where a case names a result its limit is part of the case."""
    spared = spared_limits(CaseNet(table.process, case, watched=table.watched))
    return frozenset(path for path in spared if path.rpartition(".")[0] not in case.takes)


class _Checks:
    """What a case expects, as conditions that states answer.

    ``never`` maps names to conditions (outcomes to None), ``with_`` fields.
    """

    def __init__(self, process: Process, case: Case) -> None:
        self.process = process
        self.case = case
        fields = {name: FieldType(f.type, f.values) for name, f in process.data.items()}
        fields[SOURCE_FIELD] = FieldType("choice", tuple(process.sources))
        self.fields = fields
        self.results = {r.node for step in process.nodes.values() for r in step.next.values()}
        self._scope = Scope(fields=fields, steps=process.nodes, results=self.results)
        self.never = {name: self._comes_to(name) for name in case.never}
        self.with_ = {name: self._has(name) for name in case.with_}
        asked = [*self.never.values(), *self.with_.values()]
        self.watched = tuple(dict.fromkeys(each for each in asked if each is not None))

    def _comes_to(self, name: str) -> Expression | None:
        process = self.process
        if name in process.outcomes:
            return None
        if name in process.nodes:
            return self._compiled(f"visited({name})")
        block = process.nodes.get(name.rpartition(".")[0])
        if isinstance(block, Block) and name.rpartition(".")[2] in block.branches:
            return self._compiled(f"visited({block.branches[name.rpartition('.')[2]].start})")
        return self._compiled(f"times({name}) >= 1")

    def _has(self, name: str) -> Expression:
        """A field has its value; one that is only filled is filled."""
        field = self.fields[name]
        value = plain(self.case.with_[name], field.kind)
        if value is None:
            return self._compiled(f"filled({name})")
        if isinstance(value, bool):
            return self._compiled(f"filled({name}) and {'' if value else 'not '}{name}")
        return self._compiled(f"{name} == {written(self.case.with_[name])}")

    def _compiled(self, text: str) -> Expression:
        expression, problems = compile_expression(text, self._scope)
        if expression is None:  # names and types were looked up when the file was read
            raise ValueError(f"{text}: {problems[0].message}")
        return expression


class _Played:
    """A case that was played, with or without limits that can be spared."""

    def __init__(self, table: _Checks, *, unlimited: Iterable[str], budget: int) -> None:
        self.table = table
        self.case = table.case
        net = CaseNet(table.process, self.case, watched=table.watched, unlimited=unlimited)
        self.net = net
        self.found: Exploration = explore(net, budget=budget, forget=Forgetting(net))
        self.failures = tuple(self._failures())

    @property
    def clean(self) -> bool:
        return self.found.complete and not self.failures

    def result(self) -> CaseResult:
        failures = self.failures
        if not failures and not self.found.complete:
            failures = (Failure(UNDECIDED, f"{self.found.moves:,}"),)
        taken = frozenset(self.found.taken)
        return CaseResult(
            case=self.case, failures=failures, taken=taken, states=len(self.found.states)
        )

    def _failures(self) -> Iterator[Failure]:
        """One for each thing expected that fails, with the shortest way."""
        failures = [*self._never(), *self._at_the_end(), *self._faults(), *self._standstills()]
        yield from failures
        if not failures and self.found.complete and not self.found.finals:
            takes = ", ".join(f"{node}: {result}" for node, result in self.case.takes.items())
            yield Failure(NOWHERE_TO, takes)

    def _never(self) -> Iterator[Failure]:
        for name, condition in self.table.never.items():
            if condition is None:
                continue
            guard = self.net.memory.watched[condition]
            for number, state in enumerate(self.found.states):
                if True in guard.judge(state.data).outcomes:
                    yield self._failure(NEVER, name, self.found.way_to(number), at=name)
                    break

    def _at_the_end(self) -> Iterator[Failure]:
        seen: set[tuple[str, str]] = set()
        for number in self.found.finals:
            state = self.found.states[number]
            outcome = self.net.layout.places[state.marking[0]].node
            for kind, name, actual, sure in self._wrong_at(number, outcome):
                if (kind, name) not in seen:
                    seen.add((kind, name))
                    way = self.found.way_to(number)
                    failure = self._failure(kind, name, way, at=outcome, actual=actual)
                    yield failure if sure else failure._replace(sure=False)

    def _wrong_at(self, number: int, outcome: str) -> Iterator[tuple[str, str, str, bool]]:
        """Kind, name and what is the case instead, for all that is wrong at an end."""
        case = self.case
        state = self.found.states[number]
        if case.ends is not None and outcome != case.ends:
            yield ENDS, case.ends, outcome, True
        if outcome in case.never:
            yield NEVER, outcome, "", True
        for name, condition in self.table.with_.items():
            outcomes = self.net.memory.watched[condition].judge(state.data).outcomes
            if False in outcomes:
                yield WITH, name, self._value(number, name), True not in outcomes

    def _value(self, number: int, name: str) -> str:
        from salesflow.expressions.examples import described  # only failures need it

        memory = self.net.memory
        cell = memory.cell(memory.field_at[name], self.found.states[number].data.fields)
        return described(cell, memory.types[name]) if cell is not None else ""

    def _faults(self) -> Iterator[Failure]:
        for flag, step in self.found.faults.items():
            if flag.kind in choices.CUTS:
                way = self.found.way_of(step)
                at = "" if flag.kind == choices.UNHANDLED else flag.node
                yield self._failure(FAULT, flag.node, way, at=at, actual=_FAULTS[flag.kind])
                return

    def _standstills(self) -> Iterator[Failure]:
        """Where a deal is stuck, and where it goes round for ever."""
        for number in self.found.idle:
            if self.found.states[number] in self.net.left_out:
                continue
            places = self.found.stuck_at(number)
            node = places[0].node if places else ""
            actual = FROM if places and places[0].kind == FROM else ""
            failure = self._failure(STUCK, node, self.found.way_to(number), at=node, actual=actual)
            yield failure._replace(deal=told(self.net, self.found.states[number]))
            break
        for number in self._going_round():
            node = self.net.layout.places[self.found.states[number].marking[0]].node
            yield self._failure(ENDLESS, node, self.found.way_to(number), at=node)
            break

    def _going_round(self) -> list[int]:
        """The states on circles that nothing leads out of."""
        trapped = self._trapped()
        follow = dict(enumerate(self.found.follow))
        circles = [c for c in components(trapped, follow) if circular(c, follow)]
        return sorted(number for circle in circles for number in circle)

    def _trapped(self) -> list[int]:
        """States that move for ever: no end, no standstill and nothing left out lies ahead."""
        found = self.found
        if not found.complete:
            return []
        before: list[list[int]] = [[] for _ in found.states]
        for number, following in enumerate(found.follow):
            for other in following:
                before[other].append(number)
        left_out = [n for n, state in enumerate(found.states) if state in self.net.left_out]
        waiting = [n for n in (*found.finals, *found.idle, *found.cuts, *left_out) if n >= 0]
        fine = set(waiting)
        while waiting:
            new = [n for n in before[waiting.pop()] if n not in fine]
            fine.update(new)
            waiting.extend(new)
        return [number for number in range(len(found.states)) if number not in fine]

    def _failure(
        self, kind: str, name: str, way: tuple[Move, ...], *, at: str = "", actual: str = ""
    ) -> Failure:
        passed = witness(way, at="" if at in self.table.results else at)
        if at in passed:  # what else the last move did is of no matter
            passed = passed[: passed.index(at) + 1]
        return Failure(
            kind,
            name,
            actual,
            tuple(self._stop(place) for place in passed),
            sure=not any(move.approximate for move in way),
        )

    def _stop(self, name: str) -> Stop:
        """A place of a way with where it stands."""
        process, layout = self.table.process, self.net.layout
        node, _, result = name.rpartition(".")
        if name in process.sources:
            return Stop(name, process.sources[name].span)
        if name in process.outcomes:
            return Stop(name, process.outcomes[name].span)
        if name in layout.nodes:
            return Stop(name, layout.nodes[name].step.span)
        if name in layout.lanes:
            return Stop(name, layout.lanes[name].branch.span)
        at = layout.nodes[node]
        if result in at.results:
            return Stop(name, at.results[result].result.span, taken=True)
        return Stop(name, at.step.span)  # an ending of what is run that no result is named after
