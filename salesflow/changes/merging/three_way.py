"""Two versions of some data and what both come from, made one where they do not contradict.

Maps of ids and elements are merged entry by entry, sets by their members; all else is one value,
which at most one side may have changed. An element that one side renamed, saying so with ``was:``,
is followed by what the other side changed in it.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from salesflow.changes.merging.places import (
    FIELDS,
    GONE,
    Members,
    below,
    by_id,
    merging,
    same,
)


class Clash(NamedTuple):
    """A place that both sides changed differently; GONE where a version has nothing there."""

    path: str
    base: Any
    ours: Any
    theirs: Any
    note: str = ""


class Taken(NamedTuple):
    """A place that came from theirs, and how it was and is there; GONE: nothing."""

    path: str
    before: Any
    after: Any


class Merged(NamedTuple):
    """The data that both versions amount to; what of it came from theirs; what does not go."""

    data: Any
    taken: tuple[Taken, ...]
    clashes: tuple[Clash, ...]


class Pair(NamedTuple):
    """The keys of one entry in base, ours and theirs; None where it is not there."""

    base: str | None
    ours: str | None
    theirs: str | None

    @property
    def key(self) -> str:
        """What the entry is called once merged: a new name counts, whoever gave it."""
        new = self.theirs if self.ours == self.base else self.ours
        return new or self.ours or self.theirs or self.base or ""


def three_way(base: Any, ours: Any, theirs: Any, kind: str) -> Merged:
    """Merge plain data of a place of this kind; its depth is the reader's to limit."""
    merge = _Merge()
    data = merge.value("", kind, base, ours, theirs)
    return Merged(data, tuple(merge.taken), tuple(merge.clashes))


def paired(
    kind: str, base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]
) -> list[Pair]:
    """The entries of three maps, those of ours first, each with its keys."""
    mine, other = renamed(kind, base, ours), renamed(kind, base, theirs)
    for old in mine.keys() & other.keys():
        if mine[old] != other[old]:
            del mine[old], other[old]
    mine = {old: new for old, new in mine.items() if new not in theirs or other.get(old) == new}
    other = {old: new for old, new in other.items() if new not in ours or mine.get(old) == new}
    told = {new: old for old, new in (*mine.items(), *other.items())}
    pairs: dict[str, Pair] = {}
    for key in (*ours, *theirs, *base):
        old = told.get(key, key)
        if old not in pairs:
            pairs[old] = Pair(
                old if old in base else None,
                _there(mine.get(old, old), ours),
                _there(other.get(old, old), theirs),
            )
    return [*pairs.values()]


def renamed(kind: str, base: Mapping[str, Any], side: Mapping[str, Any]) -> dict[str, str]:
    """The former ids of elements that a side says it renamed, with the new ones."""
    if not by_id(kind) or kind == FIELDS:
        return {}
    claims: dict[str, list[str]] = {}
    for key, value in side.items():
        was = value.get("was") if isinstance(value, Mapping) else None
        if isinstance(was, str) and was in base and was not in side and key not in base:
            claims.setdefault(was, []).append(key)
    return {old: new[0] for old, new in claims.items() if len(new) == 1}


class _Merge:
    """One merge at work."""

    def __init__(self) -> None:
        self.taken: list[Taken] = []
        self.clashes: list[Clash] = []

    def value(self, path: str, kind: str, base: Any, ours: Any, theirs: Any) -> Any:
        """What stands at a place once merged; where it clashes, what ours has."""
        if same(ours, theirs) or same(theirs, base):
            return ours
        if merging(kind):
            if base is GONE and by_id(kind):
                base = {}
            if all(isinstance(value, Mapping) for value in (base, ours, theirs)):
                return self.entries(path, kind, base, ours, theirs)
        if base is GONE and isinstance(ours, Members):
            base = Members()
        if all(isinstance(value, Members) for value in (base, ours, theirs)):
            return self.members(path, base, ours, theirs)
        if same(ours, base):
            self.taken.append(Taken(path, base, theirs))
            return theirs
        self.clashes.append(Clash(path, base, ours, theirs))
        return ours

    def entries(
        self,
        path: str,
        kind: str,
        base: Mapping[str, Any],
        ours: Mapping[str, Any],
        theirs: Mapping[str, Any],
    ) -> dict[str, Any]:
        """The entries of a map, those of ours first."""
        result = {}
        self.clashes += renamed_twice(path, kind, base, ours, theirs)
        for pair in paired(kind, base, ours, theirs):
            if pair.base == pair.ours and pair.theirs not in (None, pair.ours) and pair.base:
                self.taken.append(Taken(_under(path, pair.base), pair.base, pair.theirs))
            value = self.value(
                _under(path, pair.key),
                below(kind, pair.key),
                _at(base, pair.base),
                _at(ours, pair.ours),
                _at(theirs, pair.theirs),
            )
            if value is not GONE:
                result[pair.key] = value
        return result

    def members(self, path: str, base: Members, ours: Members, theirs: Members) -> Members:
        """A set with what either side added, and without what either side took out."""
        old, new, other = (_named(values) for values in (base, ours, theirs))
        kept = [item for name, item in new.items() if name in other or name not in old]
        added = [item for name, item in other.items() if name not in new and name not in old]
        result = Members([*kept, *added])
        if not same(result, ours):
            self.taken.append(Taken(path, base, theirs))
        return result


def renamed_twice(
    path: str,
    kind: str,
    base: Mapping[str, Any],
    ours: Mapping[str, Any],
    theirs: Mapping[str, Any],
) -> Iterator[Clash]:
    """Elements that both sides renamed, each in its own way."""
    mine, other = renamed(kind, base, ours), renamed(kind, base, theirs)
    for old in base:
        if old in mine and old in other and mine[old] != other[old]:
            note = "both sides renamed it"
            yield Clash(_under(path, old), base[old], mine[old], other[old], note)


def _named(values: Members) -> dict[str, Any]:
    return {str(item): item for item in values}


def _there(key: str, side: Mapping[str, Any]) -> str | None:
    return key if key in side else None


def _at(side: Mapping[str, Any], key: str | None) -> Any:
    return GONE if key is None else side[key]


def _under(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
