"""How many deals pass where: what enters a step is what visits it, and each edge has its rate."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import salesflow as sf
from salesflow.analysis.chain import Chain, chain_of
from salesflow.drawing.diagram import Diagram, Mark
from salesflow.drawing.extract import flow
from salesflow.process.model import Process
from salesflow.reporting.paged.traffic import Traffic, by_shares, rates, simulated
from salesflow.testing import sound_processes

ENTERPRISE = Path(__file__).parents[3] / "examples" / "enterprise" / "enterprise.salesflow.yaml"
OPEN = 99


def entering(diagram: Diagram, traffic: Traffic) -> dict[str, float]:
    """What comes to each node: the sum of the rates of its edges."""
    found: dict[str, float] = {}
    for edge, rate in zip(diagram.edges, rates(diagram, traffic), strict=True):
        found[edge.end] = found.get(edge.end, 0.0) + rate
    return found


@pytest.fixture(scope="module")
def enterprise() -> Process:
    return sf.load(ENTERPRISE)


@pytest.mark.parametrize("depth", [1, OPEN])
def test_by_the_shares_as_many_deals_enter_a_step_as_visit_it(
    enterprise: Process, depth: int
) -> None:
    diagram = flow(enterprise, depth=depth)
    chain = chain_of(enterprise)
    traffic = by_shares(enterprise, chain)
    assert chain.all is not None
    arriving = sum(s.arrivals.per_week or 0 for s in enterprise.sources.values() if s.arrivals)
    coming = entering(diagram, traffic)
    steps = [node.id for node in diagram.nodes if node.kind in ("step", "decision", "fork")]
    assert len(steps) > 25
    meeting = {step.node for step in enterprise.nodes.values() if step.wait_for}
    assert meeting == {"commit", "close"}
    for node in steps:
        visits = arriving * chain.all.visits.get(node, 0.0)
        assert coming[node] == pytest.approx(visits) or (node in meeting and coming[node] > visits)
    for outcome, chance in chain.all.outcomes.items():
        assert coming[outcome] == pytest.approx(arriving * chance, rel=0.02), outcome


def test_simulated_rates_are_what_was_counted(enterprise: Process) -> None:
    result = sf.simulate(enterprise, duration="26w", warmup="52w", replications=2, engine="python")
    part = result.processes["enterprise"]
    traffic = simulated(enterprise, part, result)
    diagram = flow(enterprise)
    assert traffic.simulated
    assert traffic.told == "As simulated: 2 replications of 26 weeks."
    known = {
        edge.path: rate for edge, rate in zip(diagram.edges, rates(diagram, traffic), strict=True)
    }
    booked = part.flow["qualify.meeting_booked"].mean / 26
    assert known["steps.qualify.next.meeting_booked"] == pytest.approx(booked)
    assert known["sources.website"] == pytest.approx(21)
    waiting = part.steps["discovery"].waiting
    assert waiting is not None
    assert traffic.stays["discovery"].waiting == pytest.approx(waiting.mean)
    # each deal that enters the block enters its first branch
    assert known["steps.contracting.parallel.legal"] == pytest.approx(
        part.steps["contracting"].visits.mean / 26, abs=0.2
    )


def test_what_only_the_old_version_has_carries_no_deals(enterprise: Process) -> None:
    diagram = flow(enterprise)
    gone = [edge.replace(marks=(Mark(kind="removed", text="removed"),)) for edge in diagram.edges]
    traffic = by_shares(enterprise, chain_of(enterprise))
    assert {*rates(diagram.replace(edges=tuple(gone)), traffic)} == {0.0}


def test_where_shares_are_missing_the_reason_is_told(enterprise: Process) -> None:
    traffic = by_shares(enterprise, Chain(missing=("shares of `call`",)))
    assert traffic.told == "How many deals pass where cannot be told: shares of `call`."
    assert {*rates(flow(enterprise), traffic)} == {0.0}


def test_without_arrivals_the_reason_is_told(enterprise: Process) -> None:
    quiet = {name: s.replace(arrivals=None) for name, s in enterprise.sources.items()}
    one = enterprise.replace(sources=sf.nouns.FrozenMap(quiet))
    assert "`arrivals`" in by_shares(one, chain_of(one)).told


@given(sound_processes(), st.sampled_from([0, 1, OPEN]))
def test_any_process_has_a_rate_for_each_edge(data: object, depth: int) -> None:
    process = sf.load(data)  # type: ignore[arg-type]
    diagram = flow(process, depth=depth)
    found = rates(diagram, by_shares(process, chain_of(process)))
    assert len(found) == len(diagram.edges)
    assert all(0 <= rate < float("inf") for rate in found)
