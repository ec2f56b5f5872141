"""Pairs as they are found: what of two versions is one element so far."""

from collections.abc import Iterable
from typing import TypeAlias

from salesflow.changes.sheet import HEADER, Sheet, home_of, last_id

Pair: TypeAlias = tuple[str, str]  # paths in the old and in the new version
Lying: TypeAlias = dict[str, dict[tuple[str, str], str]]  # parent -> kind and id -> path


class Pairing:
    """Grows while elements are matched, from what stands at the ``same`` path in both versions."""

    def __init__(self, old: Sheet, new: Sheet, same: Iterable[str]) -> None:
        """Note what is left over, and where it lies."""
        self.old = old
        self.new = new
        self.new_of: dict[str, str] = {path: path for path in same}
        self.old_of: dict[str, str] = dict(self.new_of)
        self.inferred: dict[str, float] = {}  # new path -> confidence
        self.lying_old = _lying(old, self.new_of)
        self.lying_new = _lying(new, self.old_of)

    def add(self, old: str, new: str, confidence: float = 1.0) -> None:
        """The two are one."""
        self.new_of[old] = new
        self.old_of[new] = old
        if confidence < 1.0:
            self.inferred[new] = confidence

    def free(self, old: str, new: str) -> bool:
        """Whether neither has a match."""
        return old not in self.new_of and new not in self.old_of

    def open_old(self) -> list[str]:
        """What has no match in the old version, sorted."""
        return _open(self.lying_old, self.new_of)

    def open_new(self) -> list[str]:
        """What has no match in the new version, sorted."""
        return _open(self.lying_new, self.old_of)

    def home_of_old(self, path: str) -> str:
        """Where in the new version the process stands that an old element lies in, "" nowhere."""
        return self.new_of.get(_header(path), "")

    def home_of_new(self, path: str) -> str:
        """Where the process of a new element stands, "" if the old version has no such process."""
        header = _header(path)
        return header if header in self.old_of else ""

    def says_so(self, old: str, new: str) -> bool:
        """Whether one of two elements names the other as what it was."""
        old_id, new_id = last_id(old), last_id(new)
        if old_id == new_id:
            return False
        return self.new[new].was == old_id or self.old[old].was == new_id


def _header(path: str) -> str:
    return home_of(path)[:-1] or HEADER


def _lying(sheet: Sheet, matched: dict[str, str]) -> Lying:
    found: Lying = {}
    for path, row in sheet.items():
        if path not in matched:
            found.setdefault(row.parent, {})[row.what, last_id(path)] = path
    return found


def _open(lying: Lying, matched: dict[str, str]) -> list[str]:
    paths = (path for inner in lying.values() for path in inner.values())
    return sorted(path for path in paths if path not in matched)
