"""Two versions of a process, compared: what changed, for whom, and to what effect."""

from collections.abc import Iterable
from typing import Any

from salesflow.changes.behaviour.nouns import Behaviour
from salesflow.changes.edit import Edit, Level, worst
from salesflow.changes.impact import Impact
from salesflow.changes.matching.nouns import Matching
from salesflow.changes.running.nouns import RunningDeals
from salesflow.findings import Finding
from salesflow.nouns import FrozenMap, Noun
from salesflow.process.model import Process


class Diff(Noun):
    """What lies between an ``old`` and a ``new`` version; None: a process was added or removed.

    ``departments`` has for each department that something changes for its lines, what matters most
    first. ``introduced`` and ``repaired`` are findings of ``check`` that only the new or only the
    old version has. ``behaviour``, ``deals`` and ``impact`` are None where nobody asked, or where
    there is nothing to compare.
    """

    old: Process | None
    new: Process | None
    matching: Matching = Matching()
    edits: tuple[Edit, ...] = ()
    departments: FrozenMap[str, tuple[str, ...]] = FrozenMap()
    behaviour: Behaviour | None = None
    introduced: tuple[Finding, ...] = ()
    repaired: tuple[Finding, ...] = ()
    deals: RunningDeals | None = None
    impact: Impact | None = None
    notes: tuple[str, ...] = ()  # sentences: an idle waiver, a deal file's oddities

    def __repr__(self) -> str:
        """In one line what came of it; both versions would fill the screen."""
        return f"Diff({self.id}: {len(self.edits)} changes, {self.level})"

    @property
    def level(self) -> Level:
        """The worst level of the edits that are not waived."""
        return worst([edit.level for edit in self.edits if not edit.waived])

    @property
    def id(self) -> str:
        """The id of the process, the new one if it changed."""
        process = self.new or self.old
        return process.id if process is not None else ""

    def apply(self, process: Process) -> Process:
        """The process with all edits made: of the old version that gives the new one.

        UsageError where an edit does not fit the process.
        """
        from salesflow.changes.apply import apply

        return apply(self.edits, process)

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        told = {
            "behaviour": self.behaviour,
            "deals": self.deals,
            "impact": self.impact,
        }
        return {
            "version": 1,
            "level": self.level,
            "process": self.id,
            "edits": [edit.to_dict() for edit in self.edits],
            "departments": {name: list(lines) for name, lines in self.departments.items()},
            "introduced": [finding.to_dict() for finding in self.introduced],
            "repaired": [finding.to_dict() for finding in self.repaired],
            **{key: value.to_dict() for key, value in told.items() if value is not None},
            "notes": list(self.notes),
        }


def overall(diffs: Iterable[Diff]) -> Level:
    """The worst level of several."""
    return worst([diff.level for diff in diffs])
