"""A small language of shapes: what may stand at a place of a document.

The tables of the language are written in it once; the validator and the JSON Schema are both read
off them, so they cannot drift apart. Everything a shape says can be judged on the value alone:
whether names exist is decided when the process is built.

::

    Text Word Whole Number YesNo Id     one scalar
    ListOf MapOf Record                 containers
    Either                              one of several, told apart by type and by keys
    Later Anything                      a shape made on first use; no demand at all
"""

from collections.abc import Callable, Mapping
from typing import Any

from salesflow.nouns import Noun
from salesflow.schema.rules import Rule

RESERVED = [
    "true",
    "false",
    "null",
    "yes",
    "no",
    "on",
    "off",
    "y",
    "n",
    "and",
    "or",
    "not",
    "filled",
    "visited",
    "times",
    "source",
    "rest",
    "leave",
    "join",
    "all",
    "any",
    "next",
    "done",
]
METADATA = "x-"  # keys that start so are free

LONGEST_ID = 64
_ID = "[a-z][a-z0-9_]{0,63}"


class Shape(Noun):
    """What may stand at a place; ``expected`` completes "must be …", ``name`` is for `$defs`."""

    expected: str
    name: str = ""
    description: str = ""
    examples: tuple[Any, ...] = ()
    rule: str = "schema"


class Anything(Shape):
    """No demand."""

    expected: str = "anything"


class Text(Shape):
    """Text; ``pattern`` must match all of it. ``unit`` is what it measures, for the explanation."""

    pattern: str = ""
    unit: str = ""


class Id(Shape):
    """An id that is no word of the language, save those in ``also``.

    ``dotted``: one or more ids joined by dots, a path, in which words of the language may stand.
    """

    also: tuple[str, ...] = ()
    dotted: bool = False

    @property
    def pattern(self) -> str:
        """Matches the whole text."""
        if self.dotted:
            return rf"{_ID}(?:\.{_ID})*"
        barred = "|".join(word for word in RESERVED if word not in self.also)
        return f"(?!(?:{barred})$){_ID}"


class Word(Shape):
    """One of a few words."""

    words: tuple[str, ...]


class Whole(Shape):
    """A whole number, bounds included."""

    least: int | None = None
    most: int | None = None


class Number(Shape):
    """A number, bounds included."""

    least: float | None = None


class YesNo(Shape):
    """``true`` or ``false``; ``only`` allows one of them."""

    only: bool | None = None


class ListOf(Shape):
    """A list; ``different``: no item twice."""

    item: Shape
    least: int = 0
    most: int | None = None
    different: bool = True


class MapOf(Shape):
    """A map from ids or texts to values of one shape, with at least ``least`` entries.

    ``keep``: an entry that is wholly wrong stays as an empty map, so that its id is still known.
    ``whole``: with one entry wrong the map means nothing (shares that make up 100%).
    """

    key: "Id | Text"
    value: Shape
    least: int = 0
    keep: bool = False
    whole: bool = False


class Key(Noun):
    """What a record says about one of its keys: title and description are hover texts."""

    shape: Shape
    title: str
    description: str
    examples: tuple[Any, ...] = ()
    required: bool = False


class Record(Shape):
    """A map with known keys; others are refused, save free metadata.

    ``rules`` speak about several keys at once. ``elsewhere`` says of keys that do not belong here
    what to do instead. A record without a name is one value written in several keys: with a
    required one wrong it means nothing.
    """

    keys: Mapping[str, Key]
    rules: tuple[Rule, ...] = ()
    elsewhere: Mapping[str, str] = {}


class Option(Noun):
    """One alternative: for values of ``kind``, and for maps with at least one key of ``having``."""

    kind: str  # text | number | yes_no | list | map
    shape: Shape
    having: tuple[str, ...] = ()


class Either(Shape):
    """The first option whose ``kind`` and ``having`` fit decides; its mistakes are the mistakes."""

    options: tuple[Option, ...]


class Later(Shape):
    """A shape made when it is first needed, so that shapes can contain themselves."""

    make: Callable[[], Shape]
    expected: str = ""


def resolved(shape: Shape) -> Shape:
    """The shape itself, made if it was still to be made."""
    while isinstance(shape, Later):
        shape = shape.make()
    return shape


def kind_of(value: Any) -> str:
    """The kind of a value of a document: text, number, yes_no, list, map; "" for anything else."""
    if isinstance(value, str):
        return "text"
    if isinstance(value, bool):
        return "yes_no"
    if isinstance(value, dict):
        return "map"
    if isinstance(value, list):
        return "list"
    return "number" if isinstance(value, int | float) else ""


def chosen(shape: Either, value: Any) -> Shape | None:
    """The alternative that is meant by a value."""
    kind = kind_of(value)
    for option in shape.options:
        if option.kind == kind and (
            not option.having or any(key in value for key in option.having)
        ):
            return resolved(option.shape)
    return None
