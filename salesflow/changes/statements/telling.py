"""How lists of names and runs are written."""

from collections.abc import Sequence

from salesflow.checking.words import transition

_MOST_NAMES = 4
_MOST_TAKEN = 6


def names(paths: Sequence[str], word: str = "and") -> str:
    """```a`, `b` and `c```; of many the first few and how many more."""
    quoted = [f"`{path}`" for path in paths]
    if len(quoted) > _MOST_NAMES + 1:
        more = len(quoted) - _MOST_NAMES
        return f"{', '.join(quoted[:_MOST_NAMES])} {word} {more} more"
    if len(quoted) == 1:
        return quoted[0]
    return f"{', '.join(quoted[:-1])} {word} {quoted[-1]}"


def in_turn(paths: Sequence[str]) -> str:
    """```a`, then `b`, then `c```; of many the first and the last."""
    quoted = [f"`{path}`" for path in paths]
    if len(quoted) > _MOST_NAMES + 1:
        quoted = [*quoted[:2], "…", quoted[-1]]
    return ", then ".join(quoted).replace(", then …", ", …")


def run(taken: Sequence[str], at: int = 0) -> str:
    """``inbound → call (fits) → … → won``: all of a short run, of a long one both ends.

    What is taken at ``at`` is shown with what comes before it.
    """
    if len(taken) <= _MOST_TAKEN:
        return " → ".join(map(transition, taken))
    last = len(taken) - 1
    kept = sorted({0, 1, at - 1, at, last - 1, last} & {*range(last + 1)})
    shown: list[str] = []
    for before, place in zip([-1, *kept], kept, strict=False):
        shown += ["…"] * (place > before + 1) + [transition(taken[place])]
    return " → ".join(shown)
