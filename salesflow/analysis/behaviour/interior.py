"""What was found in a part that was explored from one entry: states, ways, exits, standstills."""

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from salesflow.analysis.behaviour.parts import Part
from salesflow.analysis.circling import goes_round
from salesflow.analysis.graphs import leading_to, turned
from salesflow.process.choices import Flag
from salesflow.process.memory import Data
from salesflow.process.net import State
from salesflow.process.places import Node


class Hop(NamedTuple):
    """One move within a part, or all that happens in a block that counts as one step (``inner``).

    ``exit`` is how the part is left. ``helpful`` is False where a limit that was left out may
    forbid it. ``held`` are the places where the deal stands still in a block after it.
    """

    kind: str
    node: str
    state: State
    exit: str | None = None
    flags: tuple[Flag, ...] = ()
    taken: tuple[str, ...] = ()
    approximate: bool = False
    helpful: bool = True
    inner: tuple["Trail", ...] = ()
    held: tuple["Held", ...] = ()


class Stride(NamedTuple):
    """A hop and the number of the state before it, -1 at the entry."""

    before: int
    hop: Hop


class Trail(NamedTuple):
    """A way through a part: up to and with ``last`` (None: it begins), then on in ``inner``."""

    interior: "Interior"
    last: Stride | None
    inner: tuple["Trail", ...] = ()

    @property
    def approximate(self) -> bool:
        """Whether the way need not be real."""
        if any(trail.approximate for trail in self.inner):
            return True
        return any(hop.approximate for hop in self.interior.way(self.last))


class Ending(NamedTuple):
    """One way in which a block or run ends, seen from around it."""

    result: str
    data: Data
    trails: tuple[Trail, ...]
    helpful: bool


class Held(NamedTuple):
    """A place where a deal stands in a block: the state of a part, after ``trails`` in others.

    ``moving``: it goes round for ever there.
    """

    interior: "Interior"
    number: int
    trails: tuple[Trail, ...]
    moving: bool


class Inside(NamedTuple):
    """What can happen in a block or run from one entry, seen from around it.

    ``endings`` are the ways it ends by itself, ``mids`` what a deal can know while it is open,
    ``held`` where it can never end any more, ``timed`` where only a time limit in it helps.
    """

    node: Node
    interiors: tuple["Interior", ...]
    endings: tuple[Ending, ...]
    mids: tuple[tuple[Data, tuple[Trail, ...]], ...]
    held: tuple[Held, ...]
    timed: tuple[Held, ...]


class Interior:
    """All that was found in a part from one entry.

    ``follow`` has the states right behind each, ``exits`` the first stride to each exit with each
    data, ``leaving`` the states from which each exit can be taken at once. ``faults`` ``cuts``
    ``idle`` ``timed`` are as in ``Exploration``. ``inside`` are the blocks open in a state.
    """

    def __init__(self, part: Part) -> None:
        """Nothing is walked yet."""
        self.part = part
        self.states: list[State] = []
        self.strides: list[Stride] = []
        self.follow: list[list[int]] = []
        self.exits: dict[tuple[str, Data], Stride] = {}
        self.leaving: dict[str, set[int]] = {}
        self.faults: dict[Flag, Stride] = {}
        self.cuts: set[int] = set()
        self.idle: list[int] = []
        self.timed: list[int] = []
        self.taken: set[str] = set()
        self.inside: dict[int, list[Inside]] = {}

    def way(self, last: Stride | None) -> list[Hop]:
        """The hops from the entry up to and with one."""
        hops: list[Hop] = []
        while last is not None:
            hops.append(last.hop)
            last = self.strides[last.before] if last.before >= 0 else None
        return hops[::-1]

    def trail(self, number: int, *inner: Trail) -> Trail:
        """The way to a state."""
        return Trail(self, self.strides[number], inner)

    @cached_property
    def ending(self) -> set[int]:
        """States from which the part can still be left in any way."""
        return self.leading_to(
            [*(n for states in self.leaving.values() for n in states), *self.cuts]
        )

    @cached_property
    def dead(self) -> list[int]:
        """States from which the part is never left."""
        return [n for n in range(len(self.states)) if n not in self.ending]

    @cached_property
    def trapped(self) -> list[int]:
        """Dead states from which no standstill is reached either."""
        standing = self.leading_to([n for n in self.idle if n not in self.ending])
        return [n for n in self.dead if n not in standing]

    @cached_property
    def rounds(self) -> tuple[int, list[int]]:
        """As ``goes_round``; only where a deal is trapped."""
        return goes_round(self.trapped, self.follow)

    def first_exit(self, name: str) -> Stride | None:
        """The first stride to an exit."""
        return next((s for (exit_, _), s in self.exits.items() if exit_ == name), None)

    def leading_to(self, goals: Iterable[int]) -> set[int]:
        """The states from which one of the goals is reached."""
        known = [goal for goal in goals if goal >= 0]
        return leading_to(known, self.before) if known else set()

    @cached_property
    def before(self) -> list[list[int]]:
        """The states right before each."""
        return turned(self.follow)
