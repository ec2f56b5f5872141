"""One replication from beginning to end: event after event, and people in between."""

from collections.abc import Callable
from heapq import heappop, heappush
from typing import TypeAlias

from salesflow.simulation.engine_python.agenda import (
    ARRIVAL,
    END,
    ESCALATE,
    OPENING,
    Agenda,
    Entry,
)
from salesflow.simulation.engine_python.books import Books
from salesflow.simulation.engine_python.clock import clocks_of
from salesflow.simulation.engine_python.course import Course
from salesflow.simulation.engine_python.deals import Deals
from salesflow.simulation.engine_python.desk import Desk
from salesflow.simulation.engine_python.ledger import (
    ARRIVAL_KIND,
    END_KIND,
    ESCALATE_KIND,
    EXPIRE_KIND,
    Ledger,
)
from salesflow.simulation.engine_python.people import Post
from salesflow.simulation.engine_python.plans import Plans
from salesflow.simulation.engine_python.state import (
    OVER,
    QUEUED,
    STUCK,
    WORKING,
    Visit,
    open_in,
)
from salesflow.simulation.engine_python.visits import Visits
from salesflow.simulation.events import Watch
from salesflow.simulation.philox import round_keys, uniforms
from salesflow.simulation.program import NEVER, Program, Table
from salesflow.simulation.tally import Tally

Look: TypeAlias = tuple[int, int, bool, list[Post]]  # when, hour of the week, of a day's, who

HOUR = 3_600_000
_PULSE = 4096  # events between two calls of `pulse`


def play(
    program: Program,
    seed: int,
    replication: int,
    *,
    watch: Watch | None = None,
    pulse: Callable[[int], None] | None = None,
    traced: bool = False,
) -> Tally:
    """What one replication counts. ``pulse`` is called with the simulated time now and then.

    ``seed`` and ``replication`` are whole numbers from 0 below 2^32.
    """
    return _Play(program, seed, replication, watch, traced=traced).run(pulse)


class _Play:
    """The state of a replication."""

    def __init__(
        self, program: Program, seed: int, replication: int, watch: Watch | None, *, traced: bool
    ) -> None:
        self.program = program
        self.traced = traced
        self.replication = replication
        self.keys = round_keys(seed, replication)
        self.agenda: Agenda = []
        self.clocks = clocks_of(program.tables)
        self.plans = Plans(program, self.clocks)
        self.books = Books(self.plans)
        self.ledger = Ledger(self.books, watch, traced=traced)
        self.deals = Deals(program, self.books, self.keys, watch)
        self.desk = Desk(self.plans, self.agenda, self.ledger, self.keys)
        self.visits = Visits(self.plans, self.desk, self.deals, watch)
        self.course = Course(self.plans, self.deals, self.visits)
        self.looks = _looks(program, self.plans.posts)
        self.looked = self.events = 0

    def run(self, pulse: Callable[[int], None] | None) -> Tally:
        """Play until the end."""
        for number in range(len(self.program.sources)):
            self._announce(number, 0, 0)
        agenda, end, desk = self.agenda, self.program.end, self.desk
        heappush(agenda, (end, -1, 0, 0, 0, None))  # before all that would be at the end
        happened, look = 0, self.looks[0][0]
        changed, entry = desk.changed, heappop(agenda)
        while (now := entry[0]) < end:
            if look < now:
                look = self._look(now)
            self.course.now = now
            if entry[1] == END:  # most are
                self._end(entry[5], now)
            else:
                self._happen(entry)
            if changed and agenda[0][0] != now:
                desk.look_for_work(now)
            if pulse is not None:
                happened += 1
                if not happened % _PULSE:
                    pulse(now)
            entry = heappop(agenda)
        self._look(end)
        for hour in self.program.hours[-(-self.program.warmup // HOUR) : -(-end // HOUR)]:
            self.books.week[hour] += 1
        self._stop(end)
        return self.books.tally(self.replication, self.events + desk.events)

    def _happen(self, entry: Entry) -> None:
        """One event but the end of a visit; those of visits that are over are none."""
        now, rank, deal, node, visit, what = entry
        if rank == ARRIVAL:
            self._arrive(deal, what, now)
        elif rank == OPENING:
            self.desk.opens(deal)
        elif what.state == OVER:
            return
        elif rank == ESCALATE:
            if what.state == QUEUED:
                self._count(ESCALATE_KIND, now, deal, node, visit)
                self.desk.escalate(what)
        else:
            self._count(EXPIRE_KIND, now, deal, node, visit)
            what.timed = False
            self.course.expire(what)

    def _end(self, visit: Visit, now: int) -> None:
        """The effort or the wait of a visit is over."""
        state = visit.state
        if state == OVER:
            return
        self.events += 1
        if self.traced:
            self.ledger.trace(END_KIND, now, visit.deal.number, visit.at, visit.number)
        job = visit.job
        if state != WORKING or job is None or self.visits.work_done(visit, job, now):
            self.course.end(visit)

    def _count(self, kind: int, now: int, deal: int, node: int, visit: int) -> None:
        """An event; together they make the trace."""
        self.events += 1
        if self.traced:
            self.ledger.trace(kind, now, deal, node, visit)

    # Arrivals

    def _announce(self, number: int, serial: int, now: int) -> None:
        """Put the next arrival of a source on the agenda."""
        source = self.program.sources[number]
        if source.every:
            at = serial // source.batch * source.every
        elif source.gap >= 0:
            u = uniforms(source.arrivals_key, source.key, serial, 0, self.keys)[0]
            at = self.clocks[source.table].add(now, self.plans.timers[source.gap](u))
        else:
            return
        heappush(self.agenda, (at, ARRIVAL, number, 0, 0, serial))

    def _arrive(self, number: int, serial: int, now: int) -> None:
        source = self.program.sources[number]
        self._count(ARRIVAL_KIND, now, self.deals.came, number, 0)
        deal = self.deals.come(number, serial, now)
        self._announce(number, serial + 1, now)
        self.course.begin(
            deal, source.start, 1 << source.department if source.department >= 0 else 0
        )

    # Looking

    def _look(self, until: int) -> int:
        """Look at each whole hour before an instant, when all that happens there has happened.

        When there is something to look at next is returned.
        """
        looks = self.looks
        instant, hour, daily, there = looks[self.looked]
        while instant < until:
            if daily:
                self.books.open_by_day.append(len(self.deals.open))
            for post in there:
                busy = post.row.people - post.idle
                if busy:
                    post.week[hour] += busy
            self.looked += 1
            instant, hour, daily, there = looks[self.looked]
        return instant

    def _stop(self, end: int) -> None:
        """All stops: what is under way counts as far as it came, and deals that cannot go on."""
        self.ledger.watch = None
        for deal in self.deals.open.values():
            self.deals.still_open(deal, end)
            inside, waiting = open_in(deal)
            for visit in inside:
                if visit.state == QUEUED:
                    self.desk.leave(visit, end)
                elif visit.state == WORKING and visit.job is not None:
                    self.ledger.broken(visit, visit.job, end)
            going = any(self.visits.active(visit) for visit in inside)
            if going:
                self.deals.can_go_on(deal, end)
            if not deal.counted:
                continue
            if going:
                self.books.open[deal.part] += 1
                continue
            self.books.part_stuck[deal.part] += 1
            for at in {*(v.at for v in inside if v.state == STUCK), *waiting}:
                self.plans.steps[at].stuck += 1


def _looks(program: Program, posts: list[Post]) -> list[Look]:
    """The whole hours to look at: each day's first, and when roles are open after the warm-up."""
    first, last = -(-program.warmup // HOUR), -(-program.end // HOUR)
    there: dict[int, list[int]] = {tick: [] for tick in range(0, last, 24)}
    for at in sorted({post.row.table for post in posts}):
        table = program.tables[at] if at >= 0 else Table((0,), (program.end,), (0,))
        for opens, closes in zip(table.opens, table.closes, strict=True):
            if opens >= program.end:
                break
            for tick in range(max(-(-opens // HOUR), first), min(-(-closes // HOUR), last)):
                there.setdefault(tick, []).append(at)
    shifts = {tables: _shift(posts, tables) for tables in {tuple(at) for at in there.values()}}
    looks = [
        (tick * HOUR, program.hours[tick], not tick % 24, shifts[tuple(tables)])
        for tick, tables in sorted(there.items())
    ]
    return [*looks, (NEVER, 0, False, [])]


def _shift(posts: list[Post], tables: tuple[int, ...]) -> list[Post]:
    """The roles that are there while some tables are open."""
    return [post for post in posts if post.row.table in tables]
