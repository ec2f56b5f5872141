"""What a tool is asked about: a file, a folder, or a text that is nowhere yet."""

import os
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import NamedTuple

from salesflow.checking.paths import files_of
from salesflow.errors import UsageError
from salesflow.mcp_server.ground import Ground, hold, outside, placed
from salesflow.mcp_server.tool import Parameter
from salesflow.process.loaded import process_of
from salesflow.process.model import Process
from salesflow.schema.assemble import assemble_file, assemble_text
from salesflow.schema.assembly import Assembly
from salesflow.schema.targets import processes_at
from salesflow.source.limits import DEFAULT_LIMITS, Limits
from salesflow.source.project import ENDING, find_files
from salesflow.source.read import Reading

_TOLD = 20  # reasons, where nothing can be read
UNNAMED = f"text{ENDING}"  # a text that stands for no file

PATH = Parameter("path", "File or folder, below the server's root. Without `text`: default `.`.")
TEXT = Parameter(
    "text",
    "YAML of a process instead of a file; with `path`, it is read as if it stood there (an unsaved "
    "edit).",
)


class Unread(NamedTuple):
    """A file of a folder that is left out, and why, as a sentence."""

    file: str
    why: str


class Found(NamedTuple):
    """Documents that are asked about, and what was left out."""

    assemblies: tuple[Assembly, ...]
    unread: tuple[Unread, ...] = ()


def documents(
    path: str | None, text: str | None, ground: Ground, *, limits: Limits = DEFAULT_LIMITS
) -> Found:
    """All documents that are asked about; of a folder those that may, and can, be read.

    UsageError where there is none.
    """
    there = "" if text is not None else placed(ground, path or ".")
    if not os.path.isdir(there):
        return Found(_held(path, text, ground, lambda there: (there,), limits))
    opened: dict[str, Reading] = {}
    made: dict[str, Assembly] = {}
    found, unread = [], []
    for file in files_of((there,)):
        known = len(opened)
        try:
            hold(ground, {file: file})  # where a link leads is judged before anything is opened
            assembly = assemble_file(file, limits=limits, opened=opened, made=made)
            hold(ground, _names(opened, known))
        except UsageError as problem:
            why = str(problem)
            named = f"`{file}`" in why
            unread.append(Unread(file, why if named else f"`{file}` draws on another file: {why}"))
            for real in outside(ground, _names(opened, known)):
                del opened[real]
            made.clear()  # nothing that was made of them is used for another file
        else:
            found.append(assembly)
    if not found:
        raise UsageError(*(each.why for each in unread[:_TOLD]))
    return Found(tuple(found), tuple(unread))


def _names(opened: Mapping[str, Reading], known: int = 0) -> dict[str, str]:
    """The names of files that were opened, by where they really lie, without the first ones."""
    return {real: reading.file for real, reading in islice(opened.items(), known, None)}


def _held(
    path: str | None,
    text: str | None,
    ground: Ground,
    files: Callable[[str], Iterable[str]],
    limits: Limits,
) -> tuple[Assembly, ...]:
    """The document of a text, else those of the files that a path stands for; all on the ground."""
    opened: dict[str, Reading] = {}
    if text is not None:
        found = [_of_text(text, path, ground, opened, limits)]
    else:
        made: dict[str, Assembly] = {}  # what several files use is put together once
        there = files(placed(ground, path or "."))
        found = [assemble_file(file, limits=limits, opened=opened, made=made) for file in there]
    hold(ground, _names(opened))
    return tuple(found)


def _of_text(
    text: str, path: str | None, ground: Ground, opened: dict[str, Reading], limits: Limits
) -> Assembly:
    """The document of a text, which stands, or would stand, at ``path``."""
    file = UNNAMED if path is None else placed(ground, path)
    if os.path.isdir(file):
        file = os.path.join(file, UNNAMED)
    folder = os.path.dirname(file) or "."
    return assemble_text(text, file=file, folder=folder, limits=limits, opened=opened)


def processes(
    path: str | None, text: str | None, ground: Ground, *, limits: Limits = DEFAULT_LIMITS
) -> tuple[Process, ...]:
    """The processes that are asked about: those of a folder that no other one there uses.

    LoadError with what is wrong where one does not load.
    """
    return tuple(map(process_of, _held(path, text, ground, processes_at, limits)))


def process(
    path: str | None, text: str | None, ground: Ground, *, limits: Limits = DEFAULT_LIMITS
) -> Process:
    """The one process that is asked about. UsageError where there are several."""
    found = processes(path, text, ground, limits=limits)
    if len(found) == 1:
        return found[0]
    names = ", ".join(f"`{one.file}`" for one in found)
    raise UsageError(f"`{path or '.'}` holds several processes, name one: {names}.")


def hold_files(paths: tuple[str, ...], ground: Ground) -> tuple[str, ...]:
    """Paths of files of the language that may be read, with all that they refer to."""
    opened: dict[str, Reading] = {}
    found = tuple(placed(ground, path) for path in paths)
    for path in found:
        for file in find_files(path) if os.path.isdir(path) else (path,):
            assemble_file(file, opened=opened)
    hold(ground, _names(opened))
    return found
