"""Who does what, where people are told apart: keepers of deals, and different persons."""

from heapq import heappop, heappush

from salesflow.simulation.engine_python.people import Post, Team
from salesflow.simulation.engine_python.state import Deal, Visit
from salesflow.simulation.program import NEVER, Program

PERSONS_TOLD_APART = 63  # bits of a side; of more people some stand for each other, and stay away


class Staff:
    """The people of a program, by number."""

    def __init__(self, program: Program, posts: list[Post]) -> None:
        """Everybody is free and keeps nothing."""
        self.busy = [False] * sum(role.people for role in program.roles)  # where told apart
        self.open_deals = [0] * len(self.busy)
        self.keeping = [post for post in posts if post.keeper >= 0]

    def for_work(self, visit: Visit, team: Team) -> tuple[int, ...]:
        """Somebody for each role of a crew; nobody at all if one role has nobody.

        Each of its roles must have somebody idle.
        """
        persons = []
        for post in team.posts:
            if post.named:
                person = self._person(visit, post, team)
                if person < 0:
                    return ()
                persons.append(person)
            else:
                persons.append(post.free[0])
        return tuple(persons)

    def _person(self, visit: Visit, post: Post, team: Team) -> int:
        """Who of a role that is told apart can do it now, the lowest number; -1 for nobody."""
        leads = post is team.posts[team.lead]
        barred = barred_from(visit) if leads and visit.step.row.apart else 0
        keeper = visit.deal.keepers[post.keeper] if post.keeper >= 0 else -1
        if keeper >= 0 and not barred >> keeper % PERSONS_TOLD_APART & 1:
            return -1 if self.busy[keeper] else keeper
        limit = post.row.max_open
        full = limit if post.keeper >= 0 and keeper < 0 and limit >= 0 else NEVER
        for person in post.persons:
            if (
                not self.busy[person]
                and self.open_deals[person] < full
                and not barred >> person % PERSONS_TOLD_APART & 1
            ):
                return person
        return -1

    def take_up(self, deal: Deal, post: Post, person: int) -> bool:
        """A person begins to work on a deal; whether they are its keeper from now on."""
        post.idle -= 1
        if not post.named:
            heappop(post.free)
            return False
        self.busy[person] = True
        if post.keeper < 0 or deal.keepers[post.keeper] >= 0:
            return False
        deal.keepers[post.keeper] = person
        self.open_deals[person] += 1
        return True

    def release(self, team: Team, persons: tuple[int, ...]) -> None:
        """People are free again."""
        for post, person in zip(team.posts, persons, strict=True):
            post.idle += 1
            if post.named:
                self.busy[person] = False
            else:
                heappush(post.free, person)

    def forget(self, deal: Deal) -> list[int]:
        """A deal has ended, its keepers have room for another one: the roles of those."""
        kept = []
        for post in self.keeping:
            if deal.keepers[post.keeper] >= 0:
                self.open_deals[deal.keepers[post.keeper]] -= 1
                kept.append(post.at)
        return kept


def note_leader(visit: Visit, person: int) -> None:
    """Remember who led a visit, where a policy asks for different persons."""
    for apart in visit.step.row.apart:
        visit.deal.sides[apart.own] |= 1 << person % PERSONS_TOLD_APART


def barred_from(visit: Visit) -> int:
    """The persons, as bits, that must not do a visit because they did something else."""
    barred = 0
    for apart in visit.step.row.apart:
        for side in range(apart.first, apart.last):
            if side != apart.own:
                barred |= visit.deal.sides[side]
    return barred
