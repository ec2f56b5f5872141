"""The slow look at a document that is not right: what exactly is wrong, and what remains."""

from itertools import chain
from typing import Any, NamedTuple

from salesflow.findings import Finding, syntax_finding
from salesflow.schema.accept import accepts, is_metadata, parts
from salesflow.schema.homes import homes
from salesflow.schema.language import KINDS
from salesflow.schema.leftover import ABSENT, Left, empty, picked
from salesflow.schema.rules import ExactlyOne, OnlyFor, quoted
from salesflow.schema.said import Said, clipped
from salesflow.schema.shapes import (
    Either,
    Later,
    ListOf,
    MapOf,
    Record,
    Shape,
    Whole,
    chosen,
)
from salesflow.schema.strayed import strayed
from salesflow.schema.wording import (
    Suggestions,
    missing_key,
    unknown_key,
    wrong_key,
    wrong_size,
    wrong_value,
)
from salesflow.source.located import (
    Map,
    Seq,
    key_span,
    value_span,
    whole_span,
)
from salesflow.spans import NOWHERE, Span

# What only stands in one kind of element -> where those are listed.
_MARKS = (("next", "steps"), ("by", "steps"), ("kind", "outcomes"), ("start", "sources"))
_GLANCED = 12  # so deep are parts asked as a whole first: a bound on how often each is asked


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
    return (Map() if left is ABSENT else left), tuple(judge.findings)


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
        if not near and "salesflow" not in data:
            hint = (
                "If it is a file of another tool, name only those of salesflow. They start with "
                "`salesflow: 1` and, for example, `process: enterprise`."
            )
        message = f"The file does not say what it is: one of {quoted(KINDS, last='or')} is missing."
        self.say(Said("schema", message, hint), _span(Place(None, "", "", ""), data), "")

    def judge(self, shape: Shape, value: Any, place: Place) -> Any:
        """What remains of the value, ``ABSENT`` if nothing."""
        if isinstance(shape, Later):
            shape = shape.make()
        if isinstance(shape, Either):
            alternative = chosen(shape, value)
            if alternative is None:
                return self._wrong(shape, value, place)
            return self.judge(alternative, value, place)
        if isinstance(shape, Record):
            return self._record(shape, value, place)
        if isinstance(shape, MapOf):
            return self._map(shape, value, place)
        if isinstance(shape, ListOf):
            return self._list(shape, value, place)
        if accepts(shape)(value):
            return value
        if isinstance(shape, Whole) and isinstance(value, float) and value.is_integer():
            return self.judge(shape, int(value), place)
        return self._wrong(shape, value, place)

    def _wrong(self, shape: Shape, value: Any, place: Place) -> Any:
        told = self._suggestions
        said = wrong_value(shape, value, place.label, told, examples=place.examples)
        self.say(said, _span(place, value), place.path)
        return ABSENT

    def _record(self, shape: Record, value: Any, place: Place) -> Any:
        if not isinstance(value, dict):
            return self._wrong(shape, value, place)
        fits_at, required = parts(shape)
        left = Left(value)
        excused: set[str | None] = set()  # required keys whose absence is told already
        moved: set[str] = set()  # told already: what is to be written elsewhere
        glance = place.path.count(".") < _GLANCED
        for key, each in value.items():
            fits = fits_at.get(key)
            if fits is None:
                if not is_metadata(key) and shape.elsewhere.get(key) not in moved:
                    excused |= self._unknown(shape, value, key, place)
                    moved.add(shape.elsewhere.get(key, key))
                left.keep(key, ABSENT)
            elif not glance or not fits(each):
                known = shape.keys[key]
                inner = Place(value, key, _below(place.path, key), key, known.examples)
                left.keep(key, self.judge(known.shape, each, inner))
        unread = value.unread if isinstance(value, Map) else ()
        for key in required:
            if key not in value and key not in excused and key not in unread:
                said = missing_key(shape, key, shape.keys[key], place.label)
                self.say(said, _name_span(place, value), place.path)
        self._rules(shape, value, place, left, excused)
        result = left.result()
        return ABSENT if not shape.name and any(key not in result for key in required) else result

    def _rules(
        self, shape: Record, value: dict[str, Any], place: Place, left: Left, told: set[str | None]
    ) -> None:
        """Note broken rules, save where they are only consequences of what is ``told`` already."""
        if isinstance(value, Map) and value.unread:
            return  # what could not be read may be what is missing
        for rule in shape.rules:
            broken = rule.broken(value)
            if broken is None or (not broken.drop and told.intersection(rule.wanted)):
                continue
            if isinstance(rule, OnlyFor) and rule.key in value.keys() - left.result().keys():
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
        if not place.path and isinstance(value[key], dict):
            home = next((home for mark, home in _MARKS if mark in value[key]), "")
            if home in shape.keys:
                said = said._replace(hint=f"Does it belong to `{home}`? Indent it below that.")
        self.say(said, _key_span(value, key), _below(place.path, key))
        if key in shape.elsewhere:
            return set(shape.keys)  # it stands for what is missing
        near = self._suggestions.nearest(key, shape.keys)
        if near is None:  # it may be meant to be one of those of which one must be there
            choices = (rule.keys for rule in shape.rules if isinstance(rule, ExactlyOne))
            return {None, *chain.from_iterable(choices)}
        return {near}

    def _map(self, shape: MapOf, value: Any, place: Place) -> Any:
        if not isinstance(value, dict):
            return self._wrong(shape, value, place)
        before = len(self.findings)
        if len(value) < shape.least:
            self.say(wrong_size(shape, value, place.label), _span(place, value), place.path)
        left = Left(value)
        key_fits, fits = accepts(shape.key), accepts(shape.value)
        glance = place.path.count(".") < _GLANCED
        beside = self._strayed(shape, value, place)
        for key, each in value.items():
            if key in beside:
                left.drop(key)
                continue
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
                left.keep(key, empty(shape, each) if kept is ABSENT and shape.keep else kept)
            if not named and not shape.keep:
                left.drop(key)
        if shape.whole and len(self.findings) > before:
            return ABSENT
        result = left.result()
        return result if shape.keep or len(result) >= shape.least else ABSENT

    def _strayed(self, shape: MapOf, value: dict[str, Any], place: Place) -> tuple[str, ...]:
        """Keys of the element above that stand beside it for want of indentation, told as one."""
        element, keys = strayed(shape, value)
        if keys:
            message = f"`{keys[0]}` stands beside `{element}`, and belongs to it."
            said = Said("schema", message, f"Indent what belongs to `{element}` further than it.")
            self.say(said, _key_span(value, keys[0]), _below(place.path, keys[0]))
        return keys

    def _list(self, shape: ListOf, value: Any, place: Place) -> Any:
        if not isinstance(value, list):
            return self._wrong(shape, value, place)
        kept: list[int] = []
        seen: set[Any] = set()
        for index, each in enumerate(value):
            inner = Place(value, index, place.path, place.label)
            if self.judge(shape.item, each, inner) is ABSENT:
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
            return ABSENT
        return value if len(kept) == len(value) else picked(value, kept)


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
