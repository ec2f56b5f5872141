"""Values of a deal's fields: as people and CRMs give them, as conditions read them, as JSON."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from salesflow.errors import UsageError
from salesflow.expressions.exact import exact
from salesflow.names import listed, nearest
from salesflow.process.binding import SOURCE_FIELD
from salesflow.process.crm_values import WrongValueError, value_of
from salesflow.process.people import Field
from salesflow.quantities import parse_date

_NUMBERS = ("money", "number", "percent")
_LONGEST = 10_000  # characters of a text
_MOST = 10**18


def read_values(
    data: Mapping[str, Any] | None, fields: Mapping[str, Field], process: str
) -> dict[str, Any]:
    """The values that are given, exact numbers among them; None and "" say nothing of a field.

    UsageError for a field that the process does not have, and for what cannot be its value.
    """
    if not isinstance(data, Mapping | None):
        raise UsageError(
            f"{str(data)[:60]!r} is no data: give fields with their values, `{{…: …}}`."
        )
    values = {}
    for name, value in (data or {}).items():
        if name not in fields:
            own = sorted(field for field in fields if field != SOURCE_FIELD)
            near = nearest(str(name), own)
            has = f"It has {listed(own)}." if own else "It has none."
            meant = f"Did you mean `{near}`?" if near else has
            raise UsageError(f"`{process}` has no field `{name}`. {meant}")
        if value is not None and value != "":
            values[name] = read_value(value, fields[name])
    return values


def read_name(name: Any, what: str) -> Any:
    """A name, or None where nothing is said. UsageError for what is no text."""
    if name is None or isinstance(name, str):
        return name
    raise UsageError(f"{what} is a name, and {str(name)[:60]!r} is none: write it in quotes.")


def read_value(value: Any, field: Field) -> Any:
    """One value of a field. UsageError for what it cannot be."""
    if isinstance(value, str) and field.type in (*_NUMBERS, "yes_no", "choice"):
        return _written(value, field)
    if field.type in _NUMBERS and _is_number(value):
        number = exact(value if isinstance(value, int | float) else Fraction(value))
        if field.type == "percent" and not -1 <= number <= 1:
            raise UsageError(f"`{field.id}` is a percent: write {value} as `{value}%` in quotes.")
        return number
    if field.type == "yes_no" and isinstance(value, bool):
        return value
    if field.type == "date":
        return _date(value, field)
    if field.type in ("text", "person", "document") and (value is True or isinstance(value, str)):
        return value if value is True else value[:_LONGEST]
    raise UsageError(
        f"`{field.id}` is of type {field.type}, and {str(value)[:60]!r} is not. "
        f"Write it like {_EXAMPLES[field.type]}."
    )


_EXAMPLES = {
    "money": "`12000`",
    "number": "`12`",
    "percent": "`'10%'`",
    "yes_no": "`True` or `False`",
    "choice": "`'DACH'`, one of its values",
    "date": "`'2026-12-31'`",
    "text": "`'a text'`",
    "person": "`'a name'`",
    "document": "`'a name or an address'`",
}


def _written(text: str, field: Field) -> Any:
    whole, bar, part = text.partition("/")
    if bar and field.type in _NUMBERS and whole.lstrip("-").isdecimal() and part.isdecimal():
        return Fraction(int(whole), int(part)) if int(part) else _refuse(text, field)
    try:
        value = value_of(text, field, field.values, comma=False)
    except WrongValueError as wrong:
        raise UsageError(str(wrong)) from None
    return exact(value) if field.type in _NUMBERS else value


def _refuse(text: str, field: Field) -> Any:
    raise UsageError(f"`{field.id}` is of type {field.type}, and `{text}` is not.")


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | Fraction):
        return False
    return bool(-_MOST < value < _MOST)  # NaN is not


def _date(value: Any, field: Field) -> str:
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, str) and parse_date(value[:10]) is not None:
        return value[:10]
    raise UsageError(f"`{field.id}` is a date, and {str(value)[:60]!r} is not. Write `2026-12-31`.")


def plain(value: Any) -> Any:
    """A value as JSON has it: a number that JSON cannot say exactly is a fraction in a text."""
    if isinstance(value, Fraction):
        near = float(value)
        return near if exact(near) == value else f"{value.numerator}/{value.denominator}"
    return value


def shown(value: Any, field: Field) -> str:
    """A value in a sentence, in the field's unit."""
    if value is None:
        return "not filled"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field.type in _NUMBERS:
        number = float(value) * (100 if field.type == "percent" else 1)
        return f"{number:,.10g}{'%' if field.type == 'percent' else ''}"
    return str(value)
