"""What can happen in a block or run, put together from what happens in each of its parts.

Branches that are explored apart can each be anywhere when one of them leaves the block or its time
is over. So the ways in which the block ends are found by going through its branches one by one and
keeping what the deal can know by then, and how many branches have finished.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from salesflow.analysis.behaviour.footprint import overlaid
from salesflow.analysis.behaviour.interior import Ending, Held, Inside, Interior, Trail
from salesflow.analysis.behaviour.walk import Ground
from salesflow.analysis.forget import kept_of
from salesflow.process.course import needed
from salesflow.process.memory import Data
from salesflow.process.net import State
from salesflow.process.places import Node
from salesflow.process.steps import DONE

Ways = tuple[Trail, ...]


class Option(NamedTuple):
    """Where a branch may be: what the deal knows by then, and whether the branch has finished."""

    data: Data
    finished: bool
    trails: Ways


class Join:
    """A block with branches that were explored apart, entered in ``state``.

    ``telling`` are the branches that change what matters later, ``silent`` the others.
    """

    def __init__(
        self, ground: Ground, node: Node, state: State, interiors: Sequence[Interior], ahead: int
    ) -> None:
        """Count who runs and has to finish."""
        self.ground = ground
        self.node = node
        self.data = state.data
        self.ahead = ahead
        self.interiors = interiors
        held = set(state.marking)
        self.at_once = sum(lane.finished in held for lane in node.lanes)
        running = sum(lane.runs in held for lane in node.lanes)
        self.running = running - self.at_once
        self.need = needed(node.step, running) - self.at_once
        self.telling = [each for each in interiors if each.part.written & ahead]
        self.silent = [each for each in interiors if not each.part.written & ahead]
        self.quick = [each for each in self.silent if each.first_exit(DONE) is not None]

    def look(self) -> Inside:
        """All that can happen."""
        between = self._spread(self.telling, self.need - 1)
        mids = tuple((data, trails) for (data, _), trails in between.items())
        return Inside(
            self.node,
            tuple(self.interiors),
            _distinct(self.ground, self.node, self._endings(between)),
            mids,
            tuple(self._held()),
            tuple(self._timed()),
        )

    def _endings(self, between: dict[tuple[Data, int], Ways]) -> Iterator[Ending]:
        for (data, finished), trails in self._spread(self.telling, self.need).items():
            lacking = self.need - finished
            if 0 <= lacking <= len(self.quick):
                ways = (*trails, *(_finished(each) for each in self.quick[:lacking]))
                yield Ending(DONE, data, ways, all(map(_surely, ways)))
        for each in self.interiors:
            others = between
            if each in self.telling:
                others = self._spread([t for t in self.telling if t is not each], self.need - 1)
            yield from self._leaving(each, others)

    def _leaving(self, each: Interior, others: dict[tuple[Data, int], Ways]) -> Iterator[Ending]:
        written = each.part.written & self.ahead
        for (name, data), stride in each.exits.items():
            if name == DONE:
                continue
            for (known, _), trails in others.items():
                yield Ending(
                    name,
                    overlaid(known, data, written),
                    (*trails, Trail(each, stride)),
                    name in each.leaving,
                )

    def _spread(self, interiors: Iterable[Interior], most: int) -> dict[tuple[Data, int], Ways]:
        """What the deal can know, with how many branches finished, ``most`` at most."""
        spread: dict[tuple[Data, int], Ways] = {(kept_of(self.data, self.ahead), 0): ()}
        for interior in interiors:
            options = self._options(interior)
            written = interior.part.written & self.ahead
            new: dict[tuple[Data, int], Ways] = {}
            for (known, finished), trails in spread.items():
                for option in options:
                    count = finished + option.finished
                    if count <= most:
                        self.ground.spend()
                        data = overlaid(known, option.data, written)
                        new.setdefault((data, count), (*trails, *option.trails))
            spread = new
        return spread

    def _options(self, interior: Interior) -> list[Option]:
        """Where a branch may be, as far as it tells."""
        written = interior.part.written & self.ahead
        found: dict[tuple[Data, bool], Ways] = {}
        for data, trails in middles(interior):
            found.setdefault((kept_of(data, written), False), trails)
        for (name, data), stride in interior.exits.items():
            if name == DONE:
                found.setdefault((kept_of(data, written), True), (Trail(interior, stride),))
        return [Option(data, finished, trails) for (data, finished), trails in found.items()]

    def _held(self) -> Iterator[Held]:
        """Where the block can never end: too many branches stand still, and no other can leave."""
        dead = [each for each in self.interiors if each.dead]
        if len(dead) < self.running - self.need + 1 or not dead:
            return
        if any(not each.dead and _rest(each).finished is None for each in self.interiors):
            return
        for each in dead:
            beside = self._beside(each, timed=False)
            for number in each.idle if beside is not None else ():
                if number not in each.ending:
                    yield Held(each, number, beside or (), moving=False)
            if each.trapped:
                ways = [_rest(other).finished for other in self.interiors if other is not each]
                yield Held(each, each.rounds[0], tuple(w for w in ways if w), moving=True)

    def _timed(self) -> Iterator[Held]:
        """Where all branches stand still until a time limit in one of them."""
        if not any(each.timed for each in self.interiors):
            return
        for each in self.interiors:
            beside = self._beside(each, timed=True)
            for number in each.timed if beside is not None else ():
                yield Held(each, number, beside or (), moving=False)
            beside = self._beside(each, timed=True, some=True)
            for number in each.idle if beside is not None else ():
                yield Held(each, number, beside or (), moving=False)

    def _beside(self, each: Interior, *, timed: bool, some: bool = False) -> Ways | None:
        """Ways to where all other branches stand still too, without the block being done.

        ``timed``: until a time limit will do; ``some``: one of them must wait for one.
        """
        rests = [_rest(other) for other in self.interiors if other is not each]
        rests.sort(key=lambda rest: (rest.idle is not None) + (rest.timed is not None))
        ways: list[Trail] = []
        finished = 0
        for rest in rests:
            if some and rest.timed is not None:
                ways.append(rest.timed)
                some = False
            elif rest.finished is not None and finished < self.need - 1:
                ways.append(rest.finished)
                finished += 1
            elif rest.idle is not None:
                ways.append(rest.idle)
            elif timed and rest.timed is not None:
                ways.append(rest.timed)
            else:
                return None
        return None if some else tuple(ways)


def whole(ground: Ground, node: Node, state: State, interior: Interior, ahead: int) -> Inside:
    """A run, or a block whose branches were explored together."""
    written = interior.part.written & ahead
    data = kept_of(state.data, ahead)
    endings = (
        Ending(
            name, overlaid(data, known, written), (Trail(interior, s),), name in interior.leaving
        )
        for (name, known), s in interior.exits.items()
    )
    mids: dict[Data, Ways] = {}
    for known, trails in middles(interior):
        mids.setdefault(overlaid(data, known, written), trails)
    held = [Held(interior, n, (), moving=False) for n in interior.idle if n in {*interior.dead}]
    if interior.trapped:
        held.append(Held(interior, interior.rounds[0], (), moving=True))
    timed = tuple(Held(interior, number, (), moving=False) for number in interior.timed)
    ends = _distinct(ground, node, endings)
    return Inside(node, (interior,), ends, tuple(mids.items()), tuple(held), timed)


def _distinct(ground: Ground, node: Node, endings: Iterable[Ending]) -> tuple[Ending, ...]:
    """The first ending with each result and what still matters of the data after it."""
    found: dict[tuple[str, Data], Ending] = {}
    for ending in endings:
        ground.spend()
        way = node.results.get(ending.result)
        data = kept_of(ending.data, ground.forget.after(way)) if way else ending.data
        found.setdefault((ending.result, data), ending._replace(data=data))
    return tuple(found.values())


def middles(interior: Interior) -> Iterator[tuple[Data, Ways]]:
    """What a deal can know while a part is open, with a way there."""
    for number, state in enumerate(interior.states):
        yield state.data, (interior.trail(number),)
        for inside in interior.inside.get(number, ()):
            written = 0
            for inner in inside.interiors:
                written |= inner.part.written
            for data, trails in inside.mids if written else ():
                yield overlaid(state.data, data, written), (interior.trail(number, *trails),)


def _finished(interior: Interior) -> Trail:
    return Trail(interior, interior.first_exit(DONE))


def _surely(trail: Trail) -> bool:
    """Whether a branch that finishes can do so whatever limits are spent."""
    finishes = trail.last is not None and trail.last.hop.exit == DONE
    return not finishes or DONE in trail.interior.leaving


class Rest(NamedTuple):
    """Ways to where a branch stands still: finished, stuck for good, stuck until a time limit."""

    finished: Trail | None
    idle: Trail | None
    timed: Trail | None


def _rest(interior: Interior) -> Rest:
    stride = interior.first_exit(DONE)
    idle = next((n for n in interior.idle if n not in interior.ending), None)
    return Rest(
        Trail(interior, stride) if stride is not None else None,
        interior.trail(idle) if idle is not None else None,
        interior.trail(interior.timed[0]) if interior.timed else None,
    )
