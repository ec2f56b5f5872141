"""What is written down when work begins, ends or is broken off."""

from salesflow.simulation.engine_python.books import Books
from salesflow.simulation.engine_python.clock import Clock
from salesflow.simulation.engine_python.state import Visit
from salesflow.simulation.events import STARTED, WORKED, Event, Watch
from salesflow.simulation.program import WORK, Program

END_KIND, EXPIRE_KIND, ESCALATE_KIND, ARRIVAL_KIND, START_KIND = 0, 1, 2, 4, 5  # in the trace
_MASK = (1 << 64) - 1


class Ledger:
    """Enters what happens to visits in the books."""

    def __init__(
        self,
        program: Program,
        books: Books,
        clocks: list[Clock],
        watch: Watch | None,
        *,
        traced: bool,
    ) -> None:
        """Nothing has happened yet."""
        self.books = books
        self.clocks = clocks
        self.crews = program.crews
        self.roles = program.roles
        self.warmup = program.warmup
        self.watch = watch
        self.traced = traced
        self.node_waits: dict[int, list[int]] = {}
        self.role_waits: dict[int, list[int]] = {}
        for at, probe in enumerate(program.wait_probes):
            waits, key = (
                (self.node_waits, probe.node) if probe.node >= 0 else (self.role_waits, probe.role)
            )
            waits.setdefault(key, []).append(at)

    def happened(self, kind: int, now: int, deal: int, node: int, visit: int) -> None:
        """An event; together they make the trace."""
        self.books.events += 1
        if self.traced:
            self.trace(kind, now, deal, node, visit)

    def trace(self, kind: int, now: int, deal: int, node: int, visit: int) -> None:
        """Mix an event into the number that stands for all of them in order."""
        self.books.trace = (
            self.books.trace * 0x100000001B3
            + (now * 8 + kind) * 0x9E3779B97F4A7C15
            + deal * 0xC2B2AE3D27D4EB4F
            + node * 0x165667B19E3779F9
            + visit
        ) & _MASK

    def waited(self, visit: Visit, now: int) -> None:
        """A visit has left the queue."""
        since = max(self.warmup, visit.entered)
        if now > since:
            queue = self.books.role_queue
            for role in self.crews[visit.node.crew].roles:
                queue[role] += now - since

    def begun(self, visit: Visit, now: int, leader: int) -> None:
        """People begin the work of a visit."""
        if self.traced:
            self.trace(START_KIND, now, visit.deal.number, visit.at, leader)
        self.books.events += 1
        if visit.deal.counted:
            self._counted_begin(visit, now)
        if visit.crossings:
            self.accepted(visit, now)
        if self.watch is not None:
            self.watch(
                Event(STARTED, now, visit.deal.number, visit.at, visit.number, people=visit.people)
            )

    def _counted_begin(self, visit: Visit, now: int) -> None:
        books, at, waiting = self.books, visit.at, now - visit.entered
        books.started[at] += 1
        books.waiting[at] += waiting
        if at in self.node_waits:
            for probe in self.node_waits[at]:
                books.waits[probe].add(waiting)
        crew = visit.crew
        if crew is None:
            return
        for role in crew.roles:
            books.role_started[role] += 1
            books.role_waiting[role] += waiting
            if role in self.role_waits:
                for probe in self.role_waits[role]:
                    books.waits[probe].add(waiting)

    def accepted(self, visit: Visit, now: int) -> None:
        """The work of a visit begins: whatever crossed a touchpoint to it is accepted."""
        books = self.books
        for touchpoint, limit in visit.crossings:
            books.accepted[touchpoint] += 1
            books.accept[touchpoint] += now - visit.entered
            if limit >= 0:
                books.accept_judged[touchpoint] += 1
                books.accept_within[touchpoint] += now <= limit
        visit.crossings = ()

    def worked(self, visit: Visit, now: int, *, whole: bool) -> None:
        """People stop working on a visit; ``whole``: because all is done."""
        crew = visit.crew
        if crew is None:
            return
        inside = visit.started >= self.warmup
        if whole:
            visit.spent = visit.effort
            visit.spent_in = visit.effort if inside else self._part(visit, self.warmup, now)
        else:
            visit.spent = self._part(visit, visit.started, now)
            visit.spent_in = visit.spent if inside else self._part(visit, self.warmup, now)
        since = visit.started if inside else self.warmup
        books = self.books
        efforts = books.part_role_effort[visit.deal.part]
        for role in crew.roles:
            if whole and inside and self.roles[role].table == crew.table:
                books.role_taken[role] += visit.needed
            elif now > since:
                clock = self.clocks[self.roles[role].table]
                books.role_taken[role] += clock.until(now) - clock.until(since)
            books.role_effort[role] += visit.spent_in
            efforts[role] += visit.spent_in
            if visit.node.facing:
                books.role_selling[role] += visit.spent_in
        if self.watch is not None:
            self.watch(
                Event(WORKED, now, visit.deal.number, visit.at, visit.number, people=visit.people)
            )

    def _part(self, visit: Visit, since: int, now: int) -> int:
        """The hands-on time in a part of the time that people are at it."""
        if now <= since or not visit.needed or visit.crew is None:
            return 0
        clock = self.clocks[visit.crew.table]
        passed = clock.until(now) - clock.until(since)
        return int(float(visit.effort) * passed / visit.needed + 0.5)

    def over(self, visit: Visit, now: int, *, withdrawn: bool, broken: bool) -> None:
        """A visit ends; ``broken``: not by itself, so that what was done is for nothing."""
        books, at, deal = self.books, visit.at, visit.deal
        deal.effort += visit.spent
        books.instances += visit.node.kind == WORK
        if broken and visit.crew is not None:
            for role in visit.crew.roles:
                books.role_withdrawn_effort[role] += visit.spent_in
        for touchpoint, limit in visit.crossings:  # nobody began
            if 0 <= limit < now:
                books.accept_judged[touchpoint] += 1
        if not deal.counted:
            return
        if withdrawn:
            books.withdrawn[at] += 1
        else:
            books.ended[at] += 1
        books.elapsed[at] += now - visit.entered
        books.effort[at] += visit.spent
        if broken:
            books.withdrawn_effort[at] += visit.spent
        if visit.sla_at >= 0 and (now > visit.sla_at or not broken):
            books.judged[at] += 1
            books.within[at] += now <= visit.sla_at
