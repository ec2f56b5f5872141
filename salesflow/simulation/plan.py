"""What is asked of a study: how long, how often, from which seed."""

from collections.abc import Iterable

from salesflow.errors import UsageError
from salesflow.nouns import Noun
from salesflow.process.model import Process
from salesflow.quantities import Duration, parse_duration, parse_share
from salesflow.simulation.philox import LARGEST_SEED

LEAST_REPLICATIONS, MOST_REPLICATIONS = 2, 100_000  # one alone has no interval
_HOUR = 3_600_000
_LONGEST = 100 * 365 * 24 * _HOUR


class Plan(Noun):
    """How processes are simulated; ``plan_of`` reads it from what a user writes.

    ``duration`` is the measured time and ``warmup`` what comes before it, None where it is to be
    found. ``precision``: replications are added until the intervals of the main measures reach no
    further from their mean than this share of it. ``engine`` and ``workers`` change no figure.
    """

    duration: Duration = Duration(26, "w")
    warmup: Duration | None = None
    replications: int = 30
    seed: int = 1
    precision: float | None = None
    engine: str = "auto"
    workers: int = 1


def plan_of(
    *,
    duration: str = "26w",
    warmup: str | None = None,
    replications: int = 30,
    seed: int = 1,
    precision: str | float | None = None,
    engine: str = "auto",
    workers: int = 1,
) -> Plan:
    """The plan that is asked for; UsageError for one that cannot be."""
    return Plan(
        duration=_time(duration, "duration", least=_HOUR),
        warmup=None if warmup is None else _time(warmup, "warm-up", least=0),
        replications=_whole(replications, "replications", LEAST_REPLICATIONS, MOST_REPLICATIONS),
        seed=_whole(seed, "seed", 0, LARGEST_SEED),
        precision=None if precision is None else _share(precision),
        engine=engine,
        workers=workers,
    )


def expected_deals(processes: Iterable[Process], plan: Plan) -> float:
    """About how many deals a replication has; a warm-up that is found may be as long again."""
    sources = (source for process in processes for source in process.sources.values())
    hours = plan.duration.hours + (plan.warmup or plan.duration).hours
    return sum(source.per_week or 0.0 for source in sources) * hours / 168


def _time(text: str, what: str, *, least: int) -> Duration:
    time = parse_duration(text) if isinstance(text, str) else None
    if time is None or time.business:
        raise UsageError(
            f"The {what} must be a time such as `26w` or `90d`, elapsed and not open time, not "
            f"`{text}`."
        )
    if not least <= time.milliseconds <= _LONGEST:
        bound = "an hour" if least else "zero"
        raise UsageError(f"The {what} must be from {bound} to a hundred years, not `{text}`.")
    return time


def _whole(value: int, what: str, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise UsageError(
            f"The {what} must be a whole number from {least} to {most}, not `{value}`."
        )
    return value


def _share(value: str | float) -> float:
    share = parse_share(value) if isinstance(value, str) else value
    if share is None or not 0 < share < 1:
        raise UsageError(f"The precision must be a share such as `2%`, not `{value}`.")
    return share
