"""Elements that both sides took from the same place and put, or gave another id, elsewhere.

Entry by entry nothing contradicts: both took it out here, and each put it in somewhere. But the
result would have it twice.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from salesflow.changes.merging.places import FIELDS, below, by_id, merging
from salesflow.changes.merging.three_way import Clash

ALIKE = 0.5  # the part of what an element said that another one says too


class _Element(NamedTuple):
    path: str
    kind: str
    data: Mapping[str, Any]

    @property
    def id(self) -> str:
        return self.path.rpartition(".")[2]


def put_elsewhere_twice(base: Any, ours: Any, theirs: Any, kind: str) -> list[Clash]:
    """What both sides moved or renamed, each to a place of its own, in plain data."""
    if not isinstance(base, Mapping):
        return []
    old, mine, other = (
        {element.path: element for element in _elements(data, kind)}
        for data in (base, ours, theirs)
    )
    gone = [element for path, element in old.items() if path not in mine and path not in other]
    if not gone:
        return []
    new = [e for path, e in mine.items() if path not in old]
    news = [e for path, e in other.items() if path not in old]
    clashes = []
    for element in gone:
        one, two = _successor(element, new), _successor(element, news)
        if one and two and one.path != two.path:
            note = "both sides put it elsewhere"
            clashes.append(Clash(element.path, element.data, one.path, two.path, note))
    return clashes


def _successor(old: _Element, new: list[_Element]) -> _Element | None:
    """What an element became: of those of its kind the one most alike, if it is alike at all."""
    told = set(_said(old.data))
    best, most = None, ALIKE
    for element in new:
        if element.kind != old.kind:
            continue
        if element.data.get("was") == old.id:
            return element
        shared = len(told & set(_said(element.data))) / len(told) if told else 0.0
        if (element.id == old.id and best is None) or shared >= most:
            best, most = element, max(shared, most)
    return best


def _said(data: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from _said(value, f"{path}.{key}")
    else:
        yield path, repr(data)


def _elements(data: Any, kind: str, path: str = "") -> Iterator[_Element]:
    """All elements below a place, with their paths."""
    for key, value in data.items() if isinstance(data, Mapping) and merging(kind) else ():
        place = f"{path}.{key}" if path else key
        inner = below(kind, key)
        if by_id(kind) and kind not in (FIELDS, "results") and isinstance(value, Mapping):
            yield _Element(place, inner, value)
        yield from _elements(value, inner, place)
