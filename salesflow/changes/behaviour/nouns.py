"""What is known of the runs of two versions."""

from typing import Any, Literal

from salesflow.nouns import Noun

Verdict = Literal["same", "more", "less", "different", "unknown"]


class Behaviour(Noun):
    """Whether deals can do the same in both versions.

    ``more``: all that they could, and more; ``less``: no more than they could, and not all of it.
    ``unknown``: the budget was spent; never taken for ``same``. ``only_old`` and ``only_new`` are
    the shortest runs that only one version has, in its own ids; ``statements`` say in words what
    became optional, mandatory, parallel, … ``same_deals`` is False where a condition changed, or a
    value that conditions look at: the same ways may be those of other deals then.
    """

    verdict: Verdict
    only_old: tuple[tuple[str, ...], ...] = ()
    only_new: tuple[tuple[str, ...], ...] = ()
    statements: tuple[str, ...] = ()
    same_deals: bool = True

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        return {
            "verdict": self.verdict,
            "only_old": [list(run) for run in self.only_old],
            "only_new": [list(run) for run in self.only_new],
            "statements": list(self.statements),
            "same_deals": self.same_deals,
        }
