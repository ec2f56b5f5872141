"""People: who is free, who keeps which deal, and who may do what."""

from heapq import heappop, heappush

from salesflow.simulation.engine_python.state import Deal, Visit
from salesflow.simulation.program import NEVER, Crew, Program

PERSONS_TOLD_APART = 63  # bits of a side; of more people some stand for each other, and stay away


class Staff:
    """The people of a program, by number; ``idle`` is how many of each role are free.

    People of a role are only told apart where it matters who it is: where the role keeps deals or
    leads work in a ``different_person`` policy.
    """

    def __init__(self, program: Program) -> None:
        """Everybody is free."""
        self.roles = program.roles
        self.busy = [False] * sum(role.people for role in self.roles)
        self.idle = [role.people for role in self.roles]
        self.free: list[list[int]] = [
            [*range(role.first, role.first + role.people)] for role in self.roles
        ]
        self.open_deals = [0] * len(self.busy)
        self.apart = _crews_told_apart(program)
        leaders = {program.crews[crew].leader for crew in self.apart}
        self.named = [role.keeper >= 0 or at in leaders for at, role in enumerate(self.roles)]

    def for_work(self, visit: Visit, crew: Crew) -> tuple[int, ...]:
        """Somebody for each role of a crew; nobody at all if one role has nobody.

        Each of its roles must have somebody idle.
        """
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

    def take_up(self, deal: Deal, role: int, person: int) -> bool:
        """A person begins to work on a deal; whether they are its keeper from now on."""
        self.busy[person] = True
        self.idle[role] -= 1
        if not self.named[role]:
            heappop(self.free[role])
            return False
        keeping = self.roles[role].keeper
        if keeping < 0 or deal.keepers[keeping] >= 0:
            return False
        deal.keepers[keeping] = person
        self.open_deals[person] += 1
        return True

    def release(self, crew: Crew, persons: tuple[int, ...]) -> None:
        """People are free again."""
        for role, person in zip(crew.roles, persons, strict=True):
            self.busy[person] = False
            self.idle[role] += 1
            if not self.named[role]:
                heappush(self.free[role], person)

    def forget(self, deal: Deal) -> list[int]:
        """A deal has ended, its keepers have room for another one: the roles of those."""
        kept = []
        for role, row in enumerate(self.roles):
            if row.keeper >= 0 and deal.keepers[row.keeper] >= 0:
                self.open_deals[deal.keepers[row.keeper]] -= 1
                kept.append(role)
        return kept


def note_leader(visit: Visit, person: int) -> None:
    """Remember who led a visit, where a policy asks for different persons."""
    for apart in visit.node.apart:
        visit.deal.sides[apart.own] |= 1 << person % PERSONS_TOLD_APART


def barred_from(visit: Visit) -> int:
    """The persons, as bits, that must not do a visit because they did something else."""
    barred = 0
    for apart in visit.node.apart:
        for side in range(apart.first, apart.last):
            if side != apart.own:
                barred |= visit.deal.sides[side]
    return barred


def _crews_told_apart(program: Program) -> frozenset[int]:
    """The crews, by number, that do a step of a ``different_person`` policy."""
    nodes = [node for node in program.nodes if node.apart]
    crews = {crew for node in nodes for crew in (node.crew, node.escalate_crew)}
    return frozenset(crews - {-1})
