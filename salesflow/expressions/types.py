"""What an expression may speak of: the fields, steps and results in sight, and what went wrong."""

from collections.abc import Collection, Mapping
from typing import Literal, NamedTuple

NUMERIC = frozenset({"number", "money", "percent"})
ONLY_FILLED = frozenset({"text", "date", "person", "document"})

MOST_CHARACTERS = 4096
MOST_DEPTH = 32
MOST_DIGITS = 18
MOST_PROBLEMS = 20

Rule = Literal["schema", "unknown-name", "type-mismatch", "limit-exceeded"]


class FieldType(NamedTuple):
    """A field's kind, a type of the language such as ``money``, and the values of a choice."""

    kind: str
    values: tuple[str, ...] = ()


class Scope(NamedTuple):
    """What names mean: fields by id, and the short paths of steps and of results."""

    fields: Mapping[str, FieldType]
    steps: Collection[str] = ()
    results: Collection[str] = ()


class Problem(NamedTuple):
    """Something wrong with characters ``start`` to ``end`` of an expression's text."""

    rule: Rule
    start: int
    end: int
    message: str
    hint: str = ""
