"""Steps that move in and out of blocks and branches, all at once."""

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import salesflow as sf
from salesflow.changes.comparing import changed
from salesflow.changes.matching.match import match
from salesflow.changes.sheet import Sheet, sheet_of
from tests.changes.statements.arranged import arranged


@given(st.integers(0, 1_000_000))
@settings(max_examples=60)
def test_steps_are_found_wherever_they_went(seed: int) -> None:
    random = Random(seed)
    names = [f"s{n}" for n in range(random.randint(2, 6))]
    old, new = (sf.load(arranged(names, random)) for _ in range(2))
    found = match(sheet_of(old), sheet_of(new))
    steps = {path.rpartition(".")[2]: path for path in found.old_of if ".next." not in path}
    assert all(found.old_of[steps[name]].endswith(f".{name}") for name in names)
    assert match(sheet_of(new), sheet_of(old)) == found.mirrored()
    assert changed(old, new).apply(old) == new


def test_a_step_leaves_a_block_that_goes_and_ends_otherwise() -> None:
    def process(steps: dict[str, Any]) -> sf.Process:
        return sf.load(
            {
                "salesflow": 1,
                "process": "flow",
                "sources": {"inbound": {"start": next(iter(steps))}},
                "steps": steps,
                "outcomes": {"won": {"kind": "won"}, "lost": {"kind": "lost"}},
            }
        )

    branch = {"steps": {"check": {"next": {"go": "done"}}}}
    old = process({"papers": {"parallel": {"law": branch}, "next": {"done": "won"}}})
    new = process({"check": {"next": {"fine": "won", "refused": "lost"}}})
    assert changed(old, new).apply(old) == new


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"by": "rep"}, {"by": "rep"}, True),
        ({"by": "rep"}, {"by": "counsel"}, False),
        ({"by": "rep", "name": "Audit"}, {"by": "counsel", "name": "Audit"}, True),
        ({"by": "rep", "name": "Audit"}, {"by": "counsel", "name": "Review"}, False),
        ({"by": "rep", "captures": ["a"]}, {"by": "counsel", "captures": ["b", "a"]}, True),
        ({"by": "rep", "captures": ["a"]}, {"by": "counsel", "captures": ["b"]}, False),
        ({"by": "rep", "requires": ["a"]}, {"by": "counsel", "requires": ["a", "b"]}, True),
        ({"by": "rep", "requires": ["a"]}, {"by": "counsel", "requires": ["b"]}, False),
        ({"by": "rep", "requires": ["a"]}, {"by": "counsel", "captures": ["a"]}, True),
        ({}, {"by": "counsel"}, True),  # nobody does one of them
    ],
)
def test_an_id_elsewhere_is_another_step_where_nothing_else_is_common(
    one: dict[str, Any], other: dict[str, Any], same: bool
) -> None:
    """What has another place, other people and another purpose only happens to have the id."""

    def sheet(steps: dict[str, Any]) -> Sheet:
        return sheet_of(
            sf.load(
                {
                    "salesflow": 1,
                    "process": "flow",
                    "departments": {
                        "sales": {"roles": {"rep": {"people": 1}}},
                        "legal": {"roles": {"counsel": {"people": 1}}},
                    },
                    "data": {name: {"type": "text"} for name in "ab"},
                    "sources": {
                        "inbound": {"start": "call", "gives": {"a": "filled", "b": "filled"}}
                    },
                    "steps": steps,
                    "outcomes": {"won": {"kind": "won"}, "lost": {"kind": "lost"}},
                }
            )
        )

    free = {"call": {"next": "check"}, "check": {**one, "next": {"ok": "won"}}}
    inner = {"steps": {"check": {**other, "effort": "9h", "next": {"fine": "done"}}}}
    block = {"call": {"next": "papers"}, "papers": {"parallel": {"law": inner}, "next": "lost"}}
    found = match(sheet(free), sheet(block)).new_of.get("steps.check")
    assert found == ("steps.papers.parallel.law.steps.check" if same else None)
