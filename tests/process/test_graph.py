"""The graph that users import: nodes, kinds and edges as the interface says."""

import networkx as nx
import pytest

from salesflow import api
from tests.process import everything
from tests.process.written import process_of

TEXT = """\
salesflow: 1
process: p
sources: {inbound: {start: call}}
steps:
  call: {by: sales, next: {fit: {to: [price, check], share: 40%}, unfit: {to: lost, share: rest}}}
  price: {by: sales, next: sync}
  check: {by: security, next: sync}
  sync: {by: sales, wait_for: [price, check], next: papers}
  papers:
    parallel:
      law:
        start: draft
        steps:
          draft: {by: legal, next: {ok: done, stop: leave}}
          spare: {by: legal, next: done}
      buy: {when: filled(size), steps: {order: {by: buyer, next: done}}}
    timeout: {after: 30d, result: late}
    next: {done: won, stop: lost, late: {to: lost}}
data: {size: {type: money}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


@pytest.fixture(scope="module")
def graph() -> nx.MultiDiGraph:
    return api.loads(TEXT).graph


def test_kinds(graph: nx.MultiDiGraph) -> None:
    kinds = nx.get_node_attributes(graph, "kind")
    assert kinds == {
        "inbound": "source",
        "call": "step",
        "price": "step",
        "check": "step",
        "sync": "step",
        "papers": "fork",
        "papers.join": "join",
        "papers.law.draft": "step",
        "papers.law.spare": "step",
        "papers.buy.order": "step",
        "won": "outcome",
        "lost": "outcome",
    }
    assert graph.nodes["call"]["split"]
    assert graph.nodes["sync"]["join"]
    assert graph.nodes["call"]["element"].id == "call"


def test_edges(graph: nx.MultiDiGraph) -> None:
    edges = {(a, b, key): data for a, b, key, data in graph.edges(keys=True, data=True)}
    assert set(edges) == {
        ("inbound", "call", "start"),
        ("call", "price", "fit"),
        ("call", "check", "fit"),
        ("call", "lost", "unfit"),
        ("price", "sync", "done"),
        ("check", "sync", "done"),
        ("sync", "papers", "done"),
        ("papers", "papers.law.draft", "law"),
        ("papers", "papers.buy.order", "buy"),
        ("papers", "papers.join", "late"),
        ("papers.law.draft", "papers.join", "ok"),
        ("papers.law.draft", "papers.join", "stop"),
        ("papers.law.spare", "papers.join", "done"),
        ("papers.buy.order", "papers.join", "done"),
        ("papers.join", "won", "done"),
        ("papers.join", "lost", "stop"),
        ("papers.join", "lost", "late"),
    }
    assert edges[("call", "lost", "unfit")]["share"] == 0.6
    assert edges[("papers.law.draft", "papers.join", "stop")]["kind"] == "leave"
    assert edges[("papers.law.draft", "papers.join", "ok")]["kind"] == "flow"
    assert edges[("papers", "papers.join", "late")]["timeout"]
    assert str(edges[("papers", "papers.buy.order", "buy")]["when"]) == "filled(size)"


def test_the_graph_is_frozen_and_made_once(graph: nx.MultiDiGraph) -> None:
    with pytest.raises(nx.NetworkXError):
        graph.add_node("more")
    process = api.loads(TEXT)
    assert process.graph is process.graph
    assert all(isinstance(node, str) for node in graph)


def test_an_opened_run_stands_between_its_node_and_its_join() -> None:
    process = process_of(everything.TEXT, inner=everything.INNER)
    closed, opened = process.graph, process.graph_of(expand=True)
    run = "papers.buy.order"
    assert closed.nodes[run]["kind"] == "run"
    assert (opened.nodes[run]["kind"], opened.nodes[f"{run}.join"]["kind"]) == ("fork", "join")
    assert set(opened) - set(closed) == {f"{run}.look", f"{run}.join"}
    assert sorted(set(opened.edges(keys=True)) - set(closed.edges(keys=True))) == [
        (run, f"{run}.look", "a"),
        (f"{run}.join", "papers.join", "agreed"),
        (f"{run}.join", "papers.join", "refused"),
        (f"{run}.look", f"{run}.join", "dear"),
        (f"{run}.look", f"{run}.join", "fine"),
    ]
