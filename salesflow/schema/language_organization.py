"""What an organization says: currency, calendars, departments with their roles, data of a deal."""

from collections.abc import Mapping
from functools import cache

from salesflow.schema.language_head import common, head, key, map_of, other_kinds
from salesflow.schema.language_roles import department
from salesflow.schema.language_values import (
    choice_value,
    date,
    text,
    word,
    yes_no,
)
from salesflow.schema.rules import OnlyFor
from salesflow.schema.shapes import Key, ListOf, MapOf, Record, Text

FIELD_TYPES = (
    "text",
    "number",
    "money",
    "percent",
    "choice",
    "yes_no",
    "date",
    "person",
)

_DAY = "(?:mon|tue|wed|thu|fri|sat|sun)"
_CLOCK = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)"
_WINDOW = f"{_CLOCK} ?- ?{_CLOCK}"


@cache
def organization() -> Record:
    """An organization document."""
    return Record(
        name="organization",
        expected="an organization",
        description="What several processes share: currency, calendars, departments, data.",
        keys={
            **head("organization", "Organization", "The id of this organization.", "acme"),
            **organization_keys(),
        },
        elsewhere={
            **other_kinds(),
            **dict.fromkeys(
                ("steps", "sources", "outcomes", "stages", "touchpoints", "policies"),
                "It belongs to a process: a file of its own with `process:`.",
            ),
            "roles": "Roles stand in departments: `departments: {sales: {roles: …}}`.",
        },
    )


@cache
def organization_keys() -> Mapping[str, Key]:
    """The keys of an organization, which may also stand at the top of a process."""
    currency = Text(expected="a currency code such as `EUR`", pattern="[A-Z]{3}", examples=("EUR",))
    return {
        "currency": key(
            currency,
            "Currency",
            says="The currency of all amounts, as a three-letter code.",
            like="EUR",
        ),
        "calendars": key(
            map_of("calendars", calendar()),
            "Calendars",
            says="When people work: opening hours with their time zone, and holidays.",
            like={"emea": calendar().examples[0]},
        ),
        "departments": key(
            map_of("departments", department()),
            "Departments",
            says="Who works on deals: departments and the roles in them. While none is declared, "
            "any name may stand at `by`.",
            like={"legal": {"calendar": "emea", "roles": {"counsel": {"people": 2}}}},
        ),
        "data": key(
            map_of("fields", field()),
            "Data of a deal",
            says="The fields that a deal may carry, each with its type.",
            like={"amount": {"type": "money"}, "contract": {"type": "document"}},
        ),
    }


@cache
def calendar() -> Record:
    """Opening hours."""
    days = Text(
        expected="a day or days such as `mon-fri` or `sat`",
        pattern=rf"{_DAY}(?:-{_DAY})?",
        examples=("mon-fri",),
    )
    windows = Text(
        expected='hours such as `"09:00-18:00"` or `"09:00-12:00, 13:00-17:30"`',
        pattern=rf"{_WINDOW}(?:, ?{_WINDOW})*",
        examples=("09:00-18:00",),
    )
    hours = MapOf(
        expected='days with their hours, such as `{mon-fri: "09:00-18:00"}`',
        key=days,
        value=windows,
        least=1,
        examples=({"mon-fri": "09:00-18:00"},),
    )
    zone = Text(
        expected="a time zone such as `Europe/Berlin`",
        pattern="[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*",
        examples=("Europe/Berlin",),
    )
    holidays = ListOf(
        expected="a list of days such as `[2026-12-25]`",
        item=date(),
        examples=(["2026-12-25"],),
    )
    return Record(
        name="calendar",
        expected="a calendar with `timezone` and `hours`",
        description="When people work.",
        examples=({"timezone": "Europe/Berlin", "hours": {"mon-fri": "09:00-18:00"}},),
        keys={
            **common(),
            "timezone": key(
                zone,
                "Time zone",
                says="The time zone of the hours, by its usual name; summer time is respected.",
                like="Europe/Berlin",
                required=True,
            ),
            "hours": key(
                hours,
                "Opening hours",
                says="For each day or range of days when it is open; several windows a day are "
                "separated by commas, and 24:00 may end one.",
                like={"mon-thu": "09:00-12:00, 13:00-17:30", "fri": "09:00-14:00"},
                required=True,
            ),
            "holidays": key(
                holidays,
                "Holidays",
                says="Days on which it stays closed, by the local date.",
                like=["2026-12-25", "2027-01-01"],
            ),
        },
    )


@cache
def field() -> Record:
    """A field of a deal."""
    values = ListOf(
        expected="a list of choices such as `[DACH, AMER]`",
        item=choice_value(),
        least=1,
        examples=(["DACH", "NORDICS", "AMER"],),
    )
    return Record(
        name="field",
        expected="a field such as `{type: money}`",
        description="A field that a deal may carry.",
        examples=({"type": "money"},),
        keys={
            **common(),
            "type": key(
                word(*FIELD_TYPES, "document"),
                "Type",
                says="What the field holds. Text, dates, persons and documents are only filled "
                "or not; the others can be compared.",
                like="money",
                required=True,
            ),
            "values": key(
                values,
                "Choices",
                says="The values that a choice field may have.",
                like=["DACH", "NORDICS", "AMER"],
            ),
            "master": key(
                text(),
                "Leading system",
                says="The system that holds the true value.",
                like="crm",
            ),
            "sensitive": key(
                yes_no(),
                "Sensitive",
                says="True for personal or confidential data.",
                like=True,
            ),
        },
        rules=(
            OnlyFor(
                key="type",
                value="choice",
                other="values",
                example="For example `{type: choice, values: [DACH, AMER]}`.",
            ),
        ),
    )
