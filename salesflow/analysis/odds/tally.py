"""From solved chains to numbers for each source, and for all of them."""

from collections.abc import Mapping, Sequence

from salesflow.analysis.odds.course import Course
from salesflow.analysis.odds.deals import Deals, StageOdds
from salesflow.analysis.odds.scopes import STUCK
from salesflow.analysis.odds.solve import Chain as Equations
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process


def deals_of(process: Process, courses: Sequence[Course], course: Course, start: float) -> Deals:
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
    if course.chain is None:
        return {}
    order = course.chain.order
    chances = _winning(course, kinds, order)
    rows = [[(edge.to, edge.share) for edge in edges] for edges in course.edges]
    out = [sum(edge.share for edge in leaving) for leaving in course.leaving]
    found = {}
    for stage in wanted:
        standing = [
            at
            for at, state in enumerate(course.states)
            if state.ended is None and any(t.step.stage == stage for t in state.threads)
        ]
        first = _first(rows, out, standing, order)
        reached = sum(first[at] for at in standing)
        won = sum(first[at] * chances[at] for at in standing if first[at])
        found[stage] = StageOdds(reached=reached, won=won)
    return found


def _winning(
    course: Course, kinds: Mapping[str, str], order: Sequence[Sequence[int]]
) -> list[float]:
    """The chance to win from each state: the same equations, read from the end."""
    winning = {at for at, (name, _) in enumerate(course.ends) if kinds.get(name) == "won"}
    back: list[list[tuple[int, float]]] = [[] for _ in course.states]
    for at, edges in enumerate(course.edges):
        for edge in edges:
            back[edge.to].append((at, edge.share))
    wins = [sum(e.share for e in leaving if e.to in winning) for leaving in course.leaving]
    return Equations(back, order=order[::-1]).visits(wins)


def _first(
    rows: Sequence[Sequence[tuple[int, float]]],
    out: Sequence[float],
    standing: Sequence[int],
    order: Sequence[Sequence[int]],
) -> list[float]:
    """How likely each state of some is the first of them that a deal comes to."""
    stopped, leaving = [*rows], [*out]
    for at in standing:
        stopped[at], leaving[at] = (), 1.0
    entered = [1.0, *[0.0] * (len(rows) - 1)]
    return Equations(stopped, leaving, order=order).visits(entered)


def mixed(process: Process, sources: Mapping[str, Deals]) -> Deals | None:
    """All deals, each source by how many come from it."""
    rates = {s.id: s.per_week or 0.0 for s in process.sources.values()}
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
