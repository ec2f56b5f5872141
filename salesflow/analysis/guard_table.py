"""Several conditions of one place against each other, over all deals that they can tell apart."""

from typing import Literal, NamedTuple

from salesflow.analysis.guard_deals import find_deal, some_deal
from salesflow.analysis.guard_nouns import UNKNOWN, Found, Gap, Known, Pairs, Sight
from salesflow.analysis.guard_space import FIELD, MOST_ROWS, Part, Space, parts_of
from salesflow.expressions import Expression

MOST_PAIRS = 2_000  # pairs of conditions of one place that are compared

# how two conditions lie to each other
APART, WITHIN, AROUND, ACROSS = "apart", "within", "around", "across"


class Table:
    """Conditions over all deals; where these are too many, over those that some tell apart.

    Answers are True, False or None: not decided, since too many deals would have to be looked at
    or sums of fields hang together in too many ways.
    """

    def __init__(self, conditions: tuple[Expression, ...], sight: Sight) -> None:
        """Nothing is laid out yet."""
        self.conditions = conditions
        self.sight = sight
        self._all = tuple(range(len(conditions)))
        self._spaces: dict[tuple[int, ...], Laid | None] = {}

    def _laid(self, *asked: int) -> "Laid | None":
        """The table of all conditions or, where it would be too large, of those asked for."""
        for some in (self._all, asked):
            if some not in self._spaces:
                parts = parts_of([self.conditions[at] for at in some], self.sight)
                self._spaces[some] = None
                if _size(parts) <= MOST_ROWS:
                    space = Space(parts)
                    rows = {at: space.rows(self.conditions[at].root) for at in some}
                    self._spaces[some] = Laid(space, rows)
            found = self._spaces[some]
            if found is not None:
                return found
        return None

    def can_hold(self, at: int) -> bool | None:
        """Whether a condition holds for some deal."""
        laid = self._laid(at)
        return None if laid is None else some_deal(laid.space, laid.rows[at])

    def can_fail(self, at: int) -> bool | None:
        """Whether a condition fails for some deal that has all fields it reads."""
        laid = self._laid(at)
        if laid is None:
            return None
        filled = laid.space.filled(self.conditions[at].reads)
        return some_deal(laid.space, filled & ~laid.rows[at])

    def deal(self, numbers: tuple[int, ...], *, hold: bool, known: Known | None = None) -> Found:
        """A deal for which all of some conditions hold, or none does; as ``known`` has it."""
        laid = self._laid(*numbers)
        if laid is None:
            return UNKNOWN
        rows = laid.space.everything
        for at in numbers:
            rows &= laid.rows[at] if hold else ~laid.rows[at]
        return find_deal(laid.space, rows, self.sight, known)

    def pairs(self, among: tuple[int, ...]) -> Pairs:
        """Which of some conditions can hold together."""
        laid = self._laid(*among)
        if laid is not None and laid.apart(among):
            return Pairs()
        tried = [(one, other) for place, one in enumerate(among) for other in among[place + 1 :]]
        within, across = [], []
        decided = len(tried) <= MOST_PAIRS
        for one, other in tried[:MOST_PAIRS]:
            relation = self._relation(one, other)
            if relation == WITHIN:
                within.append((one, other))
            elif relation == AROUND:
                within.append((other, one))
            elif relation == ACROSS:
                across.append((one, other))
            decided = decided and relation is not None
        return Pairs(tuple(within), tuple(across), decided)

    def _relation(self, one: int, other: int) -> str | None:
        """How two conditions lie to each other; None where that is not decided."""
        laid = self._laid(one, other)
        if laid is None:
            return None
        left, right = laid.rows[one], laid.rows[other]
        both = some_deal(laid.space, left & right)
        if not both:
            return None if both is None else APART
        only_left = some_deal(laid.space, left & ~right)
        only_right = some_deal(laid.space, right & ~left)
        if only_left is None or only_right is None:
            return None
        if only_left == only_right:
            return ACROSS
        return AROUND if only_left else WITHIN

    def gap(self) -> Gap | Literal["unknown"] | None:
        """The deals for which no condition holds, None where there are none."""
        laid = self._laid(*self._all)
        if laid is None:
            return "unknown"
        space = laid.space
        rows = space.everything
        for at in self._all:
            rows &= ~laid.rows[at]
        found = find_deal(space, rows, self.sight)
        if found.deal is None:
            return None if found.decided else "unknown"
        whole = rows & space.filled(part.name for part in space.parts if part.kind == FIELD)
        filled = find_deal(space, whole, self.sight)
        wide = some_deal(space, whole & ~space.points)
        if not filled.decided or wide is None:
            return "unknown"
        return Gap(filled.deal or found.deal, filled.deal, filled.deal is not None and not wide)


class Laid(NamedTuple):
    """A table laid out: its space and the rows of each condition in it."""

    space: Space
    rows: dict[int, int]

    def apart(self, among: tuple[int, ...]) -> bool:
        """Whether no two of the conditions share a row: one look at each is enough."""
        once = twice = 0
        for at in among:
            twice |= once & self.rows[at]
            once |= self.rows[at]
        return not twice & self.space.valid


def _size(parts: tuple[Part, ...]) -> int:
    """How many rows a table with these parts has."""
    size = 1
    for part in parts:
        size *= len(part.options)
    return size
