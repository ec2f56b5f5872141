"""A time or spread as it is written, with half of every time in it."""

from collections.abc import Mapping
from typing import Any

from salesflow.quantities import Duration, parse_duration


def halved(written: Any) -> Any:
    """``45min`` as ``22.5min``, ``{median: 3d, p90: 10d}`` as ``{median: 1.5d, p90: 5d}``.

    Shares in ``any_of`` stay. Half of every quantile is the quantile of half the time, so the
    family and its shape stay too.
    """
    if not isinstance(written, Mapping):
        return _half(written)
    if "any_of" in written:
        return {"any_of": {_half(time): share for time, share in written["any_of"].items()}}
    return {key: _half(time) for key, time in written.items()}


def _half(time: Any) -> Any:
    parsed = parse_duration(str(time))
    if parsed is None:
        raise ValueError(f"{time!r} is no time")
    return str(Duration(parsed.amount / 2, parsed.unit))
