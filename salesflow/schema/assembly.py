"""A document with all that belongs to it."""

from collections.abc import Mapping

from salesflow.findings import Finding
from salesflow.nouns import FrozenMap, Noun
from salesflow.source.located import Map
from salesflow.source.read import Reading


class Assembly(Noun):
    """A document with all that belongs to it.

    ``data`` is valid and written out; of a process, with its organization merged in; of a variant
    or scenario, the process document it amounts to; of tests, the tests. ``runs`` are the processes
    that ``use`` names, by id. ``base`` is what ``of`` names. ``findings`` and ``readings`` (by file
    name) are those of all files involved. Where a finding is of the family ``syntax``, ``data`` is
    what could be understood.
    """

    kind: str
    id: str
    file: str
    data: Map
    runs: Mapping[str, "Assembly"] = FrozenMap()
    base: "Assembly | None" = None
    findings: tuple[Finding, ...] = ()
    readings: Mapping[str, Reading] = FrozenMap()

    @property
    def root(self) -> "Assembly":
        """The process that a variant or scenario goes back to; itself where no base was found."""
        assembly = self
        while assembly.base is not None:
            assembly = assembly.base
        return assembly
