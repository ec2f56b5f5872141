"""What is left out because it is the same in both versions changes no verdict."""

from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import salesflow as sf
from salesflow.changes.behaviour.alike import Alike
from salesflow.changes.behaviour.judge import BUDGET, _Judge, behaviour
from salesflow.changes.compare import sides_of
from salesflow.changes.matching.match import match
from salesflow.changes.sheet import sheet_of
from salesflow.nouns import FrozenMap
from salesflow.testing import processes, sound_processes
from tests.changes.edited import edited

LAWS = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def judge_of(old: sf.Process, new: sf.Process, budget: int = BUDGET) -> _Judge:
    matching = match(sheet_of(old), sheet_of(new))
    return _Judge(old, new, Alike(sides_of(old, new, matching)), budget)


@LAWS
@given(st.one_of(sound_processes(depth=2), processes(steps=5, depth=2)), st.data())
def test_with_all_looked_at_it_is_the_same(data: Any, draw: st.DataObject) -> None:
    try:
        old, new = sf.load(data), sf.load(draw.draw(edited(data, most=2)))
    except sf.LoadError:
        assume(False)
        raise
    judge = judge_of(old, new, 20_000)
    for mine, other in (("old", "new"), ("new", "old")):
        short = judge.runs_only(mine)
        whole = judge.exactly(judge.versions[mine], judge.versions[other])
        if short.included is None or whole.included is None:
            continue
        assert short.included == whole.included
        if not judge.versions[mine].reduced.hidden:
            assert len(short.runs[:1]) == len(whole.runs[:1])
            assert [*map(len, short.runs[:1])] == [*map(len, whole.runs[:1])]


def block(width: int, **changes: Any) -> sf.Process:
    """A block of branches of one step each; ``changes`` are further results of a branch's step."""
    branches = {
        f"b{n}": {"steps": {f"t{n}": {"next": {"ok": "done", **changes.get(f"b{n}", {})}}}}
        for n in range(width)
    }
    return process({"papers": {"parallel": branches, "next": {"done": "won"}}})


def row(width: int) -> sf.Process:
    """The same steps one after the other."""
    return process({f"t{n}": {"next": {"ok": f"t{n + 1}"}} for n in range(width)}, width=width)


def process(steps: dict[str, Any], *, width: int = 0) -> sf.Process:
    if width:
        steps[f"t{width - 1}"]["next"]["ok"] = "won"
    return sf.load(
        {
            "salesflow": 1,
            "process": "p",
            "sources": {"web": {"start": next(iter(steps))}},
            "steps": steps,
            "outcomes": {"won": {"kind": "won"}},
        }
    )


def test_of_a_wide_block_only_what_changed_is_looked_at() -> None:
    old, new = block(14), block(14, b3={"maybe": "done"})
    judge = judge_of(old, new)
    assert judge.runs_only("old").included
    assert judge.runs_only("new").runs == (("web", "papers.b3.t3.maybe"),)
    assert sum(v.eyes.tried for v in judge.versions.values()) < 50


def test_a_wide_block_made_a_row() -> None:
    matching = match(sheet_of(block(14)), sheet_of(row(14)))
    known = behaviour(block(14), row(14), matching, budget=5_000)
    assert known.verdict == "different"
    assert known.only_old[0] == ("web", "papers.b1.t1.ok")
    assert known.only_new == (("web", *(f"t{n}.ok" for n in range(14)), "won"),)


def test_beyond_the_budget_it_is_unknown_and_never_the_same() -> None:
    def pair(at_most: int) -> sf.Process:
        steps = {
            f"s{n}": {
                "next": {
                    "ahead": {"to": f"s{n + 1}" if n < 9 else "won", "at_most": 9},
                    "back": {"to": "s0", "at_most": at_most if n == 9 else 9},
                    "away": {"to": "won", "otherwise": True},
                }
            }
            for n in range(10)
        }
        return process(steps)

    old, new = pair(8), pair(9)
    matching = match(sheet_of(old), sheet_of(new))
    assert behaviour(old, new, matching, budget=50).verdict == "unknown"


@pytest.mark.parametrize("steps", [50, 400])
def test_a_long_row_costs_what_it_is_long(steps: int) -> None:
    old, new = row(steps), row(steps)
    last = new.steps[f"t{steps - 1}"]
    more = last.next["ok"].replace(
        id="jump", path=f"{last.path}.next.jump", node=f"{last.node}.jump"
    )

    changed = last.replace(next=FrozenMap({**last.next, "jump": more}))
    new = new.replace(steps=FrozenMap({**new.steps, last.id: changed}))
    judge = judge_of(old, new)
    assert judge.plain
    assert judge.runs_only("new").runs[0][-1] == f"t{steps - 1}.jump"
    assert sum(v.eyes.tried for v in judge.versions.values()) < 4 * steps + 10
