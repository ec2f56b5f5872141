"""Steps that move in and out of blocks and branches, all at once."""

from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import salesflow as sf
from salesflow.changes.comparing import changed
from salesflow.changes.matching.match import match
from salesflow.changes.sheet import sheet_of
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
