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


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known name that a mistyped one most resembles."""
    from difflib import get_close_matches  # only when something is wrong

    spelled = {name.lower(): name for name in sorted(known, reverse=True)[:5000]}
    near = get_close_matches(word[:100].lower(), spelled, 1, 0.6)
    return spelled[near[0]] if near else None


def listed(names: Collection[str], *, most: int = 8) -> str:
    """Names for a sentence: `a`, `b` and 3 more."""
    shown = [f"`{name}`" for name in list(names)[:most]]
    rest = len(names) - len(shown)
    return ", ".join(shown) + (f" and {rest} more" if rest else "")
