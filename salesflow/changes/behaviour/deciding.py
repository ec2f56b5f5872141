"""Whether deals are told apart otherwise: by other conditions, or by other values."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from salesflow.changes.behaviour.alike import Alike
from salesflow.changes.values import same

_FILLED = ("set", "captures", "gives")


def decides_otherwise(alike: Alike, fields: Collection[str]) -> bool:
    """Whether a condition differs, or a value of one of the ``fields`` that conditions look at."""
    return any(_differs(old, new, fields) for old, new in _pairs(alike))


def _pairs(alike: Alike) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """The data of what is not the same in both versions, in the names of the new one."""
    sides = alike.sides
    nothing: Mapping[str, Any] = {}
    for path, row in sides.new.items():
        if row.what not in ("result", "branch", "source", "step", "field") or alike.same(path):
            continue
        old = sides.matching.old_of.get(path)
        if old is None:
            yield nothing, row.data
        else:
            yield sides.meant(old), row.data
    for path, row in sides.old.items():
        if path not in sides.matching.new_of:
            yield row.data, nothing


def _differs(old: Mapping[str, Any], new: Mapping[str, Any], fields: Collection[str]) -> bool:
    if not same("when", old.get("when"), new.get("when")):
        return True
    if any(not same(key, old.get(key), new.get(key)) for key in ("values", "type")):
        return True
    return any(
        not same(key, old.get(key, {}).get(name), new.get(key, {}).get(name))
        for key in _FILLED
        for name in fields
    )
