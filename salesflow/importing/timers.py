"""Times of ISO 8601, as BPMN writes them, in the language's own: ``P1DT12H`` is ``36h``."""

import re

_ISO = re.compile(
    r"P(?:(?P<Y>[0-9.]+)Y)?(?:(?P<M>[0-9.]+)M)?(?:(?P<W>[0-9.]+)W)?(?:(?P<D>[0-9.]+)D)?"
    r"(?:T(?:(?P<h>[0-9.]+)H)?(?:(?P<m>[0-9.]+)M)?(?:(?P<s>[0-9.]+)S)?)?"
)
_SECONDS = {"Y": 365 * 86400, "M": 30 * 86400, "W": 604800, "D": 86400, "h": 3600, "m": 60, "s": 1}
_UNITS = (("w", 604800), ("d", 86400), ("h", 3600), ("min", 60), ("s", 1))
_MOST = 10**9  # of any unit


def duration(text: str) -> str | None:
    """The duration that an ISO 8601 text names; None for a date, a cycle or a formula.

    A month has 30 days and a year 365, as in the language.
    """
    plain = re.sub(r"\s", "", text).strip("\"'").removeprefix("=").strip("\"'").upper()
    match = _ISO.fullmatch(plain)
    if not match or len(plain) > 60:
        return None
    try:
        seconds = sum(float(match[part] or 0) * size for part, size in _SECONDS.items())
    except ValueError:  # two points in a number
        return None
    return _written(seconds) if 0 < seconds < _MOST * 60 else None


def every(text: str) -> str | None:
    """How often a cycle such as ``R/P1W`` or ``R5/2026-01-05T08:00:00Z/PT2H`` comes round."""
    parts = re.sub(r"\s", "", text).split("/")
    if len(parts) < 2 or not re.fullmatch("R[0-9]*", parts[0].upper()):
        return None
    return duration(parts[-1])


def _written(seconds: float) -> str | None:
    """In the largest unit that leaves no fraction; to the second."""
    whole = round(seconds)
    if whole < 1:
        return None
    if whole % 604800 and whole % 86400 == 0:
        return f"{whole // 86400}d"
    for unit, size in _UNITS:
        if whole % size == 0:
            return f"{whole // size}{unit}"
    return None
