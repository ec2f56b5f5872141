"""What lives and changes while deals are played: deals, their visits, the scopes around them."""

from salesflow.simulation.program import Crew, Node

QUEUED, WORKING, WAITING, OPEN, STUCK, OVER = range(6)  # how it stands with a visit


class Scope:
    """What a visit lies in: the deal, a branch of a block's visit, or a run's visit.

    ``visits`` are those that are open in it, ``arrivals`` what waits at its meeting points: node ->
    for each step it waits for, the givers of the threads that came.
    """

    __slots__ = ("arrivals", "closed", "lane", "owner", "visits")

    def __init__(self, owner: "Visit | None" = None, lane: int = -1) -> None:
        """An empty one; ``lane`` is the number of the branch, -1 for a deal or a run."""
        self.owner = owner
        self.lane = lane
        self.visits: dict[Visit, None] = {}
        self.arrivals: dict[int, list[list[int]]] = {}
        self.closed = False


class Deal:
    """A deal on its way, with what it remembers."""

    __slots__ = (
        "arrived",
        "counted",
        "counts",
        "effort",
        "entries",
        "keepers",
        "marks",
        "number",
        "part",
        "queued",
        "scope",
        "serial",
        "sides",
        "source",
        "source_key",
        "stage",
        "stage_since",
        "takes",
        "takes_at",
        "values",
        "visited",
    )

    number: int
    serial: int  # the number among its source's deals
    source: int
    source_key: int
    part: int
    arrived: int
    counted: bool
    values: list[float]
    counts: list[int]
    visited: list[int]
    marks: list[int]
    keepers: list[int]
    sides: list[int]
    entries: list[int]
    scope: Scope
    queued: dict["Visit", None]
    effort: int
    stage: int
    stage_since: int
    takes: int
    takes_at: int


class Visit:
    """An open visit of a node, the ``number``-th of its deal there, from 0.

    What only some visits have stands here with what the others have: nothing.
    """

    state = OPEN
    timed = False  # whether a timer runs
    sla_at = -1  # when it should be done, -1 for no sla
    crossings: tuple[tuple[int, int], ...] = ()  # touchpoints; until when work should start, or -1
    choice: float | None = None  # the uniform number that chooses its result
    wait = 0.5  # the uniform number of its wait
    effort = 0  # hands-on milliseconds
    needed = 0  # open milliseconds that these take
    started = -1
    escalated = False
    worth = 0.0  # the deal's value, and when it is due, as the visit became ready
    deadline = 0
    spent = 0  # hands-on milliseconds done, and those of them in the measured time
    spent_in = 0
    crew: Crew | None = None  # who does it
    people: tuple[int, ...] = ()  # persons, one for each role of the crew
    scopes: tuple[Scope, ...] = ()  # of a block or a run
    finished = 0  # of a block: how many branches are, and who gave last in them
    joined = 0

    def __init__(  # noqa: PLR0917 - made for every visit, and by name takes longer
        self, deal: Deal, node: Node, at: int, number: int, scope: Scope, entered: int, givers: int
    ) -> None:
        """A visit that begins; ``at`` is the node's number."""
        self.deal = deal
        self.node = node
        self.at = at
        self.number = number
        self.scope = scope
        self.entered = entered
        self.givers = givers
