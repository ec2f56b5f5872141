"""Which process files a project keeps: those that git tracks, or without git those on the disk."""

import os

from salesflow.errors import UsageError
from salesflow.source.git import ask
from salesflow.source.project import find_files, is_searched, is_wanted, project_root


def kept_files(path: str) -> tuple[str, ...]:
    """The process files of the repository that a path lies in, as seen from the working folder.

    Only what git tracks counts: a draft that nobody has added is nobody's business yet. Where there
    is no repository, or git cannot say, the files of the project's folder. Hidden folders do not
    count, sorted by name.
    """
    folder = os.path.dirname(os.path.realpath(path))
    if not os.path.isdir(folder):
        return ()
    try:
        top = ask(folder, "rev-parse", "--show-toplevel")
        root = os.fsdecode(top.out).removesuffix("\n")
        answer = ask(root, "ls-files", "-z", "--cached") if top.code == 0 else top
    except UsageError:  # there is no git on this machine
        return _on_disk(path)
    if answer.code != 0:
        return _on_disk(path)
    names = {os.fsdecode(name) for name in answer.out.split(b"\0") if name}
    files = (os.path.join(root, *name.split("/")) for name in sorted(names) if _is_kept(name))
    return tuple(os.path.relpath(file) for file in files if os.path.isfile(file))


def _on_disk(path: str) -> tuple[str, ...]:
    return tuple(os.path.relpath(file) for file in find_files(project_root(path)))


def _is_kept(name: str) -> bool:
    *folders, last = name.split("/")
    return is_wanted(last) and all(map(is_searched, folders))
