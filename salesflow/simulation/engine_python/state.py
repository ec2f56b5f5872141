"""What lives and changes while deals are played: deals, their visits, the scopes around them."""

from salesflow.simulation.engine_python.plans import Job, Step

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
        "rework",
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
    effort: int
    rework: int  # visits of work beyond the first of each step
    stage: int
    stage_since: int
    takes: int
    takes_at: int


class Visit:
    """An open visit of a node, the ``number``-th of its deal there, from 0.

    What is from ``wait`` on is only set when there is such a thing.
    """

    __slots__ = (
        "at",
        "choice",
        "crossings",
        "deadline",
        "deal",
        "effort",
        "entered",
        "escalated",
        "finished",
        "givers",
        "job",
        "joined",
        "needed",
        "number",
        "people",
        "scope",
        "scopes",
        "sla_at",
        "spent",
        "spent_in",
        "started",
        "state",
        "step",
        "timed",
        "wait",
        "worth",
    )

    deal: Deal
    step: Step
    at: int
    number: int
    scope: Scope
    entered: int
    givers: int  # departments, as bits, whose work led here
    state: int
    timed: bool  # whether a timer runs
    sla_at: int  # when it should be done, -1 for no sla
    crossings: tuple[tuple[int, int], ...]  # touchpoints; until when work should start, or -1
    choice: float | None  # the uniform number that chooses its result
    escalated: bool
    job: Job | None  # as what people began it
    spent: int  # hands-on milliseconds done, and those of them in the measured time
    spent_in: int
    scopes: tuple[Scope, ...]  # of a block or a run
    wait: float  # the uniform number of its wait
    effort: int  # hands-on milliseconds, and the open ones that these take
    needed: int
    started: int
    people: tuple[int, ...]  # persons, one for each role of the crew
    worth: float  # the deal's value, and when it is due, as the visit became ready
    deadline: int
    finished: int  # of a block: how many branches are, and who gave last in them
    joined: int


def open_in(deal: Deal) -> tuple[list[Visit], list[int]]:
    """The open visits of a deal, and the meeting points where arrivals wait."""
    scopes = [deal.scope]
    inside: list[Visit] = []
    waiting: list[int] = []
    for scope in scopes:  # grows while it is walked
        waiting.extend(scope.arrivals)
        for visit in scope.visits:
            inside.append(visit)
            scopes.extend(visit.scopes)
    return inside, waiting
