"""The flow as a networkx graph: string nodes, one edge per result and target, frozen."""

from collections.abc import Mapping
from typing import Any, Protocol

import networkx as nx

from salesflow.process.people import Element
from salesflow.process.steps import DONE, LEAVE, Block, Result, Run, Step


class Flow(Protocol):
    """What of a process is a graph. The model builds its graph: it is not imported here."""

    @property
    def id(self) -> str:
        """The id of the process."""

    @property
    def nodes(self) -> Mapping[str, Step]:
        """Every step at every depth of blocks by node."""

    @property
    def sources(self) -> Mapping[str, Any]:
        """Where deals come from: elements with a ``start``."""

    @property
    def outcomes(self) -> Mapping[str, Element]:
        """How deals end."""

    @property
    def runs(self) -> Mapping[str, "Flow"]:
        """The processes that steps run."""


def build_graph(process: Flow, *, expand: bool = False) -> Any:
    """A frozen ``networkx.MultiDiGraph`` of the process.

    Nodes carry ``kind`` (source, step, fork, join, run, outcome) and ``element``. A block ``b`` is
    a fork ``b`` and a join ``b.join`` with its branches' steps between. Edges have the result as
    key and carry ``kind`` (flow, leave), ``timeout``, ``share`` and ``when``. With ``expand`` a run
    is opened: its steps stand under its node, its outcomes become the node's results.
    """
    graph = nx.MultiDiGraph(name=process.id)
    _add_process(graph, process, prefix="", expand=expand)
    return nx.freeze(graph)


def _add_process(graph: Any, process: Flow, *, prefix: str, expand: bool) -> None:
    for step in process.nodes.values():
        _add_step(graph, step, prefix, process, expand=expand)
    if not prefix:
        for outcome in process.outcomes.values():
            graph.add_node(outcome.node, kind="outcome", element=outcome)
        for source in process.sources.values():
            graph.add_node(source.node, kind="source", element=source)
            _edge(graph, source.node, source.start, "start")
    for step in process.nodes.values():
        for result in step.next.values():
            _add_result(graph, process, step, result, prefix)
    if expand:
        for step in process.nodes.values():
            if isinstance(step, Run) and step.process in process.runs:
                _open_run(graph, process.runs[step.process], prefix + step.node)


def _add_step(graph: Any, step: Step, prefix: str, process: Flow, *, expand: bool) -> None:
    node = prefix + step.node
    shape = {"split": step.splits, "join": bool(step.wait_for), "element": step}
    if isinstance(step, Block):
        graph.add_node(node, kind="fork", **shape)
        graph.add_node(f"{node}.join", kind="join", split=step.splits, join=True, element=step)
        for branch in step.branches.values():
            _edge(graph, node, prefix + branch.start, branch.id, when=branch.when)
    elif isinstance(step, Run) and expand and step.process in process.runs:
        graph.add_node(node, kind="fork", **shape)
        graph.add_node(f"{node}.join", kind="join", split=step.splits, join=True, element=step)
    else:
        graph.add_node(node, kind="run" if isinstance(step, Run) else "step", **shape)


def _open_run(graph: Any, inner: Flow, node: str) -> None:
    """Put the sub-process between the run's node and its join."""
    prefix = f"{node}."
    _add_process(graph, inner, prefix=prefix, expand=True)
    for source in inner.sources.values():
        _edge(graph, node, prefix + source.start, source.id)


def _add_result(graph: Any, process: Flow, step: Step, result: Result, prefix: str) -> None:
    node = prefix + step.node
    timeout = step.timeout is not None and step.timeout.result == result.id
    if f"{node}.join" in graph:
        if timeout:
            _edge(graph, node, f"{node}.join", result.id, timeout=True)
        node = f"{node}.join"
    for target in result.targets:
        kind = "leave" if target == LEAVE else "flow"
        _edge(
            graph,
            node,
            _place(target, step, prefix, process),
            result.id,
            kind=kind,
            timeout=timeout,
            share=result.share,
            when=result.when,
        )


def _place(target: str, step: Step, prefix: str, process: Flow) -> str:
    """The node of the graph where a target lies."""
    if target in (DONE, LEAVE):
        return f"{prefix}{step.scope.rpartition('.')[0]}.join"
    if prefix and target in process.outcomes:
        return f"{prefix}join"
    return prefix + target


def _edge(
    graph: Any,
    start: str,
    end: str,
    key: str,
    *,
    kind: str = "flow",
    timeout: bool = False,
    share: float | None = None,
    when: Any = None,
) -> None:
    graph.add_edge(start, end, key=key, kind=kind, timeout=timeout, share=share, when=when)
