"""The flow that a BPMN document shows, with all that is mere notation folded away.

Written from the standard's point of view, not from the exporter's: it follows the flows that
bpmn-js knows until they come to something that has data of ours.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from salesflow.process.model import Process
from salesflow.process.steps import Block

Elements = Mapping[str, dict[str, Any]]
Transition = tuple[str, str, str]  # from node, to node, result


def shown(elements: Elements, process: Process) -> set[Transition]:
    """The transitions between the nodes of ``process.graph`` that the picture shows."""
    return {transition for start in elements for transition in _from(start, elements, process)}


def meant(process: Process) -> set[Transition]:
    """The transitions that the process has."""
    return {(start, end, key) for start, end, key in process.graph.edges(keys=True)}


def nodes_by_id(process: Process) -> dict[str, str]:
    """XML id -> node, for all that has data."""
    things = [*process.sources.values(), *process.outcomes.values(), *process.nodes.values()]
    return {f"{process.id}.{each.path}": each.node for each in things}


def _from(start: str, elements: Elements, process: Process) -> Iterator[Transition]:
    """The transitions that begin at an element with data."""
    node = _origin(elements[start], elements, process)
    if node is None:
        return
    for end, key in _ways(start, elements, "start" if node in process.sources else ""):
        target = _place(elements[end], elements, process)
        if target is not None and key:
            yield node, target, key
            if elements[start]["event"] == "TimerEventDefinition" and node.endswith(".join"):
                yield node.removesuffix(".join"), node, key


def _origin(element: dict[str, Any], elements: Elements, process: Process) -> str | None:
    known = nodes_by_id(process)
    if element["type"] == "BoundaryEvent":
        node = known[element["host"]]
        return f"{node}.join" if isinstance(process.nodes[node], Block) else node
    if element["type"] == "StartEvent" and element["data"] is None:
        return known[element["parent"]]
    node = known.get(element["id"])
    if node is None or element["data"] is None:
        return None
    return f"{node}.join" if isinstance(process.nodes.get(node), Block) else node


def _ways(start: str, elements: Elements, key: str) -> Iterator[tuple[str, str]]:
    """Where the flows out of an element lead through notation, and what they are called."""
    for flow in elements.values():
        if flow["start"] != start:
            continue
        name = key or flow["data"] or ""
        end = elements[flow["end"]]
        if end["data"] is None and end["type"].endswith("Gateway"):
            yield from _ways(end["id"], elements, name)
        else:
            yield end["id"], name


def _place(element: dict[str, Any], elements: Elements, process: Process) -> str | None:
    known = nodes_by_id(process)
    if element["type"] == "EndEvent" and element["data"] is None:
        return f"{known[element['parent']]}.join"
    return known.get(element["id"].rpartition("-")[0] or element["id"], known.get(element["id"]))
