"""The nouns of conditions: what is known of deals, and what conditions do to them."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from salesflow.expressions import FieldType
from salesflow.process.steps import Result, Step


class Sight(NamedTuple):
    """What is known of a process where conditions stand.

    ``always`` are fields that every deal has, ``limits`` how often results can be taken at most,
    ``entered`` nodes that a deal has certainly visited there.
    """

    types: Mapping[str, FieldType]
    always: Collection[str] = ()
    limits: Mapping[str, int] = {}
    entered: Collection[str] = ()


class Deal(NamedTuple):
    """A deal by example; only what matters is told.

    ``values`` has the fields with a value, as an expression would have it, ``without`` fields that
    are not filled, ``taken`` results and how often, ``visited`` steps and whether.
    """

    values: tuple[tuple[str, str], ...] = ()
    without: tuple[str, ...] = ()
    taken: tuple[tuple[str, int], ...] = ()
    visited: tuple[tuple[str, bool], ...] = ()


class Known(NamedTuple):
    """What is known of a deal where it stands: fields (None: not filled), counts, visits."""

    fields: Mapping[str, Any] = {}
    counts: Mapping[str, int] = {}
    visits: Mapping[str, bool] = {}


class Found(NamedTuple):
    """The answer to whether there is such a deal: ``deal`` None is no, unless not ``decided``."""

    deal: Deal | None = None
    decided: bool = True


NONE = Found()
UNKNOWN = Found(decided=False)


class Gap(NamedTuple):
    """A deal for which no condition holds.

    ``filled`` is such a deal with all fields filled, None where there is none; ``bound``: of those
    only values exactly on a bound are missing, as 100 with ``amount < 100`` and ``amount > 100``.
    """

    deal: Deal
    filled: Deal | None = None
    bound: bool = False


class Pairs(NamedTuple):
    """Pairs of conditions, by number, that can hold together.

    ``within`` are those of which the first only holds where the second does, and the second
    elsewhere too; ``across`` the others, the smaller number first. Not ``decided``: there may be
    more.
    """

    within: tuple[tuple[int, int], ...] = ()
    across: tuple[tuple[int, int], ...] = ()
    decided: bool = True


class Overlap(NamedTuple):
    """Two results of a step that can be enabled together, not both of which have a share.

    ``within``: whenever the first is enabled the second is too, but not the other way round.
    """

    step: Step
    one: Result
    other: Result
    within: bool

    @property
    def free(self) -> bool:
        """Whether the second has no condition at all."""
        return self.other.when is None

    @property
    def unshared(self) -> Result | None:
        """The result without a share where the other has one, None where neither has."""
        if self.one.share is None and self.other.share is None:
            return None
        return self.one if self.one.share is None else self.other
