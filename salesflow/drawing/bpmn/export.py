"""A process as a BPMN 2.0 document that any modeller opens, picture included."""

from collections.abc import Iterator

from salesflow.drawing.bpmn.data import NAMESPACE, Data
from salesflow.drawing.bpmn.interchange import diagram_of
from salesflow.drawing.bpmn.places import places
from salesflow.drawing.bpmn.sketch import size_of, sketch
from salesflow.drawing.bpmn.structure import structure
from salesflow.drawing.bpmn.translate import translate
from salesflow.drawing.bpmn.xml import Tag, write
from salesflow.drawing.layout.arrange import layout
from salesflow.process.model import Process

_SPACES = {
    "xmlns:bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "xmlns:bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "xmlns:dc": "http://www.omg.org/spec/DD/20100524/DC",
    "xmlns:di": "http://www.omg.org/spec/DD/20100524/DI",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xmlns:salesflow": NAMESPACE,
}


def bpmn(process: Process) -> str:
    """The document: the process, and after it every process that it runs, each with its picture.

    What BPMN has no words for stands in extension elements of our namespace; reading it back gives
    an equal process.
    """
    roots: list[Tag] = []
    pictures: list[Tag] = []
    for each in [process, *_run(process)]:
        data = Data(each)
        parts = translate(each, data)
        stands = places(parts, layout(sketch(each, parts), sizes=size_of, wrapped=False))
        roots.extend(structure(each, data, parts, stands))
        pictures.append(diagram_of(each, parts, stands))
    attributes = _SPACES | {
        "id": f"{process.id}-definitions",
        "targetNamespace": NAMESPACE,
        "exporter": "salesflow",
    }
    return write(Tag("bpmn:definitions", attributes, (*roots, *pictures)))


def _run(process: Process) -> Iterator[Process]:
    """Every process that is run, by whatever it runs too; each once."""
    seen = {process.id}
    waiting = [*process.runs.values()]
    while waiting:
        inner = waiting.pop(0)
        if inner.id not in seen:
            seen.add(inner.id)
            yield inner
            waiting.extend(inner.runs.values())
