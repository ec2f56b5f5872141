"""The token game in time: what happens at once when a visit ends, a timer fires or a deal comes.

The procedures are those of ``process/course.py`` under their names there. A procedure does not call
the next one but puts it on a stack with the scope it happens in; what is withdrawn takes along what
was still to happen inside it.
"""

from collections.abc import Callable
from math import isnan
from typing import Any

from salesflow.simulation.engine_python.choosing import Chooser
from salesflow.simulation.engine_python.deals import Deals
from salesflow.simulation.engine_python.plans import Plans, Step, Turn
from salesflow.simulation.engine_python.state import OVER, STUCK, Deal, Scope, Visit
from salesflow.simulation.engine_python.visits import Visits
from salesflow.simulation.events import ENDED, EXPIRED, TAKEN
from salesflow.simulation.program import (
    DISQUALIFIED,
    DONE,
    LEAVE,
    LOST,
    NODE,
    RUN,
    WORK,
)

MOST_TAKES = 10_000  # results that a deal takes at one instant; then it goes round without time


class Course:
    """Moves deals; all is at rest again when a method returns."""

    def __init__(self, plans: Plans, deals: Deals, visits: Visits) -> None:
        """Nothing is under way."""
        self.steps = plans.steps
        self.turns = plans.turns
        self.values = plans.values
        self.lanes = plans.program.lanes
        self.outcomes = plans.program.outcomes
        self.deals = deals
        self.visits = visits
        self.desk = visits.desk
        self.ledger = visits.ledger
        self.books = visits.ledger.books
        self.chooser = Chooser(visits.keys)
        self.watched = visits.watch is not None
        self.now = 0
        self._to_do: list[tuple[Callable[..., None], Scope, tuple[Any, ...]]] = []

    # What it begins with

    def begin(self, deal: Deal, start: int, givers: int) -> None:
        """A deal enters the first step."""
        step = self.steps[start]
        self._enter(deal, step, givers, deal.scope)
        if self._to_do:
            self._run()

    def end(self, visit: Visit) -> None:
        """A visit of work ends by itself: it fills its fields and a result is chosen."""
        step = visit.step
        if step.captures:
            self.deals.fill(visit.deal, step.captures, visit.number)
        turn = self.chooser.choose(visit)
        if turn is None:
            visit.state = STUCK
            self.visits.tell(ENDED, visit, self.now)
            return
        self._take(visit, turn, step.gives or visit.givers)
        if self._to_do:
            self._run()

    def expire(self, visit: Visit) -> None:
        """The timer of a visit takes its result, whatever is going on in it."""
        step = visit.step
        self._close(visit)
        self.visits.break_off(visit, self.now)
        way = step.row.timeout_way
        self._take(visit, self._turn(way), step.gives or visit.givers, cut=True)
        self._run()

    def _turn(self, way: int) -> Turn | None:
        return self.turns[way] if way >= 0 else None

    # Procedures

    def _enter(self, deal: Deal, step: Step, givers: int, scope: Scope) -> None:
        visit = self.visits.begin(deal, step, givers, scope, self.now)
        if step.kind == WORK:
            return
        if step.kind == RUN:
            inner = Scope(visit)
            visit.scopes = (inner,)
            self._later(self._enter, inner, deal, self.steps[step.row.start], givers)
            return
        visit.finished = visit.joined = 0
        running = [lane for lane in step.row.lanes if self._runs(lane, deal)]
        visit.scopes = tuple(Scope(visit, lane) for lane in running)
        if not running:
            self._later(self._take_done, scope, visit, givers)
        for inner in reversed(visit.scopes):
            start = self.steps[self.lanes[inner.lane].start]
            self._later(self._enter, inner, deal, start, givers)

    def _runs(self, lane: int, deal: Deal) -> bool:
        """Whether the condition of a branch is true; it is where there is none."""
        guard = self.lanes[lane].guard
        return guard < 0 or bool(self.values[guard](deal))

    def _take_done(self, visit: Visit, givers: int, scope: Scope) -> None:
        del scope
        self._take(visit, self._turn(visit.step.row.done), givers)

    def _take(self, visit: Visit, turn: Turn | None, givers: int, *, cut: bool = False) -> None:
        """The deal leaves a node by a result."""
        deal, now, scope = visit.deal, self.now, visit.scope
        if deal.takes_at != now:
            deal.takes_at, deal.takes = now, 0
        if turn is None or deal.takes == MOST_TAKES:
            visit.state = STUCK
            return
        deal.takes += 1
        del scope.visits[visit]
        visit.state = OVER
        if cut:
            self.ledger.cut(visit, now, withdrawn=False)
        else:
            self.ledger.ended(visit, now)
        if deal.counted:
            turn.taken += 1
        if turn.writes:
            self._write(deal, turn, visit)
        if self.watched:
            what = EXPIRED if cut else ENDED if visit.step.kind == WORK else TAKEN
            self.visits.tell(what, visit, now, turn.at)
        if turn.step is not None:  # it only begins a visit: nothing to put off
            self.visits.begin(deal, turn.step, givers, scope, now)
        elif turn.outcome >= 0 and scope.owner is None:
            self._reach(deal, turn.outcome, givers, scope)
        else:
            for kind, number in reversed(turn.row.leads):
                self._lead(kind, number, visit, turn, givers)

    def _lead(self, kind: int, number: int, visit: Visit, turn: Turn, givers: int) -> None:
        scope = visit.scope
        if kind == NODE:
            self._later(self._arrive, scope, visit.deal, visit.at, self.steps[number], givers)
        elif kind == DONE:
            self._later(self._finish, scope, givers)
        elif kind == LEAVE:
            self._later(self._leave, scope, turn.row.block_way, givers)
        else:
            self._later(self._reach, scope, visit.deal, number, givers)

    def _write(self, deal: Deal, turn: Turn, visit: Visit) -> None:
        """Note and count the result, set and fill what it sets and fills."""
        way = turn.row
        if way.mark >= 0 and deal.marks[way.mark] < 0:
            deal.marks[way.mark] = self.now
        if way.counter >= 0:
            deal.counts[way.counter] += 1
        if way.settings:
            values = [(each.field, self.values[each.code](deal)) for each in way.settings]
            for field, value in values:
                if not isnan(value):
                    deal.values[field] = value
        if way.captures:
            self.deals.fill(deal, way.captures, visit.number)

    def _arrive(self, deal: Deal, origin: int, step: Step, givers: int, scope: Scope) -> None:
        waits_for, at = step.row.waits_for, step.at
        if not waits_for:
            self._enter(deal, step, givers, scope)
            return
        arrivals = scope.arrivals.setdefault(at, [[] for _ in waits_for])
        arrivals[waits_for.index(origin)].append(givers)
        if all(arrivals):
            joined = 0
            for came in arrivals:
                joined |= came.pop(0)
            if not any(arrivals):
                del scope.arrivals[at]
            # A move of its own in the token game: it comes when the one under way is done.
            self._to_do.insert(0, (self._enter, scope, (deal, step, joined)))

    def _finish(self, givers: int, scope: Scope) -> None:
        """A branch is done; when the join is met, so is its block."""
        block = scope.owner
        if block is None:
            return
        deal = block.deal
        left = self._withdraw(scope)
        self.books.unfinished[deal.part] += left and deal.counted
        block.finished += 1
        block.joined |= givers
        running = len(block.scopes)
        need = block.step.row.need
        if block.finished >= (min(need, running) if need else running):
            self._close(block)
            self._take(block, self._turn(block.step.row.done), block.joined)

    def _leave(self, way: int, givers: int, scope: Scope) -> None:
        """A branch abandons its block."""
        block = scope.owner
        if block is not None:
            self._close(block)
            self._take(block, self._turn(way), givers)

    def _reach(self, deal: Deal, outcome: int, givers: int, scope: Scope) -> None:
        """A run, or the deal, ends."""
        run = scope.owner
        if run is not None:
            kind, way = run.step.row.outcomes[outcome]
            left = self._close(run)
            self._left_behind(deal, kind, left=left)
            self._take(run, self._turn(way), givers)
            return
        row = self.outcomes[outcome]
        left = self._withdraw(scope)
        self._left_behind(deal, row.kind, left=left)
        if row.mark >= 0 and deal.marks[row.mark] < 0:
            deal.marks[row.mark] = self.now
        self.deals.close(deal, outcome, self.now)
        self.desk.forget(deal)

    def _left_behind(self, deal: Deal, kind: int, *, left: bool) -> None:
        """Count an end that left work behind, unless the deal, or what it ran, was given up."""
        if left and deal.counted and kind not in (LOST, DISQUALIFIED):
            self.books.unfinished[deal.part] += 1

    # Withdrawing

    def _close(self, visit: Visit) -> bool:
        """Withdraw all that is inside a visit; whether there was anything."""
        withdrawn = [self._withdraw(scope) for scope in visit.scopes]
        return any(withdrawn)

    def _withdraw(self, scope: Scope) -> bool:
        """Withdraw all that is in a scope, and what was still to happen there."""
        if scope.closed:
            return False
        inside: list[Visit] = []
        arrivals = _close_all(scope, inside)
        inside.sort(key=_by_place)
        for visit in inside:
            self.visits.withdraw(visit, self.now)
        still = len(self._to_do)
        if still:
            self._to_do = [each for each in self._to_do if not each[1].closed]
        return bool(inside) or arrivals or len(self._to_do) < still

    def _later(self, procedure: Callable[..., None], scope: Scope, *arguments: Any) -> None:
        self._to_do.append((procedure, scope, arguments))

    def _run(self) -> None:
        while self._to_do:
            procedure, scope, arguments = self._to_do.pop()
            procedure(*arguments, scope)


def _by_place(visit: Visit) -> tuple[int, int]:
    return visit.at, visit.number


def _close_all(scope: Scope, inside: list[Visit]) -> bool:
    """Mark a scope and all in it as closed, collect the visits; whether arrivals waited."""
    waiting, arrivals = [scope], False
    while waiting:
        each = waiting.pop()
        if each.closed:
            continue
        each.closed = True
        arrivals = arrivals or bool(each.arrivals)
        for visit in each.visits:
            inside.append(visit)
            waiting.extend(visit.scopes)
        each.visits = {}
        each.arrivals = {}
    return arrivals
