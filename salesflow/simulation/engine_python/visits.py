"""How a visit begins, starts without people, and is broken off."""

from heapq import heappush

from salesflow.simulation.engine_python.agenda import END, ESCALATE
from salesflow.simulation.engine_python.deals import Deals
from salesflow.simulation.engine_python.desk import Desk
from salesflow.simulation.engine_python.ledger import Ledger
from salesflow.simulation.engine_python.plans import Job, Plans, Step
from salesflow.simulation.engine_python.state import (
    OPEN,
    OVER,
    QUEUED,
    WAITING,
    WORKING,
    Deal,
    Scope,
    Visit,
)
from salesflow.simulation.events import ENTERED, WITHDRAWN, Event, Watch
from salesflow.simulation.philox import RoundKeys, uniforms
from salesflow.simulation.program import NEVER, WORK, Span


class Visits:
    """Begins and breaks off visits; what ends by itself is the course's business."""

    def __init__(self, plans: Plans, desk: Desk, deals: Deals, watch: Watch | None) -> None:
        """Nothing is open."""
        self.program = plans.program
        self.clocks = plans.clocks
        self.agenda = desk.agenda
        self.desk = desk
        self.ledger: Ledger = desk.ledger
        self.deals = deals
        self.watch = watch
        self.keys: RoundKeys = desk.keys
        self.values = [part.value for part in plans.program.parts]

    def begin(self, deal: Deal, step: Step, givers: int, scope: Scope, now: int) -> Visit:
        """A deal enters a node."""
        visit = Visit()
        visit.deal = deal
        visit.step = step
        visit.at = at = step.at
        visit.number = number = deal.entries[at]
        visit.scope = scope
        visit.entered = now
        visit.givers = givers
        visit.state = OPEN
        visit.timed = visit.escalated = False
        visit.sla_at = -1
        visit.crossings = visit.scopes = ()
        visit.choice = visit.job = None
        visit.spent = visit.spent_in = 0
        deal.entries[at] = number + 1
        scope.visits[visit] = None
        if step.notes:
            self._note(deal, step, now)
        if deal.counted:
            step.visits += 1
            if step.looks:
                self._look(visit)
        if self.watch is not None:
            self.watch(Event(ENTERED, now, deal.number, at, number))
        if step.timed:
            self._set_timers(visit, now)
        if step.kind == WORK:
            self._ready(visit, step, now)
        return visit

    def _ready(self, visit: Visit, step: Step, now: int) -> None:
        """Its work waits for people, or begins at once without any."""
        if visit.number:
            visit.deal.rework += 1
        job = step.job
        if job is None:
            self._alone(visit, now)
            return
        if step.ordered:
            self._order(visit)
        self.desk.join(visit, job)
        if step.rescue is not None and step.row.escalate is not None:
            escalates = self.later(step.row.escalate, now)
            key = (visit.deal.number, visit.at, visit.number, visit)
            heappush(self.agenda, (escalates, ESCALATE, *key))

    def later(self, span: Span, now: int) -> int:
        """When a span from now on has passed."""
        return self.clocks[span.table].add(now, span.length)

    def _note(self, deal: Deal, step: Step, now: int) -> None:
        """Conditions and measures ask for it: a deal was here, and since when."""
        if step.stage >= 0 and step.stage != deal.stage:
            self.deals.enter_stage(deal, step.stage, now)
        if step.row.visited >= 0:
            deal.visited[step.row.visited] = 1
        mark = step.row.mark
        if mark >= 0 and deal.marks[mark] < 0:
            deal.marks[mark] = now

    def _set_timers(self, visit: Visit, now: int) -> None:
        """When a visit should be done, and when it is over in any case."""
        row = visit.step.row
        if row.sla is not None:
            visit.sla_at = self.later(row.sla, now)
        if row.timeout is not None:
            expires = self.later(row.timeout, now)
            visit.timed = expires < NEVER
            key = (visit.deal.number, visit.at, visit.number, visit)
            heappush(self.agenda, (expires, visit.step.rank, *key))

    def _look(self, visit: Visit) -> None:
        """What is missing as a visit of a counted deal begins, and which touchpoints it crosses."""
        books, row, values = self.ledger.books, visit.step.row, visit.deal.values
        for field in row.requires:
            visit.step.missing += values[field] != values[field]
        if row.bridges and visit.givers:
            crossings = []
            for giver, number in row.bridges:
                if visit.givers >> giver & 1:
                    touchpoint = self.program.touchpoints[number]
                    books.crossings[number] += 1
                    for field in touchpoint.requires:
                        books.touch_missing[number] += values[field] != values[field]
                    accept = touchpoint.accept
                    limit = -1 if accept is None else self.later(accept, visit.entered)
                    crossings.append((number, limit))
            visit.crossings = tuple(crossings)

    def _alone(self, visit: Visit, now: int) -> None:
        """Work without people begins, or is over, at once."""
        step, deal = visit.step, visit.deal
        visit.state = WAITING
        if deal.counted:
            step.alone += 1
            for spread in step.waits:
                spread.add(0)
        if visit.crossings:
            self.ledger.accepted(visit, now)
        end = now
        if step.effort_timer is not None or step.wait_timer is not None:
            first, second, visit.choice = uniforms(
                step.key, deal.source_key, deal.serial, visit.number, self.keys
            )
            if step.effort_timer is not None:
                end = step.effort_clock.add(now, step.effort_timer(first))
            if step.wait_timer is not None and end < NEVER:
                end = step.wait_clock.add(end, step.wait_timer(second))
        heappush(self.agenda, (end, END, deal.number, visit.at, visit.number, visit))

    def _order(self, visit: Visit) -> None:
        """What the roles' orders ask for: the deal's worth, and when the visit is due."""
        value, timeout = self.values[visit.deal.part], visit.step.row.timeout
        visit.worth = visit.deal.values[value] if value >= 0 else float("nan")
        visit.deadline = NEVER if visit.sla_at < 0 else visit.sla_at
        if timeout is not None:
            visit.deadline = min(visit.deadline, self.later(timeout, visit.entered))

    def work_done(self, visit: Visit, job: Job, now: int) -> bool:
        """The effort of a visit is done, its people are free; whether it is over with that."""
        self.ledger.worked(visit, job, now)
        self.desk.release(visit, job)
        visit.state = WAITING
        step = visit.step
        if step.wait_timer is None:
            return True
        length, clock = step.wait_timer(visit.wait), step.wait_clock
        end = now + length
        if end > clock.last or now < clock.first:
            end = clock.add(now, length)
        if end == now:
            return True
        heappush(self.agenda, (end, END, visit.deal.number, visit.at, visit.number, visit))
        return False

    def break_off(self, visit: Visit, now: int) -> None:
        """Whatever goes on in a visit stops: it leaves its queues, its people are free."""
        if visit.state == QUEUED:
            self.desk.leave(visit, now)
        elif visit.state == WORKING and visit.job is not None:
            self.ledger.broken(visit, visit.job, now)
            self.desk.release(visit, visit.job)
        visit.state = WAITING

    def withdraw(self, visit: Visit, now: int) -> None:
        """A visit is broken off because something else ended."""
        self.break_off(visit, now)
        visit.state = OVER
        self.ledger.cut(visit, now, withdrawn=True)
        if self.watch is not None:
            self.tell(WITHDRAWN, visit, now)

    def tell(self, what: str, visit: Visit, now: int, way: int = -1) -> None:
        """Tell whoever watches."""
        if self.watch is not None:
            deal, values = visit.deal, tuple(visit.deal.values)
            self.watch(Event(what, now, deal.number, visit.at, visit.number, way, values=values))

    @staticmethod
    def active(visit: Visit) -> bool:
        """Whether something can still happen to a visit by itself."""
        return visit.timed or visit.state in (QUEUED, WORKING, WAITING)
