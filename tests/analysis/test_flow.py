"""Ways through a process: every kind of edge, shortest witnesses, what can and cannot end."""

import networkx as nx
from hypothesis import given, settings

from salesflow import api
from salesflow.analysis.flow import Flow
from salesflow.testing import processes

HEAD = """salesflow: 1
process: deal
sources: {inbound: {start: a}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""

BLOCK = """steps:
  a: {by: x, timeout: {after: 2d, result: late}, next: {go: [b, c], late: lost}}
  b: {by: x, next: papers}
  c: {by: x, next: {again: c, over: lost}}
  papers:
    parallel:
      legal:
        start: draft
        steps:
          draft: {by: l, next: {fine: done, hard: {to: rework}}}
          rework: {by: l, next: {fixed: done, refused: leave}}
      pay: {steps: {budget: {by: p, next: done}}}
    timeout: {after: 9d, result: slow}
    next: {done: won, refused: lost, slow: d}
  d: {by: x, next: won}
"""


def flow_of(steps: str) -> Flow:
    return Flow(api.loads(HEAD + steps))


def test_every_kind_of_edge_is_followed() -> None:
    flow = flow_of(BLOCK)
    assert flow.way("lost") == ("inbound", "a.late", "lost")  # a timeout's result
    assert flow.way("c") == ("inbound", "a.go", "c")  # the second of several targets
    assert flow.way("papers.legal.rework") == (
        *("inbound", "a.go", "b.done", "papers.legal", "papers.legal.draft.hard"),
        "papers.legal.rework",
    )
    assert flow.way("papers.refused") == (
        *("inbound", "a.go", "b.done", "papers.legal", "papers.legal.draft.hard"),
        *("papers.legal.rework.refused", "papers.refused"),
    )
    assert flow.way("d") == ("inbound", "a.go", "b.done", "papers.slow", "d")  # the block's timeout
    assert flow.way("papers.done") == (
        *("inbound", "a.go", "b.done", "papers.legal", "papers.legal.draft.fine"),
        "papers.done",
    )


def test_a_place_that_no_deal_comes_to_has_no_way() -> None:
    flow = flow_of("steps: {a: {next: won}, b: {next: lost}}\n")
    assert flow.way("b") == ()
    assert flow.way("inbound") == ("inbound",)
    assert not flow.reachable("b")


def test_of_ways_equally_short_the_first_by_name_is_told() -> None:
    one = flow_of("steps: {a: {next: {y2: c, x: b}}, b: {next: d}, c: {next: d}, d: {next: won}}\n")
    assert one.way("d") == ("inbound", "a.x", "b.done", "d")


def test_a_block_whose_branches_all_have_conditions_may_be_done_at_once() -> None:
    steps = """data: {amount: {type: money}}
steps:
  a: {parallel: {big: {when: amount > 5, steps: {s: {next: {no_way: leave}}}}}, next: {done: won, no_way: lost}}
"""
    assert flow_of(steps).way("won") == ("inbound", "a.done", "won")


def test_what_nobody_names_is_noted_and_counts_as_a_way_out() -> None:
    steps = """steps:
  a: {parallel: {x: {steps: {s: {next: {out: leave}}}}}, next: {done: won}}
"""
    flow = flow_of(steps)
    assert flow.unhandled == {"a": ["out"]}
    assert {"a", "a.x.s", "a.out"} <= flow.ending


def test_a_block_without_any_next_is_no_way_out() -> None:
    flow = flow_of("steps: {a: {parallel: {x: {steps: {s: {next: {ok: done}}}}}}}\n")
    assert flow.unhandled == {"a": ["done"]}
    assert flow.ending == {"won", "lost"}
    assert flow.element("a.done") == "a"
    assert flow.element("a.x.s") == "a.x.s"


@settings(max_examples=50)
@given(processes(steps=4, depth=1))
def test_reach_is_that_of_the_public_graph(data: dict[str, object]) -> None:
    process = api.load(data)
    flow = Flow(process)
    graph = process.graph
    reach = set(process.sources).union(*(nx.descendants(graph, s) for s in process.sources))
    found = {place for place in flow.arrival if place in graph}
    # The graph brings all results of a block together in its join; here each stays apart.
    assert found <= reach
    if not any(kind == "join" for _, kind in graph.nodes(data="kind")):
        assert found == reach


@settings(max_examples=50)
@given(processes(steps=4, depth=1))
def test_every_witness_is_a_way_of_the_process(data: dict[str, object]) -> None:
    process = api.load(data)
    flow = Flow(process)
    branches = {
        branch.node
        for step in process.nodes.values()
        for branch in getattr(step, "branches", {}).values()
    }
    results = {r.node: r for step in process.nodes.values() for r in step.next.values()}
    for place in flow.arrival:
        source, *taken, last = flow.way(place) if len(flow.way(place)) > 1 else (place, place)
        assert source in process.sources
        assert last == place
        assert all(name in results or name in branches for name in taken)


def test_a_long_chain_needs_no_recursion() -> None:
    count = 3000
    steps = "\n".join(f"  s{n}: {{next: s{n + 1}}}" for n in range(count))
    flow = flow_of(f"steps:\n  a: {{next: s0}}\n{steps}\n  s{count}: {{next: won}}\n")
    assert len(flow.way("won")) == count + 4
    assert "inbound" in flow.ending
