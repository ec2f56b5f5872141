"""Which process files a project keeps: those that git tracks, or without git those on the disk."""

import os
from collections.abc import Collection

from salesflow.errors import UsageError
from salesflow.source.git import ask
from salesflow.source.history import repository_of
from salesflow.source.project import find_files, is_searched, is_wanted, project_root


def kept_files(*paths: str) -> tuple[str, ...]:
    """The process files of the repositories that paths lie in, as seen from the working folder.

    Only what git tracks counts: a draft that nobody has added is nobody's business yet. Where there
    is no repository, or git cannot say, the files of the project's folder. Hidden folders do not
    count, sorted by name. Each repository is listed once.
    """
    found: dict[str, None] = {}
    tracked: dict[str, list[str] | None] = {}  # by work tree
    for folder in dict.fromkeys(os.path.dirname(os.path.realpath(path)) for path in paths):
        if not os.path.isdir(folder):
            continue
        top = _work_tree(folder)
        if top not in tracked:
            tracked[top] = _tracked(top)
        files = tracked[top]
        if files is None:
            files = [*find_files(project_root(os.path.join(folder, "any")))]
        found.update(dict.fromkeys(map(os.path.relpath, files)))
    return tuple(found)


def kept_in(paths: Collection[str]) -> tuple[str, ...]:
    """The paths, with a folder standing for its process files that ``kept_files`` knows."""
    folders = {
        path: os.path.join(os.path.realpath(path), "") for path in paths if os.path.isdir(path)
    }
    kept = kept_files(*(os.path.join(folder, "any") for folder in folders))
    really = {file: os.path.realpath(file) for file in kept}
    found: dict[str, None] = {}
    for path in paths:
        inside = folders.get(path)
        if inside is None:
            found[path] = None
        else:
            found |= dict.fromkeys(file for file in kept if really[file].startswith(inside))
    return tuple(found)


def _work_tree(folder: str) -> str:
    """The top of the work tree that a folder lies in; "" where there is none, or no git."""
    try:
        repository = repository_of(folder)
    except UsageError:
        return ""
    return "" if repository.bare else repository.top


def _tracked(top: str) -> list[str] | None:
    """The process files that git tracks in a work tree; None where it cannot say."""
    answer = ask(top, "ls-files", "-z", "--cached") if top else None
    if answer is None or answer.code != 0:
        return None
    names = {os.fsdecode(name) for name in answer.out.split(b"\0") if name}
    files = (os.path.join(top, *name.split("/")) for name in sorted(names) if _is_kept(name))
    return [file for file in files if os.path.isfile(file)]


def _is_kept(name: str) -> bool:
    *folders, last = name.split("/")
    return is_wanted(last) and all(map(is_searched, folders))
