"""What a CRM writes in the columns of a deal's fields."""

import re
from typing import Any

from salesflow.names import listed, nearest
from salesflow.process.people import Field
from salesflow.quantities import parse_percent

_YES = frozenset({"true", "yes", "y", "1"})
_NO = frozenset({"false", "no", "n", "0"})
_PLAIN = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,12})?")
_GROUPED = re.compile(r"-?[0-9]{1,3}(,[0-9]{3}){1,5}(\.[0-9]{1,12})?")
_COMMA = re.compile(r"-?[0-9]{1,18}(,[0-9]{1,12})?")
_GROUPS = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})+")

_DIGITS = 18

FILLED = "filled"


class WrongValueError(ValueError):
    """A cell that is no value of its field; the message says what would be."""


def value_of(text: str, field: Field, choices: tuple[str, ...], *, comma: bool) -> Any:
    """The value of a field that a cell holds: a number, yes or no, a choice, or ``FILLED``.

    ``comma``: numbers have a decimal comma, as where Excel parts columns by semicolons. Percents
    are fractions. WrongValueError for what the field cannot be.
    """
    if field.type in ("money", "number"):
        return _number(text, field, comma=comma)
    if field.type == "percent":
        share = parse_percent(text.replace(" ", "").replace(",", ".") if comma else text)
        if share is None:
            raise _wrong(text, field, "10%")
        return share
    if field.type == "yes_no":
        word = text.lower()
        if word not in _YES | _NO:
            raise _wrong(text, field, "true` or `false")
        return word in _YES
    if field.type == "choice":
        return _choice(text, field, choices)
    return FILLED


def _number(text: str, field: Field, *, comma: bool) -> float:
    if text.isascii() and text.isdecimal() and len(text) <= _DIGITS:
        return int(text)
    if comma:
        if _GROUPS.fullmatch(text) is None and (_PLAIN.fullmatch(text) or _COMMA.fullmatch(text)):
            return _as_number(text.replace(",", "."))
        raise _wrong(text, field, "12000,50")
    if _PLAIN.fullmatch(text) or _GROUPED.fullmatch(text):
        return _as_number(text.replace(",", ""))
    raise _wrong(text, field, "12000.50")


def _as_number(text: str) -> float:
    return float(text) if "." in text else int(text)


def _choice(text: str, field: Field, choices: tuple[str, ...]) -> str:
    word = "_".join(text.lower().split())
    for choice in choices:
        if word == choice.lower():
            return choice
    near = nearest(text, choices)
    meant = f" Did you mean `{near}`?" if near else f" It has {listed(choices)}."
    raise WrongValueError(f"`{text}` is no value of `{field.id}`.{meant}")


def _wrong(text: str, field: Field, example: str) -> WrongValueError:
    return WrongValueError(
        f"`{field.id}` is of type {field.type}, and `{text}` is not. Write it like `{example}`."
    )
