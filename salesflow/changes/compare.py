"""The edits between two versions, once it is known which element is which."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from salesflow.changes.edit import Edit, Kind
from salesflow.changes.matching.nouns import Match, Matching
from salesflow.changes.names import REFERENCES, Expressed, Names, translated_row
from salesflow.changes.phrases import expressed
from salesflow.changes.sheet import (
    Row,
    Sheet,
    home_of,
    inside,
    last_id,
    runs_of,
    sheets_of,
)
from salesflow.changes.values import same
from salesflow.process.model import Process

SETS = frozenset({"requires", "returns", "values", "with", "locked", "holidays"})
MAPS = frozenset({"captures", "gives", "set", "crm"})
_ID = "process"  # the key under which a header has its id


class Sides(NamedTuple):
    """Two versions as rows, and what each calls the things of the other."""

    old: Sheet
    new: Sheet
    matching: Matching
    names: Names
    expressed: Expressed

    def meant(self, path: str) -> dict[str, Any]:
        """The own data of an element of the old version, in the names of the new one."""
        return translated_row(self.old[path], path, self.names, self.expressed)


def sides_of(
    old: Process, new: Process, matching: Matching, *, sheets: tuple[Sheet, Sheet] | None = None
) -> Sides:
    """Both versions as rows; ``sheets`` where they are known already."""
    before, after = sheets or sheets_of(old, new)
    names = Names(before, matching.new_of, after)
    return Sides(before, after, matching, names, expressed(old, names))


def edits(old: Process, new: Process, sides: Sides) -> tuple[Edit, ...]:
    """All differences: what was removed in the order of the old version, then by the new one's."""
    compared = _Compared(old, new, sides)
    return (*compared.removed(), *compared.rest())


class _Compared:
    """Two versions being compared."""

    def __init__(self, old: Process, new: Process, sides: Sides) -> None:
        self.old, self.new, self.sides = old, new, sides
        self.homes_old = {"": old} | {f"runs.{n}.": run for n, run in runs_of(old).items()}
        self.homes_new = {"": new} | {f"runs.{n}.": run for n, run in runs_of(new).items()}
        self.lying_old, self.lying_new = inside(sides.old), inside(sides.new)

    def removed(self) -> Iterator[Edit]:
        """What only the old version has, topmost elements only."""
        new_of = self.sides.matching.new_of
        for path, row in self.sides.old.items():
            if path not in new_of and (not row.parent or row.parent in new_of):
                data = _nested(path, self.sides.old, self.lying_old, new_of)
                yield Edit(kind="removed", what=row.what, path=path, old_path=path, old=data)

    def rest(self) -> Iterator[Edit]:
        """What is new, and what changed, in the order of the new version."""
        sides = self.sides
        old_of = sides.matching.old_of
        for path, row in sides.new.items():
            match = sides.matching.matches.get(path)
            if match is not None:
                yield from self.element(match, sides.old[match.old], row)
            elif not row.parent or row.parent in old_of:
                data = _nested(path, sides.new, self.lying_new, old_of)
                yield Edit(kind="added", what=row.what, path=path, new=data)

    def element(self, match: Match, before: Row, after: Row) -> Iterator[Edit]:
        """What became of one element."""
        data = self.sides.meant(match.old)
        if match.old != match.new:
            yield from self.elsewhere(match, before, after)
        if data == after.data and before.data is data:
            return
        for key in dict.fromkeys([*after.data, *data]):
            at = _At(match, after.what, key)
            if key == _ID and after.what in ("process", "run"):
                akin = of_each_other(self.old, self.new)
                yield from _header(at, (before, after), akin=akin)
            elif not same(key, data.get(key), after.data.get(key)):
                yield from self.field(
                    at, _Was(before.data.get(key), data.get(key)), after.data.get(key)
                )

    def elsewhere(self, match: Match, before: Row, after: Row) -> Iterator[Edit]:
        """An element that is called otherwise, or lies in another one."""
        at = _At(match, after.what, "")
        ids = last_id(match.old), last_id(match.new)
        if ids[0] != ids[1]:
            yield at.edit("renamed", *ids)
        if self.sides.matching.new_of.get(before.parent, "") != after.parent:
            yield at.edit("moved", match.old, match.new)

    def field(self, at: "_At", was: "_Was", new: Any) -> Iterator[Edit]:
        """What changed under one key."""
        if at.key in SETS:
            yield from _items(at, was, new or [])
        elif at.key in MAPS:
            yield from _entries(at, was, new or {})
        else:
            moves = at.what == "step" and self.moves(at, was.written, new)
            yield at.edit("moved" if moves else "changed", was.written, new)

    def moves(self, at: "_At", old: Any, new: Any) -> bool:
        """Whether a step goes to another stage or department."""
        if at.key == "stage":
            return True
        if at.key != "by" or old is None or new is None:
            return False
        home = home_of(at.match.old)
        before = self.homes_old[home].roles.get(old)
        after = self.homes_new[home_of(at.match.new)].roles.get(new)
        people = self.sides.names.renamed(home, REFERENCES["step"]["by"])
        known = before is not None and after is not None
        return known and bool(people(before.department) != after.department)


class _At(NamedTuple):
    """A key of an element that both versions have, "" for the element itself."""

    match: Match
    what: str
    key: str

    def edit(self, kind: Kind, old: Any, new: Any, *, inner: str = "") -> Edit:
        return Edit(
            kind=kind,
            what=self.what,
            path=self.match.new,
            old_path=self.match.old,
            field=f"{self.key}.{inner}" if inner else self.key,
            old=old,
            new=new,
            confidence=self.match.confidence,
            announced=self.match.announced,
        )


class _Was(NamedTuple):
    """An old value as it was written, and in the names of the new version."""

    written: Any
    meant: Any


def of_each_other(old: Process, new: Process) -> bool:
    """Whether one of two processes is a variant of the other, whatever lies between them."""
    ids = []
    for one, other in ((old, new), (new, old)):
        base = one.base
        while base is not None:
            ids.append((base.process.id, other.id))
            base = base.process.base
    return any(one == other for one, other in ids)


def _header(at: _At, rows: tuple[Row, Row], *, akin: bool) -> Iterator[Edit]:
    """The id of the process itself; that of one that is run is the end of its path."""
    before, after = rows
    old, new = before.data[_ID], after.data[_ID]
    if at.what == "process" and old != new:
        said = akin or after.was == old or before.was == new
        match = at.match._replace(announced=said)
        yield _At(match, at.what, "").edit("renamed", old, new)


def _items(at: _At, was: _Was, new: list[Any]) -> Iterator[Edit]:
    """What changed in a list whose order means nothing."""
    for item, meant in zip(was.written or (), was.meant or (), strict=True):
        if meant not in new:
            yield at.edit("changed", item, None)
    for item in new:
        if item not in (was.meant or ()):
            yield at.edit("changed", None, item)


def _entries(at: _At, was: _Was, new: Mapping[str, Any]) -> Iterator[Edit]:
    """What changed in a map by ids."""
    written, meant = was.written or {}, was.meant or {}
    for (name, value), (there, other) in zip(written.items(), meant.items(), strict=True):
        if there not in new:
            yield at.edit("changed", value, None, inner=name)
        elif not same(there, other, new[there]):
            yield at.edit("changed", value, new[there], inner=there)
    for name, value in new.items():
        if name not in meant:
            yield at.edit("changed", None, value, inner=name)


def _nested(
    path: str, sheet: Sheet, lying: Mapping[str, list[str]], matched: Mapping[str, str]
) -> dict[str, Any]:
    """An element with what lies in it, but for what the other version has elsewhere."""
    row = sheet[path]
    data = dict(row.data)
    for inner in lying.get(path, ()):
        if inner not in matched:
            key = inner.split(".")[-2]
            data.setdefault(key, {})[last_id(inner)] = _nested(inner, sheet, lying, matched)
    return data
