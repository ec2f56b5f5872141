"""From a BPMN file to the texts of process files."""

import os
import sys

from salesflow.errors import UsageError
from salesflow.importing import bpmn
from salesflow.importing.text import text_of
from salesflow.source.files import STANDARD_INPUT, content_of
from salesflow.source.limits import DEFAULT_LIMITS


def import_bpmn(path: str | os.PathLike[str]) -> dict[str, str]:
    """The process files that a BPMN 2.0 diagram makes: file name -> text, the main process first.

    Each text says at its head, in comments, what could not be taken over and what was guessed.
    Nothing is written; all of them load where they lie in one folder. UsageError where the file
    cannot be read, LoadError where it is no BPMN or nothing happens in it.
    """
    if not isinstance(path, str | os.PathLike):
        raise UsageError(f"`import_bpmn` reads the file of a path, not a {type(path).__name__}.")
    file = os.fspath(path)
    imported = bpmn.import_bpmn(content(file), file)
    name = os.path.basename(file)
    return {each.file: text_of(each.data, name, imported.remarks) for each in imported.documents}


def content(path: str) -> bytes:
    """What a file holds, ``-`` is standard input; at most a byte more than is read of it."""
    most = DEFAULT_LIMITS.characters + 1
    if path == STANDARD_INPUT:
        return sys.stdin.buffer.read(most)
    if os.path.isdir(path):
        raise UsageError(f"`{path}` is a folder, not a file.")
    return content_of(path, most)
