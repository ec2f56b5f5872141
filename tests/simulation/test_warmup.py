"""Where a series begins to be steady: series whose transient is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesflow.simulation.tally import Tally
from salesflow.simulation.warmup import find_warmup, mean_by_day


def by_definition(series: list[float]) -> int | None:
    """MSER-5 as it is written down, term by term."""
    batches = [sum(series[at : at + 5]) / 5 for at in range(0, len(series) // 5 * 5, 5)]
    scores = []
    for cut in range(len(batches) // 2 + 1):
        kept = batches[cut:]
        mean = sum(kept) / len(kept)
        scores.append(sum((value - mean) ** 2 for value in kept) / len(kept) ** 2)
    best = scores.index(min(scores))
    return best * 5 if best < len(batches) // 2 else None


def test_a_level_series_needs_no_warmup() -> None:
    assert find_warmup([0.1 + 0.2] * 100) == 0


@pytest.mark.parametrize("days", [5, 10, 35, 45])
def test_a_step_is_cut_off_where_it_ends(days: int) -> None:
    assert find_warmup([0.0] * days + [7.0] * (100 - days)) == days


def test_a_step_within_a_batch_cuts_off_the_whole_batch() -> None:
    assert find_warmup([0.0] * 12 + [7.0] * 88) == 15


def test_a_ramp_is_cut_off_where_it_ends() -> None:
    assert find_warmup([day / 40 for day in range(40)] + [1.0] * 160) == 40


def test_exponential_filling_is_cut_off_once_ripples_hide_it() -> None:
    # 100 (1 - 0.9^day) lacks 5 on day 28, 1 on day 44 and 0.5 on day 50; the ripples are of 1.
    series = [100 * (1 - 0.9**day) + (-1) ** (day // 5) for day in range(400)]
    found = find_warmup(series)
    assert found is not None
    assert 28 <= found <= 50


@pytest.mark.parametrize("length", [40, 41, 400])
def test_what_grows_without_end_has_no_steady_state(length: int) -> None:
    assert find_warmup([float(day) for day in range(length)]) is None


def test_a_step_in_the_second_half_is_no_steady_state() -> None:
    assert find_warmup([0.0] * 80 + [9.0] * 20) != 80


@pytest.mark.parametrize("length", [0, 1, 5, 19])
def test_too_short_a_series_shows_nothing(length: int) -> None:
    assert find_warmup([1.0] * length) is None


def test_days_beyond_the_last_batch_do_not_count() -> None:
    level = [0.0] * 10 + [5.0] * 50
    assert find_warmup([*level, 1e6, -1e6]) == find_warmup(level) == 10


whole = st.lists(st.integers(0, 50).map(float), min_size=20, max_size=120)


@given(whole)
def test_it_is_the_definition(series: list[float]) -> None:
    assert find_warmup(series) == by_definition(series)


@given(whole, st.integers(1, 64), st.integers(-1000, 1000))
def test_units_and_level_do_not_matter(series: list[float], scale: int, level: int) -> None:
    assert find_warmup([scale * value + level for value in series]) == find_warmup(series)


def test_days_are_averaged_over_replications() -> None:
    def of(*days: int) -> Tally:
        return Tally(0, (), (), (), (), (), (), (), (), days, (), 0, 0)

    assert mean_by_day([of(0, 2, 4), of(1, 2, 6)]) == (0.5, 2.0, 5.0)
