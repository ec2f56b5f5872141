"""Conditions of other tools in our own expressions, and the data fields that they speak of."""

import re
from typing import Any, NamedTuple

from salesflow.expressions import FieldType, Scope, compile_expression
from salesflow.expressions.parser import parse
from salesflow.expressions.tree import (
    Chain,
    Compare,
    Filled,
    Minus,
    Node,
    Not,
    Number,
    Several,
    Truth,
    Word,
    broken,
    every,
)
from salesflow.importing.naming import Names
from salesflow.schema.shapes import RESERVED

_MONEY = re.compile(r"amount|price|value|cost|budget|revenue|betrag|preis|wert|umsatz")
_VALUE = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_WRAPPED = re.compile(r"[$#]\{(.*)\}|=\s*(.*)", re.DOTALL)
_LONGEST = 1000  # characters; longer ones are programs


class Read(NamedTuple):
    """A condition that could be read: its text, words as they stand, and what each word must be."""

    text: str
    fields: dict[str, FieldType]


class Conditions:
    """All conditions of one process: fields get their types from all of them together."""

    def __init__(self, known: dict[str, FieldType], names: Names) -> None:
        """Start with the fields that the process has; ``names`` gives the ids of further ones."""
        self.known = dict(known)
        self.names = names
        self.ids = {name: name for name in known}  # a word -> the field's id
        self.read: dict[str, Read | None] = {}
        self.unfit: set[str] = set()  # words that are used in two ways

    def add(self, text: str) -> None:
        """Take a condition into account; to be called for all before any is translated."""
        if text in self.read:
            return
        self.read[text] = found = _read(text)
        for word, wanted in (found.fields if found else {}).items():
            name = self.ids.get(word)
            if name is None:
                name = self.ids[word] = self.names.give(word, otherwise="field")
                self.known[name] = wanted
                continue
            merged = _merged(self.known[name], wanted, fixed=name == word and word not in self.read)
            if merged is None:
                self.unfit.add(word)
            else:
                self.known[name] = merged

    def translated(self, text: str) -> str | None:
        """The condition in the language; None where it is none there."""
        found = self.read.get(text)
        if found is None or self.unfit & found.fields.keys():
            return None
        written = re.sub(
            r"[A-Za-z_][A-Za-z0-9_]*",
            lambda word: self.ids[word[0]] if word[0] in found.fields else word[0],
            found.text,
        )
        expression, _ = compile_expression(written, Scope(self.known))
        return written if expression is not None else None

    def fields(self, used: set[str]) -> dict[str, Any]:
        """The fields that the conditions ``used`` speak of, as the language declares them."""
        words = {word for text in used for word in (self.read.get(text) or Read("", {})).fields}
        return {
            self.ids[word]: _declared(self.known[self.ids[word]])
            for word in self.ids
            if word in words and word not in self.unfit
        }


def _declared(kind: FieldType) -> dict[str, Any]:
    data: dict[str, Any] = {"type": kind.kind}
    if kind.values:
        data["values"] = [*kind.values]
    return data


def bare(text: str) -> str:
    """A condition without what an engine wraps around it: ``${…}``, ``=``."""
    match = _WRAPPED.fullmatch(text.strip())
    return (match[1] or match[2] or "").strip() if match else text.strip()


def _read(text: str) -> Read | None:
    wrapped = bare(text) != text.strip()
    plain = re.sub(r"(?<=[A-Za-z0-9_])\.(?=[A-Za-z_])", "_", bare(text))
    plain = re.sub(r"(['\"])(true|false)\1", r"\2", plain)
    if not plain or len(plain) > _LONGEST:
        return None
    root, _ = parse(plain)
    if broken(root) or (isinstance(root, Word) and not wrapped):
        return None  # one word is an answer such as `yes`, unless it is marked as a formula
    fields: dict[str, FieldType] = {}
    if not _typed(root, fields) or not all(word.isascii() for word in fields):
        return None
    return Read(str(root), fields)


def _typed(root: Node, fields: dict[str, FieldType]) -> bool:
    """Work out what each word of a condition must be; False where that leads nowhere."""
    wanted: list[tuple[str, FieldType]] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Several):
            waiting.extend(reversed(node.parts))
        elif isinstance(node, Not):
            waiting.append(node.condition)
        elif isinstance(node, Word):
            wanted.append((node.word, FieldType("yes_no")))
        elif isinstance(node, Filled):
            wanted.append((node.name, FieldType("text")))
        elif isinstance(node, Compare):
            compared = _compared(node)
            if compared is None:
                return False
            wanted.extend(compared)
        else:
            return False
    for word, kind in wanted:
        merged = _merged(fields[word], kind) if word in fields else kind
        if merged is None:
            return False
        fields[word] = merged
    return bool(fields)


def _compared(node: Compare) -> list[tuple[str, FieldType]] | None:
    """The fields of a comparison with their types; None where it has no sense here."""
    left, right = node.left, node.right
    if isinstance(left, Number | Truth) or (isinstance(right, Word) and isinstance(left, Chain)):
        left, right = right, left
    if isinstance(left, Word) and isinstance(right, Truth):
        return [(left.word, FieldType("yes_no"))]
    if isinstance(left, Word) and isinstance(right, Word) and node.sign in ("==", "!="):
        if not _VALUE.fullmatch(right.word) or right.word in RESERVED:
            return None
        return [(left.word, FieldType("choice", (right.word,)))]
    parts = [*every(left), *every(right)]
    if not all(isinstance(part, Word | Number | Minus | Chain) for part in parts):
        return None
    percent = any(isinstance(part, Number) and part.percent for part in parts)
    words = [part.word for part in parts if isinstance(part, Word)]
    return [(word, _number(word, percent=percent)) for word in words] or None


def _number(word: str, *, percent: bool) -> FieldType:
    if percent:
        return FieldType("percent")
    return FieldType("money" if _MONEY.search(word.lower()) else "number")


def _merged(one: FieldType, other: FieldType, *, fixed: bool = False) -> FieldType | None:
    """What is both; ``filled(…)`` goes with everything."""
    if other.kind == "text" or one == other:
        return one
    if one.kind == "text" and not fixed:
        return other
    if one.kind == other.kind == "choice":
        values = tuple(dict.fromkeys((*one.values, *other.values)))
        return FieldType("choice", values)
    numbers = {"number", "money"}
    return one if one.kind in numbers and other.kind in numbers else None
