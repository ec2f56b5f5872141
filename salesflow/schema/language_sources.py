"""Where deals come from, and how many."""

from functools import cache

from salesflow.schema.language_head import common, key
from salesflow.schema.language_spreads import field_spread
from salesflow.schema.language_values import cost, count, elapsed, known_id
from salesflow.schema.shapes import Either, MapOf, Option, Record, Text


@cache
def source() -> Record:
    """Where deals come from."""
    given = MapOf(
        expected="a map of fields such as `{company: filled}`",
        key=known_id(),
        value=field_spread(),
        examples=({"company": "filled"},),
    )
    return Record(
        name="source",
        expected="a source such as `{start: call}`",
        description="Where deals come from.",
        keys={
            **common(),
            "start": key(
                known_id(),
                "First step",
                says="The step where deals of this source begin.",
                like="call",
                required=True,
            ),
            "department": key(
                known_id(),
                "Department",
                says="The department that hands these deals to the first step.",
                like="marketing",
            ),
            "arrivals": key(
                arrivals(),
                "Arrivals",
                says="How many deals come: a rate, or a batch at a fixed rhythm. Needed to "
                "simulate.",
                like="30 per week",
            ),
            "cost": key(
                cost(),
                "Cost per deal",
                says="What one deal of this source costs, in the organization's currency.",
                like=40,
            ),
            "gives": key(
                given,
                "Gives",
                says="Fields that are filled when the deal comes, and with what.",
                like={"company": "filled", "amount": {"median": 60000, "p90": 220000}},
            ),
        },
        elsewhere={"next": "Write the first step: `start: …`."},
        examples=({"start": "call"},),
    )


@cache
def arrivals() -> Either:
    """How deals come."""
    from salesflow.quantities import RATE_PATTERN

    rate = Text(
        name="rate",
        expected="a rate such as `30 per week`",
        description="How many on average: per hour, day, week, month or year.",
        pattern=RATE_PATTERN,
        unit="rate",
        rule="bad-unit",
        examples=("30 per week",),
    )
    random = Record(
        expected="arrivals such as `{rate: 30 per week, calendar: emea}`",
        keys={
            "rate": key(
                rate,
                "Rate",
                says="How many deals come on average; they come at random.",
                like="30 per week",
                required=True,
            ),
            "calendar": key(
                known_id(),
                "Calendar",
                says="Deals come only while this calendar is open, as many per week.",
                like="emea",
            ),
        },
        elsewhere=dict.fromkeys(("every", "batch"), _ONE_WAY),
    )
    rhythm = Record(
        expected="arrivals such as `{every: 13w, batch: 80}`",
        keys={
            "every": key(
                elapsed(),
                "Every",
                says="The time between two batches.",
                like="13w",
                required=True,
            ),
            "batch": key(
                count(1),
                "Batch",
                says="How many deals come at once; 1 if left out.",
                like=80,
            ),
        },
        elsewhere={"calendar": "A calendar belongs to a rate: `{rate: 30 per week, calendar: …}`."},
    )
    return Either(
        name="arrivals",
        expected="`30 per week`, `{rate: 30 per week, calendar: emea}` or "
        "`{every: 13w, batch: 80}`",
        description="How many deals come.",
        options=(
            Option(kind="text", shape=rate),
            Option(kind="map", having=("rate",), shape=random),
            Option(kind="map", having=("every", "batch"), shape=rhythm),
        ),
        rule="bad-unit",
        examples=("30 per week", {"every": "13w", "batch": 80}),
    )


_ONE_WAY = "Deals come by a `rate`, or in a `batch` every so long; write one of the two."
