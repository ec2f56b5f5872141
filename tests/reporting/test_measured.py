"""Figures of a result stand where the deals are, and say what the result says."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, reject, settings

from salesflow import api
from salesflow.drawing.diagram import Diagram, Figure
from salesflow.errors import LoadError, UsageError
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process
from salesflow.reporting.drawn import HEATS as OFFERED
from salesflow.reporting.measured import (
    HEATS,
    heats,
    part_of,
    results_overlay,
    stage_arrivals,
    stale,
)
from salesflow.reporting.measured_facts import facts_of
from salesflow.reporting.views import view_of
from salesflow.simulation.result import Estimate, SimulationResult
from tests.simulation.simulable import process_of, simulated_soundly

INNER = """\
salesflow: 1
process: credit
departments: {finance: {people: 1}}
sources: {request: {start: look}}
steps:
  look: {by: finance, effort: 6h, next: {good: {to: good, share: 75%}, again: {to: look, share: rest}}}
outcomes: {good: {kind: done}}
"""
TEXT = """\
salesflow: 1
process: deal
use: [credit.salesflow.yaml]
currency: EUR
value: amount
departments:
  sales: {people: 2}
  legal: {roles: {counsel: {people: 1}, assistant: {people: 1}}}
  finance: {people: 1}
  buyer: {external: true}
data: {amount: {type: money}}
stages: {lead: {}, paper: {}}
sources:
  web: {start: call, arrivals: 20 per week, gives: {amount: 1000}}
  fair: {start: call, arrivals: {every: 4w, batch: 20}, gives: {amount: 1000}}
steps:
  call:
    by: sales
    stage: lead
    effort: 1h
    next: {fit: {to: papers, share: 50%}, unfit: {to: lost, share: rest}}
  papers:
    stage: paper
    parallel:
      legal: {steps: {draft: {by: counsel, effort: 2h, next: {done: done, again: {to: draft, share: 25%}}}}}
      money: {steps: {ask: {run: credit, next: {good: done}}}}
    next: {done: sign}
  sign: {by: buyer, wait: 2d, next: won}
touchpoints: {papers: {from: sales, to: legal}, credit: {from: sales, to: finance}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> tuple[Process, SimulationResult]:
    folder = tmp_path_factory.mktemp("measured")
    (folder / "credit.salesflow.yaml").write_text(INNER)
    (folder / "deal.salesflow.yaml").write_text(
        TEXT.replace("next: {done: done, again", "next: {done: {to: done, share: rest}, again")
    )
    process = api.load(folder / "deal.salesflow.yaml")
    return process, api.simulate(
        process, duration="26w", warmup="4w", replications=4, engine="python"
    )


def amount(figure: Figure) -> float:
    return float(figure.text.split()[0].lstrip("<").replace(",", ""))


def test_each_figure_is_of_something_that_is_drawn(
    known: tuple[Process, SimulationResult],
) -> None:
    process, result = known
    for heat in HEATS:
        overlay = results_overlay(process, result, heat)
        drawn: set[str] = set()
        for depth in (0, 1, 2):
            flow = view_of(process, "flow", overlay=overlay, depth=depth)
            assert flow.measure == overlay.measure
            things = [*flow.nodes, *flow.edges]
            drawn |= {thing.path for thing in things}
            for thing in things:
                hides = thing.path.startswith("sources.") and thing in flow.nodes
                gate = getattr(thing, "kind", "") in ("fork", "join")
                if not hides and not gate:
                    assert thing.figure == overlay.figures.get(thing.path), thing
            assert not [n for n in flow.nodes if n.kind == "fork" and n.figure is not None]
        for view in ("stages", "departments"):
            shown = view_of(process, view, overlay=overlay)
            assert shown.measure == overlay.measure
            assert all(edge.figure is not None for edge in shown.edges), view
            assert not [n for n in shown.nodes if n.kind == "source" and n.figure is not None]
            drawn |= {thing.path for thing in (*shown.nodes, *shown.edges)}
        drawn |= {touchpoint.path for touchpoint in process.touchpoints.values()}
        assert {*overlay.figures} - drawn <= {"departments.buyer"}  # none of ours: not drawn


def test_every_way_says_how_many_deals_take_it(known: tuple[Process, SimulationResult]) -> None:
    process, result = known
    overlay = results_overlay(process, result)
    flow: Diagram = view_of(process, "flow", overlay=overlay, depth=2)
    assert {e.path for e in flow.edges if e.figure is None} == set()
    most = max((e for e in flow.edges if e.figure), key=lambda e: e.figure.level)  # type: ignore[union-attr]
    assert most.figure is not None
    assert most.figure.level == 1.0
    for edge in flow.edges:
        assert edge.figure is not None
        assert amount(edge.figure) == pytest.approx(
            edge.figure.level * amount(most.figure), rel=0.06, abs=0.006
        )


def test_deals_are_neither_lost_nor_made(known: tuple[Process, SimulationResult]) -> None:
    """What comes to a step or a block in a week leaves it, but for what is under way."""
    process, result = known
    figures = results_overlay(process, result).figures
    flow = view_of(process, "flow", overlay=results_overlay(process, result), depth=2)
    for node in flow.nodes:
        if node.kind not in ("step", "decision"):
            continue
        comes = sum(figures[e.path].level for e in flow.edges if e.end == node.id)
        goes = sum(figures[e.path].level for e in flow.edges if e.start == node.id)
        assert comes == pytest.approx(goes, rel=0.1), node.id
    came = amount(figures["sources.web"]), amount(figures["sources.fair"])
    assert came == pytest.approx((20, 5), rel=0.2)
    arrived = part_of(process, result).deals["arrived"].mean / 26
    assert sum(came) == pytest.approx(arrived, rel=0.03)


def test_what_crosses_at_touchpoints_goes_from_department_to_department(
    known: tuple[Process, SimulationResult],
) -> None:
    process, result = known
    figures = results_overlay(process, result).figures
    for touchpoint in process.touchpoints.values():
        pair = f"departments.{touchpoint.giver}>{touchpoint.receiver}"
        assert figures[pair].level == pytest.approx(figures[touchpoint.path].level, rel=0.05)


def test_stages_say_how_many_deals_come_to_them(known: tuple[Process, SimulationResult]) -> None:
    process, result = known
    come = stage_arrivals(process, result)
    assert set(come) == {"stages.lead", "stages.paper"}
    for stage, words in come.items():
        step = "call" if stage == "stages.lead" else "papers"
        visits = part_of(process, result).steps[step].visits.mean / 26
        assert words.endswith(" deals a week")
        assert float(words.split()[0]) == pytest.approx(visits, rel=0.06)


def test_waiting_is_the_time_nobody_of_ours_works_and_closed_boxes_have_the_worst(
    known: tuple[Process, SimulationResult],
) -> None:
    process, result = known
    figures = results_overlay(process, result, "waiting").figures
    legal, ask = "steps.papers.parallel.legal", "steps.papers.parallel.money.steps.ask"
    look, draft = f"{ask}.steps.look", f"{legal}.steps.draft"
    steps = part_of(process, result).steps
    seen = {
        "steps.call": steps["call"],
        draft: steps["papers.legal.draft"],
        look: steps["papers.money.ask.look"],
        "steps.sign": steps["sign"],
    }
    hours = {}
    for path, step in seen.items():
        assert step.elapsed is not None
        hours[path] = step.elapsed.mean - (step.effort.mean if step.effort is not None else 0.0)
    worst = max(hours, key=lambda path: hours[path])
    for path, still in hours.items():
        assert figures[path].level == pytest.approx((still / hours[worst]) ** 0.5)
    assert worst == "steps.sign"
    assert figures["steps.sign"].text == "2 days"  # the buyer takes them, nobody of ours works
    assert figures["steps.papers"].text == f"up to {figures[look].text}"
    assert figures["steps.papers"].level == figures[look].level
    assert figures["stages.paper"] == figures["steps.papers"]
    assert figures["stages.lead"] == figures["steps.call"]
    assert figures[ask] == figures["departments.finance"] == figures[look]


def test_what_takes_no_time_does_not_stand_still(known: tuple[Process, SimulationResult]) -> None:
    process, result = known
    bare = process.steps["sign"].replace(by=None, wait=None)
    plain = process.replace(steps={**process.steps, "sign": bare})
    assert "steps.sign" not in results_overlay(plain, result).figures


def test_a_step_says_what_was_seen_of_it(known: tuple[Process, SimulationResult]) -> None:
    process, result = known
    facts = facts_of(process, part_of(process, result), result)
    assert set(facts) >= {"steps.call", "steps.papers", "steps.sign"}
    visits, still, work = facts["steps.call"]
    assert re.fullmatch(r"Simulated: 2\d visits a week\.", visits)
    said = (
        r"A deal stands still for [\d.]+ \w+ each time, [\d.]+ \w+ of it until one of us begins\."
    )
    assert re.fullmatch(said, still)
    assert work == "It is worked on for 1 h."
    assert facts["steps.sign"][1:] == ("A deal stands still for 2 days each time.",)
    assert len(facts["steps.papers"]) == 1
    nobody = part_of(process, result).replace(steps=FrozenMap())
    assert facts_of(process, nobody, result) == {}


def test_load_is_how_busy_the_people_of_a_step_are(
    known: tuple[Process, SimulationResult],
) -> None:
    process, result = known
    figures = results_overlay(process, result, "load").figures
    busy = result.roles["finance"].utilization
    assert busy is not None
    look = "steps.papers.parallel.money.steps.ask.steps.look"
    assert figures[look].level == busy.mean
    assert figures[look].text.endswith("%")
    assert float(figures[look].text.rstrip("%")) == pytest.approx(100 * busy.mean, abs=1)
    assert "departments.buyer" not in figures
    assert "steps.sign" not in figures


def test_value_is_deals_times_what_one_is_worth(known: tuple[Process, SimulationResult]) -> None:
    process, result = known
    figures = results_overlay(process, result, "value").figures
    visits = part_of(process, result).steps["call"].visits.mean / 26
    assert figures["steps.call"].text.endswith(" EUR a week")
    assert amount(figures["steps.call"]) == pytest.approx(visits * 1000, rel=0.05)
    assert figures["steps.call"].level == 1.0


def test_worth_of_a_deal_is_that_of_won_and_lost_ones() -> None:
    process = api.loads(INNER)
    kpis = {"value_per_won": 300.0, "win_rate": 0.5}
    part = _part(process, kpis, by_value=0.75)  # 150 won of 200 in all, by two deals: 300 and 100
    assert amount(results_overlay(process, part, "value").figures["steps.look"]) == 2000
    alone = _part(process, {"value_per_won": 300.0}, by_value=None)
    assert amount(results_overlay(process, alone, "value").figures["steps.look"]) == 3000


def _part(process: Process, kpis: dict[str, float], *, by_value: float | None) -> SimulationResult:
    played = api.simulate(
        api.loads(INNER.replace("{start: look}", "{start: look, arrivals: 5 per week}")),
        duration="2w",
        warmup="0d",
        replications=2,
        engine="python",
    )
    (part,) = played.processes.values()
    look = part.steps["look"].replace(visits=Estimate(20.0, 20.0, 20.0))
    changed = part.replace(
        kpis=FrozenMap({name: Estimate(mean, mean, mean) for name, mean in kpis.items()}),
        win_rate_by_value=None if by_value is None else Estimate(by_value, by_value, by_value),
        steps=FrozenMap({"look": look}),
    )
    return played.replace(processes=FrozenMap({process.id: changed}))


@pytest.mark.parametrize(
    ("deals", "text"),
    [
        (0.0, "0 a week"),
        (0.0001, "<0.01 a week"),
        (0.02, "0.02 a week"),
        (0.5, "0.5 a week"),
        (0.9991, "1 a week"),
        (5.44, "5.4 a week"),
        (1234.5, "1,234 a week"),
    ],
)
def test_few_deals_are_not_none(deals: float, text: str) -> None:
    process = api.loads(INNER)
    result = _part(process, {}, by_value=None)
    (part,) = result.processes.values()
    taken = Estimate(*[2 * deals] * 3)
    part = part.replace(flow=FrozenMap({"look.good": taken}))
    result = result.replace(processes=FrozenMap({"credit": part}))
    assert results_overlay(process, result).figures["steps.look.next.good"].text == text


@settings(max_examples=15)
@given(simulated_soundly())
def test_whatever_is_simulated_can_be_shown(files: dict[str, Any]) -> None:
    process = process_of(files)
    try:
        result = api.simulate(process, duration="1w", warmup="0d", replications=2, engine="python")
    except LoadError:  # it says too little
        reject()
    assert stale(process, result) == ""
    for heat in heats(process, result):
        overlay = results_overlay(process, result, heat)
        assert all(0 <= figure.level <= 1 for figure in overlay.figures.values())
        flow = view_of(process, "flow", overlay=overlay, depth=9)
        told = {edge.path for edge in flow.edges if edge.figure is not None}
        results = {f"{node}.{way}" for node, step in process.nodes.items() for way in step.next}
        assert {r.path for s in process.nodes.values() for r in s.next.values()} <= told
        assert results <= {*part_of(process, result).flow}


def test_what_cannot_be_told_is_refused(known: tuple[Process, SimulationResult]) -> None:
    process, result = known
    other = api.loads(INNER)

    def refused(one: Process, of: SimulationResult, heat: Any) -> str:
        with pytest.raises(UsageError) as caught:
            results_overlay(one, of, heat)
        return str(caught.value)

    assert refused(process, result, "heat") == "The heat `heat` is unknown: waiting, load or value."
    assert refused(other, result, "load") == (
        "The result is of `deal`, not of `credit`: simulate that."
    )
    worthless = _part(other, {}, by_value=None)
    assert heats(other, worthless) == ("waiting", "load")
    assert heats(process, result) == OFFERED == (*HEATS,)
    assert refused(other, worthless, "value") == (
        "Nobody knows what deals of `credit` are worth: say which field it is (`value: amount`), "
        "or simulate longer, until deals are won."
    )
    several = result.replace(processes=FrozenMap({"a": None, "b": None}))
    assert refused(process, several, "load") == (
        "The result is of `a` and `b`, not of `deal`: simulate that."
    )


def test_one_of_several_processes_is_found(tmp_path: Path) -> None:
    more = "{start: look, arrivals: 5 per week}"
    one = api.loads(INNER.replace("{start: look}", more))
    two = api.loads(INNER.replace("{start: look}", more).replace("process: credit", "process: two"))
    result = api.simulate([one, two], duration="2w", warmup="0d", replications=2, engine="python")
    for process in (one, two):
        assert "steps.look" in results_overlay(process, result).figures
        assert stale(process, result) == ""  # nobody can say


def test_a_process_that_has_changed_since_is_told(known: tuple[Process, SimulationResult]) -> None:
    process, result = known
    assert stale(process, result) == ""
    told = "The process has changed since it was simulated: simulate it again."
    call = process.steps["call"].replace(effort=None)
    assert stale(process.replace(steps={**process.steps, "call": call}), result) == told
    assert stale(process.replace(sources={}), result) == told
    named = process.steps["call"].replace(name="Call them")  # means nothing to a deal
    assert stale(process.replace(steps={**process.steps, "call": named}), result) == ""
    assert stale(process, result.replace(duration="soon")) == ""
