"""How lists of names and runs are written: all of few, of many both ends and how many more."""

import pytest

from salesflow.changes.statements.telling import in_turn, names, run


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (1, "`a`"),
        (2, "`a` and `b`"),
        (3, "`a`, `b` and `c`"),
        (5, "`a`, `b`, `c`, `d` and `e`"),  # "and 1 more" would be no shorter
        (6, "`a`, `b`, `c`, `d` and 2 more"),
        (26, "`a`, `b`, `c`, `d` and 22 more"),
    ],
)
def test_names(count: int, told: str) -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"[:count]
    assert names([*letters]) == told
    assert names([*letters], "or") == told.replace(" and ", " or ")


@pytest.mark.parametrize(
    ("letters", "told"),
    [
        ("ab", "`a`, then `b`"),
        ("abcde", "`a`, then `b`, then `c`, then `d`, then `e`"),
        ("abcdef", "`a`, then `b`, …, then `f`"),
    ],
)
def test_one_after_the_other(letters: str, told: str) -> None:
    assert in_turn([*letters]) == told


TAKEN = ["web", "call.fits", "a.go", "b.go", "c.go", "d.go", "e.go", "f.go", "won"]


@pytest.mark.parametrize(
    ("length", "at", "told"),
    [
        (3, 0, "web → call (fits) → a (go)"),
        (6, 0, "web → call (fits) → a (go) → b (go) → c (go) → d (go)"),
        (7, 0, "web → call (fits) → … → d (go) → e (go)"),
        (9, 0, "web → call (fits) → … → f (go) → won"),
        (9, 1, "web → call (fits) → … → f (go) → won"),
        (9, 2, "web → call (fits) → a (go) → … → f (go) → won"),
        (9, 3, "web → call (fits) → a (go) → b (go) → … → f (go) → won"),
        (9, 4, "web → call (fits) → … → b (go) → c (go) → … → f (go) → won"),
        (9, 6, "web → call (fits) → … → d (go) → e (go) → f (go) → won"),
        (9, 8, "web → call (fits) → … → f (go) → won"),
    ],
)
def test_of_a_long_run_both_ends_and_what_it_is_told_for(length: int, at: int, told: str) -> None:
    assert run(TAKEN[:length], at) == told
