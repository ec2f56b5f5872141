"""Values with units as people write them: times, shares, rates and dates.

Patterns are the one definition of what may be written; they mean the same in Python's ``re`` and in
JSON Schema. What a text means is parsed here, and :func:`explain` names the mistake in a wrong one.
"""

from salesflow.quantities.patterns import (
    ANY_DURATION_PATTERN,
    BUSINESS_PATTERN,
    DATE_PATTERN,
    DURATION_PATTERN,
    EFFORT_PATTERN,
    PERCENT_PATTERN,
    RATE_PATTERN,
    SHARE_PATTERN,
)
from salesflow.quantities.values import (
    Duration,
    Rate,
    decimal_text,
    format_share,
    parse_date,
    parse_duration,
    parse_percent,
    parse_rate,
    parse_share,
)

__all__ = [
    "ANY_DURATION_PATTERN",
    "BUSINESS_PATTERN",
    "DATE_PATTERN",
    "DURATION_PATTERN",
    "EFFORT_PATTERN",
    "PERCENT_PATTERN",
    "RATE_PATTERN",
    "SHARE_PATTERN",
    "Duration",
    "Rate",
    "decimal_text",
    "explain",
    "format_share",
    "parse_date",
    "parse_duration",
    "parse_percent",
    "parse_rate",
    "parse_share",
]


def explain(kind: str, text: str) -> str:
    """What is wrong with a text that should be of a kind, and what to write; "" when unknown.

    ``kind`` is ``duration`` (elapsed or business), ``elapsed``, ``effort``,
    ``share``, ``share_or_rest``, ``percent``, ``rate`` or ``date``.
    """
    # Only needed when something is wrong.
    from salesflow.quantities.mistakes import explain_mistake

    return explain_mistake(kind, text)
