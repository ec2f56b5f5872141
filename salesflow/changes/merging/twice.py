"""Elements that both sides took from the same place and put, or gave another id, elsewhere.

Entry by entry nothing contradicts: both took it out here, and each put it in somewhere. But the
result would have it twice.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from salesflow.changes.merging.places import FIELDS, below, by_id, merging
from salesflow.changes.merging.three_way import Clash

ALIKE = 0.5  # the part of what an element said that another one says too
MOST = 100_000  # pairs of elements that are compared; beyond, ids have to do


class _Element(NamedTuple):
    path: str
    kind: str
    data: Mapping[str, Any]

    @property
    def id(self) -> str:
        return self.path.rpartition(".")[2]


def put_elsewhere_twice(base: Any, ours: Any, theirs: Any, kind: str) -> list[Clash]:
    """What both sides moved or renamed, each to a place of its own, in plain data."""
    old, mine, other = (
        {element.path: element for element in _elements(data, kind)}
        for data in (base, ours, theirs)
    )
    gone = [element for path, element in old.items() if path not in mine and path not in other]
    new = [element for path, element in mine.items() if path not in old]
    news = [element for path, element in other.items() if path not in old]
    few = len(gone) * (len(new) + len(news)) <= MOST
    clashes = []
    for element in gone:
        one, two = (_successor(element, each, by_content=few) for each in (new, news))
        if one and two and one != two:
            note = "both sides put it elsewhere"
            clashes.append(Clash(element.path, element.data, one, two, note))
    return clashes


def _successor(old: _Element, new: list[_Element], *, by_content: bool) -> str:
    """The path of what an element became; "" where nothing is like it.

    That is the one that says so, else one with its id, else the one most alike.
    """
    alike = [element for element in new if element.kind == old.kind]
    for element in alike:
        if element.data.get("was") == old.id:
            return element.path
    for element in alike:
        if element.id == old.id:
            return element.path
    told = set(_said(old.data))
    shared = [
        (len(told.intersection(_said(element.data))), element.path)
        for element in (alike if by_content else ())
    ]
    most, path = max(shared, default=(0, ""))
    return path if told and most >= ALIKE * len(told) else ""


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
