"""Files that are written where none is: all of them or none, and never over one that is there."""

import os
from collections.abc import Mapping

from salesflow.errors import UsageError


def missing(texts: Mapping[str, str]) -> dict[str, str]:
    """Those files that are not there just so already."""
    return {file: text for file, text in texts.items() if not _is_so(file, text)}


def taken(texts: Mapping[str, str]) -> list[str]:
    """Those files that are there, with something else in them."""
    return [file for file in missing(texts) if os.path.lexists(file)]


def write_fresh(texts: Mapping[str, str]) -> None:
    """Write files that are not there, and the folders they need; all or none.

    UsageError where one cannot be written, or came to be there meanwhile.
    """
    folders: list[str] = []
    written: list[str] = []
    done = False
    try:
        for file, text in texts.items():
            for folder in _absent(os.path.dirname(file)):
                os.mkdir(folder)
                folders.append(folder)
            with open(file, "x", encoding="utf-8", newline="\n") as stream:  # never over a file
                written.append(file)
                stream.write(text)
        done = True
    except OSError as problem:
        raise UsageError(_why(problem, file)) from None
    finally:
        if not done:
            for file in written:
                os.unlink(file)
            for folder in reversed(folders):
                os.rmdir(folder)


def _is_so(file: str, text: str) -> bool:
    if not os.path.isfile(file):
        return False
    try:
        with open(file, "rb") as stream:
            return stream.read(len(text) * 4 + 1) == text.encode()
    except OSError:
        return False


def _absent(folder: str) -> list[str]:
    """The folder and those above it that are not there, the uppermost first."""
    absent: list[str] = []
    while folder and not os.path.isdir(folder):
        absent.insert(0, folder)
        folder = os.path.dirname(folder)
    return absent


def _why(problem: OSError, file: str) -> str:
    where = problem.filename or file
    if isinstance(problem, FileExistsError):
        return f"`{where}` is a file that is there already: it stays as it is."
    return f"`{where}` cannot be written: {(problem.strerror or '').lower()}."
