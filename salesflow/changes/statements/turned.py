"""Steps that changed places: what always came first comes second."""

from collections.abc import Iterator

from salesflow.analysis.bitsets import members
from salesflow.changes.statements.must import NEVER
from salesflow.changes.statements.played import comes
from salesflow.changes.statements.telling import names
from salesflow.changes.statements.versions import Pair, Version
from salesflow.process.steps import Branch

_MOST = 4  # sentences
_MOST_PAIRS = 20_000


def before(version: Version, first: int, then: int) -> bool:
    """Whether the spot of one number is always passed before that of another, never the reverse."""
    one, other = version.passed[version.spot_of[first]], version.passed[version.spot_of[then]]
    if NEVER in (one, other):
        return False
    return bool(other >> first & 1) and not one >> then & 1


def turned(pair: Pair) -> Iterator[str]:
    """Pairs in another order than before, told by as few steps as can be."""
    left = _turned(pair)
    for _ in range(_MOST):
        count = max((len(others) for others in left.values()), default=0)
        if not count:
            return
        # Of two that only changed places with each other the one that is first now.
        most = [number for number, others in left.items() if len(others) == count]
        number = pair.new.order(most)[0]
        others = pair.new.order(left.pop(number))
        for other in others:
            left[other].discard(number)
        ahead = [other for other in others if before(pair.new, number, other)]
        behind = [other for other in others if other not in ahead]
        for word, now, then in (("before", ahead, "after"), ("after", behind, "before")):
            if now:
                them = "it" if len(now) == 1 else "them"
                paths = [pair.new.path(other) for other in now]
                yield (
                    f"`{pair.new.path(number)}` now comes {word} {names(paths)}; "
                    f"it used to come {then} {them}."
                )


def _turned(pair: Pair) -> dict[int, set[int]]:
    """Number -> the numbers that changed places with it, both ways."""
    old, new = pair.old, pair.new
    found: dict[int, set[int]] = {}
    count = 0
    for number in members(pair.common):
        was, now = old.passed[old.spot_of[number]], new.passed[new.spot_of[number]]
        if NEVER in (was, now):
            continue
        for other in members(now & ~was & pair.common):
            count += 1
            if (
                before(new, other, number)
                and before(old, number, other)
                and not _nested(pair, number, other)
                and comes(new, number)
                and comes(old, other)
            ):
                found.setdefault(number, set()).add(other)
                found.setdefault(other, set()).add(number)
        if count > _MOST_PAIRS:
            return {}
    return found


def _nested(pair: Pair, one: int, other: int) -> bool:
    """Whether one lies in the other, or either is a branch: its block and steps say it."""
    for version in (pair.old, pair.new):
        spots = version.spot_of[one], version.spot_of[other]
        if version.chart.inside(*spots) or version.chart.inside(*reversed(spots)):
            return True
        if any(isinstance(version.chart.spots[spot].thing, Branch) for spot in spots):
            return True
    return False
