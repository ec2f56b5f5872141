"""The files of one revision, read out of git's trees as they are asked for.

Paths are those that the files would have in the work tree, so that what holds for a path there
(``resolve``, ``project_root``) holds here; people are shown ``REV:path``.
"""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from salesflow.errors import UsageError
from salesflow.findings import syntax_finding
from salesflow.source.limits import DEFAULT_LIMITS, Limits
from salesflow.source.objects import Objects
from salesflow.source.project import ENVIRONMENT, absent, is_searched, is_wanted, read_bytes
from salesflow.source.read import Reading
from salesflow.source.refusals import missing_object
from salesflow.spans import Span

MOST_ENTRIES = 2_000_000  # looked at for one folder: trees can repeat themselves without end
_MOST_LINKS = 40
_LONGEST_LINK = 4096
_GIT = ".git"
_POINTER = b"version https://git-lfs.github.com/spec/"

_PLAIN = "10"  # how modes of files begin
TREE, LINK, SUBMODULE = "40000", "120000", "160000"


class Entry(NamedTuple):
    """What a name in a folder stands for: the mode and the object."""

    mode: str
    id: str


class Revision:
    """The files of a revision. Paths are absolute, below ``top``, where its work tree lies."""

    def __init__(self, name: str, top: str, tree: str, objects: Objects) -> None:
        """Take what people call it, where its files would lie, and the object of its tree."""
        self.name = name
        self.top = top
        self._tree = Entry(TREE, tree)
        self._objects = objects
        self._folders: dict[str, dict[str, Entry]] = {}

    def shown(self, path: str) -> str:
        """A path as people are told it: ``REV:path``."""
        return f"{self.name}:{self._relative(path)}"

    def path(self, shown: str) -> str:
        """The reverse of ``shown``."""
        return os.path.join(self.top, *shown[len(self.name) + 1 :].split("/"))

    def real(self, path: str) -> str:
        """Where a path leads once links are followed; it may lead nowhere, or out of the tree."""
        waiting = deque(self._relative(path).split("/"))
        here: list[str] = []
        links = 0
        while waiting:
            part = waiting.popleft()
            if part in ("", "."):
                continue
            if part == "..":
                if not here:
                    return os.path.normpath(os.path.join(self.top, "..", *waiting))
                here.pop()
                continue
            entry = self._entry([*here, part])
            if entry is None or entry.mode != LINK or links == _MOST_LINKS:
                here.append(part)
                continue
            links += 1
            target = os.fsdecode(self._content(entry, _LONGEST_LINK) or b"")
            if not target:  # no disk has such a link
                here.append(part)
                continue
            if os.path.isabs(target):
                target, here = self._relative(os.path.normpath(target)), []
            waiting.extendleft(reversed(target.split("/")))
        return os.path.join(self.top, *here)

    def exists(self, path: str) -> bool:
        """Whether anything is there; the top folder is a repository, a submodule may have all."""
        parts = self._relative(path).split("/")
        if parts == [_GIT] or self.submodule(path) is not None:
            return True
        entry = self._entry(parts)
        return entry is not None and entry.mode != LINK

    def is_folder(self, path: str) -> bool:
        """Whether a folder is there."""
        entry = self._entry(self._relative(path).split("/"))
        return entry is not None and entry.mode == TREE

    def names(self, folder: str) -> list[str]:
        """What a folder holds. OSError where there is no such folder."""
        entry = self._entry(self._relative(self.real(folder)).split("/"))
        if entry is None or entry.mode != TREE:
            raise FileNotFoundError(folder)
        return [*self._folder(entry)]

    def submodule(self, path: str) -> str | None:
        """The submodule that a path leads into, as people are told it."""
        parts = self._relative(path).split("/")
        for end in range(1, len(parts) + 1):
            entry = self._entry(parts[:end])
            if entry is None or entry.mode != TREE:
                inner = entry is not None and entry.mode == SUBMODULE
                return "/".join(parts[:end]) if inner else None
        return None

    def object_of(self, path: str) -> str | None:
        """The id of the object that a path leads to, None where there is nothing."""
        entry = self._entry(self._relative(self.real(path)).split("/"))
        return entry.id if entry is not None and entry.mode != LINK else None

    def read(self, path: str, *, limits: Limits = DEFAULT_LIMITS) -> Reading:
        """Read a file; UsageError when there is none or it cannot be read."""
        shown, real = self.shown(path), self.real(path)
        submodule = self.submodule(real)
        if submodule is not None:
            raise UsageError(
                f"`{shown}` lies in `{submodule}`, a submodule: its files are in another "
                "repository. Compare them there."
            )
        entry = self._entry(self._relative(real).split("/"))
        if entry is None or entry.mode == LINK:
            raise UsageError(f"`{shown}` cannot be read: {absent(path, self)}")
        if entry.mode == TREE:
            raise UsageError(f"`{shown}` is a folder, not a file.")
        content = self._content(entry, limits.characters)
        if content is None:
            message = f"The file has more than {(limits.characters + 1) // 1024 // 1024} MB."
            finding = syntax_finding("limit-exceeded", Span(shown), message, hint="Split it.")
            return Reading(None, (finding,), (), "", shown)
        if content.startswith(_POINTER):
            raise UsageError(
                f"`{shown}` is kept by Git LFS: git itself has only a pointer to it, so it cannot "
                "be compared. Keep process files in git (`git lfs migrate export`)."
            )
        return read_bytes(content, shown, limits=limits)

    def read_ahead(self, paths: Iterable[str], *, limits: Limits = DEFAULT_LIMITS) -> None:
        """Have git hand over files that will be read soon, in one go."""
        found = [self._entry(self._relative(path).split("/")) for path in paths]
        wanted = [each.id for each in found if each is not None and each.mode.startswith(_PLAIN)]
        self._objects.ahead(wanted, most=limits.characters)

    def content(self, path: str, most: int) -> bytes | None:
        """What a file holds; None where there is no plain file, or more than ``most`` bytes."""
        entry = self._entry(self._relative(path).split("/"))
        plain = entry is not None and entry.mode.startswith(_PLAIN)
        return self._content(entry, most) if entry is not None and plain else None

    def find_files(self, folder: str) -> Iterator[str]:
        """As the function of that name does on a disk: the files of the language, by name."""
        start = self._entry(self._relative(folder).split("/"))
        waiting = [(folder, start)] if start is not None and start.mode == TREE else []
        seen = 0
        while waiting:
            here, tree = waiting.pop()
            inside = self._folder(tree)
            seen += len(inside) + 1
            if seen > MOST_ENTRIES:
                raise UsageError(
                    f"`{self.shown(folder)}` holds too many files: name a folder in it."
                )
            for name in filter(is_wanted, sorted(inside)):
                path = os.path.join(here, name)
                if self._is_file(path, inside[name]):
                    yield path
            folders = [name for name, entry in inside.items() if entry.mode == TREE]
            searched = sorted(filter(is_searched, folders), reverse=True)
            ids = [inside[name].id for name in searched]
            self._objects.ahead(each for each in ids if each not in self._folders)
            waiting.extend(
                (os.path.join(here, name), inside[name])
                for name in searched
                if ENVIRONMENT not in self._folder(inside[name])
            )

    def _is_file(self, path: str, entry: Entry) -> bool:
        """Whether what is there is a file, or a link to anything but a folder."""
        if entry.mode == LINK:
            return not self.is_folder(self.real(path))
        return entry.mode not in (TREE, SUBMODULE)

    def _relative(self, path: str) -> str:
        """A path from the top, with ``/``: ``../x`` leads out of it, "" is the top itself."""
        try:
            relative = os.path.relpath(path, self.top).replace(os.sep, "/")
        except ValueError:  # another drive
            return ".."
        return "" if relative == "." else relative

    def _entry(self, parts: list[str]) -> Entry | None:
        """What lies there, links not followed."""
        entry: Entry | None = self._tree
        for part in filter(None, parts):
            if entry is None or entry.mode != TREE:
                return None
            entry = self._folder(entry).get(part)
        return entry

    def _folder(self, entry: Entry) -> dict[str, Entry]:
        if entry.id not in self._folders:
            content = self._content(entry, None) or b""
            try:
                self._folders[entry.id] = entries(content, len(entry.id) // 2)
            except ValueError:
                folder = self._objects.folder
                raise UsageError(missing_object(folder, self.name, entry.id)) from None
        return self._folders[entry.id]

    def _content(self, entry: Entry, most: int | None) -> bytes | None:
        """The content of an object; None where there is more of it than wanted."""
        found = self._objects.get(entry.id, most=most)
        if found is None:
            raise UsageError(missing_object(self._objects.folder, self.name, entry.id))
        return found.content


def entries(tree: bytes, width: int) -> dict[str, Entry]:
    """What a tree object says, ``width`` bytes to an id; names that no folder can have left out.

    ValueError where it is cut off.
    """
    found: dict[str, Entry] = {}
    at = 0
    while at < len(tree):
        end = tree.index(b"\0", at)
        mode, _, name = tree[at:end].partition(b" ")
        at = end + 1 + width
        text = os.fsdecode(name)
        if text not in ("", ".", "..") and not {"/", os.sep} & {*text}:
            found[text] = Entry(
                mode.decode("ascii", "replace").lstrip("0"), tree[end + 1 : at].hex()
            )
    return found
