"""The equations of a chain against numpy's solver, and where a chain is never left."""

from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesflow.analysis.odds import solve
from salesflow.analysis.odds.solve import Chain, TooTangled

Rows = list[list[tuple[int, float]]]


@st.composite
def chains(draw: st.DrawFn) -> tuple[Rows, list[float]]:
    """Rows with any edges, several to the same state too; some chance to leave from each state."""
    size = draw(st.integers(1, 7))
    edge = st.tuples(st.integers(0, size - 1), st.integers(1, 8))
    rows, exits = [], []
    for _ in range(size):
        edges = draw(st.lists(edge, max_size=5))
        leaves = draw(st.integers(1, 8))
        whole = sum(weight for _, weight in edges) + leaves
        rows.append([(to, weight / whole) for to, weight in edges])
        exits.append(leaves / whole)
    return rows, exits


def matrix(rows: Rows) -> np.ndarray:
    found = np.zeros((len(rows), len(rows)))
    for at, row in enumerate(rows):
        for to, factor in row:
            found[at, to] += factor
    return found


@settings(max_examples=80)
@given(chains(), st.integers(0, 6))
def test_visits_are_what_numpy_solves(chain: tuple[Rows, list[float]], start: int) -> None:
    rows, exits = chain
    entered = [0.0] * len(rows)
    entered[start % len(rows)] = 1.0
    entered[-1] += 0.5  # several entries add up
    wanted = np.linalg.solve(np.eye(len(rows)) - matrix(rows).T, np.array(entered))
    before = [*entered]
    solved = Chain(rows, exits)
    assert solved.endless == []
    for _ in range(2):  # solved for one entry after the other
        assert solved.visits(entered) == pytest.approx(wanted)
    assert entered == before
    assert Chain(rows).visits(entered) == pytest.approx(wanted)  # factors: the same equations
    states = [[at] for at in range(len(rows))]
    whole = [[at for (at,) in states]]  # all as one component will do as well
    assert Chain(rows, exits, order=whole).visits(entered) == pytest.approx(wanted)


@settings(max_examples=40)
@given(chains(), st.lists(st.integers(-3, 12), min_size=60, max_size=60))
def test_factors_may_grow_as_long_as_the_sum_is_finite(
    chain: tuple[Rows, list[float]], numbers: list[int]
) -> None:
    scales = iter(numbers)
    rows = [[(to, factor * next(scales) / 10) for to, factor in row] for row in chain[0]]
    if max(abs(np.linalg.eigvals(np.abs(matrix(rows))))) > 0.95:
        return
    entered = [1.0] * len(rows)
    wanted = np.linalg.solve(np.eye(len(rows)) - matrix(rows).T, np.array(entered))
    assert Chain(rows).visits(entered) == pytest.approx(wanted)


def test_a_circle_that_is_never_left_is_visited_for_ever() -> None:
    rows: Rows = [[(1, 0.5)], [(2, 1.0)], [(1, 1.0)], [(3, 1.0)]]
    chain = Chain(rows, [0.5, 0.0, 0.0, 0.0])
    assert sorted(chain.endless) == [1, 2, 3]
    assert chain.visits([1.0, 0.0, 0.0, 0.0]) == [1.0, inf, inf, 0.0]
    assert chain.visits([0.0, 0.0, 0.0, 0.25]) == [0.0, 0.0, 0.0, inf]


def test_a_chance_of_nothing_keeps_what_is_behind_it_empty() -> None:
    rows: Rows = [[(1, 0.0), (0, 0.25)], [(1, 0.5)]]
    assert Chain(rows, [0.75, 0.5]).visits([1.0, 0.0]) == pytest.approx([4 / 3, 0.0])


@pytest.mark.parametrize("factor", [1.0, 1.5])
def test_what_grows_without_end_is_infinite(factor: float) -> None:
    assert Chain([[(0, factor)]]).visits([1.0]) == [inf]
    assert Chain([[(0, factor)]]).visits([0.0]) == [0.0]
    assert Chain([[(1, factor)], [(0, 1.0)]]).visits([1.0, 0.0])[0] == inf


def test_chances_so_small_that_one_less_them_is_one_are_not_lost() -> None:
    tiny = 1e-18
    rows: Rows = [[(1, 1.0)], [(0, 1.0)]]
    visits = Chain(rows, [0.0, tiny]).visits([1.0, 0.0])
    assert visits == pytest.approx([1e18, 1e18], rel=1e-12)


def test_too_much_work_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    size = 6
    rows = [[(to, 0.1) for to in range(size)] for _ in range(size)]
    work = sum(n * n for n in range(1, size + 1))  # states dropped one by one, each with all others
    monkeypatch.setattr(solve, "MOST_WORK", work)
    Chain(rows, [0.4] * size)
    monkeypatch.setattr(solve, "MOST_WORK", work - 1)
    with pytest.raises(TooTangled):
        Chain(rows, [0.4] * size)


def test_the_state_with_the_fewest_neighbours_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """A star: dropped from its points inwards it costs one step each, from its middle all at once."""
    points = 40
    rows: Rows = [[(0, 0.5)] for _ in range(points + 1)]
    rows[0] = [(at, 0.5 / points) for at in range(1, points + 1)]
    monkeypatch.setattr(solve, "MOST_WORK", 3 * points)
    visits = Chain(rows, [0.5] * (points + 1)).visits([1.0] + [0.0] * points)
    assert visits[0] == pytest.approx(4 / 3)
