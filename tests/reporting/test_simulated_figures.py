"""Figures have the digits that their interval allows, and the unit people say them in."""

from math import inf

import pytest

from salesflow.reporting.simulated.figures import (
    HOURS,
    MONEY,
    NUMBER,
    SHARE,
    WORK,
    difference,
    figure,
    lasting,
    number,
    rough,
    share,
)
from salesflow.simulation.result import Estimate
from tests.reporting.simulated_results import DAY, about


@pytest.mark.parametrize(
    ("estimate", "kind", "shown"),
    [
        (about(0.171, 0.009), SHARE, "17.1% (16.2 to 18.0)"),
        (about(0.171, 0.023), SHARE, "17% (15 to 19)"),
        (about(0.066, 0.015), SHARE, "6.6% (5.1 to 8.1)"),  # one digit alone says too little
        (about(0.06, 0.04), SHARE, "6% (2 to 10)"),
        (about(0.171, 0.0004), SHARE, "17.10% (17.06 to 17.14)"),
        (about(0.995, 0.02), SHARE, "100% (98 to 100)"),  # no share is above 100%
        (about(0.001, 0.004), SHARE, "0.1% (0.0 to 0.5)"),  # none is below 0%
        (about(1.0), SHARE, "100%"),
        (about(0.0), SHARE, "0%"),
        (about(182 * DAY, 6.1 * DAY), HOURS, "182 days (176 to 188)"),
        (about(6.13 * DAY, 0.9 * DAY), HOURS, "6.1 days (5.2 to 7.0)"),
        (about(47, 2), HOURS, "47 hours (45 to 49)"),
        (about(1.0), HOURS, "1.0 hours"),
        (about(1.0, 0.6), HOURS, "1.0 hours (0.4 to 1.6)"),
        (about(24 * 2, 24), HOURS, "2 days (1 to 3)"),
        (about(0.25, 0.03), HOURS, "15 minutes (13 to 17)"),
        (about(61, 3), WORK, "61 hours (58 to 64)"),  # of a person, not of a day
        (about(147_812, 11_420), MONEY, "148,000 EUR (136,000 to 159,000)"),
        (about(147_812, 114), MONEY, "147,810 EUR (147,700 to 147,930)"),
        (about(95.2, 0.4), MONEY, "95.20 EUR (94.80 to 95.60)"),
        (about(-5000, 900), MONEY, "−5,000 EUR (−5,900 to −4,100)"),
        (about(1.52, 0.08), NUMBER, "1.52 (1.44 to 1.60)"),
        (about(12_345, 80), NUMBER, "12,345 (12,265 to 12,425)"),
        (about(0.0001, 0.0002), NUMBER, "<0.001"),  # something, though no digit of it shows
        (about(2e-5), SHARE, "<0.01%"),
        (about(0.0001), HOURS, "<0.1 minutes"),
        (about(0.001, 0.002), MONEY, "<0.01 EUR"),
        (Estimate(3.0, 1.0, inf), NUMBER, "3.00 (1.00 to ∞)"),
    ],
)
def test_a_figure(estimate: Estimate, kind: str, shown: str) -> None:
    assert figure(estimate, kind, "EUR").whole == shown


@pytest.mark.parametrize(
    ("estimate", "kind", "shown"),
    [
        (about(-6.1 * DAY, 0.9 * DAY), HOURS, "−6.1 days (−7.0 to −5.2)"),
        (about(0.012, 0.004), SHARE, "+1.2 points (+0.8 to +1.6)"),
        (about(0.01, 0.02), SHARE, "+1 point (−1 to +3)"),
        (about(0.0), NUMBER, "0"),
        (about(-0.004, 0.0031), NUMBER, "−0.004 (−0.007 to −0.001)"),
        (about(-212, 61), MONEY, "−212 EUR (−273 to −151)"),
        (about(-3, 1), HOURS, "−3.0 hours (−4.0 to −2.0)"),
    ],
)
def test_a_difference_has_its_sign(estimate: Estimate, kind: str, shown: str) -> None:
    assert difference(estimate, kind, "EUR").whole == shown


def test_a_figure_of_a_table_is_short() -> None:
    shown = figure(about(182 * DAY, 6.1 * DAY), HOURS)
    assert (shown.short, shown.half) == ("182 d", "6")
    assert figure(about(0.9), SHARE).half == ""


def test_rough_figures() -> None:
    assert [share(0.914), share(0.0042), share(0.0)] == ["91%", "0.4%", "0%"]
    assert [number(n) for n in (4210.4, 42.4, 4.24, 0.0423, 0)] == [
        "4,210",
        "42",
        "4.2",
        "0.042",
        "0",
    ]
    assert (share(0.0001), number(1e-7)) == ("<0.1%", "<0.001")
    assert rough(about(1 / 3), WORK) == "20 min"
    assert rough(about(3.0), WORK) == "3 h"
    assert rough(about(0.52), SHARE) == "52%"


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0, "0 hours"),
        (0.01, "under a minute"),
        (1 / 60, "1 minute"),
        (0.32, "19 minutes"),
        (1, "1 hour"),
        (4.94, "4.9 hours"),
        (47.9, "48 hours"),
        (48, "2 days"),
        (529, "22 days"),
        (24_000, "1,000 days"),
    ],
)
def test_times_are_said_in_few_digits(hours: float, words: str) -> None:
    assert lasting(hours) == words
