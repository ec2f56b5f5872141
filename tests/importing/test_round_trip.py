"""What salesflow exports as BPMN comes back as it was: the flow, and all that BPMN has no word for."""

import random
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import salesflow as sf
from salesflow.drawing.bpmn.export import bpmn
from salesflow.source.write import emit
from salesflow.testing.sound import sound_families, sound_processes
from salesflow.testing.wild import families, processes
from tests.importing.imported import loaded, read

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = [
    "hello/hello",
    "smb/smb",
    "enterprise/enterprise",
    "enterprise/supplier_approval",
    "enterprise-draft/enterprise",
    "enterprise-next/enterprise",
]
few = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def comes_back(process: sf.Process, folder: Path) -> None:
    imported = read(bpmn(process).encode())
    again = loaded(imported, folder)
    assert again == process
    assert flow(again) == flow(process)
    assert imported.remarks == ()


def flow(process: sf.Process) -> Any:
    """The graph as sets that can be compared."""
    graph = process.graph
    nodes = {(name, data["kind"]) for name, data in graph.nodes(data=True)}
    edges = {
        (start, end, key, data["kind"], data["timeout"], data["share"], str(data["when"]))
        for start, end, key, data in graph.edges(keys=True, data=True)
    }
    return nodes, edges


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples(example: str, tmp_path: Path) -> None:
    comes_back(sf.load(ROOT / "examples" / f"{example}.salesflow.yaml"), tmp_path)


@few
@given(data=sound_processes())
def test_sound_processes(data: dict[str, Any], tmp_path: Path) -> None:
    comes_back(sf.load(data), tmp_path)


@few
@given(data=processes())
def test_any_processes(data: dict[str, Any], tmp_path: Path) -> None:
    try:
        process = sf.load(data)
    except sf.LoadError:
        assume(False)
    comes_back(process, tmp_path)


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param("a: {next: {ok: b}}\n  b: {}\n  c: {}", id="steps"),
        pytest.param("a: {parallel: {x: {steps: {b: {next: done}}}}}", id="a block"),
        pytest.param(
            "a: {parallel: {one: {steps: {b: {next: {ok: done, bad: leave}}}}, "
            "two: {start: c, steps: {c: {}, d: {next: d}}}}, next: {done: won, bad: won}}",
            id="a step in a block",
        ),
        pytest.param(
            "a: {parallel: {x: {steps: {b: {next: done}}}}, next: {done: won, bad: won}}",
            id="a result that nobody leaves with",
        ),
    ],
)
def test_what_nothing_follows_stays_so(steps: str, tmp_path: Path) -> None:
    """What `check` tells as an error is not mended on the way to a modeller and back."""
    text = f"salesflow: 1\nprocess: p\nsources: {{web: {{start: a}}}}\nsteps:\n  {steps}\n"
    (tmp_path / "p.salesflow.yaml").write_text(text + "outcomes: {won: {kind: won}}\n")
    comes_back(sf.load(tmp_path / "p.salesflow.yaml"), tmp_path)


@few
@given(data=sound_processes() | processes(), seed=st.integers(0, 10_000))
def test_steps_without_next(data: dict[str, Any], seed: int, tmp_path: Path) -> None:
    _forget_ways(data["steps"], random.Random(seed))
    try:
        process = sf.load(data)
    except sf.LoadError:
        assume(False)
    comes_back(process, tmp_path)


def _forget_ways(steps: dict[str, Any], chance: random.Random) -> None:
    for step in steps.values():
        if chance.random() < 0.3 and "parallel" not in step:
            step.pop("next", None)
            step.pop("timeout", None)
        for branch in step.get("parallel", {}).values():
            _forget_ways(branch.get("steps", {}), chance)


@few
@given(files=sound_families() | families())
def test_families(files: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    for name, data in files.items():
        (tmp_path / name).write_text(emit(data), encoding="utf-8")
    try:
        process = sf.load(tmp_path / "main.salesflow.yaml")
    except sf.LoadError:
        assume(False)
    folder = tmp_path / "back"
    folder.mkdir(exist_ok=True)
    comes_back(process, folder)


@few
@given(data=sound_processes())
def test_without_what_we_say_the_flow_alone_loads_too(data: dict[str, Any], tmp_path: Path) -> None:
    text = bpmn(sf.load(data))
    plain = re.sub(
        "<bpmn:extensionElements>.*?</bpmn:extensionElements>", "", text, flags=re.DOTALL
    )
    assert "salesflow:data" in text
    assert "salesflow:data" not in plain
    assert loaded(read(plain.encode()), tmp_path).steps


# ------------------------------------------------------- what somebody changes in another editor


@pytest.fixture(scope="module")
def exported() -> str:
    return bpmn(sf.load(ROOT / "examples/enterprise/enterprise.salesflow.yaml"))


def test_a_new_name_wins(exported: str, tmp_path: Path) -> None:
    text = exported.replace('name="Quotation"', 'name="Send the quotation"')
    assert text != exported
    again = loaded(read(text.encode()), tmp_path)
    assert again.steps["quotation"].name == "Send the quotation"


def test_a_flow_that_leads_elsewhere_is_taken_over(exported: str, tmp_path: Path) -> None:
    flow = re.search(
        r'<bpmn:sequenceFlow id="([^"]*chase[^"]*gone[^"]*)"[^>]*targetRef="([^"]*)"', exported
    )
    assert flow, "the export has a flow for chase.gone"
    nurture = re.search(r'<bpmn:\w+ id="([^"]*steps\.nurture)"', exported)
    assert nurture
    text = exported.replace(flow[0], flow[0].replace(flow[2], nurture[1]))
    again = loaded(read(text.encode()), tmp_path)
    assert again.steps["chase"].next["gone"].targets == ("nurture",)
    assert again.steps["chase"].effort is not None


def test_a_step_that_is_taken_out_takes_what_speaks_of_it_with_it(
    exported: str, tmp_path: Path
) -> None:
    text = exported.replace('<salesflow:data id="sign">', '<salesflow:data id="signature">')
    imported = read(text.encode())
    again = loaded(imported, tmp_path)
    assert "signature" in again.steps
    assert "signed_is_handed_over" not in again.policies
    assert again.touchpoints
    assert any("policies.signed_is_handed_over" in remark.message for remark in imported.remarks)


def test_what_does_not_fit_the_flow_at_all_is_left_out_as_a_whole(
    exported: str, tmp_path: Path
) -> None:
    text = exported.replace(
        "<salesflow:by>counsel</salesflow:by>", "<salesflow:by>[1]</salesflow:by>"
    )
    imported = read(text.encode())
    again = loaded(imported, tmp_path)
    assert len(again.nodes) >= 25
    assert any("what salesflow had written" in remark.what for remark in imported.remarks)
