"""Which files of a project draw on others: what is looked at again when those change."""

import os
from collections.abc import Iterable

from salesflow.schema.assemble import assemble_file
from salesflow.source.limits import DEFAULT_LIMITS, Limits
from salesflow.source.project import find_files
from salesflow.source.read import Reading
from salesflow.source.tracked import kept_files

_STANDARD_INPUT = "-"
_NO_TESTS = ("process", "organization", "variant", "scenario")


def with_dependents(paths: Iterable[str], *, limits: Limits = DEFAULT_LIMITS) -> tuple[str, ...]:
    """The files, and after them all others of their projects that draw on one of them.

    A file draws on what it uses, runs, varies or tests, and on what those draw on. A folder stands
    for its process files. Others are those that git tracks in the same repository, named as seen
    from the working folder. UsageError where one of them cannot be read.
    """
    named = [*dict.fromkeys(file for path in paths for file in _files(path))]
    changed = {os.path.realpath(file) for file in named if file != _STANDARD_INPUT}
    others: dict[str, None] = {}
    for folder in dict.fromkeys(map(os.path.dirname, sorted(changed))):
        others.update(dict.fromkeys(kept_files(os.path.join(folder, "any"))))
    opened: dict[str, Reading] = {}
    found = [
        file
        for file in others
        if os.path.realpath(file) not in changed
        and not changed.isdisjoint(_drawn_on(file, opened, limits))
    ]
    return (*named, *found)


def _files(path: str) -> Iterable[str]:
    if path != _STANDARD_INPUT and os.path.isdir(path):
        return find_files(path)
    return (path,)


def _drawn_on(file: str, opened: dict[str, Reading], limits: Limits) -> Iterable[str]:
    """Where the files that one draws on really lie, itself among them."""
    return map(os.path.realpath, assemble_file(file, limits=limits, opened=opened).readings)


def suites_on(paths: Iterable[str], *, limits: Limits = DEFAULT_LIMITS) -> tuple[str, ...]:
    """The tests files among some files and what draws on them; perhaps none. UsageError as above.

    One that cannot be understood may hold tests, and counts.
    """
    opened: dict[str, Reading] = {}
    found = with_dependents(paths, limits=limits)
    kinds = {file: assemble_file(file, limits=limits, opened=opened).kind for file in found}
    return tuple(file for file, kind in kinds.items() if kind not in _NO_TESTS)
