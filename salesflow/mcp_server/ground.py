"""What an assistant may read: folders and what is in them, wherever a name or a link leads."""

import os
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from salesflow.errors import UsageError

_LONGEST = 200  # characters of a path that are repeated in a message


class Ground(NamedTuple):
    """Folders that may be read, as they really lie; the working folder is the first of them."""

    roots: tuple[str, ...]

    @property
    def words(self) -> str:
        """The folders by their own names."""
        return ", ".join(f"`{os.path.basename(root) or root}`" for root in self.roots)


def ground_of(roots: Iterable[str]) -> Ground:
    """The ground of some folders. UsageError for what is no folder."""
    real = []
    for root in roots:
        if not os.path.isdir(root):
            raise UsageError(f"`--root {root}`: there is no such folder.")
        real.append(os.path.realpath(root))
    return Ground(tuple(dict.fromkeys(real)))


def placed(ground: Ground, path: str) -> str:
    """A path that may be read, as it is to be named. UsageError where it leads out of the ground.

    Whether there is such a file is for whoever reads it to say; of what lies outside, nothing is.
    """
    shown = path if len(path) <= _LONGEST else f"{path[:_LONGEST]}…"
    if path == "-":
        raise UsageError("There is no standard input here: give the `text` itself.")
    if not path or not path.isprintable():
        raise UsageError(f"`{shown!a}` is no path: name a file or folder, such as `.`.")
    if ".." in path.replace("\\", "/").split("/"):
        raise UsageError(f"`{shown}`: a path has no `..` here. Name it from {ground.words} on.")
    if not _inside(ground, os.path.realpath(path)):
        raise UsageError(
            f"`{shown}` lies outside of what may be read, which is {ground.words}. Whoever runs "
            "the server can add a folder with `--root DIR`."
        )
    return os.path.relpath(path) if os.path.isabs(path) and _here(path) else path


def hold(ground: Ground, names: Mapping[str, str]) -> None:
    """Hold that files are all on the ground: their names, by where they really lie.

    A ``use`` may name a file of the project above it, and a file may be a link: such are not
    told of. UsageError that names what referred there.
    """
    for real in outside(ground, names):
        raise UsageError(
            f"`{names[real]}` really lies outside of what may be read, which is "
            f"{ground.words}. Whoever runs the server can add a folder with `--root DIR`."
        )


def outside(ground: Ground, files: Iterable[str]) -> list[str]:
    """Those of some files that really lie off the ground."""
    return [file for file in files if not _inside(ground, os.path.realpath(file))]


def repository_inside(ground: Ground, top: str) -> bool:
    """Whether all of a repository may be read: earlier versions may use any file of it."""
    return _inside(ground, os.path.realpath(top))


def _here(path: str) -> bool:
    return _inside(Ground((os.path.realpath("."),)), os.path.realpath(path))


def _inside(ground: Ground, real: str) -> bool:
    return any(real == root or real.startswith(os.path.join(root, "")) for root in ground.roots)
