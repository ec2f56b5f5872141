"""Times as people say them."""

from salesflow.quantities import Duration, decimal_text

_UNITS = {
    "s": "second",
    "min": "minute",
    "h": "hour",
    "d": "day",
    "w": "week",
    "bh": "business hour",
    "bd": "business day",
}


def in_words(time: Duration) -> str:
    """``2 business days`` for ``2bd``."""
    amount = decimal_text(time.amount)
    return f"{amount} {_UNITS[time.unit]}{'' if amount == '1' else 's'}"
