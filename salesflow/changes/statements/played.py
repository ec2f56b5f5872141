"""Runs of the token game to steps: to one, to two at once, to one again."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from salesflow.changes.statements.free import Free, run_to
from salesflow.changes.statements.game import FAR, Found, Goal
from salesflow.changes.statements.versions import Version
from salesflow.process.net import State
from salesflow.process.steps import Step


def both_open(version: Version, one: int, other: int) -> bool:
    """Whether the token game shows the steps of two numbers open at once."""
    first, second = version.spot_of[one], version.spot_of[other]
    if version.game.left <= 0:
        return False
    wanted = {_active(version, first), _active(version, second)}
    far_first, far_second = (version.game.distances([spot]) for spot in (first, second))

    def met(state: State, _: tuple[str, ...]) -> bool:
        return wanted.issubset(state.marking)

    def far(marking: Sequence[int]) -> int:
        near = min((far_first[place] for place in marking), default=FAR)
        return near + min((far_second[place] for place in marking), default=FAR)

    return version.game.find(met, far) is not None


def comes(version: Version, number: int) -> bool:
    """Whether it is certain that a deal can come to the spot of a number."""
    spot = version.spot_of[number]
    if spot in version.free:
        return True
    if spot not in version.come:
        version.come[spot] = False
        if version.game.left > 0:
            active = _active(version, spot)
            version.come[spot] = (
                version.game.find(lambda state, _: active in state.marking, _to(version, spot))
                is not None
            )
    return version.come[spot]


def taking(version: Version, spot: int, results: frozenset[str]) -> tuple[str, ...] | None:
    """A run at whose end a step takes one of some results, by their paths."""
    for way in version.chart.ways[spot]:
        if way.free and way.via in results and spot in version.free:
            return (*run_to(version.free, spot), way.via)
    if version.game.left <= 0:
        return None
    far = _to(version, spot)
    found = version.game.find(lambda _, taken: not results.isdisjoint(taken), far)
    return found.run if found else None


class Round(NamedTuple):
    """What a deal takes from one visit of a step to the next, and in all, first and last."""

    taken: tuple[str, ...]
    whole: tuple[str, ...]


def twice(version: Version, number: int) -> Round | None:
    """How a deal comes back to a step; a way that can always be gone counts twice."""
    spot = version.spot_of[number]
    if spot in version.free:
        walk = Free(version.chart)
        found = walk.round(spot)
        version.points -= walk.steps
        if found is not None:
            return Round(found, found * 2)
    if version.game.left <= 0:
        return None
    active = _active(version, spot)

    def there(state: State, _: tuple[str, ...]) -> bool:
        return active in state.marking

    far = _to(version, spot)
    first = version.game.find(there, far)
    return _again(version, spot, first) if first is not None else None


def _again(version: Version, spot: int, first: Found) -> Round | None:
    """On from a first visit, by each result that may end it, to the next one."""
    step, path = version.chart.spots[spot].thing, version.chart.spots[spot].path
    active = _active(version, spot)
    far = _to(version, spot)
    for name in sorted(step.next) if isinstance(step, Step) else ():
        left = version.game.find(_takes(f"{path}.{name}"), lambda _: 0, begin=first)
        if left is None:
            continue
        found: Found | None = left
        if active not in left.state.marking:
            found = version.game.find(lambda state, _: active in state.marking, far, begin=left)
        if found is not None:
            return Round(found.run[len(first.run) :], found.run)
    return None


def _takes(path: str) -> Goal:
    return lambda _, taken: path in taken


def _active(version: Version, spot: int) -> int:
    """The place that is held while a step is open."""
    return version.game.net.layout.nodes[version.chart.spots[spot].path].active


def _to(version: Version, spot: int) -> Callable[[Sequence[int]], int]:
    """How far it is to a step from where the nearest token stands."""
    distances = version.game.distances([spot])
    return lambda marking: min((distances[place] for place in marking), default=FAR)
