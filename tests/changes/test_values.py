"""When two ways to write a value say the same, and when they only look like it."""

from typing import Any

import pytest

from salesflow.changes.values import same


@pytest.mark.parametrize(
    ("key", "one", "other"),
    [
        ("effort", "60min", "1h"),
        ("wait", "1d", "24h"),
        ("wait", {"mean": "90min", "sd": "1h"}, {"sd": "60min", "mean": "1.5h"}),
        ("accept_within", "1bd", "1.0bd"),
        ("gives", {"emea": "60%", "amer": "rest"}, {"emea": "60%", "amer": "40%"}),
        ("gives", {"a": "33.3%", "b": "33.3%", "c": "rest"}, {"a": "33.3%", "b": "33.3%", "c": "33.4%"}),
        ("gives", {10: "40%", 20: "rest"}, {10: "40%", 20: "60%"}),
        ("wait", {"1h": "40%", "2h": "rest"}, {"60min": "40%", "120min": "60%"}),
        ("wait_for", ["a", "b"], ["b", "a"]),
        ("to", ["a", "b"], ["b", "a"]),
        ("hours", [{"mon": "1h"}], [{"mon": "60min"}]),
        ("value", 1, 1.0),
        ("name", "1h", "1h"),
    ],
)  # fmt: skip
def test_the_same(key: str, one: Any, other: Any) -> None:
    assert same(key, one, other)
    assert same(key, other, one)


@pytest.mark.parametrize(
    ("key", "one", "other"),
    [
        ("effort", "60min", "61min"),
        ("wait", "1d", "1bd"),  # a day of the clock and one of work
        ("accept_within", "8bh", "1bd"),
        ("gives", {"emea": "60%", "amer": "rest"}, {"emea": "60%", "amer": "50%"}),
        ("x-note", {"a": "rest", "b": "many"}, {"a": "40%", "b": "many"}),
        ("name", "60min", "1h"),  # words of people
        ("owner", "24h", "1d"),
        ("precedence", ["a", "b"], ["b", "a"]),
        ("to", ["a", "b"], ["a", "c"]),
        ("to", "a", ["a"]),
        ("wait", None, "1h"),
        ("otherwise", True, 1.5),
        ("wait", {"mean": "1h"}, {"median": "1h"}),
    ],
)
def test_not_the_same(key: str, one: Any, other: Any) -> None:
    assert not same(key, one, other)
    assert not same(key, other, one)
