"""The faults found by the engine, each with a run in the user's ids."""

from collections.abc import Iterator
from typing import NamedTuple

from salesflow.analysis.behaviour.deals import about, missing_at
from salesflow.analysis.behaviour.flags import FLAGS
from salesflow.analysis.behaviour.interior import Held, Interior, Stride, Trail
from salesflow.analysis.circling import place_of_round
from salesflow.analysis.verdict import (
    STUCK,
    TIMED,
    TRAPPED,
    UNFINISHED,
    UNHANDLED,
    WAITS,
    Fault,
)
from salesflow.process.choices import Flag
from salesflow.process.net import START, Net, State
from salesflow.process.places import FROM, Place
from salesflow.process.places import STUCK as STANDS


class Scene(NamedTuple):
    """A part as it is come to: what was taken before, and whether that is sure."""

    interior: Interior
    before: tuple[str, ...]
    sure: bool


def faults(net: Net, deal: Interior, *, troubled: bool = True) -> Iterator[Fault]:
    """All faults, the same one maybe more than once; of those the first has the shortest run.

    ``troubled``: whether anything was found in a block or run.
    """
    scenes = [Scene(deal, (), sure=True)]
    met = {id(deal)}
    for scene in scenes:  # grows while it is walked
        for flag, stride in scene.interior.faults.items():
            yield _flagged(net, scene, flag, stride)
        for number, insides in scene.interior.inside.items() if troubled else ():
            trail = scene.interior.trail(number)
            for inside in insides:
                for interior in inside.interiors:
                    if id(interior) not in met:
                        met.add(id(interior))
                        scenes.append(_deeper(scene, trail, interior))
    top = scenes[0]
    for number in deal.timed:
        yield from _standing(net, top, Held(deal, number, (), moving=False), TIMED)
    for number in deal.idle:
        yield from _standing(net, top, Held(deal, number, (), moving=False), STUCK)
    if deal.trapped:
        yield from _standing(net, top, Held(deal, deal.rounds[0], (), moving=True), TRAPPED)


def _deeper(
    scene: Scene, trail: Trail, interior: Interior, *trails: Trail, besides: str = ""
) -> Scene:
    """A part come to by a trail and then others; what happened in block ``besides`` is left out."""
    inner = (name for other in trails for name in _taken(other))
    taken = (*scene.before, *_taken(trail, besides), *inner)
    sure = scene.sure and not any(t.approximate for t in (trail, *trails))
    return Scene(interior, taken, sure)


def _taken(trail: Trail, besides: str = "") -> Iterator[str]:
    """What is taken on a trail, in order; what happened in block ``besides`` is left out."""
    waiting: list[Trail | tuple[str, ...]] = [trail]
    while waiting:
        part = waiting.pop()
        if not isinstance(part, Trail):
            yield from part
            continue
        waiting.extend(reversed(part.inner))
        for hop in reversed(part.interior.way(part.last)):
            waiting.append(((hop.node,) if hop.kind == START else ()) + hop.taken)
            if not (hop.held and hop.node == besides):
                waiting.extend(reversed(hop.inner))


def _flagged(net: Net, scene: Scene, flag: Flag, stride: Stride) -> Fault:
    trail = Trail(scene.interior, stride)
    kind = FLAGS[flag.kind]
    at = "" if kind in (UNFINISHED, UNHANDLED) else flag.node
    fault = Fault(
        kind=kind,
        node=flag.node,
        witness=_ended((*scene.before, *_taken(trail)), at),
        sure=scene.sure and not trail.approximate,
        field=flag.field,
    )
    return about(net, fault, stride.hop.state)


def _ended(taken: tuple[str, ...], at: str) -> tuple[str, ...]:
    return taken if not at or taken[-1:] == (at,) else (*taken, at)


def _standing(net: Net, scene: Scene, held: Held, kind: str) -> Iterator[Fault]:
    """The faults of a state where nothing goes on, or nothing but round and round."""
    waiting = [(_deeper(scene, _none(held), held.interior, *held.trails), held, kind)]
    while waiting:
        scene, held, kind = waiting.pop()
        trail = held.interior.trail(held.number)
        state = held.interior.states[held.number]
        if held.moving and kind == TIMED:
            continue  # it goes round until then, and does not stand still
        if held.moving:
            place = _place(net, held.interior, held.number)
            yield _found(net, scene, trail, place, state)._replace(kind=TRAPPED)
            continue
        places = [(p, _held_in(held.interior, held.number, p)) for p in _stands(net, state)]
        for place, inner in places:
            deeper = _deeper(scene, trail, held.interior, besides=place.node)
            waiting.extend(
                (_deeper(deeper, _none(h), h.interior, *h.trails), h, kind) for h in inner
            )
        if any(inner and all(h.moving for h in inner) for _, inner in places):
            continue  # it goes round somewhere: the others stand, but not the deal
        for place in (place for place, inner in places if not inner):
            if place.kind != FROM:
                yield _found(net, scene, trail, place, state)._replace(kind=kind)
            elif kind != TIMED:
                yield _waits(net, scene, trail, place, state)


def _none(held: Held) -> Trail:
    return Trail(held.interior, None)


def _place(net: Net, interior: Interior, number: int) -> Place:
    place = place_of_round(net, interior.states, number, interior.rounds[1])
    if place.node in interior.part.nodes:
        return place
    inside = [net.layout.places[p] for p in interior.states[number].marking]
    return next((p for p in inside if p.node in interior.part.nodes), place)


def _stands(net: Net, state: State) -> list[Place]:
    places = [net.layout.places[place] for place in state.marking]
    return [place for place in places if place.kind in (STANDS, FROM)]


def _held_in(interior: Interior, number: int, place: Place) -> tuple[Held, ...]:
    """Where a deal stands in a block that counts as one step, () for any other step."""
    stride: Stride | None = interior.strides[number]
    for hop in reversed(interior.way(stride)):
        if hop.held and hop.node == place.node:
            return hop.held
    return ()


def _waits(net: Net, scene: Scene, trail: Trail, place: Place, state: State) -> Fault:
    missing = missing_at(net, place.node, state)
    return _found(net, scene, trail, place, state)._replace(kind=WAITS, missing=missing)


def _found(net: Net, scene: Scene, trail: Trail, place: Place, state: State) -> Fault:
    fault = Fault(
        kind=STUCK,
        node=place.node,
        witness=_ended((*scene.before, *_taken(trail)), place.node),
        sure=scene.sure and not trail.approximate,
    )
    return about(net, fault, state)
