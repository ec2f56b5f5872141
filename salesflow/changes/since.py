"""Which files a branch has to be compared in: those at some paths now, and where it began."""

import os
from collections.abc import Sequence

from salesflow.changes.named import Histories, Place
from salesflow.errors import UsageError
from salesflow.source.files import STANDARD_INPUT
from salesflow.source.history import History
from salesflow.source.project import ENDING, find_files, is_wanted
from salesflow.source.revision import Revision


class Since:
    """The files of both versions, ``old`` and ``new``, by where they lie."""

    def __init__(self, base: str, paths: Sequence[str], histories: Histories) -> None:
        """Find them. UsageError for a path that neither version has."""
        self.old: dict[str, Place] = {}
        self.new: dict[str, Place] = {}
        self._named: set[str] = set()
        self._others: set[str] = set()
        bases: dict[str, _Branch] = {}
        for path in paths:
            if not path:
                raise UsageError("A path is empty: name a file or folder, or `.`.")
            if path == STANDARD_INPUT:
                raise UsageError("Standard input has no earlier version: name a file with --base.")
            history = histories.at(path)
            top = history.repository.top
            if history.repository.bare:
                raise UsageError(
                    f"`{path}` lies in a bare repository, which has no files of today. Name two "
                    f"revisions: `salesflow diff {base}:PATH HEAD:PATH`."
                )
            if top not in bases:
                bases[top] = _Branch(history, history.base(base))
            self._add(path, bases[top])
        for branch in bases.values():
            self._add_candidates(branch)

    @property
    def named(self) -> frozenset[str]:
        """The files that were named themselves."""
        return frozenset(self._named)

    @property
    def only_compared(self) -> frozenset[str]:
        """The files that may be what a named one was called, or is now."""
        return frozenset(self._others)

    def _add(self, path: str, branch: "_Branch") -> None:
        folder, last = os.path.split(os.path.abspath(path))
        real = os.path.join(os.path.realpath(folder), last)
        if os.path.isdir(path):
            real = os.path.realpath(path)
        revision = branch.revision
        before = revision.real(real)
        now = os.path.lexists(real)
        if os.path.isdir(path) or (not now and revision.is_folder(before)):
            self._add_folder(path, real, branch)
            return
        earlier = revision.exists(before)
        if not earlier and not now:
            raise UsageError(
                f"`{path}` is there neither now nor in `{revision.name}`: nothing can be compared."
            )
        self._named.add(real)
        if now:
            self.new[real] = Place(path, path)
        if earlier:
            self.old[real] = Place(revision.shown(real), real, revision)
        branch.added |= not earlier
        branch.removed |= not now

    def _add_folder(self, path: str, real: str, branch: "_Branch") -> None:
        old, new = branch.files(path, real)
        if not old and not new:
            raise UsageError(
                f"There are no process files (*{ENDING}) in `{path}`, neither now nor in "
                f"`{branch.revision.name}`."
            )
        self.old |= old | {key: self.old[key] for key in self._named & self.old.keys()}
        self.new |= new | {key: self.new[key] for key in self._named & self.new.keys()}

    def _add_candidates(self, branch: "_Branch") -> None:
        """What a named file that one version lacks may be called there: files the other lacks."""
        if not branch.added and not branch.removed:
            return
        top = branch.revision.top
        old, new = branch.files(os.path.relpath(top), top)
        sides = [(branch.added, self.old, old, new), (branch.removed, self.new, new, old)]
        for wanted, mine, here, there in sides:
            others = {key: here[key] for key in here if key not in there and key not in mine}
            if wanted:
                mine.update(others)
                self._others.update(others.keys() - self._named)


class _Branch:
    """A repository and where its branch began; whether a named file is new, or gone."""

    def __init__(self, history: History, revision: Revision) -> None:
        self.history, self.revision = history, revision
        self.added = self.removed = False

    def files(self, path: str, real: str) -> tuple[dict[str, Place], dict[str, Place]]:
        """The files of a folder then and now, by where they lie.

        Those that git ignores do not count; what a sparse checkout leaves out is in neither.
        """
        revision = self.revision
        old = {p: Place(revision.shown(p), p, revision) for p in revision.find_files(real)}
        new: dict[str, Place] = {}
        if not os.path.isdir(path):
            return old, new
        tracked = self.history.tracked(real)
        for file in find_files(path):
            place = os.path.join(real, os.path.relpath(file, path))
            if place in tracked:
                new[place] = Place(file, file)
        for place, kept in tracked.items():
            if not kept.absent or place in new or not is_wanted(os.path.basename(place)):
                continue
            if place in old and kept.object != revision.object_of(place):
                shown = os.path.relpath(place, revision.top)
                raise UsageError(
                    f"`{shown}` changed since `{revision.name}`, and this sparse checkout leaves "
                    "it out: `git sparse-checkout add` its folder."
                )
            old.pop(place, None)
        return old, new
