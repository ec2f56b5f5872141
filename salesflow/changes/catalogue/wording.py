"""How messages say values, people and places: always with what was and what is."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from salesflow.changes.catalogue.row import Case
from salesflow.changes.catalogue.spreads import any_of, spread
from salesflow.changes.sheet import node_of
from salesflow.checking.words import named
from salesflow.process.model import Process

Says: TypeAlias = Callable[[Case], str]

_MOST = 60  # characters of a name or a description that are shown
_LONGEST = 200  # characters of a value or a condition


def says(changed: str, *, added: str = "", removed: str = "") -> Says:
    """A message: ``{it}`` is the element, ``{old}`` and ``{new}`` the values, ``{id}`` what is
    kept by id (``requires``, ``captures.x``), ``{old_ids}`` and ``{new_ids}`` values that are ids.

    ``added`` is said where nothing was written before, ``removed`` where nothing is any more.
    """

    def message(case: Case) -> str:
        edit = case.edit
        text = changed
        if edit.old is None and added:
            text = added
        elif edit.new is None and removed:
            text = removed
        return text.format(
            it=it(case),
            id=id_of(case),
            old=written(edit.old),
            new=written(edit.new),
            old_ids=ids(edit.old),
            new_ids=ids(edit.new),
        )

    return message


def filled_with(text: str) -> Says:
    """A message of what a field is filled with: ``filled`` is any value."""

    def message(case: Case) -> str:
        old, new = (_filled(value) for value in (case.edit.old, case.edit.new))
        return text.format(it=it(case), id=id_of(case), old=old, new=new)

    return message


def _filled(value: Any) -> str:
    """Any value, one that is drawn, or shares of several."""
    if value == "filled":
        return "any value"
    if isinstance(value, Mapping) and not spread(value, flow):
        return any_of(value, flow)
    return written(value)


def it(case: Case) -> str:
    """The element by its short path, in backticks; the process by its id."""
    path = case.edit.path
    return f"`{case.new.id if path == 'process' else node_of(path)}`"


def it_was(case: Case) -> str:
    """The element by the short path it had."""
    path = case.edit.old_path
    return f"`{case.old.id if path == 'process' else node_of(path)}`"


def outer(case: Case) -> str:
    """The element around it: the step of a result, the block of a branch."""
    return f"`{node_of(case.edit.path).rpartition('.')[0]}`"


def id_of(case: Case) -> str:
    """What is kept by id and changed: ``champion`` of ``requires``, ``x`` of ``captures.x``."""
    edit = case.edit
    _, dot, name = edit.field.partition(".")
    if dot:
        return f"`{name}`"
    value = edit.old if edit.new is None else edit.new
    return f"`{value}`" if isinstance(value, str) else ""


def ids(value: Any) -> str:
    """One id or several, in backticks."""
    if value is None:
        return "nothing"
    if not isinstance(value, str | Mapping | list | tuple):
        return flow(value)
    return named([value] if isinstance(value, str) else value)


def written(value: Any) -> str:
    """A value as the files have it; maps in backticks."""
    if value is None:
        return "nothing"
    said = spread(value, flow)
    if said:
        return said
    text = shortened(flow(value))
    return f"`{text}`" if isinstance(value, Mapping | list) else text


def shortened(text: str) -> str:
    """A long value or condition by its beginning: the files have the rest."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def flow(value: Any) -> str:
    """Data of the language in one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(each) for each in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def in_money(value: Any, process: Process) -> str:
    """An amount in the currency of its version."""
    return f"{value} {process.people.currency}".rstrip()


def quoted(text: Any) -> str:
    """Free text for a sentence: one line, shortened."""
    line = " ".join(str(text).split())
    return f"“{line if len(line) <= _MOST else line[: _MOST - 1] + '…'}”"


def who(process: Process, role: str) -> str:
    """A role with its department: ``legal (`counsel`)``; ``security`` that is its own role."""
    known = process.roles.get(role)
    if known is None or known.department == role:
        return role
    return f"{known.department} (`{role}`)"


def together(names: Iterable[str]) -> str:
    """Departments for a sentence: ``legal, sales and security``; "nobody" for none."""
    *most, last = sorted(names) or ["nobody"]
    return f"{', '.join(most)} and {last}" if most else last
