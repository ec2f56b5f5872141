"""Which process files a PATH argument means."""

import os
from collections.abc import Iterable
from typing import NamedTuple

from salesflow.errors import UsageError
from salesflow.names import listed
from salesflow.schema.assemble import assemble_file
from salesflow.schema.assembly import Assembly
from salesflow.source.project import find_files, instead
from salesflow.source.read import Reading


class Held(NamedTuple):
    """The files that a PATH argument means, and the variants that were passed over for them."""

    processes: tuple[str, ...]
    variants: tuple[str, ...] = ()


def shown_at(path: str) -> tuple[str, ...]:
    """The files of a PATH argument that are for readers: a file itself; of a folder its processes,
    also those that others use, and behind them its variants. UsageError for a folder without any.
    """
    if not os.path.isdir(path):
        return (path,)
    assemblies = _assemblies(path)
    kinds = ("process", "variant")
    return _some(path, (a.file for kind in kinds for a in assemblies if a.kind == kind))


def processes_at(path: str) -> tuple[str, ...]:
    """The files that a PATH argument means: a file itself, or the processes of a folder.

    Processes that another file of the folder uses do not count; variants only when named.
    UsageError for a folder without any.
    """
    held = held_at(path)
    if held.variants and not held.processes:
        names = listed(held.variants)
        raise UsageError(f"`{path}` holds variants and no process, name one: {names}.")
    return held.processes


def held_at(path: str) -> Held:
    """The processes of a PATH argument as in ``processes_at``, and its variants, of which a folder
    may hold nothing else.

    UsageError for a folder without either.
    """
    if not os.path.isdir(path):
        return Held((path,))
    assemblies = _assemblies(path)
    used = {os.path.normpath(run.file) for a in assemblies for run in a.runs.values()}
    own = [a.file for a in assemblies if a.kind == "process"]
    processes = tuple(file for file in own if os.path.normpath(file) not in used)
    variants = tuple(a.file for a in assemblies if a.kind == "variant")
    _some(path, (*processes, *variants))
    return Held(processes, variants)


def _assemblies(folder: str) -> list[Assembly]:
    """The process files of a folder; each file that they draw on is read and judged once."""
    opened: dict[str, Reading] = {}
    made: dict[str, Assembly] = {}
    return [assemble_file(name, opened=opened, made=made) for name in find_files(folder)]


def _some(folder: str, files: Iterable[str]) -> tuple[str, ...]:
    """The files; UsageError where there are none."""
    found = tuple(files)
    if not found:
        raise UsageError(
            f"There is no process in `{folder}` (files named *.salesflow.yaml). {instead(folder)}"
        )
    return found
