"""What an organization says: currency, calendars, departments with their roles, data of a deal."""

from collections.abc import Mapping
from functools import cache

from salesflow.schema.language_values import (
    choice_value,
    common,
    cost,
    count,
    date,
    head,
    key,
    known_id,
    map_of,
    share,
    text,
    word,
    yes_no,
)
from salesflow.schema.rules import Needs, OnlyFor
from salesflow.schema.shapes import Either, Key, ListOf, MapOf, Option, Record, Text

FIELD_TYPES = ("text", "number", "money", "percent", "choice", "yes_no", "date", "person")
QUEUE_ORDERS = ("oldest", "newest", "largest", "earliest_deadline")

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
        expected="a list of days such as `[2026-12-25]`", item=date(), examples=(["2026-12-25"],)
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
def department() -> Either:
    """A department with roles, or one that is itself a role."""
    shared = {
        **common(),
        "calendar": key(
            known_id(),
            "Calendar",
            says="The calendar of this department and, unless they name their own, of its roles. "
            "Without one it works always.",
            like="emea",
        ),
        "external": key(
            yes_no(),
            "External",
            says="True for the buyer or a partner: time passes there, but nobody of ours works.",
            like=True,
        ),
    }
    inside = "A department with `roles` has its people there: write it in one of its roles."
    with_roles = Record(
        name="department_with_roles",
        expected="a department with `roles`",
        description="A department and the roles in it.",
        keys={
            **shared,
            "roles": key(
                map_of("roles", role()),
                "Roles",
                says="The roles of this department. A department without roles is itself one.",
                like={"counsel": {"people": 2, "cost_per_hour": 120}},
                required=True,
            ),
        },
        elsewhere=dict.fromkeys(_work_keys(), inside),
    )
    alone = Record(
        name="department_alone",
        expected="a department",
        description="A department that is itself a role.",
        keys={**shared, **_work_keys()},
        rules=(_place_needs_keeping(),),
    )
    return Either(
        name="department",
        expected="a department such as `{calendar: emea, roles: {counsel: {people: 2}}}`",
        description="A department and the roles in it; without roles it is itself a role.",
        options=(
            Option(kind="map", having=("roles",), shape=with_roles),
            Option(kind="map", shape=alone),
        ),
        examples=({"calendar": "emea", "roles": {"counsel": {"people": 2}}},),
    )


@cache
def role() -> Record:
    """Who does a kind of work."""
    own = key(
        known_id(),
        "Calendar",
        says="The calendar of this role; without it the department's.",
        like="emea",
    )
    return Record(
        name="role",
        expected="a role such as `{people: 2}`",
        description="People who do the same kind of work.",
        keys={**common(), "calendar": own, **_work_keys()},
        rules=(_place_needs_keeping(),),
        elsewhere={"external": "Whole departments are external: write it in the department."},
        examples=({"people": 2, "cost_per_hour": 120},),
    )


def _place_needs_keeping() -> Needs:
    return Needs(
        key="max_open_deals",
        other="keeps_deal",
        why="It limits the deals that one person keeps: add `keeps_deal: true`.",
    )


@cache
def _work_keys() -> Mapping[str, Key]:
    """How many work in a role, and how they take work."""
    present = share().replace(
        name="share_of_time",
        expected="a share above 0% and up to 100%, such as `34%`",
        pattern=rf"(?!0+(?:\.0+)?%)(?:{share().pattern})",
    )
    return {
        "people": key(
            count(),
            "People",
            says="How many people have this role. Needed to simulate a role of ours.",
            like=3,
        ),
        "cost_per_hour": key(
            cost(),
            "Cost per hour",
            says="What an hour of one person costs, in the organization's currency.",
            like=85,
        ),
        "available": key(
            present,
            "Available for this process",
            says="The share of each open minute that a person gives this process; all if left out.",
            like="34%",
        ),
        "keeps_deal": key(
            yes_no(),
            "Keeps the deal",
            says="True if the first person of the role on a deal keeps it until the deal ends.",
            like=True,
        ),
        "max_open_deals": key(
            count(1),
            "Most open deals",
            says="How many deals one person keeps at most; a new deal waits for a free place. "
            "Needs `keeps_deal`.",
            like=25,
        ),
        "takes_first": key(
            word(*QUEUE_ORDERS),
            "Takes first",
            says="Which waiting work a person takes first: oldest (if left out), newest, largest, "
            "or earliest_deadline.",
            like="oldest",
        ),
    }


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
