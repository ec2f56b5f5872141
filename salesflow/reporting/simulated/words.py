"""Names and turns of phrase for what a simulation measures."""

import re
from typing import NamedTuple

from salesflow.quantities import parse_duration
from salesflow.reporting.simulated.figures import HOURS, MONEY, NUMBER, SHARE

_UNITS = {"s": "second", "min": "minute", "h": "hour", "d": "day", "w": "week"}
_HOMES = frozenset(  # maps of the language, which a reader need not see
    ("departments", "roles", "steps", "next", "sources", "stages", "parallel", "touchpoints")
)


class Measure(NamedTuple):
    """A measure: its ``name``, the ``kind`` of its figure, what it says, whether ``more`` is good.

    ``more`` is None where neither more nor less is better by itself.
    """

    name: str
    kind: str
    about: str
    more: bool | None = None


MEASURES = {
    "win_rate": Measure("win rate", SHARE, "won, of won and lost", more=True),
    "wins": Measure("deals won a week", NUMBER, "whenever they came", more=True),
    "win_value": Measure("worth won a week", MONEY, "worth of deals when won", more=True),
    "value_per_won": Measure("worth of a won deal", MONEY, "when won", more=True),
    "throughput": Measure("deals ended a week", NUMBER, "won, lost or other"),
    "cycle_time_won": Measure("time to win", HOURS, "from arrival, won deals", more=False),
    "cycle_time": Measure("time to any end", HOURS, "from arrival, all deals", more=False),
    "cost_per_won": Measure("cost of a won deal", MONEY, "all work and sources", more=False),
    "rework": Measure("rework", NUMBER, "repeated visits per deal", more=False),
    "open_deals": Measure("open deals", NUMBER, "at a time, on average"),
    "stuck": Measure("stuck deals", SHARE, "of those that came", more=False),
    "win_rate_by_value": Measure(
        "win rate by worth", SHARE, "won worth, of won and lost", more=True
    ),
    "flow_efficiency": Measure("hands-on share", SHARE, "work, of the time deals take", more=True),
}

HEADLINES = ("win_rate", "cycle_time_won", "win_value", "cost_per_won", "throughput")


_IN_TIME = 0.9  # of handoffs or visits, where no target is written; below it is told


def asked(target: float | None) -> float:
    """The share of visits or handoffs that should be in time."""
    return _IN_TIME if target is None else target


def called(name: str, title: str) -> str:
    """A thing by its title, with its id where that is not the same: ``Sales development (sdr)``."""
    last = name.rpartition(".")[2]
    same = title.casefold() == last.replace("_", " ").casefold()
    return title.replace("_", " ") if same and last == name else f"{title} ({name})"


def lasting(duration: str) -> str:
    """``26w`` as ``26 weeks``; what is no duration stays as it is."""
    parsed = parse_duration(duration)
    if parsed is None or parsed.unit not in _UNITS:
        return duration
    amount = str(parsed).removesuffix(parsed.unit)
    return f"{amount} {_UNITS[parsed.unit]}{'' if amount == '1' else 's'}"


def begins(warmup: str) -> bool:
    """Whether there is any warm-up."""
    parsed = parse_duration(warmup)
    return parsed is None or parsed.amount > 0


def weeks(duration: str) -> float:
    """How many weeks a duration has; 0 for one that is not elapsed time."""
    parsed = parse_duration(duration)
    return 0.0 if parsed is None or parsed.business else parsed.hours / 168


def narrowed(name: str, counted: str) -> str:
    """An objective with what of the deals it counts: ``win_rate (from call)``."""
    return f"{name} ({counted})" if counted else name


def bound(text: str) -> str:
    """``at_least 20%`` as ``at least 20%``."""
    return text.replace("_", " ")


def change(text: str) -> str:
    """``departments.legal.roles.counsel.people: 3`` by what it is about: ``counsel people: 3``."""
    path, colon, value = text.partition(": ")
    parts = [part for part in path.split(".") if part not in _HOMES]
    if not re.fullmatch(r"[\w.]+", path) or not parts:
        return text
    about = " ".join(parts[-2:]).replace("_", " ")
    return f"without {about}" if value == "removed" else f"{about}{colon}{value}"
