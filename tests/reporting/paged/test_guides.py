"""A department's guide says all that `show --department` says: when, with what, what is owed, by when."""

from pathlib import Path

import pytest
from hypothesis import given, settings

import salesflow as sf
from salesflow.analysis.department import view_of
from salesflow.analysis.handoffs import handoffs
from salesflow.drawing.extract import flow
from salesflow.drawing.html.nouns import Card
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process, Touchpoint
from salesflow.reporting.paged.guides import guides
from salesflow.reporting.paged.kept import Kept
from salesflow.reporting.paged.places import places
from tests.analysis.test_handoffs import staffed

EXAMPLES = Path(__file__).parents[3] / "examples"
LEGAL = """
Enters
  from Sales → departments.sales
  Draft, after Verbal agreement (done) or Executive call (settled) → steps.contracting.parallel.legal.steps.draft
  gets: quote and solution outline
  owes back: contract
Works on
  Draft | counsel → steps.contracting.parallel.legal.steps.draft
  Redline | counsel → steps.contracting.parallel.legal.steps.redline
Leaves
  to Sales → departments.sales
  Executive call, after Redline (deadlock) → steps.executive_call
  Put the papers together, after Draft (done) or Redline (returned) → steps.final_papers
  hands over: contract
Promises
  to Sales: contract request, begun within 2 business days for 90% → steps.contracting.parallel.legal.steps.draft
Is promised
  by Sales: papers from legal, begun within 1 business day → steps.executive_call
People
  counsel | 2 people
"""


def made(process: Process, kept: Kept | None = None) -> dict[str, Card]:
    known = places([flow(process, depth=99)])
    return {card.path: card for card in guides(process, known, kept or Kept())}


def written(card: Card) -> str:
    rows = [card.lead]
    for section in card.sections:
        rows.append(section.title)
        for line in section.lines:
            value = f" | {line.value}" if line.value else ""
            rows.append(f"  {line.text}{value}{f' → {line.to}' if line.to else ''}")
    return "\n".join(rows) + "\n"


@pytest.fixture(scope="module")
def enterprise() -> Process:
    return sf.load(EXAMPLES / "enterprise" / "enterprise.salesflow.yaml")


def test_the_guide_of_a_department(enterprise: Process) -> None:
    assert written(made(enterprise)["departments.legal"]) == LEGAL


def test_every_department_has_one(enterprise: Process) -> None:
    cards = made(enterprise)
    assert [*cards] == [f"departments.{name}" for name in enterprise.departments]
    assert "Outside of our company." in cards["departments.customer"].lead


def test_what_nobody_agreed_on_is_said() -> None:
    process = sf.load(EXAMPLES / "enterprise-broken" / "new_business.salesflow.yaml")
    texts = [written(card) for card in made(process).values()]
    assert any("no touchpoint says what must be handed over" in text for text in texts)


def test_work_in_a_process_that_is_run_is_told(enterprise: Process) -> None:
    (works,) = [
        section
        for section in made(enterprise)["departments.finance"].sections
        if section.title == "Works on"
    ]
    inside = enterprise.runs["supplier_approval"]
    own = [step for step in inside.nodes.values() if inside.department_of(step) == "finance"]
    assert own
    assert {step.heading for step in own} <= {line.text for line in works.lines}


def test_promises_say_how_often_they_are_kept(enterprise: Process) -> None:
    result = sf.simulate(enterprise, duration="26w", warmup="52w", replications=2, engine="python")
    part = result.processes["enterprise"]
    cards = made(enterprise, Kept(part=part, result=result))
    seen = part.touchpoints["leads"].attainment
    assert seen is not None
    line = next(
        line
        for section in cards["departments.sales"].sections
        for line in section.lines
        if "leads" in line.text
    )
    assert line.value == f"kept {seen.mean:.0%}"
    assert line.tone == ("won" if seen.mean >= 0.9 else "error")
    people = cards["departments.legal"].sections[-1].lines[0]
    assert people.value.startswith("2 people, ")
    assert people.value.endswith("% busy")


def agreed(process: Process) -> Process:
    """With a touchpoint for each handoff, each about a field of its own."""
    pairs = sorted({(each.giver, each.receiver) for each in handoffs(process)})
    found = {}
    for giver, receiver in pairs[:-1]:  # the last one agreed on nothing
        name = f"{giver}_{receiver}"
        found[name] = Touchpoint(
            id=name,
            path=f"touchpoints.{name}",
            node=name,
            giver=giver,
            receiver=receiver,
            requires=(f"needed_{name}",),
            returns=(f"returned_{name}",),
        )
    return process.replace(touchpoints=FrozenMap(found))


@settings(max_examples=40)
@given(staffed().map(agreed))
def test_any_guide_names_every_crossing_step_and_field(process: Process) -> None:
    known = places([flow(process, depth=99)])
    cards = made(process)
    for name in process.departments:
        view = view_of(process, name)
        lines = [line for part in cards[f"departments.{name}"].sections for line in part.lines]
        linked = {line.to for line in lines}
        texts = [line.text for line in lines]
        for crossing in (*view.entries, *view.exits):
            assert known.of(crossing.at) in linked - {""}
            assert f"departments.{crossing.other}" in linked
            assert all(known.transition(by) in " ".join(texts) for by in crossing.by)
            for field in (*crossing.requires, *crossing.returns):
                assert any(field in text for text in texts)
        for task in view.tasks:
            assert known.of(task.step.node) in linked - {""}
        for source in view.sources:
            assert source.path in linked
        assert linked - {""} <= {*known.drawn, *(f"departments.{d}" for d in process.departments)}
