"""Elements that both sides took from the same place and put, or gave another id, elsewhere.

Entry by entry nothing contradicts: both took it out here, and each put it in somewhere. But the
result would have it twice.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from salesflow.changes.merging.places import FIELDS, GONE, below, by_id, merging
from salesflow.changes.merging.three_way import Clash
from salesflow.changes.sheet import last_id

ALIKE = 0.5  # the part of what an element said that another one says too
MOST = 100_000  # pairs of elements that are compared


class _Element(NamedTuple):
    path: str
    kind: str
    data: Mapping[str, Any]


class _New:
    """The elements that one side put in, by what finds them."""

    def __init__(self, elements: list[_Element]) -> None:
        self.count = len(elements)
        self.of_kind: dict[str, list[tuple[str, frozenset[tuple[str, str]]]]] = {}
        self.by_id: dict[tuple[str, str], str] = {}
        self.by_was: dict[tuple[str, str], str] = {}
        for path, kind, data in elements:
            told = path, frozenset(_said(data))
            self.of_kind.setdefault(kind, []).append(told)
            self.by_id.setdefault((kind, last_id(path)), path)
            self.by_was.setdefault((kind, str(data.get("was"))), path)

    def successor(self, old: _Element) -> str:
        """The path of what an element became; "" where nothing is like it.

        That is the one that says so, else one with its id, else the one most alike.
        """
        name = old.kind, last_id(old.path)
        named = self.by_was.get(name) or self.by_id.get(name)
        if named:
            return named
        told = frozenset(_said(old.data))
        alike = ((len(told & other), path) for path, other in self.of_kind.get(old.kind, ()))
        most, path = max(alike, default=(0, ""))
        return path if told and most >= ALIKE * len(told) else ""


def put_elsewhere_twice(base: Any, ours: Any, theirs: Any, kind: str) -> list[Clash]:
    """What both sides moved or renamed, each to a place of its own, in plain data."""
    old, mine, other = (
        {element.path: element for element in _elements(data, kind)}
        for data in (base, ours, theirs)
    )
    gone = [element for path, element in old.items() if path not in mine and path not in other]
    new = _New([element for path, element in mine.items() if path not in old])
    news = _New([element for path, element in other.items() if path not in old])
    if not gone or not new.count or not news.count:
        return []
    if len(gone) * (new.count + news.count) > MOST:
        note = "too much was put elsewhere on both sides to see what became of it"
        return [Clash(gone[0].path, gone[0].data, GONE, GONE, note)]
    clashes = []
    for element in gone:
        one, two = new.successor(element), news.successor(element)
        if one and two and one != two:
            note = "both sides put it elsewhere"
            clashes.append(Clash(element.path, element.data, one, two, note))
    return clashes


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
