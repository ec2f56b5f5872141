"""The files of a workspace: unsaved texts before what the disk holds, each read once.

A shelf changes: texts are put on it and taken off. What it hands out (``Shown``) never does, so
that a check can go on in another thread while somebody types.
"""

import os
import threading
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from salesflow.errors import UsageError
from salesflow.language_server.sheets import Sheet, sheet_of
from salesflow.source.project import find_files, read_file
from salesflow.source.read import Reading

MOST_FILES = 500  # of a workspace that are looked at without being open

Stamp = tuple[int, int]  # of a file on disk: when it was changed, its size


class Shown(NamedTuple):
    """What a shelf holds at one moment.

    ``texts`` are the open texts by where they lie, ``roots`` all files to look at, in
    the order of a check of their folder; ``disk`` the readings of files that lie on disk unchanged
    since they were read.
    """

    texts: Mapping[str, Sheet]
    roots: tuple[str, ...]
    disk: Mapping[str, Reading]

    def open_ones(self) -> list[str]:
        """The files to look at that are open."""
        return [path for path in self.roots if os.path.realpath(path) in self.texts]

    @property
    def opened(self) -> dict[str, Reading]:
        """The readings of the open texts."""
        return {real: sheet.reading for real, sheet in self.texts.items()}


class Shelf:
    """Texts that are open in the editor, and folders of a workspace."""

    def __init__(self) -> None:
        """Nothing is open."""
        self.folders: tuple[str, ...] = ()
        self._open: dict[str, Sheet] = {}  # by where the file lies, or would lie
        self._disk: dict[str, tuple[Stamp, Sheet]] = {}
        self._listed: dict[str, str] | None = None  # by where files lie, as the folders name them
        self._lock = threading.Lock()

    def put(self, path: str, text: str) -> Sheet:
        """An open text is as it stands in the editor."""
        real = os.path.realpath(path)
        known = self._open.get(real)
        clean = text.removeprefix("\ufeff")
        if known is None or known.text != clean or known.file != path:
            self._open[real] = known = Sheet(real, path, clean)
        return known

    def take(self, path: str) -> None:
        """A text is closed: what the disk holds counts again."""
        self._open.pop(os.path.realpath(path), None)

    def forget(self) -> None:
        """Files came or went: look again which there are."""
        self._listed = None

    def is_open(self, real: str) -> bool:
        """Whether a file is open in the editor."""
        return real in self._open

    def sheet(self, path: str) -> Sheet | None:
        """A file by its path, open or not; None where it cannot be read."""
        real = os.path.realpath(path)
        return self._open.get(real) or self._from_disk(real, path)

    def sheets(self) -> dict[str, Sheet]:
        """All files of the workspace, and what they refer to, by where they lie."""
        found: dict[str, Sheet] = {}
        waiting = [*self.roots()]
        while waiting and len(found) < 2 * MOST_FILES:
            path = waiting.pop()
            real = os.path.realpath(path)
            sheet = None if real in found else self.sheet(path)
            if sheet is not None:
                found[real] = sheet
                waiting += [other for other in sheet.files.values() if other not in found]
        return found

    def roots(self) -> tuple[str, ...]:
        """The files to look at: what lies in the folders, then what is open besides."""
        listed = self._listed  # another thread may forget it just now
        if listed is None:
            listed = {os.path.realpath(path): path for path in _listed(self.folders)}
            self._listed = listed
        names = {**listed}
        names.update((real, sheet.file) for real, sheet in [*self._open.items()])
        return tuple(names.values())

    def shown(self) -> Shown:
        """What there is now."""
        disk = {}
        for real, (stamp, sheet) in [*self._disk.items()]:
            if _stamp(real) == stamp:
                disk[real] = sheet.reading
        return Shown(
            texts={**self._open},
            roots=self.roots(),
            disk=disk,
        )

    def keep(self, readings: Iterable[tuple[str, Reading]]) -> None:
        """Readings of files on disk that a check has made: they need not be made again."""
        with self._lock:
            for real, reading in readings:
                stamp = _stamp(real)
                known = self._disk.get(real)
                if stamp is not None and (known is None or known[1].reading is not reading):
                    self._disk[real] = stamp, sheet_of(real, reading)

    def _from_disk(self, real: str, path: str) -> Sheet | None:
        stamp = _stamp(real)
        known = self._disk.get(real)
        if stamp is None:
            return None
        if known is None or known[0] != stamp:
            try:
                known = self._disk[real] = stamp, sheet_of(real, read_file(path))
            except UsageError:
                return None
        return known[1]


def _stamp(real: str) -> Stamp | None:
    try:
        status = os.stat(real)
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size


def _listed(folders: Iterable[str]) -> list[str]:
    found: list[str] = []
    for folder in folders:
        for path in find_files(folder):
            if len(found) == MOST_FILES:
                return found
            found.append(path)
    return found
