"""Who works on what: queues of work, free people, and who takes what first."""

from heapq import heappop, heappush
from math import inf
from typing import Any, TypeAlias

from salesflow.simulation.engine_python.agenda import END, OPENING, Agenda
from salesflow.simulation.engine_python.clock import Clock
from salesflow.simulation.engine_python.ledger import Ledger
from salesflow.simulation.engine_python.sampling import timer
from salesflow.simulation.engine_python.state import QUEUED, WORKING, Deal, Visit
from salesflow.simulation.philox import RoundKeys, uniforms
from salesflow.simulation.program import (
    EARLIEST_DEADLINE,
    LARGEST,
    NEVER,
    NEWEST,
    OLDEST,
    Crew,
    Program,
)

Entry: TypeAlias = tuple[Any, ...]  # what comes first in the role's order is least; ends in visit

PERSONS_TOLD_APART = 63  # bits of a side; of more people some stand for each other, and stay away


class Line:
    """Work in a role's queue that needs the same people: one crew, and one keeper or (-1) any."""

    __slots__ = ("crew", "entries", "keeper", "keeping")

    def __init__(self, crew: Crew, keeper: int, keeping: int) -> None:
        """An empty one; ``keeping`` is the role's number among those that keep deals, or -1."""
        self.crew = crew
        self.keeper = keeper
        self.keeping = keeping
        self.entries: list[Entry] = []

    def head(self) -> Entry | None:
        """The first entry that still waits in this line."""
        entries = self.entries
        while entries:
            visit: Visit = entries[0][-1]
            if visit.state == QUEUED and (
                self.keeping < 0 or self.keeper >= 0 or visit.deal.keepers[self.keeping] < 0
            ):
                return entries[0]
            heappop(entries)
        return None


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
        self.busy = [False] * sum(role.people for role in self.roles)
        self.idle = [role.people for role in self.roles]
        self.free: list[list[int]] = [
            [*range(role.first, role.first + role.people)] for role in self.roles
        ]
        self.open_deals = [0] * len(self.busy)
        self.lines: list[dict[tuple[int, int], Line]] = [{} for _ in self.roles]
        self.persons: tuple[int, ...] = ()  # found last
        self.changed: set[int] = set()  # roles that may find something to do
        self.woken = [False] * (len(program.tables) + 1)
        self.asking = _by_table(program)
        told_apart = {
            program.crews[n.crew].leader for n in program.nodes if n.apart and n.crew >= 0
        }
        told_apart |= {
            program.crews[n.escalate_crew].leader
            for n in program.nodes
            if n.apart and n.escalate_crew >= 0
        }
        self.named = [role.keeper >= 0 or at in told_apart for at, role in enumerate(self.roles)]

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
            line = lines[crew, keeper] = Line(self.crews[crew], keeper, keeping)
        heappush(line.entries, self._entry(visit, role, escalated))

    def _entry(self, visit: Visit, role: int, escalated: int) -> Entry:
        ready = visit.entered
        rest = (visit.deal.number, visit.at, visit.number, escalated, visit)
        order = self.roles[role].order
        if order == OLDEST:
            return (ready, *rest)
        if order == NEWEST:
            return (-ready, *rest)
        if order == LARGEST:
            return (-visit.worth if visit.worth == visit.worth else inf, ready, *rest)
        return (visit.deadline, ready, *rest)

    def leave(self, visit: Visit, now: int) -> None:
        """It waits no longer."""
        del visit.deal.queued[visit]
        self.ledger.waited(visit, now)

    def forget(self, deal: Deal) -> None:
        """A deal has ended: its keepers have room for another one."""
        for role, row in enumerate(self.roles):
            if row.keeper >= 0 and deal.keepers[row.keeper] >= 0:
                self.open_deals[deal.keepers[row.keeper]] -= 1
                self.changed.add(role)

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
            while self.idle[role]:
                found = self._first(role, now)
                if found is None:
                    break
                self._start(*found, now)

    def _first(self, role: int, now: int) -> tuple[Visit, Crew, tuple[int, ...]] | None:
        """The first work in a role's order that can start now, and the persons for it."""
        best: Entry | None = None
        for line in self.lines[role].values():
            if line.entries:
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
            if not self.idle[role]:
                return None
        aside = []
        while head is not None:
            self.persons = self._persons(head[-1], crew)
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

    def _persons(self, visit: Visit, crew: Crew) -> tuple[int, ...]:
        """Somebody for each role of a crew; nobody at all if one role has nobody."""
        persons = []
        for role in crew.roles:
            if self.named[role]:
                person = self._person(visit, role, crew)
                if person < 0:
                    return ()
                persons.append(person)
            else:
                persons.append(self.free[role][0])
        return tuple(persons)

    def _person(self, visit: Visit, role: int, crew: Crew) -> int:
        """Who of a role that is told apart can do it now, the lowest number; -1 for nobody."""
        row = self.roles[role]
        barred = barred_from(visit) if role == crew.leader and visit.node.apart else 0
        keeper = visit.deal.keepers[row.keeper] if row.keeper >= 0 else -1
        if keeper >= 0 and not barred >> keeper % PERSONS_TOLD_APART & 1:
            return -1 if self.busy[keeper] else keeper
        full = row.max_open if row.keeper >= 0 and keeper < 0 and row.max_open >= 0 else NEVER
        for person in range(row.first, row.first + row.people):
            if (
                not self.busy[person]
                and self.open_deals[person] < full
                and not barred >> person % PERSONS_TOLD_APART & 1
            ):
                return person
        return -1

    def _start(self, visit: Visit, crew: Crew, persons: tuple[int, ...], now: int) -> None:
        """People begin the work of a visit."""
        self.leave(visit, now)
        deal, node = visit.deal, visit.node
        for role, person in zip(crew.roles, persons, strict=True):
            self._take_up(deal, role, person)
        leader = persons[0] if len(persons) == 1 else persons[crew.roles.index(crew.leader)]
        for apart in node.apart:
            deal.sides[apart.own] |= 1 << leader % PERSONS_TOLD_APART
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

    def _take_up(self, deal: Deal, role: int, person: int) -> None:
        self.busy[person] = True
        self.idle[role] -= 1
        if not self.named[role]:
            heappop(self.free[role])
            return
        keeping = self.roles[role].keeper
        if keeping >= 0 and deal.keepers[keeping] < 0:
            deal.keepers[keeping] = person
            self.open_deals[person] += 1
            for other in deal.queued:  # it stands in the line for anybody: now it is for somebody
                self._line_up_again(other, role)

    def _line_up_again(self, visit: Visit, role: int) -> None:
        if role in self.crews[visit.node.crew].roles:
            self._line_up(visit, visit.node.crew, role, 0)
        if visit.escalated and role in self.crews[visit.node.escalate_crew].roles:
            self._line_up(visit, visit.node.escalate_crew, role, 1)

    def release(self, visit: Visit) -> None:
        """The people of a visit are free again."""
        crew = visit.crew
        if crew is None:
            return
        for role, person in zip(crew.roles, visit.people, strict=True):
            self.busy[person] = False
            self.idle[role] += 1
            self.changed.add(role)
            if not self.named[role]:
                heappush(self.free[role], person)


def barred_from(visit: Visit) -> int:
    """The persons, as bits, that must not do a visit because they did something else."""
    barred = 0
    for apart in visit.node.apart:
        for side in range(apart.first, apart.last):
            if side != apart.own:
                barred |= visit.deal.sides[side]
    return barred


def needs_deadline(program: Program) -> bool:
    """Whether some role takes the earliest deadline first."""
    return any(role.order == EARLIEST_DEADLINE for role in program.roles)


def _by_table(program: Program) -> list[list[int]]:
    """For each table the roles that wait for it to open; the last one is for none."""
    asking: list[set[int]] = [set() for _ in range(len(program.tables) + 1)]
    for crew in program.crews:
        asking[crew.table].update(crew.roles)
    return [sorted(roles) for roles in asking]
