"""The graph algorithms against networkx, on random graphs and on shapes that break recursion."""

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from salesflow.analysis.bitsets import members
from salesflow.analysis.graphs import (
    circular,
    components,
    leading_to,
    reached,
    reached_anew,
    turned,
)

Graph = dict[int, list[int]]

graphs = st.integers(1, 12).flatmap(
    lambda size: st.fixed_dictionaries(
        {node: st.lists(st.integers(0, size - 1), max_size=4) for node in range(size)}
    )
)


@given(graphs, st.sets(st.integers(0, 3), min_size=1))
def test_reached_is_what_networkx_reaches(graph: Graph, starts: set[int]) -> None:
    starts &= graph.keys()
    wider = nx.DiGraph(graph)
    expected = set(starts).union(*(nx.descendants(wider, start) for start in starts))
    assert reached(starts, graph) == expected


@given(graphs, st.sets(st.integers(0, 11)))
def test_what_is_known_is_not_walked_again(graph: Graph, known: set[int]) -> None:
    before = set(known)
    fresh = reached_anew([0], graph, known)
    rest = nx.DiGraph(graph)
    rest.remove_nodes_from(before)
    assert fresh == ({0} | nx.descendants(rest, 0) if 0 in rest else set())
    assert known == before | fresh


@given(graphs, st.sets(st.integers(0, 11)))
def test_components_are_those_of_networkx(graph: Graph, nodes: set[int]) -> None:
    nodes &= graph.keys()
    found = components(sorted(nodes), graph)
    part = nx.DiGraph(graph).subgraph(nodes)
    assert {frozenset(c) for c in found} == {
        frozenset(c) for c in nx.strongly_connected_components(part)
    }
    assert sum(map(len, found)) == len(nodes)


@given(graphs)
def test_components_come_after_those_they_lead_to(graph: Graph) -> None:
    place = {node: n for n, part in enumerate(components(graph, graph)) for node in part}
    for node, ends in graph.items():
        assert all(place[end] <= place[node] for end in ends)


@given(graphs)
def test_a_circle_is_where_a_node_leads_to_itself(graph: Graph) -> None:
    wider = nx.DiGraph(graph)
    on_circles = {node for circle in nx.simple_cycles(wider) for node in circle}
    for part in components(graph, graph):
        assert circular(part, graph) == bool(on_circles & set(part))


def test_a_long_chain_and_a_long_circle_need_no_recursion() -> None:
    length = 50_000
    chain = {node: [node + 1] for node in range(length)}
    assert len(components(chain, chain)) == length
    assert len(reached([0], chain)) == length + 1
    chain[length] = [0]
    assert len(components(chain, chain)) == 1


@given(graphs, st.lists(st.integers(-1, 11), max_size=4))
def test_what_leads_to_goals_is_what_networkx_finds_before_them(
    graph: Graph, goals: list[int]
) -> None:
    goals = [goal for goal in goals if goal < len(graph)]
    follow = [graph[node] for node in range(len(graph))]
    wider = nx.DiGraph(graph)
    known = {goal for goal in goals if goal >= 0}
    expected = known.union(*(nx.ancestors(wider, goal) for goal in known))
    assert leading_to(goals, turned(follow)) == expected


def test_what_is_turned_tells_each_edge_once() -> None:
    assert turned([[1, 2], [2], [2, 0]]) == [[2], [0], [0, 1, 2]]


def test_of_what_is_known_only_the_rest_is_told() -> None:
    known = {2}
    assert reached_anew([1, 2], {1: [3], 2: [4], 3: [2]}, known) == {1, 3}
    assert known == {1, 2, 3}


@given(st.integers(0, 1 << 70))
def test_members_are_the_bits_of_a_number(bits: int) -> None:
    found = [*members(bits)]
    assert found == [at for at in range(72) if bits >> at & 1]
