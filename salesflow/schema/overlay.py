"""A variant or scenario laid over what it is of: ``change``, then ``remove``.

Maps of ids and elements merge; values, lists and scalars are replaced whole. Nothing that comes in
is changed: a copy is made of each map on the way to a change, all else is shared with the base. A
changed part stands where the change stands, everything else where it stood.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from salesflow.findings import Finding, Related, syntax_finding
from salesflow.schema.expand import expand_change
from salesflow.schema.kinds import PROCESS, document_kind, gathers, kind_at, merges, parts
from salesflow.schema.locks import crossed, locked_change, locks_of
from salesflow.schema.missing import (
    changes_nothing,
    has_room,
    hits_nothing,
    holds,
    meant_removal,
    reach,
)
from salesflow.schema.removals import Place, one_way, removals
from salesflow.source.located import Map, Seq, copied, joined, key_span, put, value_span, whole_span

MOST_PARTS = 64  # of a path: as deep as a file may be nested

_HEADER = ("name", "description", "owner", "was", "version", "goal")
_FIXED = {
    "salesflow": "It is the version of the language.",
    "process": "The id is that of the file itself.",
    "locked": "A lock is lifted where it stands; a `locked:` at the top of a variant adds to them.",
}


def overlay(base: Map, variant: Map, *, binds_locks: bool) -> tuple[Map, tuple[Finding, ...]]:
    """The base as the variant or scenario has it, and what is wrong with the changes.

    ``base`` is a process document, valid, written out, its organization merged in; ``variant`` a
    valid variant or scenario. The result is a process document with the variant's id, still to be
    validated: a change may say anything. ``binds_locks``: whether the base's ``locked`` holds.
    """
    layer = _Layer(base, variant, binds_locks=binds_locks)
    change = variant.get("change")
    if isinstance(change, Map):
        layer.merge(expand_change(change), ())
    layer.remove()
    layer.entitle()
    findings = sorted(set(layer.findings), key=lambda finding: finding.place)
    return layer.result, tuple(findings)


class _Entry(NamedTuple):
    """One change: its path, the map and key it is written at, and where it crossed a lock."""

    place: Place
    holder: Map
    key: str
    held: Place | None


class _Layer:
    """One overlay at work."""

    def __init__(self, base: Map, variant: Map, *, binds_locks: bool) -> None:
        self.of = str(base.get(document_kind(base), ""))
        self.variant = variant
        self.kind = document_kind(variant)
        self.result = copied(base)
        self.mine = {id(self.result): self.result}  # maps made here: free to change
        self.locks = locks_of(base) if binds_locks else ()
        self.findings: list[Finding] = []
        self.removals = removals(variant)

    def merge(self, change: Map, path: tuple[str, ...], held: Place | None = None) -> None:
        """Merge changes into the map at a path; ``held``: where these changes crossed a lock.

        As deep as the change is nested, which the reader limits.
        """
        for entry in self._apart(self._entries(change, path, held)):
            place = entry.place
            if self._refused(place) or not self._stands(place, "change"):
                continue
            value = entry.holder[entry.key]
            if self._merging(place, value):
                self.merge(value, place.path, entry.held or self._crossing(place))
            elif not self._removed_too(place) and not self._meant_removal(entry):
                there = reach(self.result, place.path)[0] == len(place.path)
                self._locked(place, "changes", whole=there, told=entry.held)
                self._make_room(entry)
                holder = self._holder(place.path)
                put(holder, place.path[-1], value, like=entry.holder, like_key=entry.key)

    def _entries(self, change: Map, path: tuple[str, ...], held: Place | None) -> Iterator[_Entry]:
        """The changes of one map; nested maps that only lead to others are opened."""
        waiting = [(change, path, held)]
        for holder, way, above in waiting:  # grows while it is walked
            if not holder:
                self._changes_nothing(Place(way, whole_span(holder)), above)
            for key, value in holder.items():
                place = Place((*way, *parts(key)), key_span(holder, key))
                if "." not in key and self._merging(place, value):
                    waiting.append((value, place.path, above or self._crossing(place)))
                else:
                    yield _Entry(place, holder, key, above)

    def _merging(self, place: Place, value: Any) -> bool:
        """Whether a changed value is a map that merges into what is there."""
        kind = kind_at(PROCESS, place.path)
        if not merges(kind) or not isinstance(value, Map):
            return False
        there, old = reach(self.result, place.path)
        return there == len(place.path) and holds(old, kind)

    def _crossing(self, place: Place) -> Place | None:
        """The place itself if it is locked."""
        return place if crossed(self.locks, place.path, whole=False) else None

    def _make_room(self, entry: _Entry) -> None:
        """Make the map of ids that a changed path leads into, where the base leaves it out."""
        path = entry.place.path
        if reach(self.result, path[:-1])[0] < len(path) - 1:
            holder = self._holder(path[:-1])
            put(holder, path[-2], Map(), like=entry.holder, like_key=entry.key)

    def _holder(self, path: tuple[str, ...]) -> Map:
        """The map that the last part of a path lies in, made here like those on the way."""
        holder = self.result
        for part in path[:-1]:
            holder = self._own(holder, part)
        return holder

    def _own(self, holder: Map, key: str) -> Map:
        """The map at a key, as a copy that is free to change; a list of fields becomes a map."""
        old: Map | Seq = holder[key]
        if isinstance(old, Map) and id(old) in self.mine:
            return old
        if isinstance(old, Map):
            new = copied(old)
        else:
            new = Map()
            for field in old:
                put(new, field, "filled", like=holder, like_key=key)
        put(holder, key, new, like=holder, like_key=key)
        self.mine[id(new)] = new
        return new

    def remove(self) -> None:
        """Apply ``remove``: all that is there goes, whatever the order."""
        there = [
            place
            for place in self.removals
            if not self._refused(place) and self._stands(place, "removal")
        ]
        self._removed_twice(there)
        for place in there:
            self._locked(place, "removes", whole=True)
            if reach(self.result, place.path)[0] == len(place.path):
                del self._holder(place.path)[place.path[-1]]

    def entitle(self) -> None:
        """Give the result the id and the words of the variant, its locks and what it expects."""
        put(self.result, "process", self.variant[self.kind], like=self.variant, like_key=self.kind)
        for key in _HEADER:
            if key in self.variant:
                put(self.result, key, self.variant[key], like=self.variant, like_key=key)
        expected = self.variant.get("expect")
        if isinstance(expected, Map):
            if "objectives" not in self.result:
                put(self.result, "objectives", Map(), like=self.variant, like_key="expect")
            objectives = self._own(self.result, "objectives")
            for name, objective in expected.items():
                put(objectives, name, objective, like=expected, like_key=name)
        added = self.variant.get("locked")
        if isinstance(added, Seq):
            old = self.result.get("locked")
            locked = joined([old, added] if isinstance(old, Seq) else [added])
            put(self.result, "locked", locked, like=self.variant, like_key="locked")

    # what may not be

    def _stands(self, place: Place, doing: str) -> bool:
        """Whether a path exists or, for a change, can be added; found if not."""
        path = place.path
        if has_room(self.result, path) and (
            doing == "change" or reach(self.result, path)[0] == len(path)
        ):
            return True
        finding = hits_nothing(self.result, place.path, place.span, of=self.of, doing=doing)
        self.findings.append(finding)
        return False

    def _refused(self, place: Place) -> bool:
        """Whether a path may not be touched at all; found here."""
        if len(place.path) > MOST_PARTS:
            message = f"This path has more than {MOST_PARTS} parts."
            self.findings.append(syntax_finding("limit-exceeded", place.span, message))
            return True
        why = _FIXED.get(place.path[0])
        if why is None:
            return False
        message = f"`{place.path[0]}` cannot be changed by a {self.kind}."
        self.findings.append(
            syntax_finding("schema", place.span, message, path=place.name, hint=why)
        )
        return True

    def _locked(self, place: Place, doing: str, *, whole: bool, told: Place | None = None) -> None:
        """Find a crossed lock, at the place where the change crossed it (``told``)."""
        lock = crossed(self.locks, place.path, whole=whole)
        if lock is not None:
            at = told or place
            self.findings.append(locked_change(lock, at.name, at.span, of=self.of, doing=doing))

    def _changes_nothing(self, place: Place, held: Place | None) -> None:
        """Find an empty map where something is: it would not empty it."""
        path = place.path
        if path and gathers(kind_at(PROCESS, path[:-1]), path[-1]) and reach(self.result, path)[1]:
            if held is None:
                self.findings.append(changes_nothing(path, place.span))
            else:
                self._locked(place, "changes", whole=False, told=held)

    def _removed_too(self, place: Place) -> bool:
        """Whether a changed path, or one above or below it, is also removed; found here."""
        for removal in self.removals:
            if one_way(removal.path, place.path):
                message = f"`{place.name}` is changed, and `{removal.name}` is removed."
                self._clash(place, removal, message, "Do one of the two.")
                return True
        return False

    def _meant_removal(self, entry: _Entry) -> bool:
        """Whether a change says `null` or `remove` instead of being in ``remove``; found here."""
        place, value = entry.place, entry.holder[entry.key]
        path = meant_removal(self.result, self.variant, place.path, value)
        if not path:
            return False
        message = f"`{value}` takes nothing out: it would be the new value."
        hint = f"Write `remove: [{'.'.join(path)}]` beside `change`, and leave this line out."
        span = value_span(entry.holder, entry.key)
        self.findings.append(syntax_finding("schema", span, message, path=place.name, hint=hint))
        return True

    def _removed_twice(self, removals: list[Place]) -> None:
        """Find a removal at or below another one."""
        above: Place | None = None
        for place in sorted(removals):
            if above is None or place.path[: len(above.path)] != above.path:
                above = place
            else:
                message = f"`{place.name}` goes with `{above.name}`, which is removed too."
                self._clash(place, above, message, "Remove it once.")

    def _apart(self, entries: Iterable[_Entry]) -> list[_Entry]:
        """The changes without those at or below the path of another one, which are found."""
        kept: list[_Entry] = []
        for entry in sorted(entries, key=lambda entry: entry.place):
            above = kept[-1].place if kept else None
            inner = entry.place
            if above is None or inner.path[: len(above.path)] != above.path:
                kept.append(entry)
            else:
                message = f"`{above.name}` and `{inner.name}` change the same place."
                self._clash(inner, above, message, "Write it as one change.")
        return kept

    def _clash(self, one: Place, other: Place, message: str, hint: str) -> None:
        """Find two changes that do not go together, at the later one."""
        first, later = sorted((one, other), key=lambda place: place.span)
        related = (Related(first.name, first.span, "the other one"),)
        self.findings.append(
            Finding(
                "schema", "syntax", "error", later.name, later.span, message, hint, related=related
            )
        )
