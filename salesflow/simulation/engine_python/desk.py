"""Who works on what: queues of work, free people, and who takes what first."""

from heapq import heappop, heappush

from salesflow.simulation.engine_python.agenda import END, OPENING, Agenda
from salesflow.simulation.engine_python.clock import Clock
from salesflow.simulation.engine_python.ledger import Ledger
from salesflow.simulation.engine_python.lines import Entry, Line, entry_of
from salesflow.simulation.engine_python.sampling import timer
from salesflow.simulation.engine_python.staff import Staff, note_leader
from salesflow.simulation.engine_python.state import QUEUED, WORKING, Deal, Visit
from salesflow.simulation.philox import RoundKeys, uniforms
from salesflow.simulation.program import NEVER, Crew, Program


class Desk:
    """The people of a program and the work that waits for them."""

    def __init__(
        self,
        program: Program,
        clocks: list[Clock],
        agenda: Agenda,
        ledger: Ledger,
        keys: RoundKeys,
    ) -> None:
        """Everybody is free, nothing waits."""
        self.program = program
        self.roles = program.roles
        self.crews = program.crews
        self.clocks = clocks
        self.agenda = agenda
        self.ledger = ledger
        self.keys = keys
        self.efforts = [timer(draw) for draw in program.draws]
        self.staff = Staff(program)
        self.lines: list[dict[tuple[int, int], Line]] = [{} for _ in self.roles]
        self.persons: tuple[int, ...] = ()  # found last
        self.changed: set[int] = set()  # roles that may find something to do
        self.woken = [False] * (len(program.tables) + 1)
        self.asking = _by_table(program)

    # Work comes and goes

    def join(self, visit: Visit) -> None:
        """A visit is ready: it waits for its crew."""
        visit.state = QUEUED
        visit.deal.queued[visit] = None
        self._wait(visit, visit.node.crew, escalated=0)

    def escalate(self, visit: Visit) -> None:
        """It waits for the crew it escalates to as well, whoever is free first."""
        self._wait(visit, visit.node.escalate_crew, escalated=1)
        visit.escalated = True

    def _wait(self, visit: Visit, crew: int, *, escalated: int) -> None:
        for role in self.crews[crew].roles:
            self._line_up(visit, crew, role, escalated)
            self.changed.add(role)

    def _line_up(self, visit: Visit, crew: int, role: int, escalated: int) -> None:
        keeping = self.roles[role].keeper
        keeper = visit.deal.keepers[keeping] if keeping >= 0 else -1
        lines = self.lines[role]
        line = lines.get((crew, keeper))
        if line is None:
            apart = crew in self.staff.apart
            line = lines[crew, keeper] = Line(self.crews[crew], keeper, keeping, apart=apart)
        heappush(line.entries, entry_of(visit, self.roles[role].order, escalated))

    def leave(self, visit: Visit, now: int) -> None:
        """It waits no longer."""
        del visit.deal.queued[visit]
        self.ledger.waited(visit, now)

    def release(self, visit: Visit) -> None:
        """The people of a visit are free again."""
        if visit.crew is not None:
            self.staff.release(visit.crew, visit.people)
            self.changed.update(visit.crew.roles)

    def forget(self, deal: Deal) -> None:
        """A deal has ended."""
        self.changed.update(self.staff.forget(deal))

    # People look for work

    def opens(self, table: int) -> None:
        """Those who wait for a table to open look for work."""
        self.woken[table] = False
        self.changed.update(self.asking[table])

    def look_for_work(self, now: int) -> None:
        """Whoever may find something takes the first work that can start, until there is none."""
        changed = sorted(self.changed) if len(self.changed) > 1 else [*self.changed]
        self.changed.clear()
        for role in changed:
            while self.staff.idle[role]:
                found = self._first(role, now)
                if found is None:
                    break
                self._start(*found, now)

    def _first(self, role: int, now: int) -> tuple[Visit, Crew, tuple[int, ...]] | None:
        """The first work in a role's order that can start now, and the persons for it."""
        best: Entry | None = None
        busy = self.staff.busy
        for line in self.lines[role].values():
            if line.entries and (line.keeper < 0 or line.apart or not busy[line.keeper]):
                entry = self._startable(line, now)
                if entry is not None and (best is None or entry < best):
                    best, crew, persons = entry, line.crew, self.persons
        return None if best is None else (best[-1], crew, persons)

    def _startable(self, line: Line, now: int) -> Entry | None:
        """The first work of a line that can start, if any; leaves who can do it in ``persons``."""
        head = line.head()
        if head is None:
            return None
        crew = line.crew
        if crew.table >= 0 and not self.clocks[crew.table].is_open(now):
            self._wake(crew.table, now)
            return None
        for role in crew.roles:
            if not self.staff.idle[role]:
                return None
        aside = []
        while head is not None:
            self.persons = self.staff.for_work(head[-1], crew)
            if self.persons:
                break
            aside.append(heappop(line.entries))
            head = line.head()
        for entry in aside:
            heappush(line.entries, entry)
        return head

    def _wake(self, table: int, now: int) -> None:
        if not self.woken[table]:
            self.woken[table] = True
            opening = self.clocks[table].next_open(now)
            if opening < NEVER:
                heappush(self.agenda, (opening, OPENING, table, 0, 0, None))

    def _start(self, visit: Visit, crew: Crew, persons: tuple[int, ...], now: int) -> None:
        """People begin the work of a visit."""
        self.leave(visit, now)
        deal, node = visit.deal, visit.node
        for role, person in zip(crew.roles, persons, strict=True):
            if self.staff.take_up(deal, role, person):
                for other in deal.queued:  # it stood in the line for anybody, now for somebody
                    self._line_up_again(other, role)
        leader = persons[0] if len(persons) == 1 else persons[crew.roles.index(crew.leader)]
        if node.apart:
            note_leader(visit, leader)
        visit.state = WORKING
        visit.crew = crew
        visit.people = persons
        visit.started = now
        first, visit.wait, visit.choice = uniforms(
            node.key, deal.source_key, deal.serial, visit.number, self.keys
        )
        visit.effort = self.efforts[node.effort](first)
        visit.needed = int(visit.effort * crew.stretch + 0.5)
        self.ledger.begun(visit, now, leader)
        end = self.clocks[crew.table].add(now, visit.needed)
        heappush(self.agenda, (end, END, deal.number, visit.at, visit.number, visit))

    def _line_up_again(self, visit: Visit, role: int) -> None:
        if role in self.crews[visit.node.crew].roles:
            self._line_up(visit, visit.node.crew, role, 0)
        if visit.escalated and role in self.crews[visit.node.escalate_crew].roles:
            self._line_up(visit, visit.node.escalate_crew, role, 1)


def _by_table(program: Program) -> list[list[int]]:
    """For each table the roles that wait for it to open; the last one is for none."""
    asking: list[set[int]] = [set() for _ in range(len(program.tables) + 1)]
    for crew in program.crews:
        asking[crew.table].update(crew.roles)
    return [sorted(roles) for roles in asking]
