"""The forms of the language, read and written; and what is said about wrong ones."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesflow.distributions import Constant, Distribution, Problem, parse_distribution
from salesflow.distributions.part import KINDS

REGIONS = ("DACH", "NORDICS", "AMER")


def read(data: Any, kind: str) -> Distribution:
    found = parse_distribution(data, kind, values=REGIONS)
    assert isinstance(found, Distribution), found
    return found


times = st.tuples(st.integers(1, 99), st.integers(0, 99)).map(
    lambda n: f"{n[0]}.{n[1]:02}" if n[1] else f"{n[0]}"
)
WRITTEN = [
    ("45min", "duration"),
    ("2bd", "duration"),
    ("0h", "duration"),
    ("30min", "effort"),
    (60000, "money"),
    (-1.5, "number"),
    ("25%", "percent"),
    ("-25%", "percent"),
    ("DACH", "choice"),
    (True, "yes_no"),
    (False, "yes_no"),
    ("30%", "yes_no"),
    ({"mean": "2d"}, "duration"),
    ({"median": "3d", "p90": "10d"}, "duration"),
    ({"median": "60min", "p90": "2h"}, "effort"),
    ({"median": "3bd", "p90": "10bd"}, "duration"),
    ({"mean": "2d", "sd": "1d"}, "duration"),
    ({"min": "1h", "usual": "2h", "max": "8h"}, "effort"),
    ({"min": "0h", "max": "3h"}, "duration"),
    ({"any_of": {"1d": "30%", "5d": "rest"}}, "duration"),
    ({"any_of": {"0%": "60%", "25%": "rest"}}, "percent"),
    ({"any_of": {"-20000": "33.3%", "60000.5": "rest"}}, "money"),
    ({"any_of": {"DACH": "50%", "AMER": "rest"}}, "choice"),
    ({"DACH": "50%", "NORDICS": "20%", "AMER": "rest"}, "choice"),
    ({"median": 60000, "p90": 220000}, "money"),
]


@pytest.mark.parametrize(("data", "kind"), WRITTEN)
def test_what_is_written_is_read_again(data: Any, kind: str) -> None:
    found = read(data, kind)
    assert found.to_data() == data
    assert read(found.to_data(), kind) == found


@given(
    numbers=st.lists(times, min_size=3, max_size=3, unique_by=float).map(
        lambda n: sorted(n, key=float)
    ),
    unit=st.sampled_from(["s", "min", "h", "d", "w", "bh", "bd"]),
    form=st.sampled_from(
        ["", "mean", "mean sd", "median p90", "min max", "min usual max", "any_of"]
    ),
)
def test_any_times_are_read_again(numbers: list[str], unit: str, form: str) -> None:
    written = [f"{number}{unit}" for number in numbers]
    data: Any = dict(zip(form.split(), written, strict=False)) or written[0]
    if form == "any_of":
        data = {"any_of": dict(zip(written, ("12.5%", "33%", "rest"), strict=True))}
    found = read(data, "duration")
    assert read(found.to_data(), "duration") == found
    assert found.basis == (unit if unit in ("bh", "bd") else "elapsed")


def test_equal_times_make_equal_distributions() -> None:
    one = read({"median": "60min", "p90": "2h"}, "duration")
    assert one == read({"median": "1h", "p90": "120min"}, "duration")
    assert one != read({"median": "1bh", "p90": "2bh"}, "duration")
    assert one.to_data() == {"median": "60min", "p90": "2h"}


def test_what_is_given_out_cannot_change_a_distribution() -> None:
    found = read({"any_of": {"1d": "30%", "5d": "rest"}}, "duration")
    found.to_data()["any_of"]["1d"] = "99%"
    assert found.to_data() == {"any_of": {"1d": "30%", "5d": "rest"}}


def test_a_choice_without_declared_values_takes_any_word() -> None:
    found = parse_distribution({"x": "50%", "y": "rest"}, "choice")
    assert isinstance(found, Distribution)
    assert found.support() == ("x", "y")


def test_an_unknown_kind_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="colour"):
        parse_distribution("red", "colour")


FORMS = "A distribution is {mean}, {mean, sd}, {median, p90}, {min, usual, max}, {min, max} or {any_of}."
RANGE_HINT = "Values that can be 0 or less are said with `{min, max}` or `{any_of}`."
BETWEEN = "`usual` is the most frequent value, between `min` and `max`."
MEANING = "Half of the cases stay below `median`, nine of ten below `p90`."
MIX = "Write all times of a distribution in one of the two."
WRONG: list[tuple[Any, str, str, str, str]] = [
    # data, kind, key, message, hint
    ("3 days", "duration", "", "`3 days` is not a time.", "Write `3d`."),
    (5, "duration", "", "`5` is not a time.", "Say the unit: `5min`, `5h` or `5d`."),
    (True, "duration", "", "`true` is not a time.", "Write for example `2d`."),
    (["1d"], "duration", "", "`[…]` is not a time.", "Write for example `2d`."),
    ("-3d", "duration", "", "`-3d` is not a time.", "A time cannot be negative."),
    (
        "2d",
        "effort",
        "",
        "`2d` is not hands-on time.",
        "Hands-on time is counted in s, min or h: `16h` at 8 hours a day.",
    ),
    ("60k", "money", "", "`60k` is not a sum of money.", "Write for example `60000`."),
    (True, "number", "", "`true` is not a number.", "Write for example `12`."),
    (10**400, "number", "", f"`1{'0' * 38}…` is too large.", "Use numbers of up to 15 digits."),
    (float("nan"), "number", "", "`nan` is too large.", "Use numbers of up to 15 digits."),
    (0.25, "percent", "", "`0.25` is not a percent.", "Write `25%`."),
    ("a" * 99, "percent", "", f"`{'a' * 39}…` is not a percent.", "Write for example `25%`."),
    ("DAHC", "choice", "", "`DAHC` is no value of this field.", "Did you mean `DACH`?"),
    (7, "choice", "", "`7` is no value of this field.", "Choose one of DACH, NORDICS, AMER."),
    (
        "maybe",
        "yes_no",
        "",
        "`maybe` is neither yes/no nor a share of yes.",
        "Write `true`, `false`",
    ),
    (0.3, "yes_no", "", "`0.3` is neither yes/no nor a share of yes.", "Write `30%`."),
    ({"any_of": {}}, "yes_no", "", "`{…}` is neither yes/no nor a share of yes.", "`30%`."),
    (
        {"median": "3d", "p90": "2d"},
        "duration",
        "p90",
        "`p90` (2d) must be above `median` (3d).",
        MEANING,
    ),
    ({"median": 5, "p90": 5}, "number", "p90", "`p90` (5) must be above `median` (5).", MEANING),
    ({"median": 0, "p90": 5}, "money", "median", "`median` (0) must be above 0.", RANGE_HINT),
    ({"mean": "0d"}, "duration", "mean", "`mean` (0d) must be above 0.", RANGE_HINT),
    ({"mean": -5}, "number", "mean", "`mean` (-5) must be above 0.", RANGE_HINT),
    (
        {"mean": "2d", "sd": "0d"},
        "duration",
        "sd",
        "`sd` (0d) must be above 0.",
        "If it is always the same, write `2d` alone.",
    ),
    (
        {"min": "2h", "usual": "1h", "max": "3h"},
        "effort",
        "usual",
        "`usual` (1h) is below `min` (2h).",
        BETWEEN,
    ),
    (
        {"min": "2h", "usual": "4h", "max": "3h"},
        "effort",
        "usual",
        "`usual` (4h) is above `max` (3h).",
        BETWEEN,
    ),
    ({"min": 5, "max": 3}, "number", "max", "`max` (3) must be above `min` (5).", "Swap the two?"),
    (
        {"min": "60min", "max": "1h"},
        "effort",
        "max",
        "`max` (1h) must be above `min` (60min).",
        "If it is always the same, write `60min` alone.",
    ),
    (
        {"median": "3d", "p90": "10bd"},
        "duration",
        "p90",
        "10bd is open days, but 3d is elapsed time.",
        MIX,
    ),
    (
        {"any_of": {"4bh": "30%", "2bd": "rest"}},
        "duration",
        "any_of",
        "2bd is open days, but 4bh is open hours.",
        MIX,
    ),
    (
        {"median": "3d", "p90": "soon"},
        "duration",
        "p90",
        "`soon` is not a time.",
        "Write for example",
    ),
    ({"median": "3d"}, "duration", "", "`median` alone: that is no whole distribution.", FORMS),
    ({"median": "3d", "max": "9d"}, "duration", "", "`median` and `max` alone: that", FORMS),
    ({}, "duration", "", "An empty map alone: that is no whole distribution.", FORMS),
    ({"average": "3d"}, "duration", "average", "`average` does not belong here.", FORMS),
    ({"mean": "3d", "p95": "9d"}, "duration", "p95", "`p95` does not belong here.", FORMS),
    (
        {"mean": "3d", "any_of": {"1d": "rest"}},
        "duration",
        "any_of",
        "`any_of` does not belong here.",
        FORMS,
    ),
    ({"any_of": "1d"}, "duration", "any_of", "`any_of` does not belong here.", FORMS),
    ({"any_of": {}}, "duration", "any_of", "There is no value to choose from.", "Write values"),
    (
        {"any_of": {"1d": "30%", "5d": "40%"}},
        "duration",
        "any_of",
        "The shares make 70%, not 100%.",
        "Give one value `rest`.",
    ),
    (
        {"any_of": {"1d": "60%", "5d": "60%"}},
        "duration",
        "any_of",
        "The shares make 120%, not 100%.",
        "Lower some of them.",
    ),
    (
        {"any_of": {"60min": "30%", "1h": "rest"}},
        "duration",
        "any_of",
        "1h and 60min are the same value.",
        "Write it once, with the sum of the shares.",
    ),
    (
        {"DACH": "60%", "AMER": "40%", "NORDICS": "rest"},
        "choice",
        "NORDICS",
        "Nothing is left for `NORDICS`: the other shares make 100%.",
        "`rest` must be above 0%.",
    ),
    (
        {"DACH": "rest", "AMER": "rest"},
        "choice",
        "AMER",
        "`rest` stands at `DACH` already.",
        "only one",
    ),
    ({"DACH": 0.5, "AMER": "rest"}, "choice", "DACH", "`0.5` is not a share.", "Write `50%`."),
    ({"DACH": "half", "AMER": "rest"}, "choice", "DACH", "`half` is not a share.", "Write for"),
    (
        {"DAHC": "50%", "AMER": "rest"},
        "choice",
        "DAHC",
        "`DAHC` is no value of",
        "Did you mean `DACH`?",
    ),
]


@pytest.mark.parametrize(("data", "kind", "key", "message", "hint"), WRONG)
def test_what_is_wrong(data: Any, kind: str, key: str, message: str, hint: str) -> None:
    found = parse_distribution(data, kind, values=REGIONS)
    assert isinstance(found, tuple)
    assert len(found) == 1
    assert found[0].key == key
    assert message in found[0].message
    assert hint in found[0].hint


def test_everything_wrong_is_said_at_once() -> None:
    assert parse_distribution({"mean": "2 days", "sd": "1h30"}, "duration") == (
        Problem("mean", "`2 days` is not a time.", "Write `2d`."),
        Problem("sd", "`1h30` is not a time.", "Write one number and one unit: `90min`."),
    )
    found = parse_distribution({"mean": 0, "sd": -1}, "number")
    assert isinstance(found, tuple)
    assert [problem.key for problem in found] == ["mean", "sd"]


def test_many_choices_are_not_all_listed() -> None:
    found = parse_distribution("zzz", "choice", values=tuple(f"region{n}" for n in range(99)))
    assert isinstance(found, tuple)
    assert found[0].hint.endswith("region7, ….")


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(max_size=5)
            | st.sampled_from(
                ["mean", "sd", "median", "p90", "min", "max", "usual", "any_of", "1d"]
            ),
            inner | st.sampled_from(["1d", "2h", "rest", "30%", "100%"]),
            max_size=4,
        )
    ),
    max_leaves=8,
)


@given(anything, st.sampled_from(KINDS))
def test_anything_is_read_or_refused(data: Any, kind: str) -> None:
    found = parse_distribution(data, kind, values=REGIONS)
    if isinstance(found, tuple):
        assert found
        assert all(len(problem.message) < 300 for problem in found)
    else:
        assert found == parse_distribution(found.to_data(), kind, values=REGIONS)


def test_a_constant_knows_its_basis() -> None:
    assert read("2bd", "duration") == Constant(basis="bd", written="2bd", value=2.0)
    assert read("2bh", "duration").basis == "bh"
    assert read("2h", "effort").basis == "elapsed"
    assert read(2, "money").basis == "number"
    assert read("2%", "percent").basis == "percent"
