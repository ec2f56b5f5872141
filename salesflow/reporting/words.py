"""Small turns of phrase that several reports share."""

from collections.abc import Mapping, Sequence

from salesflow.checking.words import transition
from salesflow.distributions import Distribution


def way(witness: Sequence[str]) -> str:
    """The way a deal takes, for reading: ``inbound → call (interested) → demo``."""
    return " → ".join(map(transition, witness))


def spread(drawn: Distribution) -> str:
    """A distribution in the words it was written in: ``2d``, ``median 3d, p90 10d``."""
    written = drawn.to_data()
    if not isinstance(written, Mapping):
        return str(written)
    if set(written) == {"any_of"}:
        written = written["any_of"]
    return ", ".join(f"{key} {value}" for key, value in written.items())


def count(number: int, noun: str) -> str:
    """``1 error``, ``2 errors``, ``no errors``."""
    if number == 0:
        return f"no {noun}s"
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def untried_told(number: int) -> str:
    """That for some findings no fix was tried out, and why."""
    return f"Fixes of {count(number, 'finding')} were not tried: that is too much work."


def sentence(parts: Sequence[str], word: str = "and") -> str:
    """``a, b and c``; with another ``word``, ``a, b or c``."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"
