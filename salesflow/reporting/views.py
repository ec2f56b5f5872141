"""The views of a process as diagrams: its flow, its stages, its departments."""

from salesflow.analysis.chain import Chain
from salesflow.drawing.departments import departments
from salesflow.drawing.diagram import Diagram, Overlay
from salesflow.drawing.extract import flow
from salesflow.drawing.stages import stages
from salesflow.errors import UsageError
from salesflow.process.model import Process

VIEWS = ("flow", "stages", "departments")
USUAL_DEPTH = 1  # blocks are open, what is run is closed
_NOTHING_OVER = Overlay()


def view_of(
    process: Process,
    view: str,
    *,
    overlay: Overlay = _NOTHING_OVER,
    depth: int = USUAL_DEPTH,
    chain: Chain | None = None,
) -> Diagram:
    """A view of a process with an overlay on it; UsageError for an unknown one.

    ``depth`` is how far the flow is opened. What is open shows the figures of what is in it and
    none of its own, and how many deals come from a source stands on the way from it. ``chain`` is
    that of the process, if known.
    """
    if view == "departments":
        return departments(process, overlay=overlay, chain=chain)
    if view == "stages":
        return _bare(stages(process, overlay=overlay, chain=chain))
    if view != "flow":
        raise UsageError(f"The view `{view}` is unknown: {', '.join(VIEWS)}.")
    return _bare(flow(process, overlay=overlay, depth=depth))


def _bare(drawn: Diagram) -> Diagram:
    if not drawn.measure:
        return drawn
    nodes = (
        node.replace(figure=None) if node.kind in ("fork", "source") else node
        for node in drawn.nodes
    )
    return drawn.replace(nodes=tuple(nodes))
