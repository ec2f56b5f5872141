"""Results and branches as rows."""

from salesflow.process.model import Outcome
from salesflow.process.places import Lane, Node, Target, Way
from salesflow.process.steps import DONE, LEAVE
from salesflow.simulation import program
from salesflow.simulation.building.draft import Draft
from salesflow.simulation.building.fillings import captures_of, guard_of, settings_of
from salesflow.simulation.building.marks import Marks
from salesflow.simulation.building.opened import Opened
from salesflow.simulation.program import Lane as LaneRow
from salesflow.simulation.program import Way as WayRow


def ways_rows(opened: Opened, draft: Draft, marks: Marks) -> list[WayRow]:
    """All results of a process."""
    return [_way(way, opened, draft, marks) for way in opened.ways()]


def _way(way: Way, opened: Opened, draft: Draft, marks: Marks) -> WayRow:
    result, node = way.result, way.node
    names = opened.names(node)
    only_filled = {name: None for name, value in result.set.items() if value is None}
    return WayRow(
        path=opened.path(way.path),
        node=opened.node_at[node.path],
        leads=tuple(_lead(target, node, opened) for target in way.targets),
        share=-1.0 if result.share is None else result.share,
        guard=guard_of(result.when, names, draft),
        at_most=-1 if result.at_most is None else result.at_most,
        counter=opened.counter_at.get(way.path, -1),
        settings=settings_of(result.set, names, draft),
        captures=captures_of(only_filled, opened, draft, way.path, "set")
        + captures_of(result.captures, opened, draft, way.path),
        block_way=_block_way(way, opened),
        mark=marks.ways.get(way.path, -1),
    )


def _lead(target: Target, node: Node, opened: Opened) -> tuple[int, int]:
    if isinstance(target, Node):
        return program.NODE, opened.node_at[target.path]
    if isinstance(target, Outcome):
        if node.run is None:
            return program.OUTCOME, opened.outcome_at[target.id]
        return program.OUTCOME, sorted(node.run.outcomes).index(target.id)
    return {DONE: program.DONE, LEAVE: program.LEAVE}[target], -1


def _block_way(way: Way, opened: Opened) -> int:
    """The result of the innermost block that ``leave`` takes, -1 where it has no such result."""
    lane = way.node.inside
    if LEAVE not in way.targets or not isinstance(lane, Lane):
        return -1
    return opened.way_at.get(f"{lane.block.path}.{way.result.id}", -1)


def lane_rows(opened: Opened, draft: Draft) -> list[LaneRow]:
    """All branches of a process."""
    return [
        LaneRow(
            path=opened.path(lane.path),
            block=opened.node_at[lane.block.path],
            start=opened.node_at[lane.start.path],
            guard=guard_of(lane.branch.when, opened.names(lane.block), draft),
        )
        for lane in opened.layout.lanes.values()
    ]
