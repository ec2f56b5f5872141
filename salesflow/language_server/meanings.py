"""What names stand for across the files of a project, and where else the same thing is named.

A file knows what it says itself, what the organizations say that it uses, and what the process says
that it is of. A name in one file and the same name in a file it knows it from are one thing. So are
the outcome of a process that is run and the result of the step that runs it, the fields of both of
these processes, and a result that leaves a block and the block's result of that name.
"""

import threading
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from salesflow.language_server.mention import (
    CHOICES,
    DATA,
    FLOW,
    PEOPLE,
    PROCESSES,
    SHARED,
    Mention,
    Name,
    Path,
)
from salesflow.language_server.sheets import OVERLAYS, Sheet

_OF_DEAL = frozenset({DATA, CHOICES})  # a process that is run works on the same deal
Point: TypeAlias = tuple[str, Name]  # a name as one file means it: where the file lies, the name
_MOST_DEPTH = 32  # of `use` and `of`


class Where(NamedTuple):
    """A mention with the file it stands in."""

    sheet: Sheet
    mention: Mention


class Meanings:
    """The names of some files; all is worked out when first asked for."""

    def __init__(self, sheets: Mapping[str, Sheet]) -> None:
        """Take the files by where they really lie."""
        self.sheets = sheets
        self._known: dict[str, frozenset[Name]] = {}
        self._parents: dict[Point, Point] = {}
        self._groups: Mapping[Point, list[Where]] | None = None
        self._lock = threading.Lock()  # several questions come at once, each in its thread

    def known(self, sheet: Sheet, depth: int = 0) -> frozenset[Name]:
        """Every name that means something in a file."""
        found = self._known.get(sheet.real)
        if found is None:
            names = {one.name for one in sheet.mentions.all if one.defines}
            names.update(leaving_name(one.of_block) for one in sheet.mentions.leaving)
            if depth < _MOST_DEPTH:
                for other in self.above(sheet):
                    shared = other.kind == "organization"
                    more = self.known(other, depth + 1)
                    names |= {n for n in more if n.space in SHARED} if shared else more
                names |= {Name(PROCESSES, (one.id,)) for one in self._runnable(sheet)}
            if not any(name.space == PEOPLE for name in names):  # any name is a department then
                names.update(one.name for one in sheet.mentions.all if one.name.space == PEOPLE)
            found = self._known[sheet.real] = frozenset(names)
        return found

    def definitions(self, sheet: Sheet) -> Mapping[Name, Where]:
        """Every name that a file knows with a place where it is defined."""
        found: dict[Name, Where] = {}
        for heir in (sheet, *self._lineage(sheet)):
            shared = heir is not sheet and heir.kind == "organization"
            for mention in heir.mentions.all:
                name = mention.name
                if mention.defines and (not shared or name.space in SHARED):
                    found.setdefault(name, Where(heir, mention))
        for run in self._runnable(sheet):
            for mention in run.mentions.all:
                if mention.defines and mention.name.space == PROCESSES:
                    found.setdefault(mention.name, Where(run, mention))
        return found

    def _lineage(self, sheet: Sheet) -> list[Sheet]:
        """The files that a file has names from, and those that they have names from."""
        found: dict[str, Sheet] = {}
        waiting = [*self.above(sheet)]
        while waiting:
            one = waiting.pop(0)
            if one.real not in found and one is not sheet:
                found[one.real] = one
                waiting += self.above(one)
        return [*found.values()]

    def above(self, sheet: Sheet) -> Iterator[Sheet]:
        """The files that a file has names from: what it is of, and organizations that it uses."""
        of = self.sheets.get(sheet.of or "")
        if of is not None and of is not sheet:
            yield of
        for real in sheet.used:
            used = self.sheets.get(real)
            if used is not None and used.kind == "organization":
                yield used

    def _runnable(self, sheet: Sheet) -> Iterator[Sheet]:
        for real in sheet.used:
            used = self.sheets.get(real)
            if used is not None and used.kind in ("process", "variant"):
                yield used

    def meant(self, sheet: Sheet, mention: Mention) -> Name:
        """What a mention stands for: the first of its names that the file knows, else the last."""
        known = self.known(sheet)
        return next((name for name in mention.names if name in known), mention.names[-1])

    def alike(self, sheet: Sheet, name: Name) -> tuple[Where, ...]:
        """Every mention, in all files, of what a name stands for in one, by file and place."""
        groups = self.groups  # before it is asked what is one
        return tuple(groups.get(self._find((sheet.real, name)), ()))

    def points(self, sheet: Sheet, name: Name) -> tuple[Point, ...]:
        """The name as each file means it that has it."""
        found = self.alike(sheet, name)
        return tuple(sorted({(one.sheet.real, self.meant(*one)) for one in found}))

    def defined(self, sheet: Sheet, name: Name) -> tuple[Where, ...]:
        """Where that is said which a name stands for; a variant only says what is not there."""
        alike = [where for where in self.alike(sheet, name) if where.mention.defines]
        own = [where for where in alike if not self.inherited(*where)] or alike
        exact = [where for where in own if self.meant(*where) == name]
        return tuple(exact or own)

    def heirs(self, files: Collection[str]) -> tuple[Sheet, ...]:
        """These files, and all that have names from one of them."""
        found = {real for real in files if real in self.sheets}
        grown = True
        while grown:
            more = {
                real
                for real, sheet in self.sheets.items()
                if real not in found and any(one.real in found for one in self.above(sheet))
            }
            found |= more
            grown = bool(more)
        return tuple(self.sheets[real] for real in sorted(found))

    def inherited(self, sheet: Sheet, mention: Mention) -> bool:
        """Whether a mention that may define means a part of what its file is of."""
        if sheet.kind not in OVERLAYS:
            return False
        name = self.meant(sheet, mention)
        return any(name in self.known(other) for other in self.above(sheet))

    @property
    def groups(self) -> Mapping[Point, list[Where]]:
        """All mentions, those of one thing together."""
        with self._lock:
            if self._groups is None:
                self._groups = self._grouped()
            return self._groups

    def _grouped(self) -> Mapping[Point, list[Where]]:
        pairs: list[tuple[Point, Where]] = []
        for _, sheet in sorted(self.sheets.items()):
            for mention in sheet.mentions.all:
                point = (sheet.real, self.meant(sheet, mention))
                self._tie(sheet, point[1], 0)
                pairs.append((point, Where(sheet, mention)))
            for leaving in sheet.mentions.leaving:
                self._tie_leaving(sheet, leaving.result, leaving.of_block)
        found: dict[Point, list[Where]] = {}
        for point, where in pairs:
            found.setdefault(self._find(point), []).append(where)
        return found

    def _tie_leaving(self, sheet: Sheet, result: Path, of_block: Path) -> None:
        inner, outer = Name(FLOW, result), leaving_name(of_block)
        self._tie(sheet, inner, 0)
        self._tie(sheet, outer, 0)
        self._same((sheet.real, inner), (sheet.real, outer))

    def _tie(self, sheet: Sheet, name: Name, depth: int) -> None:
        """Make the name one with those that the file has it from."""
        point = (sheet.real, name)
        if point in self._parents or depth > _MOST_DEPTH:
            return
        self._parents[point] = point
        for other in self.above(sheet):
            shared = other.kind != "organization" or name.space in SHARED
            if shared and name in self.known(other):
                self._tie(other, name, depth + 1)
                self._same(point, (other.real, name))
        for other, inner in self._inside(sheet, name):
            self._tie(other, inner, depth + 1)
            self._same(point, (other.real, inner))

    def _inside(self, sheet: Sheet, name: Name) -> Iterator[tuple[Sheet, Name]]:
        """What a process that is run has of a name: its id, its outcomes, the data of the deal."""
        if name.space == PROCESSES:
            yield from ((one, name) for one in self._runnable(sheet) if one.id == name.id)
        if name.space in _OF_DEAL and name in self.known(sheet):
            started = {one.process for one in sheet.mentions.runs}
            for one in self._runnable(sheet):
                if one.id in started and name in self.known(one):
                    yield one, name
        if name.space != FLOW or len(name.path) < 2:
            return
        for run in sheet.mentions.runs:
            if run.step == name.path[:-1]:
                outcome = Name(FLOW, name.path[-1:])
                for one in self._runnable(sheet):
                    if one.id == run.process and outcome in self.known(one):
                        yield one, outcome

    def _same(self, one: Point, other: Point) -> None:
        self._parents[self._find(one)] = self._find(other)

    def _find(self, point: Point) -> Point:
        while self._parents.get(point, point) != point:
            point = self._parents[point]
        return point


def leaving_name(of_block: Path) -> Name:
    """The block's result that a result inside of it leads to by `leave`."""
    return Name(FLOW, of_block)


def by_file(places: Iterable[Where]) -> Mapping[Sheet, list[Mention]]:
    """Mentions by file, in the order given."""
    found: dict[Sheet, list[Mention]] = {}
    for sheet, mention in places:
        found.setdefault(sheet, []).append(mention)
    return found
