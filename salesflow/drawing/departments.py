"""The bird's eye view: departments, and who hands deals over to whom."""

from salesflow.analysis.handoffs import handoffs
from salesflow.drawing.diagram import Diagram, Edge, Lane, Node
from salesflow.process.model import Process


def departments(process: Process, *, notes: tuple[str, ...] = ()) -> Diagram:
    """A node per department of ours, an edge per pair that hands over, with its touchpoints."""
    pairs: dict[tuple[str, str], set[str]] = {}
    for handoff in handoffs(process):
        names = pairs.setdefault((handoff.giver, handoff.receiver), set())
        names.update(handoff.covered_by)
    shown = {name for pair in pairs for name in pair}
    nodes = [
        Node(id=name, path=f"departments.{name}", kind="step", label=department.heading)
        for name, department in process.departments.items()
        if name in shown or not department.external
    ]
    edges = [
        Edge(
            start=giver,
            end=receiver,
            path="",
            label=", ".join(_title(process, name) for name in sorted(names)),
        )
        for (giver, receiver), names in sorted(pairs.items())
    ]
    title = process.name or process.id.replace("_", " ")
    lanes: tuple[Lane, ...] = ()
    return Diagram(title=title, lanes=lanes, nodes=tuple(nodes), edges=tuple(edges), notes=notes)


def _title(process: Process, touchpoint: str) -> str:
    return process.touchpoints[touchpoint].title
