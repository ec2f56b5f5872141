"""Who hands over to whom and which stage follows how often: against equations over all states."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesflow import api
from salesflow.analysis.chain import chain_of
from salesflow.analysis.handoffs import handoffs
from salesflow.analysis.movements import handed_over, stage_moves
from salesflow.process.model import Process
from salesflow.testing import sound_processes

ENTERPRISE = Path(__file__).parents[2] / "examples" / "enterprise" / "enterprise.salesflow.yaml"
PEOPLE = ["a", "b", "c", "buyer", None]
STAGES = ["first", "second", None, None]


@st.composite
def single(draw: st.DrawFn) -> dict[str, Any]:
    """A process of one thread, without conditions and limits, that always comes to an end."""
    names = [f"s{number}" for number in range(draw(st.integers(1, 6)))]
    steps = {}
    for name in names:
        ways = draw(st.lists(st.sampled_from([*names, "won", "lost"]), max_size=3))
        step: dict[str, Any] = {
            "next": {
                **{f"r{at}": {"to": way, "share": "20%"} for at, way in enumerate(ways)},
                "out": {"to": draw(st.sampled_from(["won", "lost"])), "share": "rest"},
            }
        }
        who, stage = draw(st.sampled_from(PEOPLE)), draw(st.sampled_from(STAGES))
        steps[name] = step | ({"by": who} if who else {}) | ({"stage": stage} if stage else {})
    sources = {
        name: {"start": draw(st.sampled_from(names)), "arrivals": f"{rate} per week"}
        | ({"department": who} if (who := draw(st.sampled_from(["a", "b", None]))) else {})
        for name, rate in (("one", 1), ("two", 3))
    }
    return {
        "salesflow": 1,
        "process": "p",
        "departments": {"a": {}, "b": {}, "c": {}, "buyer": {"external": True}},
        "stages": {"first": {}, "second": {}},
        "sources": sources,
        "steps": steps,
        "outcomes": {"won": {"kind": "won"}, "lost": {"kind": "lost"}},
    }


def solved(data: dict[str, Any], *, by_stage: bool) -> dict[tuple[str, str], float]:
    """How often a label follows another: a linear system over (step, label when it is entered)."""

    def label(name: str, before: str) -> str:
        step = data["steps"][name]
        if by_stage:
            return f"stages.{step['stage']}" if "stage" in step else before
        return step["by"] if step.get("by") in ("a", "b", "c") else before

    labels = ["", "a", "b", "c", "stages.first", "stages.second", "sources.one", "sources.two"]
    states = [(name, before) for name in data["steps"] for before in labels]
    at = {state: place for place, state in enumerate(states)}
    entered = np.zeros(len(states))
    for name, source in data["sources"].items():
        first = f"sources.{name}" if by_stage else source.get("department", "")
        entered[at[source["start"], first]] += 0.25 if name == "one" else 0.75
    moves = np.zeros((len(states), len(states)))
    ends = []
    for name, before in states:
        now = label(name, before)
        ways = data["steps"][name]["next"].values()
        rest = 1 - 0.2 * (len(ways) - 1)
        for way in ways:
            share = rest if way["share"] == "rest" else 0.2
            if way["to"] in data["steps"]:
                moves[at[name, before], at[way["to"], now]] += share
            else:
                ends.append((at[name, before], now, way["to"], share))
    visits = np.linalg.solve(np.eye(len(states)) - moves.T, entered)
    found: dict[tuple[str, str], float] = {}
    for (name, before), number in zip(states, visits, strict=True):
        now = label(name, before)
        if before not in (now, "") and number > 1e-12:
            found[before, now] = found.get((before, now), 0.0) + number
    for place, now, outcome, share in ends if by_stage else ():
        if visits[place] * share > 1e-12:
            pair = now, f"outcomes.{outcome}"
            found[pair] = found.get(pair, 0.0) + visits[place] * share
    return found


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(single())
def test_of_single_threads_they_are_the_solution_of_all_equations(data: dict[str, Any]) -> None:
    process = api.load(data)
    deals = chain_of(process).all
    assert deals is not None
    assert handed_over(process, deals) == pytest.approx(solved(data, by_stage=False))
    assert stage_moves(process, deals) == pytest.approx(solved(data, by_stage=True))


@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(sound_processes())
def test_only_what_is_a_handoff_has_a_volume(data: dict[str, Any]) -> None:
    process = api.load(data)
    deals = chain_of(process).all
    if deals is not None:
        pairs = {(each.giver, each.receiver) for each in handoffs(process)}
        assert handed_over(process, deals).keys() <= pairs


def volumes(text: str) -> tuple[dict[tuple[str, str], float], dict[tuple[str, str], float]]:
    process = api.loads(text)
    deals = chain_of(process).all
    assert deals is not None
    return handed_over(process, deals), stage_moves(process, deals)


BLOCK = """\
salesflow: 1
process: p
departments: {sales: {}, legal: {}, security: {}, buyer: {external: true}}
data: {big: {type: yes_no}}
stages: {offer: {}, papers: {}}
sources: {in: {department: sales, start: sell, arrivals: 1 per week, gives: {big: 30%}}}
steps:
  sell: {by: sales, stage: offer, next: papers}
  papers:
    stage: papers
    parallel:
      law: {steps: {draft: {by: legal, next: {ok: {to: done, share: 80%}, stop: {to: leave, share: rest}}}}}
      safe: {when: big, steps: {ask: {by: security, next: done}}}
    next: {done: sign, stop: lost}
  sign: {by: buyer, next: book}
  book: {by: sales, next: won}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


def test_after_a_block_every_branch_that_ran_gives() -> None:
    handed, moved = volumes(BLOCK)
    assert handed == pytest.approx(
        {
            ("sales", "legal"): 1.0,
            ("sales", "security"): 0.3,
            ("legal", "sales"): 0.8,
            ("security", "sales"): 0.8 * 0.3,
        }
    )
    assert moved == pytest.approx(
        {
            ("sources.in", "stages.offer"): 1.0,
            ("stages.offer", "stages.papers"): 1.0,
            ("stages.papers", "outcomes.won"): 0.8,
            ("stages.papers", "outcomes.lost"): 0.2,
        }
    )


def test_where_threads_meet_each_gives_once() -> None:
    handed, moved = volumes("""\
salesflow: 1
process: p
departments: {sales: {}, legal: {}, finance: {}}
stages: {offer: {}, papers: {}}
sources: {in: {start: sell, arrivals: 2 per week}}
steps:
  sell: {by: sales, stage: offer, next: {sent: {to: [law, price]}}}
  law: {by: legal, next: meet}
  price: {by: finance, next: meet}
  meet: {by: sales, stage: papers, wait_for: [law, price], next: won}
outcomes: {won: {kind: won}}
""")
    pairs = [("sales", "legal"), ("sales", "finance"), ("legal", "sales"), ("finance", "sales")]
    assert handed == pytest.approx(dict.fromkeys(pairs, 1.0))
    assert moved["stages.offer", "stages.papers"] == pytest.approx(1.0)


def test_stages_of_the_example_lose_nothing_on_the_way() -> None:
    process: Process = api.load(ENTERPRISE)
    deals = chain_of(process).all
    assert deals is not None
    moved = stage_moves(process, deals)
    for stage in process.stages.values():
        comes = sum(number for (_, to), number in moved.items() if to == stage.path)
        goes = sum(number for (start, _), number in moved.items() if start == stage.path)
        assert comes == pytest.approx(goes, rel=0.02)
    pairs = {(each.giver, each.receiver) for each in handoffs(process)}
    assert handed_over(process, deals).keys() == pairs


def test_who_goes_round_for_ever_has_no_volume() -> None:
    handed, moved = volumes("""\
salesflow: 1
process: p
departments: {a: {}, b: {}}
sources: {in: {start: one, arrivals: 1 per week}}
steps: {one: {by: a, next: two}, two: {by: b, next: one}}
outcomes: {won: {kind: won}}
""")
    assert handed == moved == {}


def test_a_way_that_no_deal_takes_moves_nobody() -> None:
    process = api.loads(
        "salesflow: 1\nprocess: p\ndepartments: {a: {}, b: {}, c: {}}\nstages: {first: {}, second: {}}\n"
        "sources: {web: {start: one, department: a}}\nsteps:\n"
        "  one: {by: a, stage: first, next: {go: {to: two, share: 100%}, no_way: {to: three, share: 0%}}}\n"
        "  two: {by: b, stage: second, next: won}\n  three: {by: c, stage: second, next: four}\n"
        "  four: {by: a, next: won}\noutcomes: {won: {kind: won}}\n"
    )
    deals = chain_of(process).all
    assert deals is not None
    assert handed_over(process, deals) == {("a", "b"): pytest.approx(1.0)}
    assert stage_moves(process, deals) == {
        ("sources.web", "stages.first"): pytest.approx(1.0),
        ("stages.first", "stages.second"): pytest.approx(1.0),
        ("stages.second", "outcomes.won"): pytest.approx(1.0),
    }


def test_a_source_that_brings_nothing_has_no_part() -> None:
    """Whoever comes by the other one moves as if it were alone."""
    text = """\
salesflow: 1
process: p
departments: {a: {}, b: {}}
stages: {first: {}}
sources:
  quiet: {start: one, department: b, arrivals: 0 per week}
  web: {start: one, department: a, arrivals: 5 per week}
steps:
  one: {by: b, stage: first, next: {ok: {to: won, share: 100%}}}
outcomes: {won: {kind: won}}
"""
    people, stages = volumes(text)
    assert people == {("a", "b"): 1.0}
    assert stages == {
        ("sources.web", "stages.first"): 1.0,
        ("stages.first", "outcomes.won"): 1.0,
    }
    assert chain_of(api.loads(text.replace("5 per week", "0 per week"))).all is None
