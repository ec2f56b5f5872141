"""What a file is called in its repository: annotations and quality reports know no other folder."""

import os
from functools import cache


def from_root(file: str) -> str:
    """A file, named as seen from the working folder, as seen from the root of its repository.

    With ``/`` on every system. What lies outside, or is no file (``<stdin>``), keeps its name, and
    where there is no repository all do.
    """
    if file.startswith("<"):
        return file
    top = work_tree(os.getcwd())
    name = file if top is None else os.path.relpath(os.path.abspath(file), top)
    inside = not os.path.isabs(name) and not name.startswith("..")
    return (name if inside else file).replace(os.sep, "/")


def at_root(name: str) -> str:
    """A file, named as seen from the root of the repository, as a path that leads there."""
    return os.path.join(work_tree(os.getcwd()) or "", *name.split("/"))


@cache
def work_tree(folder: str) -> str | None:
    """The nearest folder upwards that is a work tree, of a folder that is absolute; None without.

    A clone's `.git` is a folder or a file.
    """
    while not os.path.lexists(os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    return folder
