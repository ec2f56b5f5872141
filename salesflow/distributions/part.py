"""One written value of a kind: a time, a number, a percent or a choice."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from salesflow.distributions.family import Value
from salesflow.distributions.problem import Problem
from salesflow.quantities import explain, parse_duration, parse_percent

KINDS = ("duration", "effort", "number", "money", "percent", "choice", "yes_no")
MOST = 1e15  # up to here a float holds every cent's neighbour, and squares stay finite

_EXAMPLES = {"duration": "2d", "effort": "3h", "number": "12", "money": "60000", "percent": "25%"}
_NAMES = {
    "duration": "a time",
    "effort": "hands-on time",
    "number": "a number",
    "money": "a sum of money",
    "percent": "a percent",
}
_NUMBER = r"-?(?:0|[1-9][0-9]{0,15})(?:\.[0-9]{1,12})?"


class Part(NamedTuple):
    """A value with its basis, and what was written in the language's form."""

    value: Value
    basis: str
    written: str | float


def read_part(written: Any, kind: str, *, choices: Sequence[str] = ()) -> Part | Problem:
    """The value; a problem without key where the text is none of this kind."""
    if kind in ("duration", "effort"):
        return _time(written, kind)
    if kind == "choice":
        return _choice(written, choices)
    if kind == "percent":
        share = parse_percent(written) if isinstance(written, str) else None
        return no_part(written, kind) if share is None else Part(share, "percent", written)
    return _number(written, kind)


def no_part(written: Any, kind: str) -> Problem:
    """Not a value of this kind; says what it should be."""
    text = shown(written)
    example = f"Write for example `{_EXAMPLES[kind]}`."
    hint = explain(kind, text) if kind in ("duration", "effort", "percent") else ""
    return Problem(
        "", f"{text} is not {_NAMES[kind]}.".replace(text, f"`{text}`", 1), hint or example
    )


def shown(written: Any) -> str:
    """A written value as people see it in the file, shortened."""
    if isinstance(written, bool):
        return str(written).lower()
    if isinstance(written, list | dict):
        return "[…]" if isinstance(written, list) else "{…}"
    text = str(written)
    return text if len(text) <= 40 else f"{text[:39]}…"


def _time(written: Any, kind: str) -> Part | Problem:
    duration = parse_duration(written) if isinstance(written, str) else None
    if duration is None or (kind == "effort" and duration.unit not in ("s", "min", "h")):
        return no_part(written, kind)
    if duration.business:
        return Part(float(duration.amount), duration.unit, str(duration))
    return Part(float(duration.hours), "elapsed", str(duration))


def _number(written: Any, kind: str) -> Part | Problem:
    if isinstance(written, str):
        if not re.fullmatch(_NUMBER, written):
            return no_part(written, kind)
        written = float(written) if "." in written else int(written)
    if isinstance(written, bool) or not isinstance(written, int | float):
        return no_part(written, kind)
    if not -MOST <= written <= MOST:
        return Problem("", f"`{shown(written)}` is too large.", "Use numbers of up to 15 digits.")
    return Part(float(written), "number", written)


def _choice(written: Any, choices: Sequence[str]) -> Part | Problem:
    if isinstance(written, str) and (written in choices or not choices):
        return Part(written, "choice", written)
    from difflib import get_close_matches  # slow to import, for mistakes only

    text = shown(written)
    near = get_close_matches(text, choices, n=1)
    known = ", ".join(choices[:8]) + (", …" if len(choices) > 8 else "")
    hint = f"Did you mean `{near[0]}`?" if near else f"Choose one of {known}."
    return Problem("", f"`{text}` is no value of this field.", hint)
