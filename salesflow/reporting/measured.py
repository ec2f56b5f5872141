"""From the result of a simulation to figures on a picture: where deals wait, and how many pass."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import sqrt
from typing import NamedTuple, TypeAlias

from salesflow.drawing.diagram import Figure, Overlay
from salesflow.errors import UsageError
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process
from salesflow.reporting.measured_places import Place, places_of, still_of
from salesflow.reporting.measured_ways import ways_of
from salesflow.reporting.simulated.figures import lasting, number, share
from salesflow.reporting.simulated.words import weeks
from salesflow.simulation.result import Estimate, PartResult, SimulationResult

HEATS = FrozenMap(
    {
        "waiting": "standing still per visit",
        "load": "load of the people",
        "value": "worth of the deals that come",
    }
)
STALE = "The process has changed since it was simulated: simulate it again."
_FEW = 0.01  # deals a week


class _Amount(NamedTuple):
    """How much of the measure there is at a place: 0 to 1, and as words."""

    level: float
    words: str


def part_of(process: Process, result: SimulationResult) -> PartResult:
    """What a result says of a process. UsageError where it is of others."""
    part: PartResult | None = result.processes.get(process.id)
    if part is None:
        others = " and ".join(f"`{name}`" for name in result.processes) or "nothing"
        raise UsageError(f"The result is of {others}, not of `{process.id}`: simulate that.")
    return part


def heats(process: Process, result: SimulationResult) -> tuple[str, ...]:
    """The measures that can be told: not what deals are worth where nobody says it."""
    part = part_of(process, result)
    can = weeks(result.duration) > 0 and _worth(part) is not None
    return tuple(name for name in HEATS if can or name != "value")


def results_overlay(process: Process, result: SimulationResult, heat: str = "waiting") -> Overlay:
    """Figures by element path: of steps ``heat`` (waiting, load or value), of ways deals a week.

    Blocks, runs, stages and departments have that of the worst step in them. What lies in a process
    that is run has its path there behind that of the run. Ways of other views than the flow are
    ``departments.A>B`` and ``stages.A>stages.B`` (from ``sources.A``, to ``outcomes.B``).
    UsageError for another heat, a result of another process, or where it does not say what deals
    are worth.
    """
    if heat not in HEATS:
        raise UsageError(f"The heat `{heat}` is unknown: waiting, load or value.")
    part = part_of(process, result)
    if heat not in heats(process, result):
        raise UsageError(
            f"Nobody knows what deals of `{process.id}` are worth: say which field it is "
            "(`value: amount`), or simulate longer, until deals are won."
        )
    places = [*places_of(process, part)]
    figures = dict(_heat(places, part, result, heat))
    ways = dict(ways_of(process, places, part, weeks(result.duration)))
    most = max(ways.values(), default=0.0)
    for path, deals in ways.items():
        figures[path] = Figure(text=f"{_few(deals)} a week", level=_share(deals, most))
    return Overlay(figures=FrozenMap(figures), measure=HEATS[heat])


def stage_arrivals(process: Process, result: SimulationResult) -> dict[str, str]:
    """Path of a stage -> how many deals come to it in a week, as words."""
    part = part_of(process, result)
    ways = ways_of(process, [*places_of(process, part)], part, weeks(result.duration))
    found: dict[str, float] = {}
    for path, deals in ways:
        stage = path.rpartition(">")[2] if ">stages." in path else ""
        if stage:
            found[stage] = found.get(stage, 0.0) + deals
    return {stage: f"{_few(deals)} deals a week" for stage, deals in found.items()}


def stale(process: Process, result: SimulationResult) -> str:
    """A sentence where the process is not as it was simulated any more, "" where it is.

    Several processes that were simulated together cannot be judged by one of them.
    """
    if len(result.processes) == 1 and outdated((process,), result):
        return STALE
    return ""


def outdated(cast: Sequence[Process], result: SimulationResult) -> bool:
    """Whether processes are not as they were simulated together any more; False where nobody can
    tell. ``cast`` are those of the result in its order.
    """
    from salesflow.errors import LoadError
    from salesflow.quantities import parse_duration
    from salesflow.simulation.compile import program_of  # slow to import

    duration, warmup = map(parse_duration, (result.duration, result.warmup))
    if duration is None or warmup is None or duration.business or warmup.business:
        return False
    long, before = duration.milliseconds, warmup.milliseconds
    try:
        digest = program_of(tuple(cast), duration=long, warmup=before).digest
    except (LoadError, UsageError):
        digest = ""
    return digest != result.program


def _heat(
    places: list[Place], part: PartResult, result: SimulationResult, heat: str
) -> Iterator[tuple[str, Figure]]:
    """Of each step its figure, and of what holds steps that of the worst.

    Times and worths are far apart: by their roots the small ones can be told from each other too.
    """
    found = {
        place.path: amount if heat == "load" else amount._replace(level=sqrt(max(amount.level, 0)))
        for place in places
        if (amount := _MEASURES[heat](place, part, result)) is not None
    }
    most = 1.0 if heat == "load" else max((each.level for each in found.values()), default=0.0)
    held: dict[str, list[_Amount]] = {}
    for place in places:
        amount = found.get(place.path)
        if amount is None:
            continue
        yield place.path, Figure(text=amount.words, level=_share(amount.level, most))
        for path in place.within:
            held.setdefault(path, []).append(amount)
    for path, inside in held.items():
        if path not in found:
            yield path, _worst(inside, most)


def _worst(inside: Iterable[_Amount], most: float) -> Figure:
    amounts = {*inside}
    worst = max(amounts)
    words = worst.words if len(amounts) == 1 else f"up to {worst.words}"
    return Figure(text=words, level=_share(worst.level, most))


def _share(amount: float, most: float) -> float:
    return min(max(amount / most, 0.0), 1.0) if most > 0 else 0.0


def _few(deals: float) -> str:
    """``20``, ``5.4``, ``0.07``, ``<0.01``."""
    if 0 < deals < _FEW:
        return f"<{_FEW}"
    return f"{deals:.2f}".rstrip("0") if 0 < deals < 0.995 else number(deals)


def _waiting(place: Place, _: PartResult, __: SimulationResult) -> _Amount | None:
    still = still_of(place)
    return None if still is None else _Amount(still.mean, lasting(still.mean))


def _load(place: Place, _: PartResult, result: SimulationResult) -> _Amount | None:
    role = result.roles.get(getattr(place.step, "by", None) or "")
    busy = None if role is None else role.utilization
    return None if busy is None else _Amount(busy.mean, share(busy.mean))


def _value(place: Place, part: PartResult, result: SimulationResult) -> _Amount | None:
    worth = _worth(part)
    if worth is None:
        return None
    money = place.seen.visits.mean * worth / weeks(result.duration)
    return _Amount(money, f"{_money(money)} {result.currency}".rstrip() + " a week")


def _money(amount: float) -> str:
    """In two digits: it is an average worth times a number of deals."""
    digits = max(len(str(int(abs(amount)))) - 2, 0)
    return f"{round(amount, -digits):,.0f}"


def _worth(part: PartResult) -> float | None:
    """What a deal that is won or lost is worth on average; None where nobody knows.

    A result tells it of won deals, and what share of the worth of all is won.
    """
    won: Estimate | None = part.kpis.get("value_per_won")
    rate: Estimate | None = part.kpis.get("win_rate")
    by_value = part.win_rate_by_value
    if won is None:
        return None
    if rate is None or by_value is None or by_value.mean <= 0:
        return won.mean
    return won.mean * rate.mean / by_value.mean


_Measure: TypeAlias = Callable[[Place, PartResult, SimulationResult], _Amount | None]
_MEASURES: FrozenMap[str, _Measure] = FrozenMap(
    {"waiting": _waiting, "load": _load, "value": _value}
)
