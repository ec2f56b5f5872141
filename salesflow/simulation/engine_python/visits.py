"""How a visit begins, starts without people, and is broken off."""

from heapq import heappush

from salesflow.simulation.engine_python.agenda import END, ESCALATE, EXPIRE
from salesflow.simulation.engine_python.deals import Deals
from salesflow.simulation.engine_python.desk import Desk
from salesflow.simulation.engine_python.ledger import Ledger
from salesflow.simulation.engine_python.sampling import timer
from salesflow.simulation.engine_python.state import (
    OVER,
    QUEUED,
    STUCK,
    WAITING,
    WORKING,
    Deal,
    Scope,
    Visit,
)
from salesflow.simulation.events import ENTERED, WITHDRAWN, Event, Watch
from salesflow.simulation.philox import RoundKeys, uniforms
from salesflow.simulation.program import NEVER, WORK, Program, Span


class Visits:
    """Begins and breaks off visits; what ends by itself is the course's business."""

    def __init__(
        self,
        program: Program,
        desk: Desk,
        deals: Deals,
        watch: Watch | None,
    ) -> None:
        """Nothing is open."""
        self.program = program
        self.clocks = desk.clocks
        self.agenda = desk.agenda
        self.desk = desk
        self.ledger: Ledger = desk.ledger
        self.deals = deals
        self.watch = watch
        self.keys: RoundKeys = desk.keys
        self.timers = [timer(draw) for draw in program.draws]
        self.deepest = max((node.depth for node in program.nodes), default=0)
        self.values = [part.value for part in program.parts]

    def begin(self, deal: Deal, at: int, givers: int, scope: Scope, now: int) -> Visit:
        """A deal enters a node."""
        node = self.program.nodes[at]
        number = deal.entries[at]
        deal.entries[at] = number + 1
        visit = Visit(deal, node, at, number, scope, now, givers)
        scope.visits[visit] = None
        if node.visited >= 0:
            deal.visited[node.visited] = 1
        if node.mark >= 0 and deal.marks[node.mark] < 0:
            deal.marks[node.mark] = now
        if node.stage >= 0 and node.stage != deal.stage:
            self.deals.enter_stage(deal, node.stage, now)
        if deal.counted:
            self._count(visit)
        if self.watch is not None:
            self.watch(Event(ENTERED, now, deal.number, at, number))
        if node.sla is not None:
            visit.sla_at = self.later(node.sla, now)
        if node.timeout is not None:
            expires = self.later(node.timeout, now)
            visit.timed = expires < NEVER
            rank = EXPIRE + self.deepest - node.depth
            heappush(self.agenda, (expires, rank, deal.number, at, number, visit))
        if node.kind == WORK:
            self._ready(visit, now)
        return visit

    def later(self, span: Span, now: int) -> int:
        """When a span from now on has passed."""
        return self.clocks[span.table].add(now, span.length)

    def _count(self, visit: Visit) -> None:
        """A visit of a counted deal begins: what is missing, and which touchpoints it crosses."""
        books, node, values = self.ledger.books, visit.node, visit.deal.values
        books.visits[visit.at] += 1
        for field in node.requires:
            books.missing[visit.at] += values[field] != values[field]
        if node.bridges and visit.givers:
            crossings = []
            for giver, number in node.bridges:
                if visit.givers >> giver & 1:
                    touchpoint = self.program.touchpoints[number]
                    books.crossings[number] += 1
                    for field in touchpoint.requires:
                        books.touch_missing[number] += values[field] != values[field]
                    accept = touchpoint.accept
                    limit = -1 if accept is None else self.later(accept, visit.entered)
                    crossings.append((number, limit))
            visit.crossings = tuple(crossings)

    def _ready(self, visit: Visit, now: int) -> None:
        """Its work waits for people; without any it begins, or is over, at once."""
        node = visit.node
        if node.crew >= 0 and node.effort >= 0:
            self._order(visit)
            self.desk.join(visit)
            if node.escalate is not None and node.escalate_crew >= 0:
                at = self.later(node.escalate, now)
                key = (visit.deal.number, visit.at, visit.number, visit)
                heappush(self.agenda, (at, ESCALATE, *key))
            return
        visit.state = WAITING
        if visit.deal.counted:
            self.ledger.books.started[visit.at] += 1
            for probe in self.ledger.node_waits.get(visit.at, ()):
                self.ledger.books.waits[probe].add(0)
        if visit.crossings:
            self.ledger.accepted(visit, now)
        end = now
        if node.effort >= 0 or node.wait >= 0:
            first, visit.wait, visit.choice = self.draws(visit)
            if node.effort >= 0:
                end = self.clocks[node.effort_table].add(now, self.timers[node.effort](first))
            if node.wait >= 0 and end < NEVER:
                end = self.clocks[node.wait_table].add(end, self.timers[node.wait](visit.wait))
        heappush(self.agenda, (end, END, visit.deal.number, visit.at, visit.number, visit))

    def _order(self, visit: Visit) -> None:
        """What the roles' orders ask for: the deal's worth, and when the visit is due."""
        value = self.values[visit.deal.part]
        visit.worth = visit.deal.values[value] if value >= 0 else float("nan")
        visit.deadline = NEVER if visit.sla_at < 0 else visit.sla_at
        if visit.node.timeout is not None:
            visit.deadline = min(visit.deadline, self.later(visit.node.timeout, visit.entered))

    def draws(self, visit: Visit) -> tuple[float, float, float]:
        """The random numbers of a visit: for effort, wait and choice."""
        deal = visit.deal
        return uniforms(visit.node.key, deal.source_key, deal.serial, visit.number, self.keys)

    def work_done(self, visit: Visit, now: int) -> int:
        """The effort of a visit is done, its people are free; when its wait is over."""
        self.ledger.worked(visit, now, whole=True)
        self.desk.release(visit)
        visit.state = WAITING
        if visit.node.wait < 0:
            return now
        return self.clocks[visit.node.wait_table].add(now, self.timers[visit.node.wait](visit.wait))

    def break_off(self, visit: Visit, now: int) -> None:
        """Whatever goes on in a visit stops: it leaves its queues, its people are free."""
        if visit.state == QUEUED:
            self.desk.leave(visit, now)
        elif visit.state == WORKING:
            self.ledger.worked(visit, now, whole=False)
            self.desk.release(visit)
        visit.state = WAITING

    def withdraw(self, visit: Visit, now: int) -> None:
        """A visit is broken off because something else ended."""
        self.break_off(visit, now)
        visit.state = OVER
        self.ledger.over(visit, now, withdrawn=True, broken=True)
        if self.watch is not None:
            self.tell(WITHDRAWN, visit, now)

    def tell(self, what: str, visit: Visit, now: int, way: int = -1) -> None:
        """Tell whoever watches."""
        if self.watch is not None:
            deal = visit.deal
            self.watch(
                Event(
                    what, now, deal.number, visit.at, visit.number, way, values=tuple(deal.values)
                )
            )

    @staticmethod
    def active(visit: Visit) -> bool:
        """Whether something can still happen to a visit by itself."""
        return visit.timed or visit.state in (QUEUED, WORKING, WAITING)

    @staticmethod
    def is_stuck(visit: Visit) -> bool:
        """Whether it ended and no result was enabled."""
        return visit.state == STUCK
