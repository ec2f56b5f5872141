"""What finding files needs of a place that has them: a disk, or a revision of a git repository.

And what a file holds that is no YAML: deals, results, diagrams.
"""

import os
from typing import Protocol

from salesflow.errors import UsageError


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
