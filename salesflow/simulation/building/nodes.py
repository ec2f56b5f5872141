"""Steps as rows."""

from salesflow.process.places import Lane, Node
from salesflow.process.steps import Block, Run, Work
from salesflow.simulation import program
from salesflow.simulation.building.bridges import Bridges
from salesflow.simulation.building.draft import Draft
from salesflow.simulation.building.fillings import captures_of
from salesflow.simulation.building.marks import Marks
from salesflow.simulation.building.opened import Opened, ways_of
from salesflow.simulation.program import Node as NodeRow
from salesflow.simulation.program import Span

_KINDS = {Block: program.BLOCK, Run: program.RUN}


def node_row(node: Node, opened: Opened, draft: Draft, bridges: Bridges, marks: Marks) -> NodeRow:
    """The row of a step, without its part in policies."""
    row = _any_step(node, opened, marks)
    row = _timed(row, node, opened, draft)
    step = node.step
    if isinstance(step, Work):
        row = _filled(_worked(row, step, draft), node, step, opened, draft)
        return row._replace(bridges=bridges.over(node, row.department))
    if isinstance(step, Block):
        return _block(row, node, step, opened)
    return _run(row, node, opened)


def _any_step(node: Node, opened: Opened, marks: Marks) -> NodeRow:
    ways = ways_of(node)
    first = opened.way_at[ways[0].path] if ways else 0
    stage = node.step.stage if node.run is None else None
    return NodeRow(
        path=opened.path(node.path),
        key=opened.key(node.path),
        kind=_KINDS.get(type(node.step), program.WORK),
        process=opened.number,
        depth=opened.depth[node.path],
        lane=opened.lane_at[node.inside.path] if isinstance(node.inside, Lane) else -1,
        run=-1 if node.run is None else opened.node_at[node.run.path],
        first_way=first,
        last_way=first + len(ways),
        chosen=len(node.chosen) if isinstance(node.step, Work) else 0,
        otherwise=-1 if node.otherwise is None else opened.way_at[node.otherwise.path],
        stage=opened.stage_at.get(stage or "", -1),
        requires=opened.requires(node.step.requires),
        waits_for=tuple(sorted(opened.node_at[path] for path in node.waiting)),
        visited=opened.visit_at.get(node.path, -1),
        mark=marks.nodes.get(node.path, -1),
    )


def _timed(row: NodeRow, node: Node, opened: Opened, draft: Draft) -> NodeRow:
    """With sla and timeout; business time is that of whoever does the step."""
    step = node.step
    calendar = draft.crowd.calendar(step.by) if isinstance(step, Work) else None
    if step.sla is not None:
        row = row._replace(sla=draft.tables.span(step.sla.within, calendar))
    if step.timeout is not None:
        way = opened.way_at.get(f"{node.path}.{step.timeout.result}", -1)
        span = draft.tables.span(step.timeout.after, calendar)
        row = row._replace(timeout=span, timeout_way=way)
    return row


def _worked(row: NodeRow, step: Work, draft: Draft) -> NodeRow:
    """With who works on it and how long."""
    effort, effort_table = draft.time(step.effort, None)
    wait, wait_table = draft.time(step.wait, step.by)
    crew = -1 if step.effort is None else draft.crews.crew((step.by, *step.with_))
    if step.effort is not None and crew < 0:
        effort_table = draft.tables.of([draft.crowd.calendar(step.by)])
    return _escalated(
        row._replace(
            crew=crew,
            effort=effort,
            effort_table=effort_table,
            wait=wait,
            wait_table=wait_table,
            facing=step.facing == "customer",
            department=draft.department(step.by),
        ),
        step,
        draft,
    )


def _escalated(row: NodeRow, step: Work, draft: Draft) -> NodeRow:
    """With who may take the work too; only work that waits for people can be taken."""
    if step.escalate is None or row.crew < 0:
        return row
    crew = draft.crews.crew((step.escalate.by, *step.with_))
    if crew < 0 or not draft.crowd.ours([step.escalate.by]):
        return row
    span: Span = draft.tables.span(step.escalate.after, draft.crowd.calendar(step.by))
    return row._replace(escalate=span, escalate_crew=crew)


def _filled(row: NodeRow, node: Node, step: Work, opened: Opened, draft: Draft) -> NodeRow:
    captures = captures_of(step.captures, opened, draft, node.path)
    return row._replace(captures=captures)


def _block(row: NodeRow, node: Node, step: Block, opened: Opened) -> NodeRow:
    need = {"all": 0, "any": 1}.get(step.join, step.need)
    return row._replace(
        lanes=tuple(opened.lane_at[lane.path] for lane in node.lanes),
        need=need,
        done=opened.way_at.get(f"{node.path}.done", -1),
    )


def _run(row: NodeRow, node: Node, opened: Opened) -> NodeRow:
    outcomes = tuple(
        (program.KINDS.index(outcome.kind), opened.way_at.get(f"{node.path}.{name}", -1))
        for name, outcome in sorted(node.outcomes.items())
    )
    start = -1 if node.start is None else opened.node_at[node.start.path]
    return row._replace(start=start, outcomes=outcomes)
