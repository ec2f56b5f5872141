"""Shares that make a whole: each a percent, one of them maybe ``rest``."""

import math
from collections.abc import Mapping
from typing import Any

from salesflow.distributions.part import shown
from salesflow.distributions.problem import Problem
from salesflow.quantities import explain, format_share, parse_share

REST = "rest"


def read_shares(entries: Mapping[str, Any]) -> tuple[tuple[float, ...], tuple[Problem, ...]]:
    """The fractions in the order written, ``rest`` worked out; and what is wrong."""
    if not entries:
        hint = "Write values with shares, such as `30%` and `rest`."
        return (), (Problem("", "There is no value to choose from.", hint),)
    shares: dict[str, float] = {}
    wrong: list[Problem] = []
    rests = [key for key, share in entries.items() if share == REST]
    for key, written in entries.items():
        share = parse_share(written) if isinstance(written, str) else None
        if share is not None:
            shares[key] = share
        elif key not in rests:
            hint = explain("share", shown(written)) or "Write for example `30%`, or `rest`."
            wrong.append(Problem(key, f"`{shown(written)}` is not a share.", hint))
    for key in rests[1:]:
        hint = "`rest` is what the others leave of 100%: only one can take it."
        wrong.append(Problem(key, f"`rest` stands at `{rests[0]}` already.", hint))
    if wrong:
        return (), tuple(wrong)
    # Shares have at most 12 decimals of a percent: this undoes what binary fractions add.
    total = round(math.fsum(shares.values()), 14)
    rest = round(1 - total, 14)
    return tuple(shares.get(key, rest) for key in entries), _not_whole(total, rests)


def _not_whole(total: float, rests: list[str]) -> tuple[Problem, ...]:
    if rests and total >= 1:
        message = f"Nothing is left for `{rests[0]}`: the other shares make {format_share(total)}."
        return (Problem(rests[0], message, "`rest` must be above 0%."),)
    if not rests and total != 1:
        hint = "Give one value `rest`." if total < 1 else "Lower some of them."
        return (Problem("", f"The shares make {format_share(total)}, not 100%.", hint),)
    return ()
