"""The timers of open steps: when they run out, and that a result has to wait for one."""

from datetime import datetime

from salesflow.deals.board import Board
from salesflow.deals.clock import calendar_of_step, due
from salesflow.deals.nouns import Life, Reason
from salesflow.process.places import Node, Way
from salesflow.process.steps import Work


def not_yet(board: Board, life: Life, way: Way, at: datetime | None) -> Reason | None:
    """That the timer of a result has not run out, where both moments are known."""
    node = way.node
    if isinstance(node.step, Work) and not node.step.by_timer_only(way.result):
        return None
    ends = timer_ends(board, life, node)
    if ends is None or at is None or at >= ends:
        return None
    message = f"`{way.path}` comes by itself at {ends.isoformat()}, when its time is up."
    return Reason("timer", message, way.path)


def timer_ends(board: Board, life: Life, node: Node) -> datetime | None:
    """When the timer of an open step runs out."""
    since = life.marks[node.active].since
    if node.step.timeout is None or since is None:
        return None
    process = board.processes[node.prefix]
    return due(since, node.step.timeout.after, calendar_of_step(process, node))
