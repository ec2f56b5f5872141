"""The rows of a program as they are played: all that is asked again and again is ready at hand.

What is counted of a row stands beside it, and is written up at the end.
"""

from collections.abc import Iterable
from itertools import accumulate
from typing import TypeAlias

from salesflow.simulation.codes import Value, value_of
from salesflow.simulation.engine_python.agenda import EXPIRE
from salesflow.simulation.engine_python.clock import Clock
from salesflow.simulation.engine_python.people import Line, Team, line_of, posts_of, teams_of
from salesflow.simulation.engine_python.sampling import Timer, timer
from salesflow.simulation.engine_python.spreading import Spreading
from salesflow.simulation.program import NEWEST, NODE, OUTCOME, WORK, Node, Program, Way


class Turn:
    """A result; ``taken`` by counted deals.

    Most lead to one place: a ``step`` that is plain work, or an ``outcome`` (-1 for none).
    ``writes``: whether it counts, marks, sets or fills anything.
    """

    __slots__ = ("at", "guard", "outcome", "row", "step", "taken", "writes")

    def __init__(self, at: int, row: Way, values: list[Value]) -> None:
        """Nobody took it yet."""
        self.at = at
        self.row = row
        self.guard = values[row.guard] if row.guard >= 0 else None
        self.writes = bool(row.counter >= 0 or row.mark >= 0 or row.settings or row.captures)
        self.step: Step | None = None
        self.outcome = -1
        self.taken = 0


Odds: TypeAlias = tuple[tuple[Turn, float], ...]  # results, and the shares up to each


class Job:
    """A step done by a crew, by its own or by the one that it escalates to.

    Counted deals: ``started`` after ``waiting``. In the measured time: open milliseconds ``taken``
    by pieces that lie wholly inside, ``effort`` and the ``wasted`` part of it.
    ``waits`` are the spreads of waiting that are asked for.
    """

    __slots__ = (
        "clock",
        "effort",
        "escalated",
        "line",
        "plain",
        "started",
        "step",
        "stretch",
        "taken",
        "team",
        "timer",
        "waiting",
        "waits",
        "wasted",
    )

    def __init__(self, step: "Step", team: Team, effort: Timer, *, escalated: bool) -> None:
        """Nothing done yet."""
        self.step = step
        self.team = team
        self.timer = effort
        self.escalated = int(escalated)
        self.clock = team.clock
        self.stretch = team.row.stretch
        self.plain = team.plain
        self.line: Line | None = None if team.plain is None else line_of(team, team.plain, -1)
        self.waits: tuple[Spreading, ...] = ()
        self.started = self.waiting = self.taken = self.effort = self.wasted = 0


class Step:
    """A node. ``gives`` is the bit of the department that does it, 0 for none of ours.

    ``odds`` are its results with their shares where all of them are always enabled and some have
    one. ``plain``: to enter it is nothing but to begin a visit of work. ``alone`` counts visits of
    counted deals that began without people, ``over`` those of all deals that are over, ``queue`` is
    the time that they waited for people in the measured time; the rest is as in NodeTally.
    """

    __slots__ = (
        "alone",
        "at",
        "captures",
        "effort",
        "effort_clock",
        "effort_timer",
        "elapsed",
        "ended",
        "gives",
        "job",
        "judged",
        "key",
        "kind",
        "looks",
        "missing",
        "notes",
        "odds",
        "ordered",
        "otherwise",
        "over",
        "plain",
        "queue",
        "rank",
        "rescue",
        "row",
        "stage",
        "stuck",
        "timed",
        "turns",
        "visits",
        "wait_clock",
        "wait_timer",
        "waits",
        "withdrawn",
        "withdrawn_effort",
        "within",
    )

    def __init__(self, at: int, row: Node, clocks: list[Clock], timers: list[Timer]) -> None:
        """Nobody was there yet."""
        self.at = at
        self.row = row
        self.key = row.key
        self.kind = row.kind
        self.stage = row.stage
        self.captures = row.captures
        self.gives = 1 << row.department if row.kind == WORK and row.department >= 0 else 0
        self.plain = row.kind == WORK and not row.waits_for
        self.notes = row.visited >= 0 or row.mark >= 0 or row.stage >= 0
        self.looks = bool(row.requires or row.bridges)
        self.timed = row.sla is not None or row.timeout is not None
        self.effort_timer = timers[row.effort] if row.effort >= 0 else None
        self.effort_clock = clocks[row.effort_table]
        self.wait_timer = timers[row.wait] if row.wait >= 0 else None
        self.wait_clock = clocks[row.wait_table]
        self.rank = EXPIRE
        self.ordered = False
        self.job: Job | None = None
        self.rescue: Job | None = None
        self.odds: Odds = ()
        self.turns: tuple[Turn, ...] = ()
        self.otherwise: Turn | None = None
        self.waits: tuple[Spreading, ...] = ()
        self.visits = self.alone = self.ended = self.withdrawn = self.elapsed = self.effort = 0
        self.withdrawn_effort = self.judged = self.within = self.stuck = self.missing = 0
        self.over = self.queue = 0


class Plans:
    """All rows of a program; every list is indexed as the program's is."""

    def __init__(self, program: Program, clocks: list[Clock]) -> None:
        """Lay them out."""
        self.program = program
        self.clocks = clocks
        self.values = [value_of(code) for code in program.codes]
        self.timers = [timer(draw) for draw in program.draws]
        self.posts = posts_of(program, clocks)
        self.teams = teams_of(program, self.posts, clocks)
        self.waits = [Spreading() for _ in program.wait_probes]
        self.turns = [Turn(at, way, self.values) for at, way in enumerate(program.ways)]
        self.steps = [Step(at, node, clocks, self.timers) for at, node in enumerate(program.nodes)]
        deepest = max((node.depth for node in program.nodes), default=0)
        for step in self.steps:
            step.rank += deepest - step.row.depth
            self._staff(step)
            self._branch(step)
        for turn in self.turns:
            self._lead(turn)
        self._line_up()

    def jobs(self) -> Iterable[Job]:
        """What crews do, step by step."""
        for step in self.steps:
            yield from (job for job in (step.job, step.rescue) if job is not None)

    def _staff(self, step: Step) -> None:
        """Say who does a step."""
        row, timer_ = step.row, step.effort_timer
        step.waits = self._waits(step.at, ())
        if row.kind != WORK or row.crew < 0 or timer_ is None:
            return
        step.job = Job(step, self.teams[row.crew], timer_, escalated=False)
        if row.escalate is not None and row.escalate_crew >= 0:
            step.rescue = Job(step, self.teams[row.escalate_crew], timer_, escalated=True)
        for job in (step.job, step.rescue):
            if job is not None:
                job.waits = self._waits(step.at, job.team.row.roles)
                step.ordered |= any(post.order > NEWEST for post in job.team.posts)

    def _line_up(self) -> None:
        """Find the people who have only one queue, of work that anybody of them does."""
        joint = {post for job in self.jobs() if job.plain is None for post in job.team.posts}
        for post in self.posts:
            if post not in joint and len(post.lines) == 1:
                (post.sole,) = post.lines.values()

    def _waits(self, node: int, roles: tuple[int, ...]) -> tuple[Spreading, ...]:
        return tuple(
            spread
            for spread, probe in zip(self.waits, self.program.wait_probes, strict=True)
            if (probe.node == node if probe.node >= 0 else probe.role in roles)
        )

    def _branch(self, step: Step) -> None:
        """Say which results a step can end with."""
        row = step.row
        step.turns = tuple(self.turns[row.first_way : row.first_way + row.chosen])
        step.otherwise = self.turns[row.otherwise] if row.otherwise >= 0 else None
        if all(turn.guard is None and turn.row.at_most < 0 for turn in step.turns):
            step.odds = reached(step.turns)

    def _lead(self, turn: Turn) -> None:
        """Say where a result leads, if that is one plain place."""
        if len(turn.row.leads) == 1:
            kind, number = turn.row.leads[0]
            if kind == NODE and self.steps[number].plain:
                turn.step = self.steps[number]
            elif kind == OUTCOME:
                turn.outcome = number


def reached(turns: Iterable[Turn]) -> Odds:
    """Results that have a share, with their shares summed up; a single one needs none."""
    turns = tuple(turns)
    weights = [turn.row.share for turn in turns]
    if len(turns) == 1 or min(weights, default=0.0) < 0:
        weights = [1.0] * len(weights)
    pairs = zip(turns, accumulate(weights), weights, strict=True)
    return tuple((turn, total) for turn, total, weight in pairs if weight > 0)
