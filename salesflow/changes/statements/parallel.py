"""Steps that run side by side in one version and one after the other in the other."""

from collections.abc import Iterator
from itertools import combinations
from typing import TypeAlias

from salesflow.analysis.bitsets import members
from salesflow.changes.statements.must import NEVER
from salesflow.changes.statements.played import both_open
from salesflow.changes.statements.telling import in_turn, names
from salesflow.changes.statements.together import Together
from salesflow.changes.statements.versions import Pair, Version
from salesflow.process.steps import Block, Branch

_MOST = 5  # sentences
_MOST_PAIRS = 5_000
_MOST_PLAYED = 12  # pairs that the token game is asked about

Groups: TypeAlias = list[tuple[list[int], list[int]]]  # all of one with all of the other


def parallel(pair: Pair) -> Iterator[str]:
    """What runs in parallel now, and what does no more."""
    for here, there, now in ((pair.old, pair.new, False), (pair.new, pair.old, True)):
        near = _shown(here, _pairs(pair, here, there))
        for number, (ones, others) in enumerate(_groups(near)):
            if number == _MOST:
                break
            tell = _row if not others else _two
            yield tell(pair, there, ones, others, now=now)


def _pairs(pair: Pair, here: Version, there: Version) -> list[tuple[int, int]]:
    """Steps that may be open together here and never there, the first number first."""
    found: list[tuple[int, int]] = []
    near, far = here.beside, there.beside
    if near is None or far is None or not any(near):
        return found
    leaves = _leaves(here) & _leaves(there) & pair.common
    for number in members(leaves):
        spot, other_spot = here.spot_of[number], there.spot_of[number]
        beside = near[spot] & ~far[other_spot] & leaves
        for other in members(beside >> number + 1 << number + 1):
            if there.passed[there.spot_of[other]] != NEVER != there.passed[other_spot]:
                found.append((number, other))
            if len(found) > _MOST_PAIRS:
                return []
    return found


def _leaves(version: Version) -> int:
    """Bits of the steps of the deal itself that are no blocks."""
    bits = 0
    for spot, bit in zip(version.chart.spots, version.bits, strict=True):
        if spot.run < 0 and not isinstance(spot.thing, Block | Branch):
            bits |= bit
    return bits


def _shown(version: Version, pairs: list[tuple[int, int]]) -> dict[int, set[int]]:
    """The pairs of which it is certain that both can be open, both ways."""
    near: dict[int, set[int]] = {}
    played = 0
    together = Together(version)
    for one, other in pairs:
        certain = together.both(version.spot_of[one], version.spot_of[other])
        if not certain and played < _MOST_PLAYED:
            played += 1
            certain = both_open(version, one, other)
        if certain:
            near.setdefault(one, set()).add(other)
            near.setdefault(other, set()).add(one)
    return near


def _groups(near: dict[int, set[int]]) -> Groups:
    """All pairs as few groups: several all beside each other, or some beside some others."""
    alike: dict[frozenset[int], list[int]] = {}
    for number, others in sorted(near.items()):
        alike.setdefault(frozenset(others), []).append(number)
    groups: Groups = []
    left = {number: set(others) for number, others in near.items()}
    for number in sorted(near):
        crowd = [number]
        for other in sorted(left[number]):
            if all(other in left[each] for each in crowd):
                crowd.append(other)
        if len(crowd) > 2:
            groups.append((crowd, []))
            _strike(left, crowd, crowd)
    for ones in alike.values():
        rest = frozenset.intersection(*(frozenset(left[number]) for number in ones))
        if rest:
            groups.append((ones, sorted(rest)))
            _strike(left, *groups[-1])
    for number in sorted(left):
        if left[number]:
            groups.append(([number], sorted(left[number])))
            _strike(left, *groups[-1])
    return groups


def _strike(left: dict[int, set[int]], ones: list[int], others: list[int]) -> None:
    for one in ones:
        for other in others:
            left[one].discard(other)
            left[other].discard(one)


def _row(pair: Pair, there: Version, crowd: list[int], _: list[int], *, now: bool) -> str:
    """Three and more that are all beside each other."""
    row = there.order(crowd)
    paths = [pair.new.path(number) for number in row]
    certain = all(_first(there, a, b) for a, b in combinations(row, 2))
    order = f": {in_turn(paths)}" if certain else ""
    if now:
        return f"{names(paths)} now run in parallel; they used to run one after another{order}."
    return f"{names(paths)} now run one after another{order}; they used to run in parallel."


def _two(pair: Pair, there: Version, ones: list[int], others: list[int], *, now: bool) -> str:
    """Some beside some others."""
    if all(_first(there, b, a) for a in ones for b in others):
        ones, others = others, ones
    certain = all(_first(there, a, b) for a in ones for b in others)
    first = names([pair.new.path(number) for number in there.order(ones)])
    second = names([pair.new.path(number) for number in there.order(others)])
    verb = "runs" if len(ones) == 1 else "run"
    if len(ones) == 1:
        who, place = f"{first} ", "first"
    elif len(others) == 1:
        who, place = f"{second} ", "last"
    else:
        who, place = "the former ", "first"
    if now:
        order = f"; {who}used to come {place}" if certain else ""
        return f"{first} now {verb} in parallel with {second}{order}."
    comes = "come" if who.startswith("the") else "comes"
    order = f": {who}{comes} {place}" if certain else ""
    return f"{first} no longer {verb} in parallel with {second}{order}."


def _first(version: Version, one: int, other: int) -> bool:
    """Whether one comes first wherever both do: they are never open together, and never turned."""
    return version.spot_of[one] not in version.behind(version.spot_of[other])
