"""What the shares of a process say: win rate, worth of a deal, visits of steps, without simulation.

Deals follow the shares one by one, with all the people and time they need: no deal waits for
another, and time-outs come on top (a step that nothing else ends takes its timer's result). Values
that sources and steps draw decide conditions with their exact chances, limits are counted. Each
thread of a deal is followed to its own end, also where another one loses the deal meanwhile.
Everything is worked out, nothing drawn: see ``odds.solve`` for the equations.
"""

from collections.abc import Mapping, Sequence

from salesflow.analysis.odds.course import Course
from salesflow.analysis.odds.memory import FIELD, Past, Unknown
from salesflow.analysis.odds.scopes import STUCK, Scope
from salesflow.analysis.odds.solve import Chain as Equations
from salesflow.analysis.odds.solve import TooTangled
from salesflow.analysis.odds.view import Views
from salesflow.analysis.odds.walk import TooMany, Walk
from salesflow.nouns import FrozenMap, Noun
from salesflow.process.binding import SOURCE_FIELD
from salesflow.process.model import Process, Source

_MOST_NAMED = 5


class StageOdds(Noun):
    """Of all deals: the share that ever stands in a stage, and that does so and is won."""

    reached: float
    won: float

    @property
    def win_chance(self) -> float:
        """The share won of all that ever stood there, as a CRM counts it."""
        return self.won / self.reached if self.reached else 0.0


class Deals(Noun):
    """What becomes of the deals of a source, or of all: numbers per deal that arrives.

    ``outcomes`` are chances; ``stuck`` the chance that nothing takes a deal on, ``endless`` that it
    goes round for ever. ``visits`` are by the path of a step (in runs: of the run, then the step),
    ``taken`` by that of a result, both infinite in a circle that is never left. ``value`` is the
    worth of a deal, what is not won counted as nothing; None where it is not told.
    """

    outcomes: FrozenMap[str, float] = FrozenMap()
    won: float = 0.0
    lost: float = 0.0
    stuck: float = 0.0
    visits: FrozenMap[str, float] = FrozenMap()
    taken: FrozenMap[str, float] = FrozenMap()
    value: float | None = None
    stages: FrozenMap[str, StageOdds] = FrozenMap()

    @property
    def endless(self) -> float:
        """The chance that a deal goes round for ever."""
        rest = 1.0 - self.stuck - sum(self.outcomes.values())
        return rest if rest > 1e-9 else 0.0

    @property
    def win_rate(self) -> float | None:
        """Won of won and lost; None where no deal is ever either."""
        judged = self.won + self.lost
        return self.won / judged if judged else None

    @property
    def value_per_won(self) -> float | None:
        """The mean worth of a won deal."""
        return self.value / self.won if self.value is not None and self.won else None


class Chain(Noun):
    """The chain of a process, for each source and for ``all`` by their arrivals.

    ``missing`` says in words why it, or only ``all``, cannot be told; ``approximate`` where it is
    told, but hangs on what shares do not say.
    """

    sources: FrozenMap[str, Deals] = FrozenMap()
    all: Deals | None = None
    missing: tuple[str, ...] = ()
    approximate: tuple[str, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether every number is exactly what the shares say."""
        return self.all is not None and not self.approximate


def chain_of(process: Process) -> Chain:
    """The chain of a process; never raises."""
    try:
        return _chain(process, frozenset())
    except TooMany:
        unlimited = _optional_limits(process)
    except (Unknown, TooTangled) as problem:
        return _unknown(problem)
    if not unlimited:
        return _unknown(TooMany())
    try:
        found = _chain(process, unlimited)
    except (TooMany, Unknown, TooTangled) as problem:
        return _unknown(problem)
    note = "limits (`at_most`) are left out: with them there are too many different deals"
    return found.replace(approximate=(note, *found.approximate))


def _unknown(problem: Exception) -> Chain:
    words = str(problem) or "there are too many different deals to follow"
    return Chain(missing=(words,))


def _optional_limits(process: Process) -> frozenset[str]:
    """Limits that keep no deal: another result can always be chosen, and nothing counts them."""
    views = Views(process)
    found = set()
    for part in views.parts:
        view = views.of[part.id]
        for step in part.nodes.values():
            chosen = [*step.chosen()]
            free = any(r.when is None and r.at_most is None and r.share for r in chosen)
            for result in chosen:
                counted = result.node in view.counted
                if free and result.at_most is not None and result.share and not counted:
                    found.add(f"{part.id}:{result.node}")
    return frozenset(found)


def _chain(process: Process, unlimited: frozenset[str]) -> Chain:
    views = Views(process, unlimited)
    walk = Walk(process, views)
    scope = Scope(views.of[process.id])
    entered = {}
    for source in process.sources.values():
        past = Past((), walk.ends.drawn)
        worth = walk.ends.fill(past, source.gives, source.node)
        if SOURCE_FIELD in views.fields:
            past.known[FIELD, SOURCE_FIELD] = source.id
        start = float("nan") if worth.scale else worth.shift
        memory = past.closed(scope.kept(source.start))
        if views.value in views.fields and (FIELD, views.value) not in dict(memory):
            start = past.mean(views.value or "")
        entered[source.id] = (walk.course(scope, source.start, memory), start)
    missing = tuple(walk.ends.missing)[:_MOST_NAMED]
    if missing:
        return Chain(missing=missing)
    sources = {
        name: _deals(process, walk.courses, course, start)
        for name, (course, start) in entered.items()
    }
    approximate = tuple(walk.notes)
    quiet = [s.id for s in process.sources.values() if per_week(s) is None]
    if len(sources) > 1 and quiet:
        missing = tuple(f"`arrivals` of `{name}`" for name in sorted(quiet))
        return Chain(sources=FrozenMap(sources), missing=missing, approximate=approximate)
    return Chain(sources=FrozenMap(sources), all=_mixed(process, sources), approximate=approximate)


def per_week(source: Source) -> float | None:
    """How many deals of a source come in a week; None where nobody says."""
    arrivals = source.arrivals
    if arrivals is None:
        return None
    if arrivals.rate is not None:
        return arrivals.rate.per_week
    if arrivals.every is None or arrivals.every.business or not arrivals.every.hours:
        return None
    return arrivals.batch * 168 / arrivals.every.hours


def _deals(process: Process, courses: Sequence[Course], course: Course, start: float) -> Deals:
    """What becomes of deals that enter one course, ``start`` their worth when they arrive."""
    outcomes = dict.fromkeys(process.outcomes, 0.0)
    stuck = value = 0.0
    kinds = {outcome.id: outcome.kind for outcome in process.outcomes.values()}
    for exit_ in course.exits:
        if exit_.name == STUCK:
            stuck += exit_.share
            continue
        outcomes[exit_.name] += exit_.share
        if kinds[exit_.name] == "won" and exit_.share:
            value += exit_.shift + (exit_.scale * start if exit_.scale else 0.0)
    visits, taken = _counted(courses, course)
    known = process.value is not None and value == value and value < float("inf")  # noqa: PLR0124 - NaN is not itself
    return Deals(
        outcomes=FrozenMap(outcomes),
        won=sum(share for name, share in outcomes.items() if kinds[name] == "won"),
        lost=sum(share for name, share in outcomes.items() if kinds[name] == "lost"),
        stuck=stuck,
        visits=FrozenMap(visits),
        taken=FrozenMap(taken),
        value=value if known else None,
        stages=FrozenMap(_stages(process, course, kinds)),
    )


def _counted(
    courses: Sequence[Course], course: Course
) -> tuple[dict[str, float], dict[str, float]]:
    """Visits and results, those of blocks and runs weighed by how often these are entered."""
    weights = {id(course): 1.0}
    visits: dict[str, float] = {}
    taken: dict[str, float] = {}
    for part in reversed(courses):  # outer ones first
        weight = weights.get(id(part), 0.0)
        if not weight:
            continue
        for state, number in zip(part.states, part.visits, strict=True):
            path = state.threads[-1].path
            visits[path] = visits.get(path, 0.0) + weight * number
        for at, share, path in part.taken:
            taken[path] = taken.get(path, 0.0) + weight * part.visits[at] * share
        for at, share, inner in part.within:
            more = weight * part.visits[at] * share
            weights[id(inner)] = weights.get(id(inner), 0.0) + more
    return visits, taken


def _stages(process: Process, course: Course, kinds: Mapping[str, str]) -> dict[str, StageOdds]:
    """For each stage with a `win_chance` how many deals stand there and are won."""
    wanted = [stage.id for stage in process.stages.values() if stage.win_chance is not None]
    if not wanted:
        return {}
    winning = {at for at, (name, _) in enumerate(course.ends) if kinds.get(name) == "won"}
    size = len(course.states)
    back: list[list[tuple[int, float]]] = [[] for _ in range(size)]
    for at, edges in enumerate(course.edges):
        for edge in edges:
            back[edge.to].append((at, edge.share))
    wins = [sum(e.share for e in leaving if e.to in winning) for leaving in course.leaving]
    chances = Equations(back).visits(wins)
    found = {}
    for stage in wanted:
        standing = [
            at
            for at, state in enumerate(course.states)
            if state.ended is None and any(t.step.stage == stage for t in state.threads)
        ]
        stop = {*standing}
        rows = [
            [] if at in stop else [(edge.to, edge.share) for edge in edges]
            for at, edges in enumerate(course.edges)
        ]
        out = [sum(edge.share for edge in leaving) for leaving in course.leaving]
        first = Equations(rows, out).visits([1.0, *[0.0] * (size - 1)])
        reached = sum(first[at] for at in standing)
        won = sum(first[at] * chances[at] for at in standing if first[at])
        found[stage] = StageOdds(reached=reached, won=won)
    return found


def _mixed(process: Process, sources: Mapping[str, Deals]) -> Deals | None:
    """All deals, each source by how many come from it."""
    rates = {s.id: per_week(s) or 0.0 for s in process.sources.values()}
    if len(sources) == 1:
        return next(iter(sources.values()))
    total = sum(rates.values())
    if not total:
        return None
    parts = [(rates[name] / total, deals) for name, deals in sources.items()]
    values = [(weight, deals.value) for weight, deals in parts if weight and deals.won]
    told = process.value is not None and all(value is not None for _, value in values)
    stages = {
        name: StageOdds(
            reached=sum(weight * deals.stages[name].reached for weight, deals in parts),
            won=sum(weight * deals.stages[name].won for weight, deals in parts),
        )
        for name in parts[0][1].stages
    }
    return Deals(
        outcomes=_sum([(weight, deals.outcomes) for weight, deals in parts]),
        won=sum(weight * deals.won for weight, deals in parts),
        lost=sum(weight * deals.lost for weight, deals in parts),
        stuck=sum(weight * deals.stuck for weight, deals in parts),
        visits=_sum([(weight, deals.visits) for weight, deals in parts]),
        taken=_sum([(weight, deals.taken) for weight, deals in parts]),
        value=sum(weight * (value or 0.0) for weight, value in values) if told else None,
        stages=FrozenMap(stages),
    )


def _sum(parts: Sequence[tuple[float, Mapping[str, float]]]) -> FrozenMap[str, float]:
    found: dict[str, float] = {}
    for weight, numbers in parts:
        for name, number in numbers.items():
            if weight:
                found[name] = found.get(name, 0.0) + weight * number
    return FrozenMap(found)
