"""The columns of a file that are fields of a deal: what each value is in both versions."""

from collections.abc import Mapping
from typing import NamedTuple

from salesflow.changes.running.bridge import Bridge
from salesflow.changes.running.cells import Cells
from salesflow.changes.running.table import Mistakes, Table
from salesflow.process.binding import SOURCE_FIELD
from salesflow.process.crm_values import WrongValueError, value_of
from salesflow.process.people import Field
from salesflow.process.places import Layout

Numbers = tuple[int | None, int | None]  # of the cells in the old and in the new net
NOT_GIVEN: Numbers = (None, None)


class Column(NamedTuple):
    """A column that tells something: the field in both versions, and what each cell means."""

    old: str
    new: str
    numbers: list[Numbers]


class Columns(NamedTuple):
    """Those that tell something, and the names of those that are passed over."""

    telling: tuple[Column, ...]
    ignored: tuple[str, ...]


def columns_of(table: Table, bridge: Bridge) -> Columns:
    """The columns of a table that are fields. UsageError with the lines of wrong values."""
    old, new = _fields(bridge.old.layout), _fields(bridge.new.layout)
    pairs = dict(bridge.fields)
    named = _named(old) | _named(new) | {name: name for name in (*new, *old)}
    mistakes = Mistakes(table.file)
    telling, ignored = [], []
    for name, cells in table.columns.items():
        field = named.get(name, named.get(name.casefold()))
        if field is None:
            ignored.append(name)
            continue
        after = next((n for n, o in pairs.items() if o == field), field) if field in old else field
        before = pairs.get(after, after)
        fields = [found for found in (old.get(before), new.get(after)) if found is not None]
        numbers = _numbers(table, cells, fields, (bridge, before, after), mistakes)
        if before in bridge.old.memory.field_at or after in bridge.new.memory.field_at:
            telling.append(Column(before, after, numbers))
    mistakes.check()
    return Columns(tuple(telling), tuple(name for name in ignored if name))


def _numbers(
    table: Table,
    cells: list[str],
    fields: list[Field],
    where: tuple[Bridge, str, str],
    mistakes: Mistakes,
) -> list[Numbers]:
    bridge, before, after = where
    choices = tuple(dict.fromkeys(value for field in fields for value in field.values))
    comma = table.delimiter == ";"
    one, other = Cells(bridge.old.memory, before), Cells(bridge.new.memory, after)
    same = one.all == other.all
    known: dict[str, Numbers] = {}
    wrong: dict[str, str] = {}
    for text in set(cells):
        bare = text.strip()
        if not bare:
            known[text] = NOT_GIVEN
            continue
        try:
            value = value_of(bare, fields[-1], choices, comma=comma)
        except WrongValueError as error:
            wrong[text] = str(error)
        else:
            number = one.number(value)
            known[text] = (number, number if same else other.number(value))
    if wrong:
        for line, text in zip(table.lines, cells, strict=True):
            if text in wrong:
                mistakes.add(line, wrong[text])
        return []
    return [known[text] for text in cells]


def _fields(layout: Layout) -> dict[str, Field]:
    """All fields of a version by id, and where its deals come from."""
    found: dict[str, Field] = {}
    for process in layout.processes.values():
        for name, field in process.data.items():
            found.setdefault(name, field)
    sources = tuple(layout.process.sources)
    source = Field(id=SOURCE_FIELD, path="", node="", type="choice", values=sources)
    found.setdefault(SOURCE_FIELD, source)
    return found


def _named(fields: Mapping[str, Field]) -> dict[str, str]:
    """Fields by the names that people read."""
    return {title.casefold(): f.id for f in fields.values() for title in (f.name, f.id) if title}
