"""The slow look at a document that is not right: what exactly is wrong, and what remains."""

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from salesflow.findings import Finding, syntax_finding
from salesflow.schema.accept import accepts, is_metadata
from salesflow.schema.homes import homes
from salesflow.schema.language import KINDS
from salesflow.schema.rules import quoted
from salesflow.schema.shapes import (
    Either,
    Later,
    ListOf,
    MapOf,
    Record,
    Shape,
    Whole,
    chosen,
    resolved,
)
from salesflow.schema.wording import (
    Said,
    Suggestions,
    clipped,
    missing_key,
    unknown_key,
    wrong_key,
    wrong_size,
    wrong_value,
)
from salesflow.source.located import (
    Map,
    Seq,
    emptied,
    key_span,
    put,
    value_span,
    whole_span,
)
from salesflow.spans import NOWHERE, Span

_ABSENT: Final = object()
_GLANCED = 12


class Place(NamedTuple):
    """Where a value stands: under ``key`` of ``holder``; ``path`` is its element path."""

    holder: Any
    key: str | int
    path: str
    label: str
    examples: tuple[Any, ...] = ()


def judged(data: Map, shape: Record | None) -> tuple[Map, tuple[Finding, ...]]:
    """What remains of the document, and its mistakes; ``shape`` None if it is of no kind."""
    judge = Judge(shape)
    if shape is None:
        judge.no_kind(data)
        return Map(), tuple(judge.findings)
    left = judge.judge(shape, data, Place(None, "", "", ""))
    return (Map() if left is _ABSENT else left), tuple(judge.findings)


class Judge:
    """Walks a document along its shape; what is wrong gathers in ``findings``."""

    def __init__(self, root: Shape | None) -> None:
        """Start with nothing found; ``root`` is the shape of the whole document."""
        self.findings: list[Finding] = []
        self._root = root
        self._homes: dict[str, tuple[str, ...]] | None = None
        self._suggestions = Suggestions()

    def say(self, said: Said, span: Span, path: str) -> None:
        """Note a mistake."""
        self.findings.append(
            syntax_finding(said.rule, span, said.message, path=path, hint=said.hint)
        )

    def no_kind(self, data: Map) -> None:
        """Note that a document does not say what it is."""
        near = next(
            (n for n in (self._suggestions.nearest(key, KINDS) for key in data) if n),
            None,
        )
        hint = f"Did you mean `{near}:`?" if near else "For example `process: enterprise`."
        message = f"The file does not say what it is: one of {quoted(KINDS, last='or')} is missing."
        span = whole_span(data) if isinstance(data, Map) else NOWHERE
        self.say(Said("schema", message, hint), span, "")

    def judge(self, shape: Shape, value: Any, place: Place) -> Any:
        """What remains of the value, ``_ABSENT`` if nothing."""
        if isinstance(shape, Later):
            shape = shape.make()
        if isinstance(shape, Either):
            alternative = chosen(shape, value)
            if alternative is None:
                return self._wrong(shape, value, place)
            return self.judge(alternative, value, place)
        walk = _CONTAINERS.get(type(shape))
        if walk is not None:
            return walk(self, shape, value, place)
        if accepts(shape)(value):
            return value
        if isinstance(shape, Whole) and isinstance(value, float) and value.is_integer():
            return self.judge(shape, int(value), place)
        return self._wrong(shape, value, place)

    def _wrong(self, shape: Shape, value: Any, place: Place) -> Any:
        told = self._suggestions
        said = wrong_value(shape, value, place.label, told, examples=place.examples)
        self.say(said, _span(place, value), place.path)
        return _ABSENT

    def _record(self, shape: Record, value: Any, place: Place) -> Any:
        if not isinstance(value, dict):
            return self._wrong(shape, value, place)
        left = _Left(value)
        excused: set[str | None] = set()  # required keys whose absence is told already
        for key, each in value.items():
            known = shape.keys.get(key)
            if known is None:
                if not is_metadata(key):
                    excused |= self._unknown(shape, value, key, place)
                left.drop(key)
                continue
            if not isinstance(each, dict) and accepts(known.shape)(each):
                continue
            inner = Place(value, key, _below(place.path, key), key, known.examples)
            left.keep(key, self.judge(known.shape, each, inner))
        required = [key for key, known in shape.keys.items() if known.required]
        unread = value.unread if isinstance(value, Map) else ()
        for key in required:
            if key not in value and key not in excused and key not in unread:
                said = missing_key(shape, key, shape.keys[key], place.label)
                self.say(said, _name_span(place, value), place.path)
        self._rules(shape, value, place, left)
        result = left.result()
        return _ABSENT if not shape.name and any(key not in result for key in required) else result

    def _rules(self, shape: Record, value: dict[str, Any], place: Place, left: "_Left") -> None:
        if isinstance(value, Map) and value.unread:
            return  # what could not be read may be what is missing
        for rule in shape.rules:
            broken = rule.broken(value)
            if broken is None:
                continue
            said = Said("schema", broken.message, broken.hint)
            if broken.key:
                self.say(said, _key_span(value, broken.key), _below(place.path, broken.key))
            else:
                self.say(said, _name_span(place, value), place.path)
            for key in broken.drop:
                left.drop(key)

    def _unknown(
        self, shape: Record, value: dict[str, Any], key: str, place: Place
    ) -> set[str | None]:
        """Note an unknown key; the keys that are missing only because of it."""
        if self._homes is None:
            self._homes = homes(self._root) if self._root is not None else {}
        said = unknown_key(shape, key, self._homes, self._suggestions)
        self.say(said, _key_span(value, key), _below(place.path, key))
        if key in shape.elsewhere and not shape.name:
            return set(shape.keys)  # parts of two forms are mixed
        return {self._suggestions.nearest(key, shape.keys)}

    def _map(self, shape: MapOf, value: Any, place: Place) -> Any:
        if not isinstance(value, dict):
            return self._wrong(shape, value, place)
        before = len(self.findings)
        if len(value) < shape.least:
            self.say(wrong_size(shape, value, place.label), _span(place, value), place.path)
        left = _Left(value)
        key_fits, fits = accepts(shape.key), accepts(shape.value)
        glance = place.path.count(".") < _GLANCED  # a bound on how often a part is looked at
        for key, each in value.items():
            named = key_fits(key)
            if not named and is_metadata(key):
                left.drop(key)
                continue
            if not named:
                said = wrong_key(shape.key, str(key))
                self.say(said, _key_span(value, key), _below(place.path, key))
            if not glance or not fits(each):
                inner = Place(value, key, _below(place.path, key), str(key))
                kept = self.judge(shape.value, each, inner)
                left.keep(key, _empty(shape, each) if kept is _ABSENT and shape.keep else kept)
            if not named and not shape.keep:
                left.drop(key)
        if shape.whole and len(self.findings) > before:
            return _ABSENT
        result = left.result()
        return result if shape.keep or len(result) >= shape.least else _ABSENT

    def _list(self, shape: ListOf, value: Any, place: Place) -> Any:
        if not isinstance(value, list):
            return self._wrong(shape, value, place)
        kept: list[int] = []
        seen: set[Any] = set()
        for index, each in enumerate(value):
            inner = Place(value, index, place.path, place.label)
            if self.judge(shape.item, each, inner) is _ABSENT:
                continue
            if shape.different and each in seen:
                message = f"`{clipped(str(each))}` stands twice in `{place.label}`."
                self.say(
                    Said("schema", message, "Leave one out."),
                    _span(inner, each),
                    place.path,
                )
                continue
            seen.add(each)
            kept.append(index)
        most = len(value) if shape.most is None else shape.most
        if not shape.least <= len(value) <= most:
            self.say(wrong_size(shape, value, place.label), _span(place, value), place.path)
        if not shape.least <= len(kept) <= most:
            return _ABSENT
        return value if len(kept) == len(value) else _picked(value, kept)


_CONTAINERS: dict[type[Shape], Callable[[Judge, Any, Any, Place], Any]] = {
    Record: Judge._record,
    MapOf: Judge._map,
    ListOf: Judge._list,
}


class _Left:
    """What is left of a map: the map itself until something must go."""

    def __init__(self, value: dict[str, Any]) -> None:
        self._value = value
        self._copy: dict[str, Any] | None = None

    def keep(self, key: str, kept: Any) -> None:
        """The entry becomes ``kept``, or goes."""
        if kept is _ABSENT:
            self.drop(key)
            if isinstance(self._copy, Map):  # told once: whoever judges again misses nothing
                self._copy.unread = (*self._copy.unread, key)
        elif kept is not self._value[key]:
            self._own()[key] = kept

    def drop(self, key: str) -> None:
        """The entry goes."""
        self._own().pop(key, None)

    def result(self) -> dict[str, Any]:
        """The map, or the copy of it that was needed."""
        return self._value if self._copy is None else self._copy

    def _own(self) -> dict[str, Any]:
        if self._copy is None:
            self._copy = _copied(self._value)
        return self._copy


def _below(path: str, key: object) -> str:
    return f"{path}.{key}" if path else str(key)


def _span(place: Place, value: Any) -> Span:
    """Where a value stands."""
    if isinstance(place.holder, Map | Seq):
        return value_span(place.holder, place.key)
    return whole_span(value) if isinstance(value, Map | Seq) else NOWHERE


def _key_span(value: Any, key: str) -> Span:
    return key_span(value, key) if isinstance(value, Map) else NOWHERE


def _name_span(place: Place, value: Any) -> Span:
    """Where the name of a map stands: its key, the item, or the start of the document."""
    if isinstance(place.holder, Map):
        return key_span(place.holder, str(place.key))
    return _span(place, value)


def _empty(shape: MapOf, value: Any) -> Map:
    """What stays of an entry that is wholly wrong: its place, and nothing that would be missing."""
    empty = emptied(value) if isinstance(value, Map) else Map()
    inner = resolved(shape.value)
    options = [o.shape for o in inner.options] if isinstance(inner, Either) else [inner]
    for option in map(resolved, options):
        if isinstance(option, Record):
            empty.unread += tuple(key for key, known in option.keys.items() if known.required)
    return empty


def _copied(value: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(value, Map):
        return dict(value)
    copy = emptied(value)
    for key, each in value.items():
        put(copy, key, each, like=value, like_key=key)
    return copy


def _picked(value: list[Any], kept: list[int]) -> list[Any]:
    if not isinstance(value, Seq):
        return [value[index] for index in kept]
    copy = Seq((value[index] for index in kept), text=value.text, mark=value.mark)
    copy.marks = [value.marks[index] for index in kept if index < len(value.marks)]
    return copy
