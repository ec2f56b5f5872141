"""Which process files a PATH argument means."""

import os

from salesflow.errors import UsageError
from salesflow.schema.assemble import assemble_file
from salesflow.source.project import find_files, instead
from salesflow.source.read import Reading


def one_process(path: str) -> str:
    """The file that a PATH argument means: a file itself, or the one process of a folder.

    Processes that another file of the folder uses do not count; variants only when named.
    """
    found = processes_at(path)
    if len(found) == 1:
        return found[0]
    raise UsageError(f"`{path}` holds several processes, name one: {', '.join(found)}.")


def shown_at(path: str) -> tuple[str, ...]:
    """The files of a PATH argument that are for readers: a file itself; of a folder its processes,
    also those that others use, and behind them its variants. UsageError for a folder without any.
    """
    if not os.path.isdir(path):
        return (path,)
    opened: dict[str, Reading] = {}
    assemblies = [assemble_file(name, opened=opened) for name in find_files(path)]
    kinds = ("process", "variant")
    found = tuple(each.file for kind in kinds for each in assemblies if each.kind == kind)
    if not found:
        raise UsageError(
            f"There is no process in `{path}` (files named *.salesflow.yaml). {instead(path)}"
        )
    return found


def processes_at(path: str) -> tuple[str, ...]:
    """The files that a PATH argument means: a file itself, or the processes of a folder.

    Processes that another file of the folder uses do not count; variants only when named.
    UsageError for a folder without any.
    """
    if not os.path.isdir(path):
        return (path,)
    opened: dict[str, Reading] = {}
    assemblies = [assemble_file(name, opened=opened) for name in find_files(path)]
    used = {os.path.normpath(run.file) for a in assemblies for run in a.runs.values()}
    found = tuple(
        a.file for a in assemblies if a.kind == "process" and os.path.normpath(a.file) not in used
    )
    if not found:
        raise UsageError(
            f"There is no process in `{path}` (files named *.salesflow.yaml). {instead(path)}"
        )
    return found
