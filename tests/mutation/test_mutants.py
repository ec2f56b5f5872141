"""The faults are faults: each mutant reads, differs, and a test that looks would notice."""

import ast
from math import isclose

import pytest

from tests.mutation.mutants import faults, mutant
from tests.mutation.run import interval

TEXT = '''
"""What it is for."""


def most(values: list[int], *, least: int = 3) -> int:
    """The largest."""
    found = [value for value in values if value > least and value != 7]
    if not found:
        return -1
    for value in found:
        if value in (8, 9):
            continue
        found.append(value) if False else None
        break
    return max(found) + 1
'''


def all_of(text: str) -> list[str]:
    made = [mutant(text, fault) for fault in faults(text)]
    return [f"{each.before} -> {each.after}" for each in made]


def test_each_mutant_reads_and_differs() -> None:
    plain = ast.unparse(ast.parse(TEXT))
    texts = [mutant(TEXT, fault).text for fault in faults(TEXT)]
    assert len(texts) > 25
    assert plain not in texts
    for text in texts:
        compile(text, "mutant", "exec")


def test_the_usual_faults_are_made() -> None:
    made = all_of(TEXT)
    for change in (
        "value > least -> value >= least",
        "value != 7 -> value == 7",
        "value > least and value != 7 -> value > least or value != 7",
        "max(found) -> min(found)",
        "max(found) + 1 -> max(found) - 1",
        "not found -> found",
        "continue -> break",
        "3 -> 4",
        "return max(found) + 1 -> return None",
    ):
        assert change in made
    assert not any("What it is for" in each or "list[int]" in each for each in made)


def test_behaviour_differs() -> None:
    def played(text: str) -> object:
        space: dict[str, object] = {}
        try:
            exec(compile(text, "mutant", "exec"), space)
            return [space["most"](row) for row in ([1, 4, 5], [7], [8, 9, 4], [2], [3, 6])]  # type: ignore[operator]
        except Exception as fault:  # noqa: BLE001 - a fault that is loud is noticed too
            return repr(fault)

    right = played(TEXT)
    noticed = [played(mutant(TEXT, fault).text) != right for fault in faults(TEXT)]
    assert sum(noticed) / len(noticed) >= 0.5


@pytest.mark.parametrize(
    ("hits", "tries", "low", "high"),
    [(9, 10, 0.596, 0.982), (50, 50, 0.929, 1.0), (0, 10, 0.0, 0.278)],
)
def test_the_interval_is_wilsons(hits: int, tries: int, low: float, high: float) -> None:
    assert isclose(interval(hits, tries)[0], low, abs_tol=0.001)
    assert isclose(interval(hits, tries)[1], high, abs_tol=0.001)
