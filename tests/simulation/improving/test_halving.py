"""Half of a time, in the words it was written in."""

import pytest

from salesflow.simulation.improving.halving import halved


@pytest.mark.parametrize(
    ("written", "half"),
    [
        ("45min", "22.5min"),
        ("3h", "1.5h"),
        ({"mean": "2d"}, {"mean": "1d"}),
        ({"median": "3d", "p90": "10d"}, {"median": "1.5d", "p90": "5d"}),
        ({"mean": "2d", "sd": "1d"}, {"mean": "1d", "sd": "0.5d"}),
        (
            {"min": "1h", "usual": "2h", "max": "8h"},
            {"min": "0.5h", "usual": "1h", "max": "4h"},
        ),
        ({"any_of": {"1d": "30%", "5d": "rest"}}, {"any_of": {"0.5d": "30%", "2.5d": "rest"}}),
        ("4bh", "2bh"),
    ],
)
def test_every_family_is_halved_as_it_is_written(written: object, half: object) -> None:
    assert halved(written) == half


def test_what_is_no_time_is_not_halved() -> None:
    with pytest.raises(ValueError, match="no time"):
        halved("soon")
