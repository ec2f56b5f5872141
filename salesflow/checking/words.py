"""Turns of phrase that findings share."""

from collections.abc import Iterable, Sequence

GETS_THERE = " A deal gets there by "  # what stands between a message and the way
_MOST = 6


def named(ids: Iterable[str]) -> str:
    """Ids for a sentence: ```a`, `b` and `c```; long lists are cut."""
    shown = [f"`{name}`" for name in ids]
    if len(shown) > _MOST + 1:
        shown = [*shown[:_MOST], f"{len(shown) - _MOST} more"]
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} and {shown[-1]}"


def comes_by(witness: Sequence[str]) -> str:
    """How a deal gets to the last place of a witness, as a sentence to put after a message."""
    passed = list(witness[:-1])
    if len(passed) > 2 * _MOST:
        passed = [*passed[:2], "…", *passed[-_MOST:]]
    return f"{GETS_THERE}{' → '.join(map(transition, passed))}."


def transition(node: str) -> str:
    """A transition for reading: ``call.interested`` is ``call (interested)``."""
    step, dot, result = node.rpartition(".")
    return f"{step} ({result})" if dot else node
