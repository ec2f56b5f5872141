"""Which files of a project draw on others: what is looked at again when those change."""

import os
from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeAlias

from salesflow.schema.assemble import assemble_file
from salesflow.schema.assembly import Assembly
from salesflow.source.files import STANDARD_INPUT
from salesflow.source.limits import DEFAULT_LIMITS, Limits
from salesflow.source.project import find_files
from salesflow.source.read import Reading
from salesflow.source.tracked import kept_files

_Look: TypeAlias = Callable[[str], Assembly]


def with_dependents(paths: Iterable[str], *, limits: Limits = DEFAULT_LIMITS) -> tuple[str, ...]:
    """The files, and after them all others of their projects that draw on one of them.

    A file draws on what it uses, runs, varies or tests, and on what those draw on. A folder stands
    for its process files. Others are those that git tracks in the same repository, named as seen
    from the working folder. UsageError where one of them cannot be read.
    """
    return _with_dependents(paths, _looking(limits))


def _looking(limits: Limits) -> _Look:
    """What looks at files, each read and judged once."""
    opened: dict[str, Reading] = {}
    made: dict[str, Assembly] = {}
    return partial(assemble_file, limits=limits, opened=opened, made=made)


def _with_dependents(paths: Iterable[str], look: _Look) -> tuple[str, ...]:
    named = [*dict.fromkeys(file for path in paths for file in _files(path))]
    changed = {os.path.realpath(file) for file in named if file != STANDARD_INPUT}
    found = [
        file
        for file in kept_files(*sorted(changed))
        if os.path.realpath(file) not in changed
        and not changed.isdisjoint(map(os.path.realpath, look(file).readings))
    ]
    return (*named, *found)


def _files(path: str) -> Iterable[str]:
    if path != STANDARD_INPUT and os.path.isdir(path):
        return find_files(path)
    return (path,)


def suites_on(paths: Iterable[str], *, limits: Limits = DEFAULT_LIMITS) -> tuple[str, ...]:
    """The tests files among some files and what draws on them; perhaps none. UsageError as above.

    One that cannot be understood may hold tests, and counts.
    """
    look = _looking(limits)
    return tuple(file for file in _with_dependents(paths, look) if look(file).kind in ("tests", ""))
