"""From a process to a diagram: which nodes, edges and lanes its flow has."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from salesflow.drawing import facts
from salesflow.drawing.diagram import (
    Diagram,
    Edge,
    Figure,
    Frame,
    Lane,
    Mark,
    Node,
    Overlay,
    settle,
)
from salesflow.drawing.lanes import in_lanes, lane_of, outside
from salesflow.drawing.opened import Part
from salesflow.drawing.standing import standing
from salesflow.drawing.titles import about_of, title_of
from salesflow.drawing.ways import branch_label, join_label, kind_of, label_of, share_of
from salesflow.process.model import Process, Touchpoint
from salesflow.process.people import Element
from salesflow.process.steps import Block, Result, Run, Step, Work

_NOTHING_OVER = Overlay()


def flow(process: Process, *, overlay: Overlay | None = None, depth: int = 1) -> Diagram:
    """The whole flow in lanes by department.

    ``depth`` 0 closes blocks and runs to a node each, 1 opens blocks (a fork and a join in a
    frame), 2 also the processes that are run, 3 those that they run, and so on. Nodes are those of
    ``process.graph``; what lies in a run has the run's path in front of its own.
    """
    parts = [*_parts(Part(process, depth))]
    over = overlay or _NOTHING_OVER
    drawn = _Drawn(settle(over, {path for part in parts for path in _paths(part)}), over.figures)
    edges = [edge for part in parts for edge in _edges(part, drawn)]
    foreign = frozenset[str]().union(*(outside(part.process) for part in parts))
    nodes = in_lanes([*_nodes(parts[0], drawn)], edges, foreign)
    return Diagram(
        title=title_of(process),
        about=about_of(process),
        lanes=tuple(_lanes(parts, nodes)),
        nodes=tuple(nodes),
        edges=tuple(edges),
        frames=tuple(frame for part in parts for frame in _frames(part)),
        measure=over.measure if over.figures else "",
    )


class _Drawn(NamedTuple):
    """What is laid over, by drawn path."""

    marks: Mapping[str, tuple[Mark, ...]]
    figures: Mapping[str, Figure]


def _parts(part: Part) -> Iterator[Part]:
    """The process and what is opened of those that are run, outer ones first."""
    yield part
    for step in part.process.nodes.values():
        inner = part.inner(step)
        if inner is not None:
            yield from _parts(inner)


def _paths(part: Part) -> Iterator[str]:
    elements: list[Element] = [*part.process.sources.values()]
    if not part.node:
        elements.extend(part.process.outcomes.values())
    for step in part.steps():
        elements.extend((step, *step.next.values()))
        if isinstance(step, Block) and part.opens(step):
            elements.extend(step.branches.values())
    return (part.path + element.path for element in elements)


def _lanes(parts: list[Part], nodes: list[Node]) -> list[Lane]:
    departments = {
        name: department
        for part in reversed(parts)
        for name, department in part.process.departments.items()
    }
    used = dict.fromkeys(node.lane for node in nodes)
    return [
        Lane(id=name, label=departments[name].heading, external=departments[name].external)
        for name in used
        if name in departments
    ]


def _frames(part: Part) -> Iterator[Frame]:
    for step in part.steps():
        if part.opens(step):
            yield Frame(
                id=part.id_of(step),
                path=part.path + step.path,
                kind="block" if isinstance(step, Block) else "run",
                label=_framed(step),
                frame=part.around(step),
            )


def _framed(step: Step) -> str:
    return f"{step.heading} ({_runs(step)})" if isinstance(step, Run) else step.heading


def _runs(step: Run) -> str:
    return f"runs {step.process.replace('_', ' ')}"


# ------------------------------------------------------------------------------------------ nodes


def _nodes(part: Part, drawn: _Drawn) -> Iterator[Node]:
    process = part.process
    for source in process.sources.values():
        yield Node(
            id=source.node,
            path=source.path,
            kind="source",
            label=source.heading,
            lane=source.department or "",
            facts=facts.of_source(process, source),
            marks=drawn.marks.get(source.path, ()),
        )
    yield from _steps(part, drawn, None)
    for outcome in process.outcomes.values():
        yield Node(
            id=outcome.node,
            path=outcome.path,
            kind="outcome",
            label=outcome.heading,
            tone=outcome.kind,
            facts=facts.of_outcome(process, outcome),
            marks=drawn.marks.get(outcome.path, ()),
        )


def _steps(part: Part, drawn: _Drawn, stages: frozenset[str] | None) -> Iterator[Node]:
    """The steps of a process, each run that is open followed by what lies in it.

    ``stages`` are those a run stands in: its steps keep them.
    """
    contracts = facts.arriving(part.process)
    stands = standing(part.process) if stages is None else {}
    for step in part.steps():
        at = stands.get(step.node, frozenset()) if stages is None else stages
        yield from _step(part, step, drawn, contracts.get(step.node, ()), at)
        inner = part.inner(step)
        if inner is not None:
            yield from _steps(inner, drawn, at)


def _step(
    part: Part,
    step: Step,
    drawn: _Drawn,
    contracts: tuple[Touchpoint, ...],
    stages: frozenset[str],
) -> Iterator[Node]:
    opened = part.opens(step)
    path = part.path + step.path
    node = Node(
        id=part.id_of(step),
        path=path,
        kind="fork" if opened else _kind(step),
        label=step.heading,
        detail="" if opened else _detail(part.process, step),
        lane="" if opened else lane_of(part.process, step),
        frame=part.id_of(step) if opened else part.around(step),
        stage=next(iter(stages)) if len(stages) == 1 else "",
        block=isinstance(step, Block) and not opened,
        meets=bool(step.wait_for),
        facts=facts.of_step(part.process, step, contracts, stages),
        figure=drawn.figures.get(path),
        marks=drawn.marks.get(path, ()),
    )
    yield node
    if opened:
        join = node.replace(id=f"{node.id}.join", kind="join", label=join_label(step))
        yield join.replace(marks=(), figure=None, facts=(), meets=False)


def _kind(step: Step) -> str:
    if isinstance(step, Work):
        return "step" if step.by or step.effort or step.wait else "decision"
    return "run"


def _detail(process: Process, step: Step) -> str:
    if isinstance(step, Run):
        return _runs(step)
    if isinstance(step, Block):
        return ", ".join(sorted(branch.title for branch in step.branches.values()))
    if isinstance(step, Work):
        roles = [name for name in (step.by, *step.with_) if name]
        return ", ".join(process.roles[name].title for name in roles if name in process.roles)
    return ""


# ------------------------------------------------------------------------------------------ edges


def _edges(part: Part, drawn: _Drawn) -> Iterator[Edge]:
    for source in part.process.sources.values():
        path = part.path + source.path
        yield Edge(
            start=part.frame or source.node,
            end=part.node + source.start,
            path=path,
            share=1.0,
            figure=drawn.figures.get(path),
        )
    for step in part.steps():
        if isinstance(step, Block) and part.opens(step):
            for branch in step.branches.values():
                path = part.path + branch.path
                yield Edge(
                    start=part.id_of(step),
                    end=part.node + branch.start,
                    path=path,
                    label=branch_label(branch),
                    share=1.0 if branch.when is None else None,
                    figure=drawn.figures.get(path),
                    marks=drawn.marks.get(path, ()),
                )
        for result in step.next.values():
            yield from _result(part, step, result, drawn)


def _result(part: Part, step: Step, result: Result, drawn: _Drawn) -> Iterator[Edge]:
    node = part.id_of(step)
    path = part.path + result.path
    outcomes = part.process.outcomes if part.node else {}
    for target in result.targets:
        label = label_of(step, result)
        if target in outcomes and outcomes[target].title != label:
            label = f"{label} → {outcomes[target].title}".strip()
        yield Edge(
            start=f"{node}.join" if part.opens(step) else node,
            end=part.leads_to(step, target),
            path=path,
            label=label,
            kind=kind_of(step, result, target),
            share=share_of(step, result),
            figure=drawn.figures.get(path),
            marks=drawn.marks.get(path, ()),
        )
