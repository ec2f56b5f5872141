"""Lines side by side in one channel: which stretches share a place, and in which order they run.

A stretch is one straight piece of a line. Those that overlap in a channel run side by side in an
order that makes few of them cross where they turn off. Lines to one shape may share their last two
stretches, lines from one fork their first two.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeAlias


class Stretch(NamedTuple):
    """A piece of the line of link ``link``: from ``low`` to ``high`` along the channel.

    ``at_low`` and ``at_high`` say where the line goes at its ends: -1 to smaller places across the
    channel, 1 to larger ones, 0 into a shape. ``before`` and ``behind`` are pixels kept free for
    words. ``shared``: stretches with the same value may lie on each other.
    """

    link: int
    part: int
    low: int
    high: int
    at_low: int
    at_high: int
    shared: tuple[int, ...] = ()
    before: float = 0.0
    behind: float = 0.0
    around: float = 0.0  # half of the outcome that hangs at it, below its words
    middle: bool = False  # wants the middle of the shapes it joins


Beside: TypeAlias = Callable[[Stretch], float]  # where a line lies at an end, to settle ties


class Bundle(NamedTuple):
    """Stretches that lie on each other, as one."""

    parts: tuple[Stretch, ...]
    low: int
    high: int
    before: float
    behind: float
    around: float
    middle: bool


def bundled(stretches: Sequence[Stretch]) -> list[Bundle]:
    """Stretches put together where they may share their place."""
    groups: dict[tuple[int, ...], list[Stretch]] = {}
    for stretch in stretches:
        key = stretch.shared or (-1, stretch.link, stretch.part)
        groups.setdefault(key, []).append(stretch)
    found: list[Bundle] = []
    for group in groups.values():
        run: list[Stretch] = []
        for stretch in sorted(group):
            if run and stretch.low > max(one.high for one in run):
                found.append(_bundle(run))
                run = []
            run.append(stretch)
        found.append(_bundle(run))
    return sorted(found, key=lambda bundle: (bundle.low, bundle.high, bundle.parts[0][:2]))


def _bundle(parts: Sequence[Stretch]) -> Bundle:
    return Bundle(
        tuple(parts),
        min(part.low for part in parts),
        max(part.high for part in parts),
        max(part.before for part in parts),
        max(part.behind for part in parts),
        max(part.around for part in parts),
        any(part.middle for part in parts),
    )


def lined_up(
    bundles: Sequence[Bundle], gap: float, ties: Callable[[Bundle, Bundle], int]
) -> dict[tuple[int, int], float]:
    """For each stretch (link, part) how far from the first one its line lies, in pixels."""
    order: list[Bundle] = []
    for bundle in bundles:
        order.insert(_place(bundle, order, ties), bundle)
    at: dict[tuple[int, int], float] = {}
    placed: list[tuple[Bundle, float]] = []
    for bundle in order:
        place = 0.0
        for other, where in placed:
            if touch(bundle, other):
                words, outcomes = other.behind + bundle.before, other.around + bundle.around
                place = max(place, where + max(gap, words, outcomes))
        placed.append((bundle, place))
        for part in bundle.parts:
            at[part.link, part.part] = place
    return at


def touch(one: Bundle, two: Bundle) -> bool:
    """Whether two bundles meet anywhere along the channel."""
    return one.low <= two.high and two.low <= one.high


def _place(bundle: Bundle, order: Sequence[Bundle], ties: Callable[[Bundle, Bundle], int]) -> int:
    """Where it goes so that as few as can be stand on the wrong side."""
    votes = [
        (_vote(bundle, other) or ties(bundle, other)) if touch(bundle, other) else 0
        for other in order
    ]
    wrong = sum(1 for vote in votes if vote > 0)
    best, least = 0, wrong
    for place, vote in enumerate(votes):
        wrong += (vote < 0) - (vote > 0)
        if wrong < least or (wrong == least and vote == 0):
            best, least = place + 1, wrong
    return best


def _vote(one: Bundle, two: Bundle) -> int:
    """Negative if the first should run before the second, positive behind, 0 either way."""
    return sum(_apart(a, b) for a in one.parts for b in two.parts)


def _apart(one: Stretch, two: Stretch) -> int:
    if one.low > two.high or two.low > one.high:
        return 0
    vote = 0
    if one.low > two.low:
        vote += one.at_low
    elif two.low > one.low:
        vote -= two.at_low
    else:
        vote += sign(one.at_low - two.at_low)
    if one.high < two.high:
        vote += one.at_high
    elif two.high < one.high:
        vote -= two.at_high
    else:
        vote += sign(one.at_high - two.at_high)
    return vote


def middles(
    bundles: Sequence[Bundle], at: Mapping[tuple[int, int], float]
) -> dict[tuple[int, int], float]:
    """The places measured from the middle of the shapes: what wants the middle has 0.

    Bundles that overlap, one by one, are moved together.
    """
    found: dict[tuple[int, int], float] = {}
    group: list[Bundle] = []
    reach = -1
    for bundle in sorted(bundles, key=lambda one: (one.low, one.high)):
        if group and bundle.low > reach:
            found.update(_centred(group, at))
            group = []
        reach = max(bundle.high, reach) if group else bundle.high
        group.append(bundle)
    if group:
        found.update(_centred(group, at))
    return found


def _centred(
    group: Sequence[Bundle], at: Mapping[tuple[int, int], float]
) -> dict[tuple[int, int], float]:
    where = {bundle: at[bundle.parts[0].link, bundle.parts[0].part] for bundle in group}
    wanted = [where[bundle] for bundle in group if bundle.middle]
    if wanted:
        middle = wanted[0]
    else:
        low = min(where[one] - max(one.before, one.around) for one in group)
        high = max(where[one] + max(one.behind, one.around) for one in group)
        middle = (low + high) / 2
    return {
        (part.link, part.part): where[bundle] - middle for bundle in group for part in bundle.parts
    }


def sign(number: float) -> int:
    """-1, 0 or 1."""
    return (number > 0) - (number < 0)
