"""The tables: figures, deals, steps as a funnel, roles, touchpoints, stages, objectives."""

from collections.abc import Sequence

from salesflow.reporting.simulated.figures import (
    HOURS,
    NUMBER,
    SHARE,
    WORK,
    Figure,
    figure,
    rough,
    share,
)
from salesflow.reporting.simulated.story import BAD, DOUBT, GOOD, Cell, Table, cell
from salesflow.reporting.simulated.words import MEASURES, asked, bound, weeks
from salesflow.simulation.result import (
    Estimate,
    ObjectiveResult,
    PartResult,
    SimulationResult,
    StepResult,
)

_TONES = {"met": GOOD, "missed": BAD, "unsure": DOUBT}
_DEALS = {
    "won": "won",
    "lost": "lost",
    "disqualified": "disqualified",
    "done": "done",
    "failed": "failed",
    "open": "still open",
    "stuck": "stuck",
}
_FULL = 0.85
_MOST_RESULTS = 2
_LONG = 50  # that often a time fits into the measured one, and who is at it still does not matter


def _of(estimate: Estimate | None, kind: str, currency: str = "") -> Figure | None:
    return None if estimate is None else figure(estimate, kind, currency)


def measures(part: PartResult, currency: str) -> Table:
    """Every measure of the process with its interval, and what it counts."""
    known: dict[str, Estimate | None] = dict(part.kpis)
    known["win_rate_by_value"] = part.win_rate_by_value
    known["flow_efficiency"] = part.flow_efficiency
    rows = []
    for name, measure in MEASURES.items():
        shown = _of(known.get(name), measure.kind, currency)
        if shown is not None:
            rows.append(
                (Cell(measure.name), Cell(shown.alone), Cell(shown.interval), Cell(measure.about))
            )
    return Table(("measure", "value", "95% interval", ""), tuple(rows), frozenset({3}))


def deals(part: PartResult) -> Table:
    """What became of the deals that came."""
    came = part.deals["arrived"]
    rows = [(Cell("came"), cell(figure(came, NUMBER)), Cell("100%"), Cell(bar=1.0))]
    if not came.mean:
        rows[0] = (*rows[0][:2], Cell("–"), Cell(bar=0.0))
    for kind, name in _DEALS.items():
        number = part.deals.get(kind)
        if number is not None and (number.mean or kind in ("won", "lost")):
            part_of = number.mean / came.mean if came.mean else 0.0
            of_all = share(part_of) if came.mean else "–"
            tone = BAD if kind == "stuck" else ""
            shown = cell(figure(number, NUMBER), tone)
            rows.append((Cell(name), shown, Cell(of_all), Cell(bar=part_of)))
    return Table(("deals", "number", "of all", ""), tuple(rows), frozenset({3}))


def steps(part: PartResult, duration: str) -> Table:
    """The steps in the order written: how many come by, what they wait for, how they end."""
    came = part.deals["arrived"].mean
    most = max((step.visits.mean for step in part.steps.values()), default=0.0)
    full = max(came, most) or 1.0
    rows = [_step(name, step, full) for name, step in part.steps.items()]
    heads = ("step", "visits", "", "waits", "work", "takes", "in sla", "ends with")
    took = [step.elapsed for step in part.steps.values()]
    return Table(
        heads, tuple(rows), frozenset({2, 7}), _cut_short("Visits still under way", took, duration)
    )


def _cut_short(what: str, took: Sequence[Estimate | None], duration: str) -> str:
    """What to say where times are long for the time measured: who is at it still counts in none.

    The longest are missing then; what takes a fiftieth of the measured time looks some percent
    shorter than it is. (Times of deals are weighted for that, see `simulation.incidence`.)
    """
    longest = max((each.mean for each in took if each is not None), default=0.0)
    if longest * _LONG < weeks(duration) * 168:
        return ""
    return (
        f"{what} when the simulation ends are not in these times, so what takes long looks "
        "shorter than it is. A longer `--for` comes closer."
    )


def _step(name: str, step: StepResult, full: float) -> tuple[Cell, ...]:
    stuck = [f"{figure(step.stuck, NUMBER).value} stuck"] if step.stuck.mean else []
    ways = sorted(step.results.items(), key=lambda way: -way[1].mean)
    ends = [f"{way} {share(of.mean)}" for way, of in ways[:_MOST_RESULTS]]
    more = ["…"] if len(ways) > _MOST_RESULTS else []
    return (
        Cell(name),
        cell(figure(step.visits, NUMBER)),
        Cell(bar=step.visits.mean / full),
        cell(_of(_some(step.waiting), HOURS)),
        _rough(step.effort, WORK),
        cell(_of(step.elapsed, HOURS)),
        _judged(step.attainment, step.target),
        Cell(", ".join([*stuck, *ends, *more]), tone=BAD if stuck else ""),
    )


def _some(estimate: Estimate | None) -> Estimate | None:
    """None for nothing at all: a table of roles is easier to read without noughts."""
    return estimate if estimate is not None and estimate.high > 0 else None


def _rough(estimate: Estimate | None, kind: str) -> Cell:
    return Cell("–" if estimate is None else rough(estimate, kind))


def _judged(attainment: Estimate | None, target: float | None) -> Cell:
    if attainment is None:
        return Cell("")
    return cell(figure(attainment, SHARE), DOUBT if attainment.mean < asked(target) else "")


def roles(result: SimulationResult) -> Table:
    """Who is busy, how long work waits for them, how much of their time they sell."""
    rows = []
    for name, role in result.roles.items():
        busy = role.utilization.mean if role.utilization is not None else 0.0
        rows.append(
            (
                Cell(name),
                Cell(f"{role.people}"),
                cell(_of(role.utilization, SHARE), BAD if busy >= _FULL else ""),
                Cell(bar=min(busy, 1.0)),
                Cell("–" if role.offered is None else share(role.offered)),
                cell(figure(role.queue, NUMBER)),
                cell(_of(role.waiting, HOURS)),
                _rough(_some(role.selling_time), SHARE),
                _rough(_some(role.withdrawn_effort), WORK),
            )
        )
    heads = (
        "role", "people", "busy", "", "asked for", "queue", "waits", "sells", "for nothing",
    )  # fmt: skip
    return Table(heads, tuple(rows), frozenset({3}))


def touchpoints(part: PartResult) -> Table:
    """How often each handoff happens, and how soon it is accepted."""
    rows = [
        (
            Cell(name),
            cell(figure(touchpoint.crossings, NUMBER)),
            cell(_of(touchpoint.accept_time, HOURS)),
            _judged(touchpoint.attainment, touchpoint.target),
            _rough(touchpoint.missing, NUMBER),
        )
        for name, touchpoint in part.touchpoints.items()
    ]
    return Table(("touchpoint", "crossings", "accepted after", "in time", "unfilled"), tuple(rows))


def stages(part: PartResult, duration: str) -> Table:
    """How long deals stand in each stage."""
    rows = [
        (Cell(name), cell(_of(stage.time, HOURS)), cell(_of(stage.beyond, SHARE)))
        for name, stage in part.stages.items()
    ]
    heads = ("stage", "deals stay", "beyond max_age")
    stayed = [stage.time for stage in part.stages.values()]
    return Table(heads, tuple(rows), note=_cut_short("Deals still in a stage", stayed, duration))


def objectives(judged: Sequence[tuple[str, ObjectiveResult]], currency: str) -> Table:
    """Verdicts on objectives, each with the name to call it by, and with what of the deals counts
    where that is not all: it is why a figure can be another one than that of the whole process.
    """
    counted = any(one.counted for _, one in judged)
    rows = []
    for name, one in judged:
        shown = _of(one.value, one.unit, currency)
        rows.append(
            (
                Cell(one.verdict, tone=_TONES.get(one.verdict, "")),
                Cell(name),
                *((Cell(one.counted),) if counted else ()),
                Cell(bound(one.bound)),
                Cell("–" if shown is None else shown.alone),
                Cell("" if shown is None else shown.interval),
                Cell(why(one)),
            )
        )
    heads = ("verdict", "objective", "measured", "asked for", "value", "95% interval", "")
    if not counted:
        return Table((*heads[:2], *heads[3:]), tuple(rows), frozenset({1, 2, 5}))
    return Table(heads, tuple(rows), frozenset({1, 2, 3, 6}))


def why(one: ObjectiveResult) -> str:
    """Why an objective could not be judged, or what would decide it; "" where it is judged."""
    if one.why:
        return one.why
    if one.verdict == "unsure" and one.needed is not None:
        return f"about {one.needed:,} replications would decide"
    return ""
