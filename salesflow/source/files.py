"""What finding files needs of a place that has them: a disk, or a revision of a git repository.

And what a file holds that is no YAML: deals, results, diagrams. And how a file is written: whole.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Protocol

from salesflow.errors import UsageError

STANDARD_INPUT = "-"  # as a path that people give
STDIN_NAME = "<stdin>"  # as a file that findings name


class Files(Protocol):
    """Somewhere with files and folders, named by paths of this system."""

    def real(self, path: str) -> str:
        """Where a path leads once links are followed; it may lead nowhere."""
        ...

    def exists(self, path: str) -> bool:
        """Whether anything is there."""
        ...

    def is_folder(self, path: str) -> bool:
        """Whether a folder is there."""
        ...

    def names(self, folder: str) -> list[str]:
        """What a folder holds, in any order. OSError where there is no such folder."""
        ...

    def shown(self, path: str) -> str:
        """A path as people are told it."""
        ...


class Disk:
    """The files of this machine."""

    def real(self, path: str) -> str:
        """Where a path leads once links are followed."""
        return os.path.realpath(path)

    def exists(self, path: str) -> bool:
        """Whether anything is there."""
        return os.path.exists(path)

    def is_folder(self, path: str) -> bool:
        """Whether a folder is there."""
        return os.path.isdir(path)

    def names(self, folder: str) -> list[str]:
        """What a folder holds. OSError where there is no such folder."""
        return os.listdir(folder or ".")

    def shown(self, path: str) -> str:
        """The path itself: people gave it."""
        return path


DISK = Disk()


def content_of(path: str, most: int = -1) -> bytes:
    """The bytes of a file, the first ``most`` of them; UsageError where it cannot be read."""
    try:
        with open(path, "rb") as stream:
            return stream.read(most)
    except (OSError, ValueError) as problem:
        why = (getattr(problem, "strerror", "") or "this is no file name").lower()
        raise UsageError(f"`{path}` cannot be read: {why}.") from None


@contextmanager
def whole(path: str) -> Iterator[BinaryIO]:
    """A stream to what takes the place of a file when all is written, and else is gone.

    A link stays a link, and a file's mode its mode. OSError where it cannot be written.
    """
    real = os.path.realpath(path)
    stream = beside(real)
    try:
        with stream:
            yield stream
        if os.path.exists(real):
            os.chmod(stream.name, stat.S_IMODE(os.stat(real).st_mode))
        os.replace(stream.name, real)
    finally:
        if os.path.lexists(stream.name):
            os.unlink(stream.name)


def beside(real: str) -> BinaryIO:
    """A new file next to one, to be moved into its place; ``name`` is its path.

    It is ours: what lies there under that name already, such as a link that somebody laid out for
    us in a shared folder, is never written through. OSError where there cannot be one.
    """
    number = 0
    while True:
        number += 1
        try:
            return open(f"{real}.{os.getpid()}-{number}.partial", "xb")
        except FileExistsError:
            if number >= _TRIES:
                raise


_TRIES = 100


def regular_content(path: str, most: int) -> bytes:
    """The bytes of a regular file, ``most`` at most; UsageError where it is none or has more.

    For files that a configuration names: no pipe that waits forever, no device without an end.
    """
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        status = None  # said below, in the words of reading
    if status is not None and not stat.S_ISREG(status.st_mode):
        raise UsageError(f"`{path}` is no regular file.")
    content = content_of(path, most + 1)
    if len(content) > most:
        raise UsageError(f"`{path}` has more than {most >> 20} MB.")
    return content
