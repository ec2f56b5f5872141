"""What people write instead of a value with a unit, and what they should write."""

import re

from salesflow.quantities.mistaken_numbers import LONGEST, TOO_LONG
from salesflow.quantities.mistaken_rates import mistaken_date, mistaken_rate
from salesflow.quantities.mistaken_shares import mistaken_share
from salesflow.quantities.mistaken_times import mistaken_time
from salesflow.quantities.patterns import (
    ANY_DURATION_PATTERN,
    DATE_PATTERN,
    DURATION_PATTERN,
    EFFORT_PATTERN,
    PERCENT_PATTERN,
    RATE_PATTERN,
    SHARE_PATTERN,
)

_TIMES = {
    "duration": ("s", "min", "h", "d", "w", "bh", "bd"),
    "elapsed": ("s", "min", "h", "d", "w"),
    "effort": ("s", "min", "h"),
}

_PATTERNS = {
    "duration": ANY_DURATION_PATTERN,
    "elapsed": DURATION_PATTERN,
    "effort": EFFORT_PATTERN,
    "share": SHARE_PATTERN,
    "share_or_rest": SHARE_PATTERN,
    "percent": PERCENT_PATTERN,
    "rate": RATE_PATTERN,
    "date": DATE_PATTERN,
}


def explain_mistake(kind: str, text: str) -> str:
    """See :func:`salesflow.quantities.explain`."""
    advice = _advice(kind, text) if len(text) <= LONGEST else ""
    # What is proposed must itself be readable: 99999999 months are too many days.
    proposed = re.findall("`(-?[0-9][^`]*)`", advice)
    fits = all(re.fullmatch(_PATTERNS[kind], text) for text in proposed)
    return advice if fits else TOO_LONG


def _advice(kind: str, text: str) -> str:
    if kind in _TIMES:
        return mistaken_time(text, _TIMES[kind])
    if kind in ("share", "share_or_rest", "percent"):
        return mistaken_share(text, kind)
    if kind == "rate":
        return mistaken_rate(text)
    return mistaken_date(text) if kind == "date" else ""
