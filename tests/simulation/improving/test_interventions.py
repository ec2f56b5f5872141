"""What is tried, line by line; and that it always works, on generated processes too."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

import salesflow as sf
from salesflow.simulation.compile import program_of, written_program
from salesflow.simulation.ground import ground_of
from salesflow.simulation.improving.interventions import interventions_of, scenario_of
from salesflow.simulation.improving.nouns import KINDS, Intervention
from tests.simulation.improving.processes import (
    BOTTLENECK,
    DAY,
    HEAD,
    REWORK,
    WAITING,
    ground,
    program,
)
from tests.simulation.simulable import MAIN, simulated


def _made(text: str, *kinds: str) -> dict[str, tuple[str, ...]]:
    own = ground(text)
    found = interventions_of([own], program(own.process), kinds or KINDS)
    return {one.title: one.lines for one in found}


def test_one_more_person_of_each_role_that_works_here() -> None:
    assert _made(BOTTLENECK, "people") == {
        "one more legal (1 → 2)": ("departments.legal.people: 2",),
        "one more seller (4 → 5)": ("departments.sales.roles.seller.people: 5",),
    }


def test_more_time_ends_at_all_of_it() -> None:
    assert _made(BOTTLENECK, "available") == {
        "more time of seller for these deals (95% → 100%)": (
            "departments.sales.roles.seller.available: 100%",
        ),
    }


def test_half_the_effort_and_half_the_wait() -> None:
    assert _made(WAITING, "effort", "wait") == {
        "half the effort of `call` (1h → 0.5h)": ("steps.call.effort: 0.5h",),
        "half the effort of `sign` (30min → 15min)": ("steps.sign.effort: 15min",),
        "half the wait of `think` ({median: 20d, p90: 40d} → {median: 10d, p90: 20d})": (
            "steps.think.wait: {median: 10d, p90: 20d}",
        ),
        "half the wait of `sign` (1d → 0.5d)": ("steps.sign.wait: 0.5d",),
    }


def test_a_bypass_keeps_the_answers_of_the_step() -> None:
    assert _made(WAITING, "bypass")["every other deal past `think`"] == (
        "steps.think_or_not: {next: {goes: {to: think, share: 50%}, "
        "skips: {to: think_skipped, share: rest}}}",
        "steps.think_skipped: {next: {yes_please: {to: sign, share: 60%}, "
        "no_thanks: {to: lost, share: rest}}}",
        "steps.call.next.done.to: think_or_not",
    )
    assert _made(WAITING, "bypass")["every other deal past `call`"][-1] == (
        "sources.web.start: call_or_not"
    )


FLOW = f"""{HEAD}
sources: {{web: {{start: call, arrivals: 5 per week}}}}
steps:
  call: {{by: seller, effort: 1h, timeout: {{after: 3d, result: silent}}, next: {{fit: {{to: [demo, terms], share: 80%}}, later: {{to: call, share: 12%}}, no_fit: {{to: lost, share: rest}}, silent: lost}}}}
  demo: {{by: seller, effort: 1h, captures: [], next: {{liked: {{to: meet, share: 91%}}, hurry: {{to: meet, share: 9%}}}}}}
  terms: {{by: legal, effort: 1h, next: {{fine: {{to: meet, share: 50%}}, redo: {{to: terms, share: 40%, at_most: 2}}, rare: {{to: ask, share: rest}}}}}}
  ask: {{by: seller, effort: 1h, next: {{asked: {{to: terms, share: 50%}}, other: {{to: terms, share: rest}}}}}}
  meet: {{wait_for: [demo, terms], next: papers}}
  papers:
    parallel:
      ours: {{start: draft, steps: {{draft: {{by: legal, effort: 1h, next: {{good: {{to: done, share: 90%}}, bad: {{to: check, share: rest}}}}}}, check: {{wait: 1d, next: draft}}}}}}
      theirs: {{steps: {{read: {{wait: 1d, next: done}}}}}}
    next: {{done: won}}
policies: {{first: {{precedence: [call, won]}}}}
""".replace(" captures: [],", "")


def test_what_others_rely_on_is_not_bypassed() -> None:
    assert set(_made(FLOW, "bypass")) == {
        "every other deal past `ask`",
        "every other deal past `papers.ours.draft`",
        "every other deal past `papers.ours.check`",
        "every other deal past `papers.theirs.read`",
    }  # `call` is in a policy, `meet` waits for `demo` and `terms`


def test_a_bypass_in_a_branch_starts_there() -> None:
    made = _made(FLOW, "bypass")
    assert made["every other deal past `papers.ours.draft`"][2:] == (
        "steps.papers.parallel.ours.steps.check.next.done.to: draft_or_not",
        "steps.papers.parallel.ours.start: draft_or_not",
    )
    assert made["every other deal past `papers.theirs.read`"][2:] == (
        "steps.papers.parallel.theirs.start: read_or_not",
    )


def test_loops_and_rare_results_are_cut_in_proportion() -> None:
    assert _made(FLOW, "cut") == {
        "no `call.later` any more (12% of the visits)": (
            "steps.call.next.fit.share: 90.9091%",
            "steps.call.next.later: removed",
        ),
        "no `terms.redo` any more (40% of the visits)": (
            "steps.terms.next.fine.share: 83.3333%",
            "steps.terms.next.redo: removed",
        ),
        "no `terms.rare` any more (10% of the visits)": (
            "steps.terms.next.redo.share: 44.4444%",
            "steps.terms.next.fine.share: rest",
            "steps.terms.next.rare: removed",
        ),
        "no `papers.ours.draft.bad` any more (10% of the visits)": (
            "steps.papers.parallel.ours.steps.draft.next.good.share: rest",
            "steps.papers.parallel.ours.steps.draft.next.bad: removed",
        ),
    }


def test_the_only_way_to_a_good_end_is_not_cut() -> None:
    assert set(_made(REWORK, "cut")) == {"no `review.again` any more (80% of the visits)"}


def test_promises_of_one_department_are_tried_together() -> None:
    text = BOTTLENECK.replace(
        "touchpoints: {", "touchpoints: {same: {from: sales, to: legal, accept_within: 2d}, "
    )
    [[lines]] = [[*_made(text, "accept").values()]]
    assert lines == ("departments.legal.people: 10",)


def test_locks_bind_variants_only() -> None:
    own = ground(f"{WAITING}\nlocked: [steps.think]\n")
    found = interventions_of([own], program(own.process), ["wait"])
    assert [one.locked for one in found] == [True, False]


@pytest.mark.parametrize("text", [BOTTLENECK, WAITING, REWORK, FLOW])
def test_every_change_can_be_simulated(text: str) -> None:
    own = ground(text)
    for one in interventions_of([own], program(own.process)):
        scenario = scenario_of(one, [own])
        program_of(scenario.processes, duration=DAY, warmup=0)
        assert scenario.changes == one.lines
        assert scenario.processes != (own.process,)


def _faults(process: object) -> set[str]:
    assert isinstance(process, sf.Process)
    return {f.rule for f in sf.check(process) if f.severity == "error"}


@pytest.mark.parametrize("text", [BOTTLENECK, WAITING, REWORK, FLOW])
def test_no_change_makes_a_process_wrong(text: str) -> None:
    own = ground(text)
    before = _faults(own.process)
    for one in interventions_of([own], program(own.process)):
        [process] = scenario_of(one, [own]).processes
        assert _faults(process) <= before | _unreachable(one), one.title


def _unreachable(one: Intervention) -> set[str]:
    """Where a way in is cut, nobody comes there any more."""
    return {"unreachable-step", "variant-breaks-base"} if one.kind == "cut" else set()


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(simulated(), st.integers(0, 7))
def test_every_change_of_a_generated_process_loads(
    files: dict[str, dict[str, Any]], skip: int
) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / "salesflow.toml").touch()
        for name, data in files.items():
            (Path(folder) / name).write_text(json.dumps(data))
        process = sf.load(Path(folder) / MAIN)
        own = ground_of(process)
        played = written_program([process], duration=DAY, warmup=0)
        for one in interventions_of([own], played)[skip::8]:
            scenario = scenario_of(one, [own])  # LoadError where it does not load
            written_program(scenario.processes, duration=DAY, warmup=0)
