"""What the user's OLD and NEW mean: files, folders, ``REV:path``, standard input, or nothing."""

import os
import re
from collections.abc import Iterable
from contextlib import ExitStack
from typing import NamedTuple

from salesflow.errors import UsageError
from salesflow.schema.assemble import assemble_file, assemble_text
from salesflow.schema.assembly import Assembly
from salesflow.schema.at_revision import assemble_at
from salesflow.source.files import STANDARD_INPUT, STDIN_NAME
from salesflow.source.history import History, Repository, repository_of
from salesflow.source.limits import Limits
from salesflow.source.project import find_files, read_file
from salesflow.source.read import Reading
from salesflow.source.revision import Revision

_NOTHING = ("/dev/null", os.devnull)  # as git names the file that is not there
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


class Place(NamedTuple):
    """A file or folder: on disk, or in a revision; ``path`` is where it is or would be.

    ``at``: it is read as if it stood there, and then ``shown`` is how people know it.
    """

    shown: str
    path: str
    revision: Revision | None = None
    folder: bool = False
    at: str | None = None


class Opened:
    """What was opened to read one version, each file once; repositories are shared."""

    def __init__(self, histories: "Histories", limits: Limits, stdin: bytes = b"") -> None:
        """Take what can be read."""
        self.histories = histories
        self._limits, self._stdin = limits, stdin
        self._readings: dict[str, Reading] = {}

    def place(self, name: str, *, at: str | None = None, side: str = "") -> Place | None:
        """What a name on the command line means; None for a file that is not there (/dev/null).

        UsageError for a revision that cannot be read, or a path that it does not have.
        """
        if name in _NOTHING:
            return None
        if at is not None:
            same = os.path.exists(at) and os.path.exists(name) and os.path.samefile(name, at)
            return Place(at if same else f"{side}:{at}", name, at=at)
        if name == STANDARD_INPUT or os.path.lexists(name):
            return Place(name, name, folder=os.path.isdir(name))
        revision, colon, path = split(name)
        if colon:
            return self._earlier(revision, path)
        if path.endswith((".yaml", ".yml")) or _DRIVE.match(name):
            read_file(name)  # says what is wrong
        raise UsageError(
            f"There is no file or folder `{name}` here. Of a revision, name a file or folder: "
            f"`{name}:PATH`."
        )

    def _earlier(self, name: str, path: str) -> Place:
        """``REV:path``: from the top, or with ``./`` and ``../`` from here, as git has it."""
        history = self.histories.at(".")
        top = history.repository.top
        near = path.split("/", 1)[0] in (".", "..")
        full = os.path.normpath(os.path.join(os.path.realpath(".") if near else top, path))
        revision = history.revision(name)
        if os.path.commonpath([top, full]) != top:
            raise UsageError(f"`{name}:{path}` leads out of the repository.")
        real = revision.real(full)
        if not revision.exists(real):
            here = os.path.normpath(os.path.join(os.path.realpath("."), path))
            if revision.exists(revision.real(here)):
                raise UsageError(
                    f"There is no `{path}` at the top of `{name}`. From here, write "
                    f"`{name}:./{path}`."
                )
            revision.read(full)  # says what is wrong
        return Place(revision.shown(full), full, revision, folder=revision.is_folder(real))

    def assembly(self, place: Place) -> Assembly:
        """The document of a file. UsageError where it cannot be read."""
        if place.revision is not None:
            return assemble_at(
                place.revision, place.path, limits=self._limits, opened=self._readings
            )
        if place.path == STANDARD_INPUT and place.at is None:
            return assemble_text(self._stdin, file=STDIN_NAME, limits=self._limits)
        return assemble_file(
            place.path,
            limits=self._limits,
            opened=self._readings,
            at=place.at,
            called=place.shown,
        )

    def read_ahead(self, places: Iterable[Place]) -> None:
        """Have git hand over what of these it has: files by the hundred take as long as one."""
        by_revision: dict[Revision, list[str]] = {}
        for place in places:
            if place.revision is not None:
                by_revision.setdefault(place.revision, []).append(place.path)
        for revision, paths in by_revision.items():
            revision.read_ahead(paths, limits=self._limits)

    def content(self, place: Place) -> bytes | None:
        """What a file holds; None where it is no plain file, or larger than is read."""
        most = self._limits.characters
        if place.revision is not None:
            return place.revision.content(place.path, most)
        if not os.path.isfile(place.path) or os.path.getsize(place.path) > most:
            return None
        try:
            with open(place.path, "rb") as stream:
                return stream.read(most)
        except OSError:
            return None  # whoever reads it will say why

    def files(self, folder: Place) -> dict[str, Place]:
        """The files of the language in a folder, by their path in it (with ``/``)."""
        revision = folder.revision
        found = find_files(folder.path) if revision is None else revision.find_files(folder.path)
        return {
            os.path.relpath(path, folder.path).replace(os.sep, "/"): Place(
                path if revision is None else revision.shown(path), path, revision
            )
            for path in found
        }


class Histories:
    """The repositories that were opened, each once; to be closed."""

    def __init__(self, stack: ExitStack) -> None:
        """Take what closes them."""
        self._stack = stack
        self._open: dict[Repository, History] = {}
        self._found: dict[str, History] = {}

    def at(self, path: str) -> History:
        """The revisions of the repository that a path lies in. UsageError where there is none."""
        folder = path if os.path.isdir(path) else os.path.dirname(path)
        if folder not in self._found:
            repository = repository_of(path)
            if repository not in self._open:
                self._open[repository] = self._stack.enter_context(History(repository))
            self._found[folder] = self._open[repository]
        return self._found[folder]


def split(name: str) -> tuple[str, str, str]:
    """``REV:path`` as revision, ``:`` and path; no colon where the name is a path.

    A colon in braces (``HEAD@{10:00}``) is the revision's own, and ``C:\\flows`` is a drive.
    """
    if _DRIVE.match(name):
        return "", "", name
    depth = 0
    for at, character in enumerate(name):
        depth += (character == "{") - (character == "}")
        if character == ":" and depth <= 0:
            return name[:at], ":", name[at + 1 :]
    return "", "", name
