"""With what and without what deals are won: what became optional, mandatory, or impossible."""

from collections.abc import Iterator
from itertools import islice

from salesflow.analysis.bitsets import members
from salesflow.changes.statements.must import NEVER
from salesflow.changes.statements.telling import names, run
from salesflow.changes.statements.versions import Pair, Version
from salesflow.process.steps import DONE, Block, Branch

_MOST = 4  # runs shown for one kind of change


def won(pair: Pair) -> Iterator[str]:
    """Whether deals can be won, without what they could not, and with what they must."""
    old, new = pair.old, pair.new
    goal = _goal(new)
    if NEVER in (new.must, old.must):
        yield from _at_all(old, new, goal)
        return
    bypassed = _whole(old.must & ~new.must, old, new.must)
    for paths, found in _groups(pair, new, bypassed):
        yield f"A deal can now be {goal} without {names(paths, 'or')}: {found}."
    required = _whole(new.must & ~old.must, new, old.must)
    added = [number for number in required if number not in old.spot_of]
    if added and new.winning() is not None:
        paths = [new.path(number) for number in added]
        yield f"Every deal that is {goal} now goes through {names(paths)}, which {_is(paths)} new."
    known = [number for number in required if number in old.spot_of]
    for paths, found in _groups(pair, old, known):
        yield (
            f"No deal is {goal} any more without {names(paths, 'or')}; "
            f"before, one could be: {found}."
        )


def _is(paths: list[str]) -> str:
    return "is" if len(paths) == 1 else "are"


def _goal(version: Version) -> str:
    kinds = {outcome.kind for outcome in version.chart.process.outcomes.values()}
    return "won" if "won" in kinds else "done"


def _at_all(old: Version, new: Version, goal: str) -> Iterator[str]:
    if new.must == NEVER and old.must != NEVER:
        found = old.winning()
        if found is not None:
            yield f"No deal can be {goal} any more; before, one could be: {run(found.taken)}."
    elif old.must == NEVER and new.must != NEVER:
        found = new.winning()
        if found is not None:
            yield f"A deal can now be {goal}, which none could be: {run(found.taken)}."


def _whole(bits: int, version: Version, others: int) -> list[int]:
    """The numbers of spots, without what lies in one of them, and without blocks and branches
    around something that the other version makes every deal go through.
    """
    spots = version.chart.spots
    kept = {version.spot_of[number] for number in members(bits)}
    around = {
        spots[spot].around
        for spot, number in enumerate(version.numbers)
        if others >> number & 1 and not bits >> number & 1
    }
    for spot in range(len(spots) - 1, -1, -1):
        if spot in around:
            kept.discard(spot)
            around.add(spots[spot].around)
    within = set()
    for spot in range(len(spots)):
        if spots[spot].around in kept or spots[spot].around in within:
            within.add(spot)
    return version.order(version.numbers[spot] for spot in kept - within)


def _groups(pair: Pair, version: Version, numbers: list[int]) -> Iterator[tuple[list[str], str]]:
    """Spots that no deal of the other version is won without, each with a run that does without it.

    One run may stand for many of them. Spots for which none is found are left out.
    """
    other = pair.old if version is pair.new else pair.new
    left = dict.fromkeys(numbers)
    found = version.winning() if left else None
    for _ in range(_MOST):
        free = [number for number in left if found and number not in found.touched]
        if found is not None and free:
            shown = run(found.taken, _missing(found.taken, free[0], version, other))
            yield [_path(number, pair) for number in free], shown
        for number in free:
            del left[number]
        tried = next(iter(left), None)
        if tried is None:
            return
        spot = version.spot_of.get(tried)
        found = version.winning([spot]) if spot is not None else None
        if found is None:
            del left[tried]
        else:
            found = found._replace(touched=found.touched - {tried})


def _missing(taken: tuple[str, ...], number: int, version: Version, other: Version) -> int:
    """Where in a run something is taken that the other version allows only behind a spot."""
    for place, path in enumerate(taken):
        spot = version.chart.at.get(path.rpartition(".")[0])
        there = other.spot_of.get(version.numbers[spot]) if spot is not None else None
        if there is not None and other.passed[there] >> number & 1:
            return place
    return len(taken) - 1


def _path(number: int, pair: Pair) -> str:
    """What the new version calls a spot, the old one if only it has it."""
    return (pair.new if number in pair.new.spot_of else pair.old).path(number)


def skipped(pair: Pair) -> Iterator[str]:
    """Branches without which a block can now be done."""
    for number, done in islice(_skippable(pair), _MOST):
        spot = pair.new.spot_of[number]
        found = pair.new.run_to([done], [spot])
        if found is not None:
            name = pair.new.chart.spots[pair.new.chart.spots[spot].around].path
            branch = pair.new.path(number)
            yield f"`{name}` can now be done without `{branch}`: {run(found.taken)}."


def _skippable(pair: Pair) -> Iterator[tuple[int, int]]:
    """Branches on all ways to where their block is done before, not on all now; that point now."""
    old, new = pair.old, pair.new
    for number in members(pair.common & ~(old.must & ~new.must)):
        spot = new.chart.spots[new.spot_of[number]]
        if not isinstance(spot.thing, Branch):
            continue
        before, after = (_done(version, new.numbers[spot.around]) for version in (old, new))
        if before is None or after is None or NEVER in (old.passed[before], new.passed[after]):
            continue
        if old.passed[before] & ~new.passed[after] & 1 << number:
            yield number, after


def _done(version: Version, number: int) -> int | None:
    """The point where the block of a number is done."""
    spot = version.spot_of.get(number)
    if spot is None or not isinstance(version.chart.spots[spot].thing, Block):
        return None
    return version.chart.points["result", f"{version.path(number)}.{DONE}"]
