"""How things that variants have otherwise are called and said in the few words of a table."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from salesflow.calendars.calendar import Calendar
from salesflow.changes.edit import Edit
from salesflow.changes.sheet import last_id, node_of
from salesflow.process.model import Process

ABSENT = "–"
_TIMES = frozenset({"effort", "wait", "sla", "timeout", "escalate"})
_DRAWN = frozenset({"gives", "captures", "set"})
_LONGEST = 120  # characters of a value

_OF: Mapping[str, str] = {
    "calendar": "Calendars",
    "department": "People",
    "role": "People",
    "source": "Where deals come from",
    "stage": "Stages",
    "step": "Steps and their results",
    "result": "Steps and their results",
    "branch": "Steps and their results",
    "outcome": "Outcomes",
    "touchpoint": "Touchpoints",
    "policy": "Policies",
    "objective": "Objectives",
    "field": "Data of a deal",
    "run": "Processes that are run",
}
GROUPS = (
    "The process",
    "Calendars",
    "People",
    "Where deals come from",
    "Steps and their results",
    "Times",
    "Touchpoints",
    "Outcomes",
    "Stages",
    "Policies",
    "Objectives",
    "Data of a deal",
    "Processes that are run",
    "Locked",
)
# What says most of something new or removed, the first that there is.
_TELLING = ("by", "run", "to", "from", "department", "type", "measure", "kind", "timezone")


class Spoken(NamedTuple):
    """How the values of one row are said: ``keys`` of maps that tell them apart, empty for all."""

    field: str
    keys: frozenset[str]


def group_of(edit: Edit) -> str:
    """The part of the table that an edit belongs to."""
    if edit.field.startswith("locked"):
        return "Locked"
    if edit.what == "step" and edit.field in _TIMES:
        return "Times"
    return _OF.get(edit.what, "The process")


def label_of(edit: Edit, field: str) -> str:
    """What a row is about: ``account_executive: people``, ``nurture (woke_up)``."""
    if edit.what == "process":
        return _called(field)
    node = node_of(edit.old_path or edit.path)
    if edit.what == "result":
        step, _, name = node.rpartition(".")
        node = f"{step} ({name})"
    return f"{node}: {_called(field)}" if field else node


def _called(field: str) -> str:
    """A key as people say it; ids behind it stay as they are."""
    key = re.split("[ .]", field)[0]
    if key == "locked":
        return field.removeprefix("locked ")
    word = {"timezone": "time zone", "declared": "departments"}.get(key, key.replace("_", " "))
    return word + field.removeprefix(key)


def spoken(field: str, edits: Sequence[Edit]) -> Spoken:
    """How values of a row are said: of maps only the keys in which they differ."""
    values = [v for edit in edits for v in (edit.old, edit.new)]
    if not all(isinstance(value, Mapping) for value in values):
        return Spoken(field, frozenset())
    keys = {key for value in values for key in value}
    apart = {key for key in keys if any(v.get(key) != values[0].get(key) for v in values)}
    drawn = field.partition(".")[0] in _DRAWN or field in ("effort", "wait")
    return Spoken(field, frozenset() if drawn or apart == keys else frozenset(apart))


def said(how: Spoken, edits: Sequence[Edit], *, old: bool, process: Process) -> str:
    """What the base (``old``) or a variant has, in a few words."""
    edit = edits[0]
    value = edit.old if old else edit.new
    if edit.field == "holidays":
        number = _holidays(process, last_id((edit.old_path or edit.path) if old else edit.path))
        if old:
            return number
        more, less = (sum(e.old is None for e in edits), sum(e.new is None for e in edits))
        return f"{number} (+{more} -{less})"
    if edit.kind in ("added", "removed"):
        return ABSENT if value is None else _thing(edit.what, value)
    if edit.kind == "moved" and not edit.field:
        return node_of(value)
    if " " in how.field:  # one id of a set
        return ABSENT if value is None else "yes"
    return _value(value, how.keys)


def _holidays(process: Process, name: str) -> str:
    calendar = process.people.calendars.get(name)
    number = len(calendar.holidays) if isinstance(calendar, Calendar) else 0
    return f"{number} days" if number != 1 else "1 day"


def _thing(what: str, value: Mapping[str, Any]) -> str:
    """Something new or removed: what it is called, else what says most of it."""
    if value.get("name"):
        return str(value["name"])
    if what == "touchpoint":
        return f"{value['from']} → {value['to']}"
    if what == "branch":
        return ", ".join(value.get("steps", {})) or "yes"
    key = next((key for key in _TELLING if value.get(key)), "")
    if not key:
        return "yes"
    told = _value(value[key], ())
    return told if key == "kind" else f"{key} {told}"


def _value(value: Any, keys: Collection[str]) -> str:
    """A value in one line, without the brackets of the language."""
    if value is None:
        return ABSENT
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        if set(value) == {"any_of"}:
            value = value["any_of"]
        if len(keys) == 1:
            return _value(value.get(*keys), ())
        shown = {key: each for key, each in value.items() if not keys or key in keys}
        text = ", ".join(f"{key} {_value(each, ())}" for key, each in shown.items()) or ABSENT
    elif isinstance(value, list | tuple):
        text = ", ".join(_value(each, ()) for each in value)
    elif isinstance(value, int | float) and abs(value) >= 10_000:
        text = f"{value:,}"
    else:
        text = str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
