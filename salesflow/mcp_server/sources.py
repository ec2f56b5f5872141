"""What a tool is asked about: a file, a folder, or a text that is nowhere yet."""

import os
from collections.abc import Iterator, Mapping
from typing import Any

from salesflow import api
from salesflow.errors import UsageError
from salesflow.mcp_server.ground import Ground, hold, placed
from salesflow.mcp_server.tool import Parameter
from salesflow.process.loaded import process_of
from salesflow.process.model import Process
from salesflow.schema.assemble import assemble_file, assemble_text
from salesflow.schema.assembly import Assembly
from salesflow.source.project import ENDING, find_files
from salesflow.source.read import Reading

UNNAMED = f"text{ENDING}"  # a text that stands for no file

PATH = Parameter("path", "File or folder, below the server's root. Without `text`: default `.`.")
TEXT = Parameter(
    "text",
    "YAML of a process instead of a file; with `path`, it is read as if it stood there (an unsaved "
    "edit).",
)


def assemblies(asked: Mapping[str, Any], ground: Ground) -> tuple[Assembly, ...]:
    """All documents that are asked about. UsageError for what may not, or cannot, be read."""
    opened: dict[str, Reading] = {}
    found = tuple(_assemblies(asked["path"], asked["text"], ground, opened))
    hold(ground, opened)
    return found


def _assemblies(
    path: str | None, text: str | None, ground: Ground, opened: dict[str, Reading]
) -> Iterator[Assembly]:
    if text is not None:
        yield of_text(text, path, ground, opened)
        return
    path = placed(ground, path or ".")
    if not os.path.isdir(path):
        yield assemble_file(path, opened=opened)
        return
    files = [*find_files(path)]
    if not files:
        raise UsageError(f"There are no *{ENDING} files in `{path}`.")
    for file in files:
        yield assemble_file(file, opened=opened)


def of_text(text: str, path: str | None, ground: Ground, opened: dict[str, Reading]) -> Assembly:
    """The document of a text, which stands, or would stand, at ``path``."""
    file = UNNAMED if path is None else placed(ground, path)
    if os.path.isdir(file):
        file = os.path.join(file, UNNAMED)
    return assemble_text(text, file=file, folder=os.path.dirname(file) or ".", opened=opened)


def processes(asked: Mapping[str, Any], ground: Ground) -> tuple[Process, ...]:
    """The processes that are asked about: those of a folder that no other one there uses.

    LoadError with what is wrong where one does not load.
    """
    opened: dict[str, Reading] = {}
    if asked["text"] is not None:
        found = [of_text(asked["text"], asked["path"], ground, opened)]
    else:
        files = api.processes_at(placed(ground, asked["path"] or "."))
        found = [assemble_file(file, opened=opened) for file in files]
    hold(ground, opened)
    return tuple(map(process_of, found))


def process(asked: Mapping[str, Any], ground: Ground) -> Process:
    """The one process that is asked about. UsageError where there are several."""
    found = processes(asked, ground)
    if len(found) == 1:
        return found[0]
    names = ", ".join(f"`{one.file}`" for one in found)
    raise UsageError(f"`{asked['path'] or '.'}` holds several processes, name one: {names}.")


def hold_files(paths: tuple[str, ...], ground: Ground) -> tuple[str, ...]:
    """Paths of files of the language that may be read, with all that they refer to."""
    opened: dict[str, Reading] = {}
    found = tuple(placed(ground, path) for path in paths)
    for path in found:
        for file in find_files(path) if os.path.isdir(path) else (path,):
            assemble_file(file, opened=opened)
    hold(ground, opened)
    return found
