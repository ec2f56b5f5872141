"""What notebooks show: a report, and pictures that stand by themselves."""

import re
from base64 import b64decode
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import salesflow as sf
from salesflow.process.model import Process

TEXT = """\
salesflow: 1
process: deal
name: New business
version: 2.1.0
departments: {sales: {people: 2}}
stages: {lead: {}}
sources: {web: {start: call, arrivals: 20 per week}}
steps:
  call: {by: sales, stage: lead, effort: 1h, next: {fit: {to: sign, share: 50%}, unfit: {to: lost, share: rest}}}
  sign: {parallel: {one: {steps: {ink: {by: sales, effort: 1h, next: done}}}}, next: {done: won}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
SVG = "{http://www.w3.org/2000/svg}"
IMAGE = re.compile(r'<img alt="([^"]*)" src="data:image/svg\+xml;base64,([^"]*)">')


def pictures(html: str) -> list[tuple[str, ET.Element]]:
    """What is said of each picture, and the picture."""
    return [(alt, ET.fromstring(b64decode(data))) for alt, data in IMAGE.findall(html)]


def paths(picture: ET.Element) -> set[str]:
    groups = picture.iter(f"{SVG}g")
    return {g.get("data-path", "") for g in groups if "node" in g.get("class", "").split()}


def simulated(process: Process | list[Process]) -> sf.SimulationResult:
    return sf.simulate(process, duration="4w", warmup="0d", replications=2, engine="python")


def test_a_process_shows_its_picture_under_what_it_is() -> None:
    html = sf.loads(TEXT)._repr_html_()  # type: ignore[attr-defined]
    line = "New business 2.1.0: 2 steps, 1 department, 1 source, 2 outcomes"
    assert f"<p>{line}</p>" in html
    ((alt, picture),) = pictures(html)
    assert alt == line
    assert picture.tag == f"{SVG}svg"
    assert {"steps.call", "steps.sign.parallel.one.steps.ink", "outcomes.won"} <= paths(picture)
    assert "<script" not in html
    assert "http://" not in html
    assert "https://" not in html


def long(size: int, *, stage: str = "", blocks: int = 0) -> str:
    steps = [
        f"  s{n}: {{by: sales, {stage}next: {f's{n + 1}' if n < size - 1 else 'won'}}}"
        for n in range(size)
    ]
    inner = "{steps: {w: {by: sales, next: done}}}"
    for n in range(blocks):
        branches = ", ".join(f"b{k}: {inner}" for k in range(30))
        steps[n] = f"  s{n}: {{parallel: {{{branches}}}, next: {{done: s{n + 1}}}}}"
    head = TEXT.partition("steps:\n")[0].replace("start: call", "start: s0")
    return f"{head}steps:\n" + "\n".join(steps) + "\noutcomes: {won: {kind: won}}\n"


def shown(text: str) -> set[str]:
    ((_, picture),) = pictures(sf.loads(text)._repr_html_())  # type: ignore[attr-defined]
    return paths(picture)


def test_of_a_large_process_as_much_is_drawn_as_can_be_read() -> None:
    closed = shown(long(5, blocks=3))
    assert "steps.s0" in closed
    assert not [path for path in closed if "parallel" in path]
    assert "stages.lead" in shown(long(70, stage="stage: lead, "))
    bare = long(70).replace("stages: {lead: {}}\n", "")
    assert shown(bare) == {"departments.sales"}


def test_a_comparison_shows_its_report_and_both_versions() -> None:
    old, new = sf.loads(TEXT), sf.loads(TEXT.replace("call: {by: sales, stage", "call: {stage"))
    html = sf.diff(old, new)._repr_html_()  # type: ignore[attr-defined]
    assert html.startswith("<div>")
    assert "sf-diff" in html
    ((alt, picture),) = pictures(html)
    assert alt.startswith("What changed in New business 2.1.0: ")
    (call,) = [g for g in picture.iter(f"{SVG}g") if g.get("data-path") == "steps.call"]
    assert "changed" in call.get("class", "").split()
    same = sf.diff(old, old)._repr_html_()  # type: ignore[attr-defined]
    assert "sf-diff" in same
    assert pictures(same) == []


def test_a_result_shows_its_report_and_where_deals_wait(tmp_path: Path) -> None:
    process = sf.loads(TEXT)
    result = simulated(process)
    html = result._repr_html_()  # type: ignore[attr-defined]
    assert '<section class="sf-report">' in html
    ((alt, picture),) = pictures(html)
    assert alt.startswith("Where deals wait in New business 2.1.0: ")
    said = " ".join("".join(text.itertext()) for text in picture.iter(f"{SVG}text"))
    assert " a week" in said
    assert "standing still per visit" in said
    answer, figures = html.index('<ul class="answer">'), html.index("<h2>")
    assert answer < html.index("<img ") < figures
    bare = result.replace(models=())._repr_html_()
    assert bare.startswith("<section")
    assert pictures(bare) == []
    other = sf.loads(TEXT.replace("process: deal", "process: other"))
    assert len(pictures(simulated([process, other])._repr_html_())) == 2  # type: ignore[attr-defined]


def test_a_result_without_a_visit_is_shown_too() -> None:
    never = sf.loads(TEXT.replace("20 per week", "{every: 90w}"))
    assert pictures(simulated(never)._repr_html_())  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", '\\"><b>', "\\u202e\\x1b[31m", "&amp;"]
)
def test_hostile_names_are_text(name: str) -> None:
    text = TEXT.replace("New business", f'"{name}"')
    process = sf.loads(text)
    for thing in (process, sf.diff(process, sf.loads(TEXT)), simulated(process)):
        html = thing._repr_html_()  # type: ignore[union-attr]
        assert "<script" not in html
        assert "<b>alert" not in html
        assert "\u202e" not in html
        assert "\x1b" not in html
        for _, picture in pictures(html):
            assert picture.tag == f"{SVG}svg"
