"""How far a picture opens a process: at every depth it shows the graph, closed nodes merged."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesflow import api
from salesflow.drawing.diagram import Diagram, Figure, Mark, Overlay
from salesflow.drawing.extract import flow
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process
from salesflow.process.steps import Run
from salesflow.testing import families, processes, sound_families, sound_processes
from tests.process.written import process_of

MAIN = "main.salesflow.yaml"
ENTERPRISE = Path(__file__).parents[2] / "examples" / "enterprise" / "enterprise.salesflow.yaml"


def loaded(files: dict[str, Any]) -> Process:
    texts = {name.removesuffix(".yaml"): json.dumps(data) for name, data in files.items()}
    main, *_ = texts
    return process_of(texts.pop(main), **texts)


one = st.one_of(processes(), sound_processes()).map(lambda data: {MAIN: data})
anything = st.one_of(one, families(), sound_families())


def merged(process: Process, depth: int) -> tuple[set[str], Counter[tuple[str, str, str]]]:
    """The whole graph with all that lies deeper merged into the node that is closed."""
    graph = process.graph_of(expand=True)
    forks = [node for node, kind in graph.nodes(data="kind") if kind == "fork"]

    def inside(node: str, fork: str) -> bool:
        return node.startswith(f"{fork}.") and node != f"{fork}.join"

    closed = []
    for fork in forks:
        around = [other for other in forks if inside(fork, other)]
        runs = [n for n in (*around, fork) if isinstance(graph.nodes[n]["element"], Run)]
        if depth == 0 or (fork in runs and len(runs) > depth - 1):
            closed.append(fork)

    def at(node: str) -> str:
        holders = [fork for fork in closed if node.startswith(f"{fork}.")]
        return min(holders, key=len) if holders else node

    edges: Counter[tuple[str, str, str]] = Counter()
    for start, end, key in graph.edges(keys=True):
        times_out = graph.nodes[start]["kind"] == "fork" and end == f"{start}.join"
        within = at(start) == at(end) in closed and start != f"{at(start)}.join"
        if not times_out and not within:
            edges[at(start), at(end), key] += 1
    return {at(node) for node in graph.nodes}, edges


def shape(drawn: Diagram) -> tuple[set[str], Counter[tuple[str, str, str]]]:
    kinds = {node.id: node.kind for node in drawn.nodes}
    edges: Counter[tuple[str, str, str]] = Counter()
    for edge in drawn.edges:
        key = "start" if kinds[edge.start] == "source" else edge.path.rpartition(".")[2]
        edges[edge.start, edge.end, key] += 1
    return {*kinds}, edges


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(anything, st.integers(0, 4))
def test_at_every_depth_it_is_the_graph_with_closed_nodes_merged(
    files: dict[str, Any], depth: int
) -> None:
    process = loaded(files)
    drawn = flow(process, depth=depth)
    assert shape(drawn) == merged(process, depth)
    assert len({node.id for node in drawn.nodes}) == len(drawn.nodes)


@pytest.fixture(scope="module")
def enterprise() -> Process:
    return api.load(ENTERPRISE)


RUN = "steps.contracting.parallel.purchasing.steps.approval"


@pytest.mark.parametrize(
    ("depth", "frames", "runs"),
    [
        (0, [], ["contracting"]),
        (1, ["contracting"], ["contracting.purchasing.approval"]),
        (2, ["contracting", "contracting.purchasing.approval"], []),
        (9, ["contracting", "contracting.purchasing.approval"], []),
    ],
)
def test_frames_are_what_is_open(
    enterprise: Process, depth: int, frames: list[str], runs: list[str]
) -> None:
    drawn = flow(enterprise, depth=depth)
    assert [frame.id for frame in drawn.frames] == frames
    assert [node.id for node in drawn.nodes if node.kind == "run"] == runs
    inside = {node.frame for node in drawn.nodes} - {""}
    assert inside == set(frames)


def test_a_frame_lies_in_the_one_around_it(enterprise: Process) -> None:
    outer, inner = flow(enterprise, depth=2).frames
    assert (outer.kind, outer.frame) == ("block", "")
    assert (inner.kind, inner.frame, inner.path) == ("run", outer.id, RUN)
    closed = next(node for node in flow(enterprise).nodes if node.path == RUN)
    assert inner.label == f"{closed.label} ({closed.detail})"
    assert closed.detail.startswith("runs ")


def test_all_results_leave_a_closed_block(enterprise: Process) -> None:
    drawn = flow(enterprise, depth=0)
    leaving = {edge.label: edge.kind for edge in drawn.edges if edge.start == "contracting"}
    assert leaving == {
        "done": "flow",
        "deadlock": "flow",
        "stalled, after 90d": "timeout",
        "blocked": "flow",
        "refused": "flow",
    }
    block = next(node for node in drawn.nodes if node.id == "contracting")
    assert block.detail == "legal, purchasing, security"


def test_what_lies_in_a_run_has_its_path_in_front(enterprise: Process) -> None:
    drawn = flow(enterprise, depth=2)
    inner = "contracting.purchasing.approval"
    node = next(node for node in drawn.nodes if node.id == f"{inner}.supplier_form")
    assert (node.path, node.lane) == (f"{RUN}.steps.supplier_form", "finance")
    assert (node.frame, node.stage) == (inner, "contracting")
    ways = {
        edge.path: (edge.end, edge.label) for edge in drawn.edges if edge.start.startswith(inner)
    }
    assert ways[f"{RUN}.sources.request"] == (f"{inner}.supplier_form", "")
    rejected = ways[f"{RUN}.steps.assessment.next.rejected"]
    assert rejected == (f"{inner}.join", "rejected, 5% → refused")


def test_marks_and_figures_lie_where_things_are_drawn(enterprise: Process) -> None:
    mark = Mark(kind="error", text="x")
    figure, other = Figure(text="2 days", level=0.5), Figure(text="3 a week", level=1.0)
    step = f"{RUN}.steps.supplier_form"
    overlay = Overlay(
        marks=FrozenMap({step: (mark,)}),
        figures=FrozenMap({step: figure, "sources.website": other, "steps.contracting": figure}),
        measure="waiting per visit",
    )
    for depth, path in [(0, "steps.contracting"), (1, RUN), (2, step)]:
        drawn = flow(enterprise, overlay=overlay, depth=depth)
        assert {node.path for node in drawn.nodes if node.marks} == {path}
        shown = {node.id: node.figure for node in drawn.nodes if node.figure}
        wanted = {"contracting": figure}
        if depth == 2:
            wanted["contracting.purchasing.approval.supplier_form"] = figure
        assert shown == wanted
        assert {edge.path: edge.figure for edge in drawn.edges if edge.figure} == {
            "sources.website": other
        }
        assert drawn.measure == "waiting per visit"
    assert not flow(enterprise).measure


def test_a_run_lies_with_whoever_works_in_it_first(enterprise: Process) -> None:
    lanes = {node.id: node.lane for node in flow(enterprise).nodes}
    assert lanes["contracting.purchasing.approval"] == "finance"
    assert lanes["contracting"] == lanes["contracting.join"] == "sales"


def test_a_stage_is_kept_where_it_is_certain(enterprise: Process) -> None:
    stages = {node.id: node.stage for node in flow(enterprise).nodes}
    assert stages["pricing"] == stages["pilot"] == "proposal"
    assert stages["contracting.legal.redline"] == stages["executive_call"] == "contracting"
    assert stages["nurture"] == ""  # from two stages
    assert stages["website"] == stages["lost"] == ""


def test_what_runs_beside_sets_a_stage_too() -> None:
    text = """\
salesflow: 1
process: p
stages: {first: {win_chance: 5%}, second: {win_chance: 50%}}
sources: {inbound: {start: split}}
steps:
  split: {stage: first, next: {both: {to: [one, two]}}}
  one: {next: meet}
  two: {stage: second, next: meet}
  meet: {wait_for: [one, two], next: won}
outcomes: {won: {kind: won}}
"""
    stages = {node.id: node.stage for node in flow(api.loads(text)).nodes}
    known = {"split": "first", "two": "second"}  # at the others either may show
    assert stages == dict.fromkeys(("inbound", "one", "meet", "won"), "") | known


def test_facts_are_what_a_tooltip_says(enterprise: Process) -> None:
    told = {node.id: node.facts for node in flow(enterprise).nodes}
    assert told["solution"] == (
        "From Sales with champion and need, begun within 3bd for 80%.",
        "Needs champion and need.",
        "Done by solution engineer with account executive.",
        "Hands-on time: 4h to 24h, usually 9h.",
        "Then waits: half within 12d, 90% within 35d.",
        "Fills deployment and solution outline.",
        "After 5bd sales director may take it too.",
        "Promised within 20bd for 70%.",
        "After 75d it is broken off: stalled.",
        "Stage in the CRM: evaluation.",
    )
    waits = "Waits for Pilot with the customer's data and Price settled."
    assert waits in told["commit"]
    assert told["website"] == ("21 per week.", "Costs 95 EUR a deal.", "Brings amount and company.")
    assert told["won"] == ("Needs contract, handover notes and order number.",)


def test_shares_are_told_where_they_are_certain(enterprise: Process) -> None:
    shares = {edge.path: edge.share for edge in flow(enterprise).edges}
    assert shares["steps.discovery.next.no_need"] == pytest.approx(0.35)  # the rest
    assert shares["steps.quotation.next.sent"] == 1.0  # the only one
    assert shares["steps.contracting.next.done"] is None
    assert shares["steps.pricing.next.within_limits"] is None


def content(drawn: Diagram) -> tuple[Any, ...]:
    """All of a diagram but the order of things."""
    things = (drawn.nodes, drawn.edges, drawn.frames, drawn.lanes)
    return tuple(Counter(repr(thing) for thing in part) for part in things)


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(one, st.randoms(use_true_random=False), st.integers(0, 2))
def test_the_order_of_keys_only_orders_it(files: dict[str, Any], order: Any, depth: int) -> None:
    process = loaded(files)
    mixed = loaded({MAIN: shuffled(files[MAIN], order)})
    assert content(flow(process, depth=depth)) == content(flow(mixed, depth=depth))


def shuffled(data: Any, order: Any) -> Any:
    if not isinstance(data, dict):
        return data
    keys = [*data]
    order.shuffle(keys)
    return {key: shuffled(data[key], order) for key in keys}
