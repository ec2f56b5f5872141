"""Touchpoints and stages: what was promised between departments, and how long deals stay."""

from collections.abc import Callable

from salesflow.nouns import FrozenMap
from salesflow.process.model import Touchpoint
from salesflow.simulation.estimates import NOT_NEGATIVE, SHARE, Range, Sample
from salesflow.simulation.measures.seen import HOUR, Seen, View
from salesflow.simulation.measures.steps import shown
from salesflow.simulation.result import StageResult, TouchpointResult
from salesflow.simulation.tally import StageTally, TouchTally


def touchpoints_of(view: View) -> FrozenMap[str, TouchpointResult]:
    """All touchpoints in the order written, those of a process that is run behind."""
    rows = {view.name(row.path): at for at, row in enumerate(view.seen.program.touchpoints)}
    return FrozenMap(
        {
            prefix + name: _touchpoint(view.seen, rows[prefix + name], touchpoint)
            for prefix, process in view.homes()
            for name, touchpoint in process.touchpoints.items()
            if prefix + name in rows
        }
    )


def accepted_of(seen: Seen, touchpoint: int) -> Sample | None:
    """The share of the crossings that were accepted in time."""
    return _crossing(seen, touchpoint, lambda t: t.within, lambda t: t.judged, SHARE)


def _touchpoint(seen: Seen, number: int, touchpoint: Touchpoint) -> TouchpointResult:
    row = seen.program.touchpoints[number]
    accept = _crossing(seen, number, lambda t: t.accept / HOUR, lambda t: t.accepted)
    missing = None
    if row.requires:
        missing = _crossing(seen, number, lambda t: t.missing, lambda t: t.crossings)
    return TouchpointResult(
        title=touchpoint.title,
        crossings=seen.values(lambda tally: tally.touchpoints[number].crossings).estimate,
        accept_time=shown(accept),
        attainment=shown(accepted_of(seen, number)),
        missing=shown(missing),
        target=touchpoint.target,
    )


def _crossing(
    seen: Seen,
    number: int,
    top: Callable[[TouchTally], float],
    bottom: Callable[[TouchTally], float],
    within: Range = NOT_NEGATIVE,
) -> Sample | None:
    return seen.ratio(
        lambda tally: top(tally.touchpoints[number]),
        lambda tally: bottom(tally.touchpoints[number]),
        within,
    )


def stages_of(view: View) -> FrozenMap[str, StageResult]:
    """All stages in the order written."""
    seen = view.seen
    rows = {row.path: number for number, row in enumerate(seen.program.stages)}
    return FrozenMap(
        {
            name: _stage(seen, rows[f"{view.process.id}:{name}"], stage.title)
            for name, stage in view.process.stages.items()
        }
    )


def _stage(seen: Seen, number: int, title: str) -> StageResult:
    def ratio(
        top: Callable[[StageTally], float], bottom: Callable[[StageTally], float], within: Range
    ) -> Sample | None:
        return seen.ratio(
            lambda tally: top(tally.stages[number]),
            lambda tally: bottom(tally.stages[number]),
            within,
        )

    time = ratio(lambda s: s.time / HOUR, lambda s: s.spells, NOT_NEGATIVE)
    limited = seen.program.stages[number].max_age >= 0
    beyond = ratio(lambda s: s.beyond, lambda s: s.spells + s.open, SHARE) if limited else None
    return StageResult(title=title, time=shown(time), beyond=shown(beyond))
