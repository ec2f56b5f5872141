"""What can stand in a place of the command line: files, rules, names of the process that is meant.

A finder takes what stands on the line already (by parameter) and what is typed, and gives what
begins so. It finds nothing where files do not load: Tab is no place for messages.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from salesflow.errors import SalesflowError
from salesflow.source.project import ENDING, is_searched
from salesflow.visible import visible

Line = Mapping[str, object]
_LONGEST = 60  # characters of a value that is shown beside its path


class Item(NamedTuple):
    """A value: a ``word``, a ``part`` that goes on, a ``file``, a ``folder``, or ``default``."""

    value: str
    kind: str = "word"
    help: str = ""


def words(*values: str) -> Callable[[Line, str], Iterator[Item]]:
    """A finder of certain words."""

    def find(_line: Line, typed: str) -> Iterator[Item]:
        return (Item(value) for value in values if value.startswith(typed))

    return find


# ---- Files and folders


def files_with(*endings: str) -> Callable[[Line, str], Iterator[Item]]:
    """A finder of folders, and of files whose names end so."""

    def find(_line: Line, typed: str) -> Iterator[Item]:
        if typed.startswith("~"):  # the shell knows whose home that is
            yield Item("", "default")
            return
        folder, start = os.path.split(typed)
        for name in _names(folder or "."):
            if not name.startswith(start) or (name.startswith(".") and not start):
                continue
            value = os.path.join(folder, name)
            if os.path.isdir(value):
                if is_searched(name):
                    yield Item(value, "folder")
            elif name.endswith(endings):
                yield Item(value, "file")

    return find


def _names(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


process_files = files_with(ENDING)
all_files = files_with("")
folders = files_with("/")  # no name of a file ends so


# ---- What salesflow knows


def templates(_line: Line, typed: str) -> Iterator[Item]:
    """Processes to start from."""
    from salesflow.cli.templates import TEMPLATES  # only `init` needs it

    for template in TEMPLATES:
        if template.name.startswith(typed):
            yield Item(template.name, help=template.about)


def rules(_line: Line, typed: str) -> Iterator[Item]:
    """Rules and their families, after a comma too."""
    from salesflow.checking.catalogue import FAMILIES  # only some options need it

    before, comma, last = typed.rpartition(",")
    for family, names in FAMILIES.items():
        for name, told in ((family, "family"), *((name, family) for name in names)):
            if name.startswith(last) and name not in before.split(","):
                yield Item(f"{before}{comma}{name}", help=told)


def rules_and_changes(line: Line, typed: str) -> Iterator[Item]:
    """What `rule` explains: rules, families, and kinds of change."""
    known = {item.value: item for item in rules(line, typed)}
    yield from known.values()
    from salesflow.changes.catalogue.rules import by_name  # larger than all of `check`

    for name in sorted({"changes", *by_name()}):
        if name.startswith(typed) and name not in known:
            yield Item(name, help="changes")


def presets(line: Line, typed: str) -> Iterator[Item]:
    """The presets of `check`."""
    from salesflow.checking.rule import PRESETS  # only one option needs it

    return words(*PRESETS)(line, typed)


def engines(line: Line, typed: str) -> Iterator[Item]:
    """The engines of a simulation."""
    from salesflow.simulation.engines import ENGINES  # only one option needs it

    return words(*ENGINES)(line, typed)


def kinds_of_change(line: Line, typed: str) -> Iterator[Item]:
    """What `improve` may change."""
    from salesflow.cli.improve import KINDS  # only one option needs it

    return words(*KINDS)(line, typed)


# ---- What the process on the line says


def departments(line: Line, typed: str) -> Iterator[Item]:
    """Departments of the processes on the line."""
    known = {
        name: department.name or ""
        for process in _processes(line)
        for name, department in process.departments.items()
    }
    return _named(known, typed)


def parts(line: Line, typed: str) -> Iterator[Item]:
    """What `draw --only` takes: steps, departments and stages."""
    known: dict[str, str] = {}
    for process in _processes(line):
        known |= {node: step.name or "" for node, step in process.nodes.items()}
        known |= dict.fromkeys(process.departments, "department")
        known |= dict.fromkeys(process.stages, "stage")
    return _named(known, typed)


def objectives(line: Line, typed: str) -> Iterator[Item]:
    """Objectives of the processes on the line."""
    known = {name: "" for process in _processes(line) for name in process.objectives}
    return _named(known, typed)


def settings(line: Line, typed: str) -> Iterator[Item]:
    """``PATH=VALUE`` of what can be changed in a process: part by part, with the value it has."""
    from salesflow.process.dump import dump  # only this needs it

    seen: set[str] = set()
    for process in _processes(line):
        for item in _settings(dump(process), typed):
            if item.value not in seen:
                seen.add(item.value)
                yield item


_FIXED = ("salesflow", "process", "use")  # no scenario changes what a process is


def _settings(document: Mapping[str, Any], typed: str) -> Iterator[Item]:
    from salesflow.schema.kinds import PROCESS, kind_at, merges  # only this needs it
    from salesflow.source.write import one_line

    above, dot, last = typed.rpartition(".")
    if "=" in typed:
        return
    holder: Any = document
    path = tuple(above.split(".")) if above else ()
    for key in path:
        holder = holder.get(key) if isinstance(holder, Mapping) else None
    for key, value in holder.items() if isinstance(holder, Mapping) else ():
        if not key.startswith(last) or (not path and key in _FIXED):
            continue
        if isinstance(value, Mapping) and merges(kind_at(PROCESS, (*path, key))):
            yield Item(f"{above}{dot}{key}.", "part")
        else:
            yield Item(f"{above}{dot}{key}=", "part", one_line(value)[:_LONGEST])


def _named(known: Mapping[str, str], typed: str) -> Iterator[Item]:
    for name in sorted(known):
        if name.startswith(typed):
            yield Item(name, help=visible(known[name]))


def _processes(line: Line) -> Iterator[Any]:
    """The processes on the line that load; those of this folder where none is named."""
    from salesflow import api  # slow to import, and many places need no process

    given = line.get("path") or line.get("paths") or "."
    for path in [given] if isinstance(given, str) else _several(given):
        try:
            for file in api.processes_at(path):
                yield api.load(file)
        except SalesflowError:
            continue


def _several(given: object) -> Iterable[str]:
    return given if isinstance(given, tuple) else ()
