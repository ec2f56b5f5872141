"""What the page of a process holds: views, cards, remarks, heats, rates, versions."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

import salesflow as sf
from salesflow.drawing.html.nouns import Page
from salesflow.errors import UsageError
from salesflow.process.model import Process
from salesflow.reporting.paged.page import page_of, paged
from salesflow.simulation.result import SimulationResult
from salesflow.testing import families
from tests.process.written import process_of

EXAMPLES = Path(__file__).parents[3] / "examples"
FIRST = ("flow", "waiting")


@cache
def example(name: str = "enterprise", file: str = "enterprise") -> Process:
    return sf.load(EXAMPLES / name / f"{file}.salesflow.yaml")


@cache
def result() -> SimulationResult:
    return sf.simulate(example(), duration="13w", warmup="26w", replications=2, engine="python")


def card(page: Page, path: str) -> str:
    found = next(card for card in page.cards if card.path == path)
    lines = [line for section in found.sections for line in section.lines]
    return "\n".join(f"{line.text} {line.value}".strip() for line in lines)


def test_a_page_has_every_view_and_a_card_for_every_step() -> None:
    page = page_of(example(), [], None, None, FIRST)
    assert [view.id for view in page.views] == ["flow", "stages", "departments"]
    assert page.versions is None
    assert page.heats == ()
    assert page.remarks == ()
    paths = {card.path for card in page.cards}
    assert {step.path for step in example().nodes.values() if getattr(step, "by", None)} <= paths
    inside = "steps.contracting.parallel.purchasing.steps.approval.steps.assessment"
    assert inside in paths


def test_the_card_of_a_step() -> None:
    page = page_of(example(), [], None, None, FIRST)
    assert card(page, "steps.solution") == (
        "solution engineer Solution engineering\nwith account executive Sales\nfaces the customer\n"
        "champion sensitive\nneed\nsolution outline\ndeployment\n"
        "hands-on work min 4h, usual 9h, max 24h\nthen waits median 12d, p90 35d\n"
        "is to be done within 20 business days for 70%\nends with stalled after 75 days\n"
        "sales director may take over after 5 business days"
    )
    assert card(page, "sources.website").startswith("deals 21 a week\na deal costs 95 EUR\ncompany")
    assert card(page, "stages.lead") == (
        "won of all that stand here 5%\ntoo old after 30 days\nin salesforce Open Lead"
    )


def test_the_wanted_view_and_heat_come_first() -> None:
    page = page_of(example(), [], result(), None, ("departments", "load"))
    assert page.views[0].id == "departments"
    assert [heat.id for heat in page.heats] == ["load", "waiting", "value"]


def test_a_result_gives_figures_and_says_where_rates_come_from() -> None:
    page = page_of(example(), [], result(), None, FIRST)
    assert page.rated == "As simulated: 2 replications of 13 weeks."
    assert "wait until somebody begins" in card(page, "steps.solution")
    titles = [section.title for section in page.about]
    assert titles == ["In short", "Simulated", "Objectives", "Deals a week"]
    rate = page.rates["steps.qualify.next.meeting_booked"]
    step = result().processes["enterprise"].steps["qualify"]
    assert step.elapsed is not None
    assert rate.hours == pytest.approx(step.elapsed.mean)
    assert 0 < rate.waiting < rate.hours
    # a fork holds no deals: its branches do
    assert page.rates["steps.contracting.parallel.legal"].hours == 0


def test_a_result_of_another_process_is_refused() -> None:
    with pytest.raises(UsageError, match="not of `smb`"):
        paged(example("smb", "smb"), result=result())


def test_findings_are_remarks_the_worst_first_where_they_are() -> None:
    process = example("enterprise-broken", "new_business")
    findings = sf.check(process)
    page = page_of(process, [*findings], None, None, FIRST)
    assert sorted(remark.text for remark in page.remarks) == sorted(f.message for f in findings)
    order = [("error", "warning", "info").index(remark.severity) for remark in page.remarks]
    assert order == sorted(order)
    trial = next(r for r in page.remarks if r.path == "steps.trial" and r.severity == "error")
    assert trial.way[0] == "sources.website"
    assert "steps.qualify.next.meeting" in trial.way
    # what is wrong inside a process that is run lies where it is run
    inner = [r for r in page.remarks if ".steps.bureau" in r.path]
    assert inner
    assert inner[0].path.startswith("steps.papers.")


def test_two_versions() -> None:
    new = example("enterprise-next")
    page = page_of(new, [], None, example(), FIRST)
    assert page.versions is not None
    assert (page.versions.old, page.versions.new) == ("2.0.0", "2.1.0")
    levels = [edit.level for edit in page.versions.edits]
    assert levels[0] == "breaking"
    assert levels == sorted(levels, key=("breaking", "check", "safe", "cosmetic", "none").index)
    kinds = {mark.kind for shape in page.views[0].scene.shapes for mark in shape.node.marks}
    assert "added" in kinds


def test_a_page_is_the_same_each_time() -> None:
    program = (
        "import hashlib, salesflow as sf; from salesflow.reporting.paged.page import paged;"
        f"p = sf.load({str(EXAMPLES / 'enterprise-broken' / 'new_business.salesflow.yaml')!r});"
        "print(hashlib.sha256(paged(p, findings=sf.check(p)).encode()).hexdigest())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


@given(families())
@settings(max_examples=15)
def test_any_process_has_a_page(files: dict[str, Any]) -> None:
    main, inner = (json.dumps(data) for data in files.values())
    process = process_of(main, **{"inner.salesflow": inner})
    findings = sf.check(process)
    page = page_of(process, [*findings], None, process, FIRST)
    drawn = {shape.node.path for view in page.views for shape in view.scene.shapes}
    drawn |= {route.edge.path for view in page.views for route in view.scene.routes}
    drawn |= {f"departments.{lane.id}" for view in page.views for lane in view.scene.diagram.lanes}
    assert len(page.remarks) == len(findings)
    assert {remark.path for remark in page.remarks} <= {*drawn, ""}
    assert {path for remark in page.remarks for path in remark.way} <= drawn
    assert page.versions is not None
    assert page.versions.edits == ()
    assert paged(process).startswith("<!doctype html>")
