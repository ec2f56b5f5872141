"""What can be drawn of a process and how; what cannot is refused in words."""

from pathlib import Path

import pytest

from salesflow import api
from salesflow.drawing.diagram import Diagram
from salesflow.errors import UsageError
from salesflow.findings import Finding
from salesflow.process.model import Process
from salesflow.reporting.drawn import FORMATS, Wanted, diagram_of, drawn
from salesflow.simulation.result import SimulationResult
from salesflow.spans import Span

TEXT = """\
salesflow: 1
process: deal
departments: {sales: {people: 2}, legal: {people: 1}}
stages: {lead: {}, offer: {}}
sources: {web: {start: call, arrivals: 20 per week}}
steps:
  call: {by: sales, stage: lead, effort: 1h, next: {fit: {to: offer, share: 50%}, unfit: {to: lost, share: rest}}}
  offer:
    stage: offer
    parallel:
      paper: {steps: {draft: {by: legal, effort: 2h, next: done}}}
      price: {steps: {quote: {by: sales, effort: 2h, next: done}}}
    next: {done: won}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


@pytest.fixture(scope="module")
def process() -> Process:
    return api.loads(TEXT, file="deal.yaml")


@pytest.fixture(scope="module")
def result(process: Process) -> SimulationResult:
    return api.simulate(process, duration="4w", warmup="0d", replications=2, engine="python")


FOUND = Finding("dead-end", "structure", "error", "steps.call", Span("deal.yaml"), "…")
OLD = api.loads(
    TEXT.replace("effort: 2h, next: done}}}\n      price", "next: done}}}\n      price")
)


@pytest.mark.parametrize(
    ("format_", "wanted", "said"),
    [
        (
            "gif",
            Wanted(),
            "The format `gif` is unknown: mermaid, dot, svg, png, html or bpmn.",
        ),
        ("svg", Wanted(view="stage"), "The view `stage` is unknown: flow, stages or departments."),
        ("svg", Wanted(heat="hot"), "The heat `hot` is unknown: waiting, load or value."),
        ("svg", Wanted(heat="load"), "`heat` shows a result: give `result` too."),
        ("svg", Wanted(depth=-1), "`depth` is a whole number from 0 on, not -1."),
        ("svg", Wanted(depth=True), "`depth` is a whole number from 0 on, not True."),
        ("svg", Wanted(only=("call",), around=-2), "`around` is a whole number from 0 on, not -2."),
        ("svg", Wanted(around=2), "`around` goes with `only`: how far around it."),
        (
            "svg",
            Wanted(depth=1, view="stages"),
            "`depth` opens the flow, and the view is `stages`: leave it out.",
        ),
        (
            "html",
            Wanted(only=("call",), depth=0),
            "A page shows all of the process, and there one searches and closes: leave out `only` "
            "and `depth`.",
        ),
        (
            "bpmn",
            Wanted(findings=(FOUND,), against=OLD),
            "BPMN holds the process and nothing else: leave out `findings` and `against`.",
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    format_: str, wanted: Wanted, said: str, process: Process
) -> None:
    with pytest.raises(UsageError) as caught:
        drawn(process, format_, wanted)
    assert str(caught.value) == said


def test_a_process_without_stages_has_no_picture_of_them(process: Process) -> None:
    bare = api.loads(TEXT.replace("stage: lead, ", "").replace("    stage: offer\n", ""))
    with pytest.raises(UsageError) as caught:
        drawn(bare.replace(stages={}), "svg", Wanted(view="stages"))
    assert str(caught.value).startswith("`deal` has no stages: write `stages: ")


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_draws_the_process(format_: str, process: Process) -> None:
    made = drawn(process, format_)
    starts = {
        "mermaid": "---\n",
        "dot": "digraph",
        "svg": "<svg",
        "png": b"\x89PNG\r\n\x1a\n",
        "html": "<!doctype html>",
        "bpmn": "<?xml",
    }
    start = starts[format_]
    if isinstance(start, bytes):
        assert isinstance(made, bytes)
        assert made.startswith(start)
    else:
        assert isinstance(made, str)
        assert made.startswith(start)
        assert "Draft" in made
    assert drawn(process, format_) == made


@pytest.mark.parametrize("format_", ["mermaid", "dot", "svg"])
@pytest.mark.parametrize("view", ["flow", "stages", "departments"])
def test_findings_results_and_versions_are_laid_over_every_view(
    format_: str, view: str, process: Process, result: SimulationResult
) -> None:
    plain = drawn(process, format_, Wanted(view=view))
    shown = drawn(process, format_, Wanted(view=view, result=result))
    assert plain != shown
    assert isinstance(shown, str)
    assert " a week" in shown.replace("#32;", " ")
    drawn(process, format_, Wanted(view=view, result=result, findings=(FOUND,), against=OLD))


def test_findings_and_figures_stand_together(process: Process, result: SimulationResult) -> None:
    wanted = Wanted(result=result, findings=(FOUND,), heat="load")
    (call,) = [n for n in diagram_of(process, wanted).nodes if n.id == "call"]
    assert [mark.text for mark in call.marks] == ["dead-end"]
    assert call.figure is not None
    assert call.figure.text.endswith("%")


def test_a_result_of_a_former_state_is_told(process: Process, result: SimulationResult) -> None:
    now = diagram_of(process, Wanted(result=result))
    assert now.notes == ()
    assert now.measure == "standing still per visit"
    then = diagram_of(OLD, Wanted(result=result))
    assert then.notes == ("The process has changed since it was simulated: simulate it again.",)


def test_a_result_of_another_process_is_refused(result: SimulationResult) -> None:
    other = api.loads(TEXT.replace("process: deal", "process: other"))
    for format_ in ("svg", "html"):
        with pytest.raises(UsageError) as caught:
            drawn(other, format_, Wanted(result=result))
        assert str(caught.value) == "The result is of `deal`, not of `other`: simulate that."


@pytest.mark.parametrize(("depth", "number"), [(None, 8), (0, 5), (1, 8), (7, 8)])
def test_depth_closes_blocks(depth: int | None, number: int, process: Process) -> None:
    assert len(diagram_of(process, Wanted(depth=depth)).nodes) == number


def test_only_a_part_is_drawn_of_one_or_two_versions(process: Process) -> None:
    def ids(wanted: Wanted) -> set[str]:
        return {node.id for node in diagram_of(process, wanted).nodes if node.tone != "more"}

    assert ids(Wanted(only=("call",))) == {"web", "call", "offer", "lost"}
    assert ids(Wanted(only=("call",), around=0)) == {"call"}
    assert ids(Wanted(only=("call",), against=OLD)) == {"web", "call", "offer", "lost"}
    assert "won" in ids(Wanted(only=("call",), around=9))


def test_what_a_format_cannot_hold_comes_as_departments(process: Process) -> None:
    def few(diagram: Diagram) -> bool:
        return len(diagram.edges) < 4

    short = diagram_of(process, Wanted(), fits=few)
    assert {node.path for node in short.nodes} == {"departments.sales", "departments.legal"}
    assert short.notes == ("8 transitions are more than Mermaid draws: departments are shown.",)


def test_hostile_names_come_through_every_format(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script> \\u202e & \\\" ' --> ]]> \\x1b[31m"
    text = TEXT.replace("call: {by", f'call: {{name: "{evil}", by')
    process = api.loads(text)
    for format_ in FORMATS:
        made = drawn(process, format_)
        if isinstance(made, str):
            quoted = made.replace('label="<script>alert', "").replace('tooltip="<script>alert', "")
            assert "<script>alert" not in (quoted if format_ == "dot" else made), format_
            assert "\u202e" not in made, format_
            assert "\x1b" not in made, format_
