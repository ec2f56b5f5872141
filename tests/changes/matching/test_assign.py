"""The best pairs, against trying all assignments."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from salesflow.changes.matching.assign import best_pairs

OLDS = "abcd"
NEWS = "uvwxy"

tables = st.dictionaries(
    st.tuples(st.sampled_from(OLDS), st.sampled_from(NEWS)), st.integers(1, 9), max_size=12
)


def total(weights: dict[tuple[str, str], int]) -> int:
    """The greatest weight of all assignments."""
    sides = (*NEWS, *"----")
    return max(
        sum(weights.get((old, new), 0) for old, new in zip(OLDS, chosen, strict=True))
        for chosen in set(permutations(sides, len(OLDS)))
    )


@given(tables)
def test_no_assignment_weighs_more(weights: dict[tuple[str, str], int]) -> None:
    found = best_pairs(weights)
    assert found == sorted(found)
    assert len({old for old, _ in found}) == len({new for _, new in found}) == len(found)
    assert sum(weights[pair] for pair in found) == total(weights)


@given(tables)
def test_the_order_means_nothing(weights: dict[tuple[str, str], int]) -> None:
    assert best_pairs(dict(reversed(weights.items()))) == best_pairs(weights)


def test_in_a_crowd_the_heaviest_comes_first() -> None:
    names = [f"{n:02d}" for n in range(40)]
    weights = {(old, new): 1.0 for old in names for new in names}
    weights["07", "31"] = 2.0
    found = best_pairs(weights)
    assert ("07", "31") in found
    assert len(found) == len(names)
