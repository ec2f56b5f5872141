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


def write_file(path: str, content: str | bytes) -> None:
    """Write a file whole or not at all; UsageError when it cannot be written.

    A link stays a link. What is no file (``/dev/stdout``, a pipe) is written to as it is.
    """
    whole = os.path.isfile(path) or not os.path.exists(path)
    real = os.path.realpath(path) if whole else path
    target = f"{real}.{os.getpid()}.partial" if whole else path
    try:
        with open(target, "wb") as stream:
            stream.write(content.encode() if isinstance(content, str) else content)
        if whole:
            os.replace(target, real)
    except OSError as problem:
        if whole and os.path.exists(target):
            os.unlink(target)
        raise UsageError(f"`{path}` cannot be written: {problem.strerror}.") from None
