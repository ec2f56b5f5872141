"""Deals under way and what a new version does to them."""

from typing import Any, Literal, NamedTuple

from salesflow.nouns import Noun

Verdict = Literal["fine", "stranded", "waiting", "ambiguous", "unknown"]

VERDICTS: tuple[Verdict, ...] = ("fine", "stranded", "waiting", "ambiguous", "unknown")


class Group(NamedTuple):
    """Deals that stand at the same place(s) and share a verdict, and so a reason.

    ``at`` are the places as the file names them; ``deals`` the first few of them, for people to
    look up. ``why`` and ``suggestion`` are sentences; the suggestion is "" where none is needed.
    """

    at: tuple[str, ...]
    count: int  # type: ignore[assignment]  # nobody counts in a group as in a tuple
    verdict: Verdict
    why: str = ""
    suggestion: str = ""
    deals: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        return {
            "at": list(self.at),
            "count": self.count,
            "verdict": self.verdict,
            "why": self.why,
            "suggestion": self.suggestion,
            "deals": list(self.deals),
        }


class RunningDeals(Noun):
    """All deals of a file: the groups, the worst and largest first.

    ``notes`` are sentences about the file: columns passed over, names with two meanings.
    """

    file: str = ""
    groups: tuple[Group, ...] = ()
    notes: tuple[str, ...] = ()

    def count(self, verdict: Verdict) -> int:
        """How many deals have a verdict."""
        return sum(group.count for group in self.groups if group.verdict == verdict)

    @property
    def checked(self) -> int:
        """How many deals there are; the five verdicts add up to it."""
        return sum(group.count for group in self.groups)

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        counts: dict[str, int] = {verdict: self.count(verdict) for verdict in VERDICTS}
        groups = [group.to_dict() for group in self.groups]
        return {"checked": self.checked, **counts, "groups": groups}
