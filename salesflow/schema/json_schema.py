"""The language as JSON Schema, for editors and for whoever checks files with other tools."""

from collections.abc import Callable, Mapping
from typing import Any

from salesflow.schema.language import KINDS, document
from salesflow.schema.shapes import (
    METADATA,
    Anything,
    Either,
    Id,
    Key,
    ListOf,
    MapOf,
    Number,
    Option,
    Record,
    Shape,
    Text,
    Whole,
    Word,
    YesNo,
    resolved,
)

DRAFT = "https://json-schema.org/draft/2020-12/schema"
TYPES = {
    "text": "string",
    "number": "number",
    "yes_no": "boolean",
    "list": "array",
    "map": "object",
}

_FREE = {f"^{METADATA}": {"description": "Free metadata: anything may stand here."}}


def json_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of the language, for data read with its scalars.

    Accepts exactly the documents in which ``validate`` finds nothing. Patterns are those of
    ECMA 262: ``$`` is the end of the text.
    """
    translator = _Translator()
    chain: dict[str, Any] = {"oneOf": [{"required": [kind]} for kind in KINDS]}
    for kind in reversed(KINDS):
        whole = translator.schema(document(kind))
        chain = {"if": {"required": [kind]}, "then": whole, "else": chain}
    heads = {
        kind: _head(document(kind).keys[kind]) for kind in KINDS
    }  # so that editors offer the kinds in an empty file
    version = translator.key(document("process").keys["salesflow"])
    return {
        "$schema": DRAFT,
        "$id": "https://salesflow.dev/schema/1/salesflow.json",
        "title": "salesflow",
        "description": "A sales process, its organization, variants, scenarios and tests.",
        "type": "object",
        "required": ["salesflow"],
        "properties": {"salesflow": version, **heads},
        **chain,
        "$defs": dict(sorted(translator.definitions.items())),
    }


def _head(key: Key) -> dict[str, Any]:
    return {
        "title": key.title,
        "description": key.description,
        "examples": list(key.examples),
    }


class _Translator:
    """Turns shapes into schemas; those with a name become definitions."""

    def __init__(self) -> None:
        self.definitions: dict[str, Any] = {}
        self._named: dict[str, Shape] = {}

    def schema(self, shape: Shape) -> dict[str, Any]:
        """The schema of a shape: a reference if the shape has a name."""
        shape = resolved(shape)
        if not shape.name:
            return self._whole(shape)
        known = self._named.setdefault(shape.name, shape)
        if known is not shape:
            raise ValueError(f"two shapes are called {shape.name}")
        if shape.name not in self.definitions:
            self.definitions[shape.name] = {}  # known before it is whole: it may contain itself
            self.definitions[shape.name] = self._whole(shape)
        return {"$ref": f"#/$defs/{shape.name}"}

    def key(self, key: Key) -> dict[str, Any]:
        """The schema of what stands at a key, with its hover texts."""
        return {**_head(key), **self.schema(key.shape)}

    def _whole(self, shape: Shape) -> dict[str, Any]:
        said: dict[str, Any] = {}
        if shape.description:
            said["description"] = shape.description
        if shape.examples:
            said["examples"] = list(shape.examples)
        return said | _MAKERS[type(shape)](self, shape)

    def text(self, shape: Text | Id) -> dict[str, Any]:
        made: dict[str, Any] = {"type": "string"}
        if shape.pattern:
            made["pattern"] = anchored(shape.pattern)
            made["patternErrorMessage"] = f"Must be {shape.expected}."
        return made

    def list_of(self, shape: ListOf) -> dict[str, Any]:
        made: dict[str, Any] = {"type": "array", "items": self.schema(shape.item)}
        if shape.least:
            made["minItems"] = shape.least
        if shape.most is not None:
            made["maxItems"] = shape.most
        if shape.different:
            made["uniqueItems"] = True
        return made

    def map_of(self, shape: MapOf) -> dict[str, Any]:
        value = self.schema(shape.value)
        made: dict[str, Any] = {"type": "object"}
        if shape.key.pattern:
            made["patternProperties"] = {anchored(shape.key.pattern): value, **_FREE}
            made["additionalProperties"] = False
        if shape.least:
            made["minProperties"] = shape.least
        return made

    def record(self, shape: Record) -> dict[str, Any]:
        made: dict[str, Any] = {
            "type": "object",
            "properties": {name: self.key(key) for name, key in shape.keys.items()},
            "patternProperties": _FREE,
            "additionalProperties": False,
        }
        required = [name for name, key in shape.keys.items() if key.required]
        if required:
            made["required"] = required
        if shape.rules:
            made["allOf"] = [rule.schema() for rule in shape.rules]
        return made

    def either(self, shape: Either) -> dict[str, Any]:
        """Branches of different types; among maps, the keys decide."""
        maps = [option for option in shape.options if option.kind == "map"]
        branches = [self.schema(option.shape) for option in shape.options if option.kind != "map"]
        if maps:
            branches.append(self._maps(maps))
        return branches[0] if len(branches) == 1 else {"anyOf": branches}

    def _maps(self, options: list[Option]) -> dict[str, Any]:
        if not options[0].having:
            return self.schema(options[0].shape)
        chain: dict[str, Any] = {"not": {}}
        offered: dict[str, Any] = {}
        for option in reversed(options):
            then = self.schema(option.shape)
            if not option.having:
                chain = then
                continue
            having = {"anyOf": [{"required": [name]} for name in option.having]}
            chain = {"if": having, "then": then, "else": chain}
            record = resolved(option.shape)
            if isinstance(record, Record):
                offered |= {name: _head(record.keys[name]) for name in option.having}
        # `properties` demand nothing: they let editors offer the keys that decide.
        return {
            "type": "object",
            "properties": offered,
            **(chain or {"not": {}}),
        }


def _word(_translator: _Translator, shape: Word) -> dict[str, Any]:
    return {"enum": list(shape.words)}


def _whole_number(_translator: _Translator, shape: Whole) -> dict[str, Any]:
    if shape.least is not None and shape.least == shape.most:
        return {"const": shape.least}
    return {"type": "integer", **_bounds(shape.least, shape.most)}


def _number(_translator: _Translator, shape: Number) -> dict[str, Any]:
    return {"type": "number", **_bounds(shape.least, None)}


def _bounds(least: float | None, most: float | None) -> Mapping[str, float]:
    made = {} if least is None else {"minimum": least}
    return made if most is None else {**made, "maximum": most}


def _yes_no(_translator: _Translator, shape: YesNo) -> dict[str, Any]:
    return {"type": "boolean"} if shape.only is None else {"const": shape.only}


def _anything(_translator: _Translator, _shape: Anything) -> dict[str, Any]:
    return {}


_MAKERS: dict[type[Shape], Callable[[_Translator, Any], dict[str, Any]]] = {
    Anything: _anything,
    Text: _Translator.text,
    Id: _Translator.text,
    Word: _word,
    Whole: _whole_number,
    Number: _number,
    YesNo: _yes_no,
    ListOf: _Translator.list_of,
    MapOf: _Translator.map_of,
    Record: _Translator.record,
    Either: _Translator.either,
}


def anchored(pattern: str) -> str:
    """A pattern that matches the whole text."""
    return f"^(?:{pattern})$"
