"""Shapes of distributions: how long work takes, how long one waits, what a field becomes."""

from functools import cache
from typing import Any

from salesflow.schema.language_values import (
    SPREAD_WORDS,
    choice_value,
    duration,
    share_or_rest,
    yes_no,
)
from salesflow.schema.shapes import (
    Either,
    Key,
    MapOf,
    Number,
    Option,
    Record,
    Shape,
    Text,
)


@cache
def effort() -> Either:
    """Hands-on time."""
    from salesflow.quantities import EFFORT_PATTERN

    hours = Text(
        name="hands_on",
        expected="hands-on time such as `30min` or `3h`",
        description="Hands-on time: s min h.",
        pattern=EFFORT_PATTERN,
        unit="effort",
        rule="bad-unit",
        examples=("3h",),
    )
    return _spread("effort", hours, hours, ("1h", "3h", "6h"))


@cache
def waiting() -> Either:
    """Time that passes."""
    return _spread("waiting", duration(), duration(), ("2d", "5d", "15d"))


@cache
def field_spread() -> Either:
    """What a field becomes when it is filled: a value, or values with how often each comes."""
    plain = Either(
        name="amount",
        expected="a number or a percent such as `25%`",
        options=(
            Option(kind="number", shape=Number(expected="a number")),
            Option(kind="text", shape=_percent()),
        ),
        examples=(60000, "25%"),
    )
    single = Text(
        expected="`filled`, a number, a percent or a choice",
        pattern=f"{_percent().pattern}|[A-Za-z][A-Za-z0-9_]*",
        examples=("filled",),
    )
    choices = MapOf(
        expected="choices with their shares, such as `{DACH: 50%, AMER: rest}`",
        key=choice_value(),
        value=share_or_rest(),
        least=1,
        whole=True,
        examples=({"DACH": "50%", "AMER": "rest"},),
    )
    key = Text(
        expected="a value such as `25%`, `1000` or `DACH`",
        pattern=f"{_percent().pattern}|{_NUMBER}|[A-Za-z][A-Za-z0-9_]*",
    )
    return Either(
        name="field_spread",
        expected="`filled`, a value, or a distribution such as `{median: 60000, p90: 220000}`",
        description="`filled`, one value, or how values are spread: {median, p90}, {mean, sd}, "
        "{min, usual, max}, {any_of: {25%: 60%, 35%: rest}}; for a choice {DACH: 50%, AMER: rest}.",
        options=(
            Option(kind="text", shape=single),
            Option(kind="number", shape=Number(expected="a number")),
            Option(kind="yes_no", shape=yes_no()),
            *_forms(plain, key, (20000, 60000, 90000)),
            Option(kind="map", shape=choices),
        ),
        examples=("filled", {"median": 60000, "p90": 220000}),
    )


_NUMBER = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?"


@cache
def _percent() -> Text:
    from salesflow.quantities import PERCENT_PATTERN

    return Text(
        name="percent",
        expected="a percent such as `25%`",
        pattern=PERCENT_PATTERN,
        unit="percent",
        rule="bad-unit",
        examples=("25%",),
    )


def _spread(name: str, value: Text, key: Text, shown: tuple[str, str, str]) -> Either:
    """A time: always the same, or spread."""
    example = {"min": shown[0], "usual": shown[1], "max": shown[2]}
    return Either(
        name=name,
        expected=f"a time such as `{shown[0]}`, or a distribution such as "
        f"`{{min: {shown[0]}, usual: {shown[1]}, max: {shown[2]}}}`",
        description="A time, or how times are spread: {mean}, {mean, sd}, {median, p90}, "
        "{min, usual, max}, {min, max}, {any_of: {…: 30%, …: rest}}.",
        options=(Option(kind="text", shape=value), *_forms(value, key, shown)),
        rule="bad-unit",
        examples=(shown[0], example),
    )


def _forms(value: Shape, key: Text, shown: tuple[Any, Any, Any]) -> tuple[Option, ...]:
    """The forms of a distribution, told apart by their keys."""
    low, middle, high = shown

    def part(title: str, description: str, example: str, *, required: bool = True) -> Key:
        return Key(
            shape=value,
            title=title,
            description=description,
            examples=(example,),
            required=required,
        )

    any_of = Key(
        shape=MapOf(
            expected=f"values with their shares, such as `{{{low}: 30%, {high}: rest}}`",
            key=key,
            value=share_or_rest(),
            least=1,
            whole=True,
            examples=({str(low): "30%", str(high): "rest"},),
        ),
        title="One of several values",
        description="Each value with its share; `rest` takes what the others leave.",
        examples=({str(low): "30%", str(high): "rest"},),
        required=True,
    )
    forms = (
        {"any_of": any_of},
        {
            "median": part("Median", "Half of the cases stay below this.", middle),
            "p90": part("90th percentile", "Nine of ten cases stay below this.", high),
        },
        {
            "mean": part("Mean", "The average; alone it means an exponential spread.", middle),
            "sd": part("Standard deviation", "How far the cases scatter.", low, required=False),
        },
        {
            "min": part("Least", "No case is below this.", low),
            "usual": part("Usual value", "The most frequent value.", middle, required=False),
            "max": part("Most", "No case is above this.", high),
        },
    )
    return tuple(
        Option(
            kind="map",
            having=tuple(form),
            shape=Record(
                expected="a distribution",
                keys=form,
                elsewhere=dict.fromkeys(SPREAD_WORDS, _MIXED),
            ),
        )
        for form in forms
    )


_MIXED = (
    "A distribution has one form: {mean}, {mean, sd}, {median, p90}, {min, usual, max}, "
    "{min, max} or {any_of}."
)
