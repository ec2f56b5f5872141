"""How much speaks for two elements being one, from 0 to 1."""

from collections.abc import Mapping

from salesflow.changes.matching.traits import WORDS, Traits

# How much an aspect says, where both have it and it is rare. What is not listed counts _USUAL.
_WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "step": {
        "leads": 2.0,
        "comes": 2.0,
        "by": 2.0,
        "captures": 2.0,
        "requires": 1.5,
        "effort": 1.0,
        "wait": 1.0,
        "run": 3.0,
        "join": 0.3,
        "facing": 0.3,
        "description": 2.0,
    },
    "branch": {"when": 1.5, "start": 1.5},
    "result": {"to": 2.0, "when": 1.5, "otherwise": 1.0, "parent": 1.0},
    "source": {"start": 2.0, "arrivals": 1.5, "cost": 1.0, "department": 1.0},
    "outcome": {"kind": 2.0, "by result.to": 3.0},
    "stage": {"by step.stage": 3.0, "win_chance": 1.0, "crm": 1.5},
    "role": {
        "by step.by": 3.0,
        "by step.with": 1.0,
        "people": 1.0,
        "cost_per_hour": 1.5,
        "parent": 1.5,
    },
    "department": {
        "by step.by": 3.0,
        "by touchpoint.from": 1.5,
        "by touchpoint.to": 1.5,
        "by source.department": 1.0,
    },
    "field": {
        "type": 1.5,
        "values": 2.0,
        "by step.captures": 3.0,
        "by result.set": 2.0,
        "by step.requires": 2.0,
        "by touchpoint.requires": 1.5,
        "by source.gives": 1.5,
    },
    "touchpoint": {"from": 2.0, "to": 2.0, "at": 1.5, "requires": 1.5, "accept_within": 1.0},
    "policy": {"when": 1.0},
    "objective": {"measure": 2.0, "objective.of": 2.0},
    "calendar": {"hours": 2.0, "timezone": 1.0},
    "run": {"by step.run": 3.0},
}
_USUAL = {"policy": 3.0}
_INNER = 4.0
_SAID = 4.0
_UNKNOWN = 1.0  # as much as is always left open
_UNWANTED = 0.5  # of an aspect that only one has
_LITTLE = 0.4  # names less alike than this say nothing


def likeness(
    old: Traits, new: Traits, new_of: Mapping[str, str], old_of: Mapping[str, str], *, said: bool
) -> float:
    """What the two have in common, of all that either has.

    ``new_of`` and ``old_of`` are the pairs so far; ``said`` where one says it was the other.
    """
    weights = _WEIGHTS.get(old.what, {})
    usual = _USUAL.get(old.what, 0.5)
    alike, all_ = _names(old, new)
    for key in old.plain.keys() | new.plain.keys():
        weight = weights.get(key, usual)
        one, other = old.plain.get(key), new.plain.get(key)
        if one == other:
            weight *= (old.rare[key] + new.rare[key]) / 2
            alike += weight
        elif one is None or other is None:
            weight *= _UNWANTED
        all_ += weight
    for aspect in old.linked.keys() | new.linked.keys():
        weight = weights.get(aspect, usual)
        here, there = old.linked.get(aspect, {}), new.linked.get(aspect, {})
        shared, whole = _linked(here, there, new_of, old_of)
        alike += weight * shared
        all_ += weight * whole
    shared, whole = _inner(old, new)
    told = _SAID if said else 0.0
    return (alike + shared + told) / (all_ + whole + told + _UNKNOWN)


def alike(old: Traits, new: Traits) -> bool:
    """Whether the ids say that the two may be one."""
    return _share(old.letters, new.letters) >= _LITTLE


def _inner(old: Traits, new: Traits) -> tuple[float, float]:
    """What lies in both at the same place in them, of all that lies in either."""
    count = len(old.inner) + len(new.inner)
    weight = min(_INNER, count)
    return weight * 2 * len(old.inner & new.inner) / max(1, count), weight


def _names(old: Traits, new: Traits) -> tuple[float, float]:
    """What the names say for it, and how much they could say."""
    alike = _share(old.letters, new.letters)
    if old.name and new.name:
        alike = max(alike, _share(old.words, new.words))
    if alike < _LITTLE:
        return 0.0, 0.5
    if old.name and old.name == new.name:
        return 3.0, 3.0
    return 2.0 * alike, 0.5 + 1.5 * alike


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / max(1, len(one) + len(other))


def _linked(
    old: Mapping[str, float],
    new: Mapping[str, float],
    new_of: Mapping[str, str],
    old_of: Mapping[str, str],
) -> tuple[float, float]:
    """The part of two sets of links that is common, and how much of them can be judged.

    What has no match yet on both sides may still turn out to be one: that much is left out.
    """
    shared = unlike = 0.0
    open_old = 0
    for path, telling in old.items():
        other = path if path in WORDS else new_of.get(path)
        if other is None:
            open_old += 1
        elif other in new:
            shared += telling + new[other]
        else:
            unlike += max(0.5, telling)
    open_new = 0
    for path, telling in new.items():
        other = path if path in WORDS else old_of.get(path)
        if other is None:
            open_new += 1
        elif other not in old:
            unlike += max(0.5, telling)
    unlike += 0.75 * abs(open_old - open_new)
    if not old or not new:
        unlike *= _UNWANTED
    count = len(old) + len(new)
    return shared / count, (shared + unlike) / count
