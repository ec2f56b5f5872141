"""Of a flow that is too large to be drawn what shows all of it from further away."""

from collections.abc import Callable, Iterator

from salesflow.drawing.diagram import Diagram, Overlay
from salesflow.process.model import Process
from salesflow.reporting.views import view_of

_TOO_MUCH = "transitions are more than Mermaid draws"


def birds_eye(
    process: Process,
    whole: Diagram,
    fits: Callable[[Diagram], bool],
    *,
    overlay: Overlay,
    depth: int,
) -> Diagram:
    """The first that ``fits`` of: the flow opened less than ``depth``, stages, departments.

    A note says how much the ``whole`` is. Where not even departments fit, they come all the same.
    """
    shown = whole
    for view, less, words in _further(process, depth):
        shown = view_of(process, view, overlay=overlay, depth=less)
        note = f"{len(whole.edges)} {_TOO_MUCH}: {words}."
        shown = shown.replace(notes=(note, *shown.notes))
        if fits(shown):
            break
    return shown


def said_of(picture: str) -> str:
    """What a picture in Mermaid says of being drawn from further away; "" where it is not."""
    for line in picture.splitlines():
        if line.startswith("  %% ") and _TOO_MUCH in line:
            return line.removeprefix("  %% ")
    return ""


def _further(process: Process, depth: int) -> Iterator[tuple[str, int, str]]:
    for less in range(min(depth, _deepest(process)) - 1, 0, -1):
        yield "flow", less, f"depth {less} is shown"
    if depth and any(step.scope for step in process.nodes.values()):
        yield "flow", 0, "blocks are closed"
    if any(step.stage for step in process.nodes.values()):
        yield "stages", 0, "stages are shown"
    yield "departments", 0, "departments are shown"


def _deepest(process: Process) -> int:
    """The depth that opens all: one for blocks, one for each level of processes that are run."""
    level = [process]
    depth = 0
    while level:
        depth += 1
        inner = {run.id: run for each in level for run in each.runs.values()}
        level = [*inner.values()]
    return depth
