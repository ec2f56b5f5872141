"""What a notebook shows of a process, a comparison and a result: the report, and a picture."""

from collections.abc import Callable

from salesflow.changes.difference import Diff
from salesflow.drawing.diagram import Diagram
from salesflow.process.model import Process
from salesflow.process.steps import Block
from salesflow.reporting.views import view_of
from salesflow.reporting.visible import xml
from salesflow.reporting.words import count
from salesflow.simulation.result import SimulationResult

_MOST_NODES = 60  # more of them cannot be read in a notebook
_MOST_PROCESSES = 3  # of a result
_STYLE = (
    ".sf-picture > div { overflow: auto; max-height: 80vh; background: Canvas }\n"
    ".sf-picture img { max-width: none }\n"
    ".sf-picture > input:not(:checked) ~ div img { max-width: 100%; height: auto }"
)


def process_shown(process: Process) -> str:
    """The picture of a process, as much of it as can be read, under a line of what it is."""
    drawn = _readable(lambda view, depth: view_of(process, view, depth=depth), process)
    return f"<div>\n<p>{xml(_line(process))}</p>\n{_picture(drawn, _line(process))}\n</div>"


def diff_shown(diff: Diff) -> str:
    """The report on a comparison, and both versions in one picture if anything changed."""
    from salesflow.reporting.changed.page import notebook
    from salesflow.reporting.changed.picture import picture

    process = diff.new or diff.old
    if process is None or not diff.edits:
        return notebook(diff)
    drawn = _readable(
        lambda view, depth: picture(diff, view=view, depth=depth, small=_fits), process
    )
    return notebook(diff, _picture(drawn, f"What changed in {_line(process)}"))


def result_shown(result: SimulationResult) -> str:
    """The report on a result, and where deals wait, drawn on the processes that were simulated."""
    from salesflow.reporting.simulated.page import notebook

    drawn = result.models[:_MOST_PROCESSES]
    return notebook(result, [_waiting(process, result) for process in drawn])


def _waiting(process: Process, result: SimulationResult) -> str:
    from salesflow.reporting.measured import results_overlay

    overlay = results_overlay(process, result)
    drawn = _readable(
        lambda view, depth: view_of(process, view, overlay=overlay, depth=depth), process
    )
    return _picture(drawn, f"Where deals wait in {_line(process)}")


def _readable(draw: Callable[[str, int], Diagram], process: Process) -> Diagram:
    """The flow with its blocks open, or closed, or only the stages or departments."""
    ways = [("flow", 1), ("flow", 0)]
    staged = any(step.stage for step in process.nodes.values())
    ways.append(("stages", 0) if staged else ("departments", 0))
    for view, depth in ways[:-1]:
        drawn = draw(view, depth)
        if _fits(drawn):
            return drawn
    return draw(*ways[-1])


def _fits(diagram: Diagram) -> bool:
    return len(diagram.nodes) <= _MOST_NODES


def _line(process: Process) -> str:
    """``Enterprise 2.0.0: 24 steps, 8 departments, 3 sources, 4 outcomes``."""
    title = process.name or process.id.replace("_", " ")
    steps = sum(not isinstance(step, Block) for step in process.nodes.values())
    counted = (
        (steps, "step"),
        (len(process.departments), "department"),
        (len(process.sources), "source"),
        (len(process.outcomes), "outcome"),
    )
    return (
        f"{title} {process.version}".strip() + ": " + ", ".join(count(n, of) for n, of in counted)
    )


def _picture(diagram: Diagram, alt: str) -> str:
    """An image, so that nothing of its style reaches the notebook, nor the other way round.

    It is as wide as the notebook until somebody wants to see it in full.
    """
    from base64 import b64encode  # only for a picture

    from salesflow.drawing.layout.arrange import layout
    from salesflow.drawing.svg.picture import svg

    data = b64encode(svg(layout(diagram)).encode()).decode()
    return (
        f'<div class="sf-picture">\n<style>{_STYLE}</style>\n'
        '<input type="checkbox" aria-label="full size"> full size\n'
        f'<div><img alt="{xml(alt)}" src="data:image/svg+xml;base64,{data}"></div>\n</div>'
    )
