"""A folder of files that we keep: what we wrote before is renewed or removed, all else stays.

A list in the folder says which files are ours. Nothing is written until it is certain that nothing
of somebody else stands in the way, and never through a link to somewhere else.
"""

import os
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from salesflow.cli.output import write_file
from salesflow.errors import UsageError
from salesflow.source.files import content_of

MANIFEST = "salesflow-site.json"
_OURS = re.compile(r"(?:[a-z0-9_-]+/)*[a-z0-9_-]+(?:\.[a-z0-9_-]+)+")  # never above the folder
_MOST = 1 << 24  # bytes of a list


class Written(NamedTuple):
    """How many files there are, and how many of them were written and removed."""

    files: int
    written: int
    removed: int


def write_folder(folder: str, pages: Mapping[str, str]) -> Written:
    """Write pages by relative path. UsageError, with what to do, where something is in the way."""
    before = _before(folder)
    new = [name for name in pages if name not in before]
    _hold_free(folder, new)
    gone = [name for name in before if name not in pages and os.path.isfile(_in(folder, name))]
    _hold_no_links(folder, [*pages, *gone, MANIFEST])
    for name in {os.path.dirname(_in(folder, name)) for name in pages} | {folder}:
        _make(name)
    _list(folder, {*before, *pages})  # whatever happens below, all that is ours is known to be
    changed = [name for name, text in pages.items() if not _is(_in(folder, name), text)]
    for name in changed:
        write_file(_in(folder, name), pages[name])
    for name in gone:
        _remove(folder, name)
    _list(folder, pages)
    return Written(len(pages), len(changed), len(gone))


def _in(folder: str, name: str) -> str:
    return os.path.join(folder, *name.split("/"))


def _before(folder: str) -> tuple[str, ...]:
    """The files that are ours, by the list in the folder; none where there is none."""
    import json  # only where pages are written

    if os.path.exists(folder) and not os.path.isdir(folder):
        raise UsageError(f"`{folder}` is a file: name a folder for the pages.")
    file = _in(folder, MANIFEST)
    if not os.path.lexists(file):
        return ()
    try:
        listed = json.loads(content_of(file, _MOST).decode())["files"]
        return tuple(name for name in listed if _OURS.fullmatch(name))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UsageError(
            f"`{file}` should list the pages that salesflow wrote, and does not: delete it and "
            "those pages, or name another folder."
        ) from None


def _hold_free(folder: str, names: Iterable[str]) -> None:
    """Hold that nobody else's file is where a new one goes."""
    for name in names:
        file = _in(folder, name)
        if os.path.lexists(file):
            raise UsageError(
                f"`{file}` is there already, and salesflow did not write it: name another folder, "
                "or move that file away."
            )


def _hold_no_links(folder: str, names: Iterable[str]) -> None:
    """Hold that no file or folder in the folder is a link, or stands where the other should be."""
    for name in names:
        parts = name.split("/")
        for end in range(1, len(parts) + 1):
            place = _in(folder, "/".join(parts[:end]))
            if os.path.islink(place):
                raise UsageError(
                    f"`{place}` is a link, and pages are written only into the folder itself: "
                    "remove the link, or name another folder."
                )
            if os.path.lexists(place) and os.path.isdir(place) != (end < len(parts)):
                is_, wanted = ("file", "folder") if end < len(parts) else ("folder", "file")
                raise UsageError(
                    f"`{place}` is a {is_}, and a {wanted} goes there: move it away, or name "
                    "another folder."
                )


def _make(folder: str) -> None:
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as problem:
        raise UsageError(
            f"`{folder}` cannot be made: {(problem.strerror or '').lower()}."
        ) from None


def _list(folder: str, names: Iterable[str]) -> None:
    import json

    told = {"version": 1, "files": sorted(names)}
    text = json.dumps(told, indent=0) + "\n"
    if not _is(_in(folder, MANIFEST), text):
        write_file(_in(folder, MANIFEST), text)


def _is(file: str, text: str) -> bool:
    """Whether a file holds a text: one that is right stays as it is, with its time."""
    try:
        with open(file, "rb") as stream:
            return stream.read() == text.encode()
    except OSError:
        return False


def _remove(folder: str, name: str) -> None:
    """Remove a file of ours, and the folders that are empty then."""
    file = _in(folder, name)
    try:
        os.unlink(file)
    except OSError as problem:
        raise UsageError(f"`{file}` cannot be removed: {problem.strerror}.") from None
    above = os.path.dirname(name)
    while above and not os.listdir(_in(folder, above)):
        os.rmdir(_in(folder, above))
        above = os.path.dirname(above)
