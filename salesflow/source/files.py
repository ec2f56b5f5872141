"""What finding files needs of a place that has them: a disk, or a revision of a git repository."""

import os
from typing import Protocol


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
