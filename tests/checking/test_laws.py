"""Laws of checking, on processes that hypothesis writes."""

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from salesflow import api
from salesflow.analysis.explore import explore
from salesflow.analysis.flow import Flow
from salesflow.checking.run import run_checks
from salesflow.findings import Finding
from salesflow.process.choices import UNHANDLED
from salesflow.process.net import Net
from salesflow.process.steps import Block
from salesflow.testing import processes

Data = dict[str, Any]


def essence(findings: tuple[Finding, ...]) -> list[tuple[Any, ...]]:
    """Findings without the lines where they stand."""
    return sorted(
        (
            f.rule,
            f.path,
            f.severity,
            f.message,
            f.help,
            f.witness,
            tuple(sorted(o.path for o in f.related)),
        )
        for f in findings
    )


def shuffled(value: Any, order: random.Random) -> Any:
    if isinstance(value, dict):
        keys = list(value)
        order.shuffle(keys)
        return {key: shuffled(value[key], order) for key in keys}
    return value


@settings(max_examples=60)
@given(processes(steps=5, depth=1), st.randoms(use_true_random=False))
def test_the_order_of_keys_never_matters(data: Data, order: random.Random) -> None:
    plain = run_checks(api.load(data), preset="all")
    assert essence(run_checks(api.load(shuffled(data, order)), preset="all")) == essence(plain)


@settings(max_examples=40)
@given(processes(steps=4, depth=1))
def test_a_check_is_the_same_every_time_and_sorted(data: Data) -> None:
    process = api.load(data)
    found = run_checks(process, preset="all")
    assert found == run_checks(process, preset="all")
    assert list(found) == sorted(found, key=lambda finding: finding.place)
    assert len(found) == len(set(found))


@settings(max_examples=60)
@given(processes(steps=5, depth=1), st.data())
def test_cutting_every_way_out_of_a_step_is_found(data: Data, draw: st.DataObject) -> None:
    flow = Flow(api.load(data))
    reached = sorted(name for name in data["steps"] if flow.reachable(name))
    name = draw.draw(st.sampled_from(reached))
    step = data["steps"][name]
    step.pop("next")
    step.pop("timeout", None)
    for other in data["steps"].values():  # nobody may wait for what no longer comes
        if name in other.get("wait_for", ()):
            other["wait_for"] = [waited for waited in other["wait_for"] if waited != name]
            if not other["wait_for"]:
                del other["wait_for"]
    text = without_mentions(data, name)
    found = run_checks(api.load(text))
    assert ("dead-end", f"steps.{name}") in {(f.rule, f.path) for f in found}


def without_mentions(data: Data, name: str) -> Data:
    """The data without conditions that count results of a step, which are gone."""
    waiting = [data["steps"]]
    while waiting:
        for step in waiting.pop().values():
            for way in step.get("next", {}).values():
                if f"times({name}." in str(way.get("when", "")):
                    del way["when"]
            for branch in step.get("parallel", {}).values():
                if f"times({name}." in str(branch.get("when", "")):
                    del branch["when"]
                waiting.append(branch["steps"])
    return data


@settings(max_examples=60)
@given(processes(steps=5, depth=1))
def test_structure_is_right_about_what_it_says(data: Data) -> None:
    """Against the public graph, whose joins know less: what is said of it holds there too."""
    import networkx as nx

    process = api.load(data)
    graph = process.graph
    lead_out = set(process.outcomes).union(*(nx.ancestors(graph, o) for o in process.outcomes))
    reach = set(process.sources).union(*(nx.descendants(graph, s) for s in process.sources))
    for finding in run_checks(process, select=["structure"]):
        node = (
            finding.path.removeprefix("steps.").replace(".parallel.", ".").replace(".steps.", ".")
        )
        if finding.rule == "unreachable-step" and "." not in node:
            within = nx.ancestors(graph, node) & reach
            # Only a block's join can make the graph believe more.
            assert node not in reach or any(graph.nodes[n]["kind"] == "join" for n in within)
        if finding.rule == "endless-loop":
            assert node not in lead_out or "." in node
        if finding.witness:
            assert finding.witness[0] in process.sources
            assert finding.witness[-1] == node


@settings(max_examples=40)
@given(processes(steps=4, depth=0))
def test_a_process_that_can_always_end_has_no_trap_of_structure(data: Data) -> None:
    for step in data["steps"].values():
        step["next"]["way_out"] = {"to": "lost"}
    rules = {f.rule for f in run_checks(api.load(data), select=["structure"])}
    assert not rules & {"dead-end", "endless-loop"}


@settings(max_examples=60)
@given(processes(steps=4, depth=1))
def test_no_run_of_a_deal_belies_the_structure(data: Data) -> None:
    """What the token game comes to is reached; what structure calls impossible never happens."""
    process = api.load(data)
    flow = Flow(process)
    seen = explore(Net(process), budget=3_000)
    found = run_checks(process)
    results = {
        result.node: result for step in process.nodes.values() for result in step.next.values()
    }
    impossible = {f.path for f in found if f.rule in {"unused-result", "unreachable-step"}}
    for name in seen.taken:
        result = results[name]
        assert flow.reachable(result.step)
        assert result.path not in impossible
        assert process.nodes[result.step].path not in impossible
        if isinstance(process.nodes[result.step], Block):
            assert flow.reachable(name)
    unnamed = {flag.node for flag in seen.faults if flag.kind == UNHANDLED}
    assert unnamed <= {f"{node}.{name}" for node, names in flow.unhandled.items() for name in names}
