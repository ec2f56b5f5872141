"""What BPMN has no words for, as data beside each element: shares, efforts, touchpoints.

A value is a tag named as its key in the language; what is not a plain text is JSON in there.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from salesflow.drawing.bpmn.xml import Tag
from salesflow.process.dump import dump
from salesflow.process.model import Process
from salesflow.process.people import Element
from salesflow.process.steps import Step
from salesflow.visible import visible

NAMESPACE = "https://salesflow.dev/bpmn/1"

# What BPMN itself says: by flows, gateways, events, names and documentation.
_SAID = {
    "process": ("salesflow", "process", "sources", "steps", "outcomes"),
    "step": ("next", "parallel", "run", "wait_for", "timeout"),
    "source": ("start",),
    "outcome": (),
    "result": ("to", "when", "otherwise"),
    "branch": ("start", "steps", "when"),
}
_OF_ELEMENTS = (
    "calendars",
    "departments",
    "roles",
    "data",
    "stages",
    "touchpoints",
    "policies",
    "objectives",
)


class Data:
    """The data of the elements of one process, by element path."""

    def __init__(self, process: Process) -> None:
        """Write the process out once."""
        self.written: dict[str, Any] = dump(process)
        self.process = process

    def of(self, kind: str, element: Element) -> tuple[Tag, ...]:
        """Documentation and extension of an element; ``kind`` says what BPMN says by itself."""
        found: Any = self.written
        for part in element.path.split("."):
            found = found[part]
        values = {key: value for key, value in found.items() if key not in _SAID[kind]}
        # Where nothing leads to a step, no flow shows which branch it is in.
        branch = element.scope.rpartition(".")[2] if isinstance(element, Step) else ""
        return described(values, element.id, branch)

    def of_process(self) -> tuple[Tag, ...]:
        """Documentation and extension of the whole process."""
        kept = {key: value for key, value in self.written.items() if key not in _SAID["process"]}
        return described(kept, self.process.id)


def described(values: dict[str, Any], name: str, branch: str = "") -> tuple[Tag, ...]:
    """Documentation and extension from the values of an element, and the branch it is in.

    Name and description stand in both: modellers set texts anew, and what hides in them is shown.
    """
    description = values.get("description", "")
    tags = []
    if description:
        tags.append(Tag("bpmn:documentation", text=visible_lines(description)))
    attributes = {"id": name, "branch": branch} if branch else {"id": name}
    holder = Tag("salesflow:data", attributes, tuple(_entries(values)))
    return (*tags, Tag("bpmn:extensionElements", inside=(holder,)))


def visible_lines(text: str) -> str:
    """The text made visible, but for its line breaks."""
    return "\n".join(visible(line) for line in text.split("\n"))


def _plain(text: str) -> bool:
    """Whether any XML reader and any modeller gives the text back as it is."""
    return visible(text) == text and text == " ".join(text.split())


def _entries(values: Mapping[str, Any]) -> Iterator[Tag]:
    for key, value in values.items():
        if key in _OF_ELEMENTS and value and isinstance(value, dict):
            inside = tuple(
                Tag("salesflow:entry", {"id": name}, tuple(_entries(each)))
                for name, each in value.items()
            )
            yield Tag(f"salesflow:{key}", inside=inside)
        else:
            yield Tag(f"salesflow:{key}", text=value_text(value))


def value_text(value: Any) -> str:
    """A text that cannot be taken for JSON as it is, everything else as JSON."""
    from json import dumps, loads

    if isinstance(value, str) and value and _plain(value):
        try:
            loads(value)
        except ValueError:
            return value
    shown = dumps(value, ensure_ascii=False)
    if shown.isascii() and shown.isprintable():
        return shown
    return "".join(char if visible(char) == char else dumps(char)[1:-1] for char in shown)
