"""What each intervention does to the aims, and which comes first."""

from collections.abc import Callable, Mapping, Sequence
from math import isfinite
from operator import attrgetter
from typing import NamedTuple

from salesflow.simulation.estimates import ANY, Change, Sample, change_of
from salesflow.simulation.improving.aims import Aim
from salesflow.simulation.improving.costs import WEEKS, cost_of
from salesflow.simulation.improving.nouns import Cost, Effect, Intervention, Tried
from salesflow.simulation.measures.seen import WEEK, Seen
from salesflow.simulation.objectives import verdict_on
from salesflow.simulation.result import Estimate
from salesflow.simulation.significance import holm
from salesflow.simulation.tally import PartTally

_QUARTER = 13  # weeks
_EACH = 100_000  # of cost


class Compared(NamedTuple):
    """An intervention and the base on the same replications, with the samples of each aim."""

    intervention: Intervention
    base: Seen
    other: Seen
    before: tuple[Sample | None, ...]
    after: tuple[Sample | None, ...]

    def score(self, aims: Sequence[Aim]) -> float:
        """How much nearer it brings the aims; what could not be seen counts nothing."""
        total = 0.0
        for aim, before, after in zip(aims, self.before, self.after, strict=True):
            if before is not None and after is not None:
                now, then = before.estimate.mean, after.estimate.mean
                gain = aim.good(then, now) - aim.good(now, now)
                total += gain if isfinite(gain) and now != then else 0.0
        return total

    @property
    def changes_anything(self) -> bool:
        """Whether any aim differs in any replication."""
        return any(
            before is not None and after is not None and before.parts != after.parts
            for before, after in zip(self.before, self.after, strict=True)
        )

    def changes(self) -> tuple[Change | None, ...]:
        """The paired difference of each aim."""
        return tuple(map(change_of, self.before, self.after))


def samples_of(seen: Seen, aims: Sequence[Aim]) -> tuple[Sample | None, ...]:
    """What was seen of each aim."""
    return tuple(aim.seen(seen) for aim in aims)


def ranked(
    compared: Sequence[Compared], kept: frozenset[str], aims: Sequence[Aim]
) -> tuple[Tried, ...]:
    """All that was tried, best first: what surely helps, and of that what can be proposed."""
    chances = {
        (one.intervention.name, number): change.chance
        for one in compared
        for number, change in enumerate(one.changes())
        if change is not None
    }
    sure = holm(chances)
    tried = [_tried(one, aims, sure, one.intervention.name in kept) for one in compared]
    return tuple(sorted(tried, key=_order))


def _order(tried: Tried) -> tuple[bool, bool, bool, float, str]:
    one = tried.intervention
    return not tried.helps, one.bound, not tried.kept, -tried.score, one.name


def _tried(
    one: Compared, aims: Sequence[Aim], sure: frozenset[tuple[str, int]], kept: bool
) -> Tried:
    cost = cost_of(one.intervention, one.base, one.other)
    name = one.intervention.name
    effects = tuple(
        _effect(aim, before, after, cost, sure=(name, number) in sure)
        for number, (aim, before, after) in enumerate(zip(aims, one.before, one.after, strict=True))
    )
    score = one.score(aims)
    value = _gain(one, WEEKS, attrgetter("value")) if _valued(one) else None
    paid = cost.amount if cost.hired else None
    return Tried(
        intervention=one.intervention,
        score=score,
        helps=score > 0 and any(effect.sure and effect.better for effect in effects),
        kept=kept,
        replications=len(one.other.tallies),
        effects=effects,
        wins=_gain(one, _QUARTER, attrgetter("won")),
        value=value,
        cost=cost,
        worth_it=value.mean / paid if value is not None and paid else None,
    )


def _effect(
    aim: Aim, before: Sample | None, after: Sample | None, cost: Cost, *, sure: bool
) -> Effect:
    change = change_of(before, after)
    difference = None if change is None else change.estimate
    mean = 0.0 if difference is None else difference.mean
    paid = cost.amount if cost.hired else None
    return Effect(
        aim=aim.name,
        title=aim.title,
        measure=aim.measure,
        unit=aim.unit,
        before=None if before is None else before.estimate,
        after=None if after is None else after.estimate,
        difference=difference,
        better=mean > 0 if aim.more else mean < 0,
        sure=sure and mean != 0,
        verdict_before=_verdict(aim, before),
        verdict_after=_verdict(aim, after),
        per_100000=mean / paid * _EACH if paid and difference else None,
    )


def _verdict(aim: Aim, sample: Sample | None) -> str:
    if aim.objective is None or sample is None:
        return ""
    return verdict_on(aim.objective, sample.estimate)


def _gain(one: Compared, weeks: float, of: Callable[[PartTally], float]) -> Estimate | None:
    """The difference of a sum over the measured time, for so many weeks of it.

    Of the intervention's own process.
    """
    per = weeks / (one.base.measured / WEEK)
    before, after = (
        view.values(lambda part: of(part) * per, ANY)
        for seen in (one.base, one.other)
        for view in seen.parts()
        if view.process.id == one.intervention.process
    )
    change = change_of(before, after)
    return None if change is None else change.estimate


def _valued(one: Compared) -> bool:
    views = one.base.parts()
    own = next(v.number for v in views if v.process.id == one.intervention.process)
    return one.base.program.parts[own].value >= 0


def best(found: Mapping[str, Compared], aims: Sequence[Aim], number: int) -> tuple[str, ...]:
    """The names of the best so many. What changes nothing at all is left out whatever the number.

    A score below zero may be bad luck of a few replications, an unchanged figure is none.
    """
    scores = {name: one.score(aims) for name, one in found.items() if one.changes_anything}
    return tuple(sorted(scores, key=lambda name: (-scores[name], name))[:number])
