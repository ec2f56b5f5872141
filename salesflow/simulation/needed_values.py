"""Fields that something reads, and whose values are never drawn."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from salesflow.analysis.runs import inner_first
from salesflow.expressions.types import ONLY_FILLED
from salesflow.findings import Finding
from salesflow.process.binding import SOURCE_FIELD
from salesflow.process.model import Process
from salesflow.process.people import Element, Field
from salesflow.process.steps import Block, Work
from salesflow.simulation.needing import need

_EXAMPLES = {
    "money": "{median: 60000, p90: 200000}",
    "number": "{min: 1, usual: 10, max: 50}",
    "percent": "{any_of: {0%: 60%, 10%: rest}}",
    "yes_no": "30%",
}


class Filling(NamedTuple):
    """A place that fills a field: the key (``gives captures set``), and with what.

    ``reads`` are the fields that the value is worked out from; None where none is given.
    """

    element: Element
    key: str
    reads: frozenset[str] | None

    @property
    def blank(self) -> bool:
        """Whether it only says that the field is filled."""
        return self.reads is None


def values_missing(process: Process) -> Iterator[Finding]:
    """A finding for each field that is read and not drawn, at the first place that fills it.

    A warning where other places draw it: deals that come there first have no real value.
    """
    readers = _readers(process)
    if not readers:
        return
    fillings = _fillings(process)
    fields = {f.id: f for part in inner_first(process) for f in part.data.values()}
    known = _known(fields, fillings)
    for name in sorted(readers):
        field = fields.get(name)
        if field is None or name == SOURCE_FIELD or field.type in ONLY_FILLED:
            continue
        found = fillings.get(name, [])
        blank = [filling for filling in found if filling.blank]
        if name not in known:
            yield _never(process, field, readers[name], blank)
        elif blank and not _from_the_start(process, name):
            yield _sometimes(field, readers[name], blank[0])


def _never(
    process: Process, field: Field, reader: Element | Process, blank: list[Filling]
) -> Finding:
    if not blank:
        return need(
            "no-value",
            reader,
            f"{_read(field, reader, process)}, but nothing draws a value for it.",
            f"Write for example `captures: {{{field.id}: {_example(field)}}}` at the step where "
            "it becomes known.",
        )
    filling = blank[0]
    return need(
        "no-value",
        filling.element,
        f"{_read(field, reader, process)}, but `{filling.element.node}` only says that it is "
        "filled, not with what.",
        f"Write for example `{filling.key}: {{{field.id}: {_example(field)}}}`.",
        related=[reader] if isinstance(reader, Element) else (),
    )


def _sometimes(field: Field, reader: Element | Process, filling: Filling) -> Finding:
    return need(
        "no-value",
        filling.element,
        f"`{filling.element.node}` fills `{field.id}` without a value: a deal that has none yet "
        "goes on with 1.",
        f"Write for example `{filling.key}: {{{field.id}: {_example(field)}}}`.",
        severity="warning",
        related=[reader] if isinstance(reader, Element) else (),
    )


def _read(field: Field, reader: Element | Process, process: Process) -> str:
    if isinstance(reader, Element):
        return f"`{field.id}` is read by `{reader.node}`"
    return f"`{field.id}` is what a deal of `{process.id}` is worth (`value`)"


def _example(field: Field) -> str:
    if field.type == "choice" and len(field.values) > 1:
        return f"{{{field.values[0]}: 60%, {field.values[1]}: rest}}"
    if field.type == "choice":
        return f"{{{field.values[0]}: 100%}}" if field.values else "…"
    return _EXAMPLES[field.type]


def _readers(process: Process) -> Mapping[str, Element | Process]:
    """Field -> the first place that reads its value, in the order written; runs come last."""
    found: dict[str, Element | Process] = {}
    for part in reversed(inner_first(process)):
        for step in part.nodes.values():
            branches = step.branches.values() if isinstance(step, Block) else ()
            for element in (*branches, *step.next.values()):
                values = getattr(element, "set", {}).values()
                for expression in (element.when, *values):
                    for name in sorted(expression.reads) if expression is not None else ():
                        found.setdefault(name, element)
    if process.value is not None:
        found.setdefault(process.value, process)
    return found


def _known(fields: Mapping[str, Field], fillings: Mapping[str, list[Filling]]) -> set[str]:
    """The fields that can get a value: drawn, written down, or worked out from such fields."""
    known = {SOURCE_FIELD, *(f.id for f in fields.values() if f.type in ONLY_FILLED)}
    waiting = {*fillings} - known
    while True:
        new = {
            name
            for name in waiting
            if any(f.reads is not None and f.reads <= known for f in fillings[name])
        }
        if not new:
            return known
        known |= new
        waiting -= new


def _fillings(process: Process) -> dict[str, list[Filling]]:
    """Field -> the places that fill it; sources of processes that are run give nothing."""
    found: dict[str, list[Filling]] = {}

    def note(element: Element, key: str, filled: Mapping[str, Any]) -> None:
        for name, value in filled.items():
            read: frozenset[str] = getattr(value, "reads", frozenset())
            reads = None if value is None else read
            found.setdefault(name, []).append(Filling(element, key, reads))

    for source in process.sources.values():
        note(source, "gives", source.gives)
    for part in reversed(inner_first(process)):
        for step in part.nodes.values():
            if isinstance(step, Work):
                note(step, "captures", step.captures)
            for result in step.next.values():
                note(result, "set", result.set)
                note(result, "captures", result.captures)
    return found


def _from_the_start(process: Process, name: str) -> bool:
    """Whether every deal has a value from its arrival on."""
    return all(source.gives.get(name) is not None for source in process.sources.values())
