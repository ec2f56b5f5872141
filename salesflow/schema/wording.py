"""How a mistake of shape is told: what was expected, what was found, what to write instead."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple, TypeAlias

from salesflow.schema.homes import called
from salesflow.schema.rules import quoted
from salesflow.schema.shapes import (
    LONGEST_ID,
    RESERVED,
    Either,
    Id,
    Key,
    ListOf,
    MapOf,
    Record,
    Shape,
    Text,
    Word,
    kind_of,
    resolved,
)


class Said(NamedTuple):
    """What a finding says."""

    rule: str
    message: str
    hint: str


Examples: TypeAlias = "tuple[Any, ...]"

MOST_SUGGESTIONS = 500  # of different words; whoever has more wrong ones reads the first
_SHOWN = 40  # characters of a wrong value
_FEW = 12  # keys are listed only if they are few

_KINDS = {
    "number": "a number",
    "yes_no": "true or false",
    "list": "a list",
    "map": "a map",
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
        near = suggestions.nearest(value, shape.words)
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
    return f"For example `{label}: {written(examples[0])}`." if examples else ""


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


def wrong_id(shape: Id, text: str, label: str) -> Said:
    """What to say about a text that is no id."""
    if text in RESERVED:
        message = f"`{text}` is a word of the language and cannot stand for {shape.expected} here."
        if shape.expected.startswith("an id"):
            message = f"`{text}` is a word of the language and cannot be an id."
        if text in ("done", "leave"):
            return Said("schema", message, "They end a branch: only a single target may be one.")
        return Said("schema", message, f"Choose another, for example `my_{text}`.")
    strange = next((char for char in text if not char.isascii()), "")
    if strange:
        return _strange(text, strange)
    if any(len(part) > LONGEST_ID for part in (text.split(".") if shape.dotted else [text])):
        message = f"The id `{clipped(text)}` is longer than {LONGEST_ID} characters."
        return Said(
            "limit-exceeded",
            message,
            "Choose a shorter id and write the rest as `name`.",
        )
    where = f"`{label}`: " if label and label != text else ""
    message = f"{where}`{clipped(text)}` is no id: small letters, digits and `_`, a letter first."
    if shape.dotted:
        message = f"{where}`{clipped(text)}` is no path: ids joined by dots."
    better = suggested_id(text, dotted=shape.dotted)
    return Said("schema", message, f"Write `{better}`." if better else "")


def suggested_id(text: str, *, dotted: bool = False) -> str:
    """The id that a text was probably meant to be; "" if none comes near."""
    parts = [
        re.sub("[^a-z0-9]+", "_", re.sub("(?<=[a-z0-9])(?=[A-Z])", "_", part).lower()).strip("_")
        for part in (text.split(".") if dotted else [text])
    ]
    better = ".".join(parts)
    fits = Id(expected="", dotted=dotted).pattern
    return better if re.fullmatch(fits, better) else ""


def meant_id(text: str) -> str:
    """The id that a text of whatever script was probably meant to be; "" if none comes near."""
    latin = text if text.isascii() else _latin(text)
    return suggested_id(latin) if latin.isascii() else ""


# Letters of other scripts that look like Latin ones, in the same order.
_LOOK_ALIKE = str.maketrans(
    "аеорсухіјѕһԁӏոαοερτυνικ",
    "aeopcyxijshdlnaoeptuvik",
)


def _latin(text: str) -> str:
    """The text in Latin letters without accents, as far as that is clear."""
    import unicodedata  # only when something is wrong

    decomposed = unicodedata.normalize("NFKD", text[: 2 * LONGEST_ID]).translate(_LOOK_ALIKE)
    return "".join(each for each in decomposed if not unicodedata.combining(each))


def _strange(text: str, char: str) -> Said:
    import unicodedata  # only when something is wrong

    name = unicodedata.name(char, "a character without a name").lower()
    told = f"U+{ord(char):04X}, {name}"
    visible = f"`{char}` ({told})" if char.isprintable() and not char.isspace() else told
    message = f"The id `{clipped(text)}` contains {visible}; ids are of a to z, 0 to 9 and `_`."
    better = meant_id(text)
    return Said("schema", message, f"Type it as `{better}`." if better else "Type it in a to z.")


def shown(value: Any) -> str:
    """A wrong value for a sentence."""
    kind = kind_of(value)
    if kind in ("list", "map"):
        return _KINDS[kind]
    return f"`{clipped(plain(value))}`"


def plain(value: Any) -> str:
    """A scalar as it is written in YAML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def clipped(text: str) -> str:
    """A text no longer than fits into a message."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def written(value: Any) -> str:
    """An example as it is written in YAML, on one line."""
    if isinstance(value, dict):
        inner = ", ".join(f"{key}: {written(each)}" for key, each in value.items())
        return f"{{{inner}}}"
    if isinstance(value, list):
        return f"[{', '.join(written(each) for each in value)}]"
    text = plain(value)
    return f'"{text}"' if isinstance(value, str) and (":" in text or "," in text) else text
