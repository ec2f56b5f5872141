"""How a mistake of shape is told: what was expected, what was found, what to write instead."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeAlias

from salesflow.schema.homes import called
from salesflow.schema.rules import quoted
from salesflow.schema.said import SHOWN, Said, clipped, plain, shown, written
from salesflow.schema.shapes import (
    LONGEST_ID,
    Either,
    Id,
    Key,
    ListOf,
    MapOf,
    Number,
    Record,
    Shape,
    Text,
    Whole,
    Word,
    kind_of,
    resolved,
)
from salesflow.schema.wrong_ids import suggested_id, wrong_id

Examples: TypeAlias = "tuple[Any, ...]"

MOST_SUGGESTIONS = 500  # of different words; whoever has more wrong ones reads the first
_FEW = 12  # keys are listed only if they are few

# What other tools call it -> the word of the language.
_MEANT = {
    **dict.fromkeys(("currency", "amount", "price"), "money"),
    **dict.fromkeys(("string", "str", "free_text", "textarea", "email", "url"), "text"),
    **dict.fromkeys(("bool", "boolean", "checkbox", "flag"), "yes_no"),
    **dict.fromkeys(("int", "integer", "float", "decimal", "count"), "number"),
    **dict.fromkeys(("enum", "select", "picklist", "dropdown", "options", "list"), "choice"),
    **dict.fromkeys(("percentage", "share"), "percent"),
    **dict.fromkeys(("file", "attachment", "pdf"), "document"),
    **dict.fromkeys(("user", "contact", "owner"), "person"),
    **dict.fromkeys(("datetime", "day", "timestamp"), "date"),
    **dict.fromkeys(("success", "closed_won", "win", "closed won"), "won"),
    **dict.fromkeys(("loss", "lose", "closed_lost", "closed lost"), "lost"),
    **dict.fromkeys(("failure", "error"), "failed"),
    **dict.fromkeys(("end", "ended", "complete", "completed", "finished"), "done"),
    **dict.fromkeys(("unqualified", "rejected", "junk"), "disqualified"),
}


class Suggestions:
    """Remembers which known word a mistyped one resembles."""

    def __init__(self) -> None:
        """Start with nothing remembered."""
        self._known: dict[tuple[str, int], str | None] = {}

    def nearest(self, word: str, words: Collection[str]) -> str | None:
        """The one of ``words``, a table of the language, that was probably meant."""
        asked = (word, id(words))
        if asked not in self._known:
            if len(self._known) >= MOST_SUGGESTIONS:
                return None
            from difflib import get_close_matches  # only when something is wrong

            found = get_close_matches(word[:LONGEST_ID].lower(), list(words), 1, 0.6)
            self._known[asked] = found[0] if found else None
        return self._known[asked]


def wrong_value(
    shape: Shape,
    value: Any,
    label: str,
    suggestions: Suggestions,
    *,
    examples: Examples = (),
) -> Said:
    """What to say about a value that has not the shape it should have; ``examples`` fit there."""
    examples = examples or shape.examples
    if isinstance(value, str) and isinstance(shape, Id):
        return wrong_id(shape, value, label)
    if isinstance(value, str) and isinstance(shape, Word):
        near = _MEANT.get(value.lower()) or suggestions.nearest(value, shape.words)
        near = near if near in shape.words else None
        hint = f"Did you mean `{near}`?" if near else ""
        return Said(shape.rule, _must_be(shape, value, label), hint)
    if shape.rule == "not-a-language-version":
        hint = "Write `salesflow: 1`; this version of salesflow reads no other."
        return Said(shape.rule, _must_be(shape, value, label), hint)
    unit = _unit(shape)
    if unit and not isinstance(value, dict | list | bool):
        from salesflow.quantities import explain  # only when something is wrong

        hint = explain(unit, plain(value)) or _example(shape, value, label, examples)
        return Said("bad-unit", _must_be(shape, value, label), hint)
    rule = "schema" if shape.rule == "bad-unit" else shape.rule
    return Said(rule, _must_be(shape, value, label), _example(shape, value, label, examples))


def _unit(shape: Shape) -> str:
    """What a value that is written as text should have measured."""
    if isinstance(shape, Text):
        return shape.unit
    if isinstance(shape, Either) and shape.rule == "bad-unit":
        for option in shape.options:
            if option.kind == "text":
                return _unit(resolved(option.shape))
    return ""


def _must_be(shape: Shape, value: Any, label: str) -> str:
    return f"`{label}` must be {shape.expected}, not {shown(value)}."


def wrong_size(shape: ListOf | MapOf, value: Any, label: str) -> Said:
    """What to say about a list or map with too few or too many entries."""
    found = f"has {len(value)}" if value else "is empty"
    message = f"`{label}` must be {shape.expected}; it {found}."
    return Said("schema", message, _example(shape, value, label, shape.examples))


def wrong_key(shape: Id | Text, text: str) -> Said:
    """What to say about a key of a map that is not of the kind of its keys."""
    if isinstance(shape, Id):
        return wrong_id(shape, text, "")
    message = f"`{clipped(text)}` cannot be a key here: it must be {shape.expected}."
    if shape.unit:
        from salesflow.quantities import explain  # only when something is wrong

        return Said("bad-unit", message, explain(shape.unit, text))
    return Said(
        "schema",
        message,
        f"For example `{shape.examples[0]}`." if shape.examples else "",
    )


def _example(shape: Shape, value: Any, label: str, examples: Examples) -> str:
    if isinstance(shape, Text) and not shape.pattern and not isinstance(value, dict | list):
        return f'Put it in quotes: `{label}: "{plain(value)}"`.'
    kind = kind_of(value)
    if kind == "text" and _is_list(shape):
        return f"Write a list: `{label}: [{plain(value)}]`."
    if kind == "list":
        told = _no_list(shape, value, label)
        if told:
            return told
    if kind == "text" and label and isinstance(shape, Number | Whole):
        number = _bare_number(str(value))
        if number:
            return f"Write `{label}: {number}`."
    if kind in ("text", "number", "yes_no") and label and isinstance(shape, Record):
        filled = _filled(shape, value, examples)
        if filled is not None:
            return f"Write `{label}: {written(filled)}`."
    return f"For example `{label}: {written(examples[0])}`." if examples else ""


def _bare_number(text: str) -> str:
    """The number that stands beside a currency or a unit, ``50€`` or ``USD 50``; "" if none."""
    import re  # only when something is wrong

    found = re.fullmatch(r"(?:[€$£¥]|[A-Z]{3})? ?([0-9]+(?:\.[0-9]+)?) ?(?:[€$£¥]|[A-Z]{3})?", text)
    return found[1] if found else ""


def _no_list(shape: Shape, value: list[Any], label: str) -> str:
    """How to write as a map what was written as a list."""
    if isinstance(shape, Id):
        if label == "by" and len(value) > 1 and all(map(_short, value)):
            others = ", ".join(map(plain, value[1:3]))
            return f"Write who leads the work, and who helps: `by: {value[0]}`, `with: [{others}]`."
        return ""
    if value and all(isinstance(each, dict) and len(each) == 1 for each in value):
        return "Leave out the `-` in front of each: a map has none."
    first = value[0] if value else None
    name = first.get("name", first.get("id")) if isinstance(first, dict) else first
    key = suggested_id(name) if isinstance(name, str) else ""
    if not key or not isinstance(resolved(shape), MapOf):
        return ""
    if isinstance(first, dict):
        return f"Instead of `- name: {clipped(str(name))}` write `{key}:`, its keys indented below."
    inner = resolved(resolved(shape).value)  # type: ignore[attr-defined]
    return (
        f"For example `{label}: {{{key}: {written(inner.examples[0])}}}`." if inner.examples else ""
    )


def _short(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= SHOWN


def _filled(shape: Record, value: Any, examples: Examples) -> dict[str, Any] | None:
    """An example with the value at the first key where it fits, as it was probably meant."""
    from salesflow.schema.accept import accepts  # only when something is wrong

    example = examples[0] if examples else None
    if not isinstance(example, dict):
        return None
    for key, known in shape.keys.items():
        if key in example and accepts(known.shape)(value):
            return {**example, key: value}
    return None


def _is_list(shape: Shape) -> bool:
    kinds = [option.kind for option in shape.options] if isinstance(shape, Either) else []
    return isinstance(shape, ListOf) or (kinds[:1] == ["list"])


def unknown_key(
    record: Record, key: str, places: Mapping[str, tuple[str, ...]], suggestions: Suggestions
) -> Said:
    """What to say about a key that a map does not know; ``places``: where each key belongs."""
    message = f"`{clipped(key)}` is no key of {called(record)}."
    if key in record.elsewhere:
        return Said("unknown-key", message, record.elsewhere[key])
    near = suggestions.nearest(key, record.keys)
    homes = places.get(key, ())
    if homes and (near is None or near != key.lower()):
        return Said("unknown-key", message, f"`{key}` belongs to {_either(homes)}.")
    if near:
        return Said("unknown-key", message, f"Did you mean `{near}`?")
    own = [name for name in record.keys if name not in ("name", "description", "owner", "was")]
    if len(own) <= _FEW:
        return Said("unknown-key", message, f"Its keys: {quoted(own)}. {_FREE}")
    return Said("unknown-key", message, _FREE)


_FREE = "Keys of your own start with `x-`."


def _either(homes: Iterable[str]) -> str:
    names = list(homes)[:3]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def missing_key(record: Record, name: str, key: Key, label: str) -> Said:
    """What to say about a key that must be there."""
    example = f"For example `{name}: {written(key.examples[0])}`." if key.examples else ""
    rule = resolved(key.shape).rule
    if rule == "not-a-language-version":
        message = "The file does not say which version of the language it is written in."
        return Said(rule, message, "Start it with the line `salesflow: 1`.")
    owner = f"`{label}`" if label else f"This {record.name}"
    first = key.description.split(". ")[0].rstrip(".")
    message = f"{owner} has no `{name}`: {first[:1].lower()}{first[1:]}."
    return Said("schema", message, example)
