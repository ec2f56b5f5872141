"""Those who work, as they are played: the people of a role, crews of them, and their queues."""

from typing import Any, TypeAlias

from salesflow.simulation.engine_python.clock import Clock
from salesflow.simulation.program import Crew, Program, Role

Entry: TypeAlias = tuple[Any, ...]  # what comes first in a role's order is least; ends in visit


class Post:
    """The people of a role: ``idle`` is how many are free.

    They are only told apart (``named``) where it matters who it is: where the role keeps deals or
    leads work in a ``different_person`` policy. Of others ``free`` is a heap of those who are.
    ``sole`` is their line where they have only one, for whoever is free.
    """

    __slots__ = (
        "at",
        "clock",
        "free",
        "idle",
        "keeper",
        "lines",
        "named",
        "order",
        "persons",
        "row",
        "sole",
        "taken",
        "waiting",
        "week",
    )

    def __init__(self, at: int, row: Role, clocks: list[Clock], *, named: bool) -> None:
        """All are free, nothing waits for them."""
        self.at = at
        self.row = row
        self.keeper = row.keeper
        self.order = row.order
        self.clock = clocks[row.table]
        self.named = named
        self.persons = range(row.first, row.first + row.people)
        self.idle = row.people
        self.free = [*self.persons]
        self.lines: dict[tuple[int, int], Line] = {}  # by crew, and keeper or -1
        self.waiting: dict[Line, None] = {}  # those with entries, and some that had
        self.sole: Line | None = None
        self.week = [0] * 168  # how many were at work, by hour of the week
        self.taken = 0  # person-time that is not told by the open time of work done


class Team:
    """A crew: those at its ``posts`` work together. ``plain``: one person, whoever it is.

    ``aside`` are the posts whose own calendar is another one than the crew's.
    """

    __slots__ = ("apart", "aside", "at", "clock", "lead", "plain", "posts", "row")

    def __init__(
        self, at: int, row: Crew, posts: list[Post], clocks: list[Clock], *, apart: bool
    ) -> None:
        """``apart``: it may have to be somebody else than the keeper."""
        self.at = at
        self.row = row
        self.posts = tuple(posts[role] for role in row.roles)
        self.lead = row.roles.index(row.leader)
        self.clock = clocks[row.table]
        self.apart = apart
        one = self.posts[0]
        self.plain = one if len(self.posts) == 1 and not one.named else None
        self.aside = tuple(post for post in self.posts if post.clock is not self.clock)


class Line:
    """Work in a role's queue that needs the same people: one crew, and one keeper or (-1) any."""

    __slots__ = ("entries", "keeper", "keeping", "team")

    def __init__(self, team: Team, keeper: int, keeping: int) -> None:
        """An empty one; ``keeping`` is the role's number among those that keep deals, or -1."""
        self.team = team
        self.keeper = keeper
        self.keeping = keeping
        self.entries: list[Entry] = []


def posts_of(program: Program, clocks: list[Clock]) -> list[Post]:
    """The people of a program, all free."""
    leaders = {program.crews[crew].leader for crew in _told_apart(program)}
    return [
        Post(at, role, clocks, named=role.keeper >= 0 or at in leaders)
        for at, role in enumerate(program.roles)
    ]


def teams_of(program: Program, posts: list[Post], clocks: list[Clock]) -> list[Team]:
    """The crews of a program."""
    apart = _told_apart(program)
    return [
        Team(at, crew, posts, clocks, apart=at in apart) for at, crew in enumerate(program.crews)
    ]


def line_of(team: Team, post: Post, keeper: int) -> Line:
    """The line of a post for work of a crew that a keeper, or (-1) anybody, does."""
    line = post.lines.get((team.at, keeper))
    if line is None:
        line = post.lines[team.at, keeper] = Line(team, keeper, post.keeper)
    return line


def _told_apart(program: Program) -> frozenset[int]:
    """The crews, by number, that do a step of a ``different_person`` policy."""
    nodes = [node for node in program.nodes if node.apart]
    crews = {crew for node in nodes for crew in (node.crew, node.escalate_crew)}
    return frozenset(crews - {-1})
