"""Where reports go: standard output or files, whole or not at all."""

import os
import sys
from typing import TextIO

from salesflow.errors import UsageError


def wants_colour(stream: TextIO) -> bool:
    """Colour only on a terminal, never under NO_COLOR or a dumb terminal."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty() or bool(os.environ.get("FORCE_COLOR"))


def write_out(text: str, stream: TextIO | None = None) -> None:
    """Write to standard output; what its encoding lacks is escaped, never an error."""
    stream = stream or sys.stdout
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding))


def write_file(path: str, text: str) -> None:
    """Write a file whole or not at all; UsageError when it cannot be written."""
    partial = f"{path}.{os.getpid()}.partial"
    try:
        with open(partial, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        os.replace(partial, path)
    except OSError as problem:
        if os.path.exists(partial):
            os.unlink(partial)
        raise UsageError(f"`{path}` cannot be written: {problem.strerror}.") from None
