"""Which element is which: pairs of element paths."""

from functools import cached_property
from typing import NamedTuple

from salesflow.nouns import FrozenMap, Noun


class Match(NamedTuple):
    """Two paths of one element. ``announced`` by ``was:``; below 1 the ``confidence`` was inferred.

    A same id in the same place needs neither.
    """

    old: str
    new: str
    confidence: float = 1.0
    announced: bool = False


class Matching(Noun):
    """All pairs, by their path in the new version, in the order of that version."""

    matches: FrozenMap[str, Match] = FrozenMap()

    @cached_property
    def new_of(self) -> FrozenMap[str, str]:
        """Old path -> new path."""
        return FrozenMap({match.old: match.new for match in self.matches.values()})

    @cached_property
    def old_of(self) -> FrozenMap[str, str]:
        """New path -> old path."""
        return FrozenMap({match.new: match.old for match in self.matches.values()})

    def mirrored(self) -> "Matching":
        """The same pairs seen from the new version."""
        turned = {m.old: m._replace(old=m.new, new=m.old) for m in self.matches.values()}
        return Matching(matches=FrozenMap(turned))
