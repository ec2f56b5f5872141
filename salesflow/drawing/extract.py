"""From a process to a diagram: which nodes, edges and lanes its flow has."""

from collections.abc import Iterator, Mapping

from salesflow.drawing.diagram import Diagram, Edge, Frame, Lane, Mark, Node, Overlay, settle
from salesflow.process.model import Process
from salesflow.process.people import Element
from salesflow.process.steps import DONE, LEAVE, Block, Branch, Result, Run, Step, Work
from salesflow.quantities import format_share


def flow(process: Process, *, overlay: Overlay | None = None) -> Diagram:
    """The whole flow in lanes by department; a block is a fork and a join, a run one node."""
    drawn = {element.path for element in _drawn(process)}
    marks = settle(overlay or Overlay(), drawn)
    lanes_of = _lanes(process)
    nodes = [*_nodes(process, marks, lanes_of)]
    edges = [*_edges(process, marks)]
    used = {node.lane for node in nodes}
    lanes = [
        Lane(id=name, label=_department_title(process, name), external=department.external)
        for name, department in process.departments.items()
        if name in used
    ]
    first = {node.lane: place for place, node in reversed([*enumerate(nodes)])}
    lanes.sort(key=lambda lane: first[lane.id])
    title = process.name or process.id.replace("_", " ")
    return Diagram(
        title=title,
        lanes=tuple(lanes),
        nodes=tuple(nodes),
        edges=tuple(edges),
        frames=tuple(_frames(process)),
    )


def _lanes(process: Process) -> dict[str, str]:
    """The lane of each step; what has no department (a decision, a block) stays where it was.

    Lanes are handed on in rounds, so that the order in which steps are written means nothing.
    """
    lanes = {source.node: source.department or "" for source in process.sources.values()}
    goes_to = {source.node: {source.start} for source in process.sources.values()}
    for step in process.nodes.values():
        lanes[step.node] = process.department_of(step) or ""
        ways = (target for result in step.next.values() for target in result.targets)
        goes_to[step.node] = {target for target in ways if target in process.nodes}
    givers = [node for node, lane in lanes.items() if lane]
    while givers:
        offered: dict[str, list[str]] = {}
        for giver in givers:
            for node in goes_to[giver]:
                if not lanes[node]:
                    offered.setdefault(node, []).append(lanes[giver])
        lanes.update({node: _commonest(given) for node, given in offered.items()})
        givers = [*offered]
    return lanes


def _commonest(lanes: list[str]) -> str:
    return min(lanes, key=lambda lane: (-lanes.count(lane), lane))


def _drawn(process: Process) -> Iterator[Element]:
    yield from process.sources.values()
    yield from process.outcomes.values()
    for step in process.nodes.values():
        yield step
        yield from step.next.values()
        if isinstance(step, Block):
            yield from step.branches.values()


def _frames(process: Process) -> Iterator[Frame]:
    for step in process.nodes.values():
        if isinstance(step, Block):
            around = step.scope.rpartition(".")[0]
            yield Frame(
                id=step.node, path=step.path, kind="block", label=step.heading, frame=around
            )


def _department_title(process: Process, name: str) -> str:
    return process.departments[name].heading


def _nodes(
    process: Process, marks: Mapping[str, tuple[Mark, ...]], lanes: Mapping[str, str]
) -> Iterator[Node]:
    for source in process.sources.values():
        yield Node(
            id=source.node,
            path=source.path,
            kind="source",
            label=source.heading,
            lane=source.department or "",
            marks=marks.get(source.path, ()),
        )
    for step in process.nodes.values():
        yield from _step(process, step, marks.get(step.path, ()), lanes[step.node])
    for outcome in process.outcomes.values():
        yield Node(
            id=outcome.node,
            path=outcome.path,
            kind="outcome",
            label=outcome.heading,
            tone=outcome.kind,
            marks=marks.get(outcome.path, ()),
        )


def _step(process: Process, step: Step, marks: tuple[Mark, ...], lane: str) -> Iterator[Node]:
    if isinstance(step, Block):
        label = step.heading
        fork = Node(
            id=step.node,
            path=step.path,
            kind="fork",
            label=label,
            lane=lane,
            frame=step.node,
            stage=step.stage or "",
            marks=marks,
        )
        yield fork
        yield fork.replace(id=f"{step.node}.join", kind="join", label=_join(step), marks=())
        return
    kind = "step"
    detail = ""
    if isinstance(step, Run):
        kind, detail = "run", f"runs {step.process.replace('_', ' ')}"
    elif isinstance(step, Work):
        kind = "step" if step.by or step.effort or step.wait else "decision"
        roles = [name for name in (step.by, *step.with_) if name]
        detail = ", ".join(process.roles[name].title for name in roles if name in process.roles)
    yield Node(
        id=step.node,
        path=step.path,
        kind=kind,
        label=step.heading,
        detail=detail,
        lane=lane,
        frame=step.scope.rpartition(".")[0],
        stage=step.stage or "",
        marks=marks,
    )


def _join(step: Block) -> str:
    words = {"all": "all done", "any": "first done"}
    return words.get(step.join, f"{step.need} done")


def _edges(process: Process, marks: Mapping[str, tuple[Mark, ...]]) -> Iterator[Edge]:
    for source in process.sources.values():
        yield Edge(start=source.node, end=source.start, path=source.path)
    for step in process.nodes.values():
        if isinstance(step, Block):
            for branch in step.branches.values():
                yield _fork(step, branch, marks.get(branch.path, ()))
        for result in step.next.values():
            yield from _result(step, result, marks.get(result.path, ()))


def _fork(step: Block, branch: Branch, marks: tuple[Mark, ...]) -> Edge:
    label = branch.title if branch.when is None else f"{branch.title}: {branch.when}"
    return Edge(start=step.node, end=branch.start, path=branch.path, label=label, marks=marks)


def _result(step: Step, result: Result, marks: tuple[Mark, ...]) -> Iterator[Edge]:
    timed = step.timeout is not None and step.timeout.result == result.id
    start = f"{step.node}.join" if isinstance(step, Block) else step.node
    for target in result.targets:
        leaves = target in (DONE, LEAVE)
        end = f"{step.scope.rpartition('.')[0]}.join" if leaves else target
        kind = "timeout" if timed else "leave" if target == LEAVE else "flow"
        label = _result_label(step, result, timed=timed)
        yield Edge(
            start=start,
            end=end,
            path=result.path,
            label=label,
            kind=kind,
            share=result.share,
            marks=marks,
        )


def _result_label(step: Step, result: Result, *, timed: bool) -> str:
    parts = [result.title]
    if result.share is not None:
        parts.append(format_share(result.share))
    if result.when is not None:
        parts.append(f"if {result.when}")
    if timed and step.timeout is not None:
        parts.append(f"after {step.timeout.after}")
    if result.at_most is not None:
        parts.append(f"at most {result.at_most}×")
    if parts == ["done"] and len(step.next) == 1:
        return ""
    return ", ".join(parts)
