"""What is written down when work begins, ends or is broken off."""

from salesflow.simulation.engine_python.books import Books
from salesflow.simulation.engine_python.plans import Job
from salesflow.simulation.engine_python.state import Visit
from salesflow.simulation.events import STARTED, WORKED, Event, Watch

END_KIND, EXPIRE_KIND, ESCALATE_KIND, ARRIVAL_KIND, START_KIND = 0, 1, 2, 4, 5  # in the trace
_MASK = (1 << 64) - 1


class Ledger:
    """Enters what happens to visits in the books."""

    def __init__(self, books: Books, watch: Watch | None, *, traced: bool) -> None:
        """Nothing has happened yet."""
        self.books = books
        self.warmup = books.program.warmup
        self.watch = watch
        self.traced = traced
        self.told = traced or watch is not None

    def trace(self, kind: int, now: int, deal: int, node: int, visit: int) -> None:
        """Mix an event into the number that stands for all of them in order."""
        self.books.trace = (
            self.books.trace * 0x100000001B3
            + (now * 8 + kind) * 0x9E3779B97F4A7C15
            + deal * 0xC2B2AE3D27D4EB4F
            + node * 0x165667B19E3779F9
            + visit
        ) & _MASK

    def begun(self, visit: Visit, now: int, leader: int) -> None:
        """People begin the work of a visit."""
        if self.traced:
            self.trace(START_KIND, now, visit.deal.number, visit.at, leader)
        if visit.crossings:
            self.accepted(visit, now)
        if self.watch is not None:
            self._tell(STARTED, visit, now)

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

    def worked(self, visit: Visit, job: Job, now: int) -> None:
        """People stop working on a visit because all is done."""
        visit.spent = effort = visit.effort
        if visit.started >= self.warmup:
            visit.spent_in = effort
            job.effort += effort
            job.taken += visit.needed
            if job.team.aside:
                self._take(visit.started, now, job, aside=True)
        else:
            visit.spent_in = self._part(visit, job, self.warmup, now)
            job.effort += visit.spent_in
            self._take(self.warmup, now, job, aside=False)
        if self.watch is not None:
            self._tell(WORKED, visit, now)

    def broken(self, visit: Visit, job: Job, now: int) -> None:
        """People stop working on a visit before all is done."""
        since = max(visit.started, self.warmup)
        visit.spent = self._part(visit, job, visit.started, now)
        inside = since == visit.started
        visit.spent_in = visit.spent if inside else self._part(visit, job, since, now)
        job.effort += visit.spent_in
        self._take(since, now, job, aside=False)
        if self.watch is not None:
            self._tell(WORKED, visit, now)

    @staticmethod
    def _take(since: int, now: int, job: Job, *, aside: bool) -> None:
        """The time of people by their own calendars."""
        if now > since:
            for post in job.team.aside if aside else job.team.posts:
                post.taken += post.clock.until(now) - post.clock.until(since)

    @staticmethod
    def _part(visit: Visit, job: Job, since: int, now: int) -> int:
        """The hands-on time in a part of the time that people are at it."""
        if now <= since or not visit.needed:
            return 0
        passed = job.clock.until(now) - job.clock.until(since)
        return int(float(visit.effort) * passed / visit.needed + 0.5)

    def _tell(self, what: str, visit: Visit, now: int) -> None:
        if self.watch is not None:
            deal, node = visit.deal.number, visit.at
            self.watch(Event(what, now, deal, node, visit.number, people=visit.people))

    def ended(self, visit: Visit, now: int) -> None:
        """A visit ends by itself."""
        step, deal, spent = visit.step, visit.deal, visit.spent
        step.over += 1
        deal.effort += spent
        if visit.crossings:
            self._never_accepted(visit, now)
        if deal.counted:
            step.ended += 1
            step.elapsed += now - visit.entered
            step.effort += spent
            if visit.sla_at >= 0:
                step.judged += 1
                step.within += now <= visit.sla_at

    def cut(self, visit: Visit, now: int, *, withdrawn: bool) -> None:
        """A visit ends, but not by itself, so that what was done is for nothing."""
        step, deal, spent = visit.step, visit.deal, visit.spent
        step.over += 1
        deal.effort += spent
        if visit.job is not None:
            visit.job.wasted += visit.spent_in
        self._never_accepted(visit, now)
        if not deal.counted:
            return
        if withdrawn:
            step.withdrawn += 1
        else:
            step.ended += 1
        step.elapsed += now - visit.entered
        step.effort += spent
        step.withdrawn_effort += spent
        step.judged += 0 <= visit.sla_at < now

    def _never_accepted(self, visit: Visit, now: int) -> None:
        for touchpoint, limit in visit.crossings:
            if 0 <= limit < now:
                self.books.accept_judged[touchpoint] += 1
