"""Who works on what: queues of work, free people, and who takes what first."""

from heapq import heappop, heappush

from salesflow.simulation.engine_python.agenda import END, OPENING, Agenda
from salesflow.simulation.engine_python.ledger import Ledger
from salesflow.simulation.engine_python.lines import entry_of, head_of
from salesflow.simulation.engine_python.people import Entry, Line, Post, Team, line_of
from salesflow.simulation.engine_python.plans import Job, Plans
from salesflow.simulation.engine_python.staff import Staff, note_leader
from salesflow.simulation.engine_python.state import QUEUED, WORKING, Deal, Visit, open_in
from salesflow.simulation.philox import RoundKeys, uniforms
from salesflow.simulation.program import NEVER, Program


class Desk:
    """The people of a program and the work that waits for them."""

    def __init__(self, plans: Plans, agenda: Agenda, ledger: Ledger, keys: RoundKeys) -> None:
        """Everybody is free, nothing waits."""
        self.posts = plans.posts
        self.clocks = plans.clocks
        self.agenda = agenda
        self.ledger = ledger
        self.warmup = plans.program.warmup
        self.keys = keys
        self.staff = Staff(plans.program, plans.posts)
        self.events = 0  # how often work began
        self.persons: tuple[int, ...] = ()  # found last, none where it is whoever is free
        self.changed: set[int] = set()  # roles that may find something to do
        self.woken = [False] * (len(plans.program.tables) + 1)
        self.asking = _by_table(plans.program)

    # Work comes and goes

    def escalate(self, visit: Visit) -> None:
        """It waits for the crew it escalates to as well, whoever is free first."""
        if visit.step.rescue is not None:
            self.join(visit, visit.step.rescue)
            visit.escalated = True

    def join(self, visit: Visit, job: Job) -> None:
        """A visit is ready: it waits for a crew."""
        visit.state = QUEUED
        post, line = job.plain, job.line
        if post is None or line is None:
            for each in job.team.posts:
                self._line_up(visit, job, each)
                self.changed.add(each.at)
            return
        if not line.entries:
            post.waiting[line] = None
        heappush(line.entries, entry_of(visit, post.order, job.escalated))
        if post.idle:
            self.changed.add(post.at)

    @staticmethod
    def _line_up(visit: Visit, job: Job, post: Post) -> None:
        keeper = visit.deal.keepers[post.keeper] if post.keeper >= 0 else -1
        line = line_of(job.team, post, keeper)
        post.waiting[line] = None
        heappush(line.entries, entry_of(visit, post.order, job.escalated))

    def leave(self, visit: Visit, now: int) -> None:
        """It waits no longer."""
        if visit.entered >= self.warmup:
            visit.step.queue += now - visit.entered
        elif now > self.warmup:
            visit.step.queue += now - self.warmup

    def release(self, visit: Visit, job: Job) -> None:
        """The people of a visit are free again."""
        post = job.plain
        if post is None:
            self.staff.release(job.team, visit.people)
            self.changed.update(job.team.row.roles)
            return
        post.idle += 1
        heappush(post.free, visit.people[0])
        if post.sole is None or post.sole.entries:
            self.changed.add(post.at)

    def forget(self, deal: Deal) -> None:
        """A deal has ended."""
        if self.staff.keeping:
            self.changed.update(self.staff.forget(deal))

    # People look for work

    def opens(self, table: int) -> None:
        """Those who wait for a table to open look for work."""
        self.woken[table] = False
        self.changed.update(self.asking[table])

    def look_for_work(self, now: int) -> None:
        """Whoever may find something takes the first work that can start, until there is none."""
        changed = sorted(self.changed)
        self.changed.clear()
        for role in changed:
            post = self.posts[role]
            if post.sole is not None:
                self._serve(post, post.sole, now)
                continue
            while post.idle:
                entry = self._first(post, now)
                if entry is None:
                    break
                self._start(entry[-1], entry[-2], now)

    def _serve(self, post: Post, line: Line, now: int) -> None:
        """Whoever is free takes the first work of the only line that there is."""
        entries, clock = line.entries, line.team.clock
        if self.woken[line.team.row.table]:  # it is closed until then
            return
        while entries and post.idle:
            visit: Visit = entries[0][-1]
            if visit.state == QUEUED:
                if not clock.first <= now < clock.last and not clock.is_open(now):
                    self._wake(line.team.row.table, now)
                    return
                self._start(visit, heappop(entries)[-2], now)
            else:
                heappop(entries)

    def _first(self, post: Post, now: int) -> Entry | None:
        """The first work in a role's order that can start now; who can do it is in ``persons``."""
        best: Entry | None = None
        persons: tuple[int, ...] = ()
        busy = self.staff.busy
        for line in [*post.waiting]:
            if not line.entries:
                del post.waiting[line]
            elif line.keeper < 0 or line.team.apart or not busy[line.keeper]:
                entry = self._startable(line, now)
                if entry is not None and (best is None or entry < best):
                    best, persons = entry, self.persons
        self.persons = persons
        return best

    def _startable(self, line: Line, now: int) -> Entry | None:
        """The first work of a line that can start, if any; leaves who can do it in ``persons``."""
        head, team = head_of(line), line.team
        if head is None:
            return None
        clock = team.clock
        if not clock.first <= now < clock.last and not clock.is_open(now):
            self._wake(team.row.table, now)
            return None
        self.persons = ()
        return head if team.plain is not None else self._with_persons(head, line)

    def _with_persons(self, head: Entry | None, line: Line) -> Entry | None:
        """The first work of a line from its head on for which there are persons."""
        for post in line.team.posts:
            if not post.idle:
                return None
        aside = []
        while head is not None:
            self.persons = self.staff.for_work(head[-1], line.team)
            if self.persons:
                break
            aside.append(heappop(line.entries))
            head = head_of(line)
        for entry in aside:
            heappush(line.entries, entry)
        return head

    def _wake(self, table: int, now: int) -> None:
        if not self.woken[table]:
            self.woken[table] = True
            opening = self.clocks[table].next_open(now)
            if opening < NEVER:
                heappush(self.agenda, (opening, OPENING, table, 0, 0, None))

    def _start(self, visit: Visit, escalated: int, now: int) -> None:
        """People begin the work of a visit."""
        deal, step, waited = visit.deal, visit.step, now - visit.entered
        if visit.entered >= self.warmup:
            step.queue += waited
        else:
            self.leave(visit, now)
        job = step.rescue if escalated else step.job
        if job is None:
            return
        visit.state = WORKING
        visit.started = now
        visit.job = job
        post = job.plain
        if post is not None:
            post.idle -= 1
            leader = heappop(post.free)
            visit.people = (leader,)
        else:
            leader = self._take_up(visit, job.team)
        first, visit.wait, visit.choice = uniforms(
            step.key, deal.source_key, deal.serial, visit.number, self.keys
        )
        visit.effort = effort = job.timer(first)
        visit.needed = needed = int(effort * job.stretch + 0.5)
        self.events += 1
        if deal.counted:
            job.started += 1
            job.waiting += waited
            for spread in job.waits:
                spread.add(waited)
        if visit.crossings or self.ledger.told:
            self.ledger.begun(visit, now, leader)
        end, clock = now + needed, job.clock
        if end > clock.last:
            end = clock.add(now, needed)
        heappush(self.agenda, (end, END, deal.number, visit.at, visit.number, visit))

    def _take_up(self, visit: Visit, team: Team) -> int:
        """The persons that were found begin to work on a visit; who leads it."""
        deal = visit.deal
        visit.people = self.persons
        for post, person in zip(team.posts, self.persons, strict=True):
            if self.staff.take_up(deal, post, person):
                for other in open_in(deal)[0]:  # it stood in the line for anybody
                    if other.state == QUEUED:  # and now for somebody
                        self._line_up_again(other, post)
        leader = self.persons[team.lead]
        if visit.step.row.apart:
            note_leader(visit, leader)
        return leader

    def _line_up_again(self, visit: Visit, post: Post) -> None:
        job, rescue = visit.step.job, visit.step.rescue
        if job is not None and post in job.team.posts:
            self._line_up(visit, job, post)
        if visit.escalated and rescue is not None and post in rescue.team.posts:
            self._line_up(visit, rescue, post)


def _by_table(program: Program) -> list[list[int]]:
    """For each table the roles that wait for it to open; the last one is for none."""
    asking: list[set[int]] = [set() for _ in range(len(program.tables) + 1)]
    for crew in program.crews:
        asking[crew.table].update(crew.roles)
    return [sorted(roles) for roles in asking]
