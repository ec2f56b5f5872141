"""One version in which deals stand, and what becomes of them in the new one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from salesflow.analysis.forget import spared_limits
from salesflow.changes.matching.nouns import Matching
from salesflow.changes.running.bridge import Bridge, gone_home
from salesflow.changes.running.carry import Carrying, played
from salesflow.changes.running.finding import Finding, Spots
from salesflow.changes.running.knowledge import Knowledge
from salesflow.changes.running.naming import Names
from salesflow.changes.running.onward import FINE, Fate, Onward
from salesflow.changes.running.standing import Standing
from salesflow.changes.running.turns import Turns
from salesflow.changes.running.winning import Chance
from salesflow.process.memory import Data
from salesflow.process.net import Net, State

REFINED = 5_000  # moves for a second walk that counts all limits


class Given(NamedTuple):
    """What a file says of fields: the numbers of their cells in both nets.

    ``whole``: it tells every place of a deal, as some deals in it are in several.
    """

    old: Mapping[str, int]
    new: Mapping[str, int]
    whole: bool = False


class Case(NamedTuple):
    """A state that a deal may be in, and what may become of it, the first being the worst."""

    number: int
    fates: tuple[Fate, ...]


class Look:
    """Deals of a version, seen with all limits counted, or with some left out."""

    def __init__(
        self,
        bridge: Bridge,
        net: Net,
        matching: Matching,
        budget: int,
        turns: Turns | None = None,
    ) -> None:
        """Walk through the version, perhaps with branches that take turns."""
        self.standing = Standing(net, bridge, budget=budget, turns=turns)
        self.finding = Finding(self.standing)
        self.knowledge = Knowledge(bridge, net.memory, matching)
        self._bridge = bridge
        self._carrying = Carrying(bridge)
        self._seen: dict[tuple[State, frozenset[str], tuple[object, ...]], dict[Fate, None]] = {}

    def cases(
        self,
        places: Sequence[Spots],
        given: Given,
        onward: Onward,
        carrying: Carrying | None = None,
    ) -> list[Case]:
        """Every state that is meant and what becomes of it. SpentError."""
        found = self.finding.found(places, whole=given.whole)
        fitting = {n: f for n, f in found.items() if self._fits(n, given.old)} or found
        return [
            Case(number, tuple(self._fates(number, first, given, (onward, carrying))))
            for number, first in fitting.items()
        ]

    def all_go_on(self, numbers: Iterable[int], given: Given, onward: Onward) -> bool:
        """Whether deals in some states go on, whichever it is. SpentError."""
        none: frozenset[str] = frozenset()
        return all(
            fate.kind == "fine"
            for number in numbers
            for fate in self._fates(number, none, given, (onward, None))
        )

    def _fits(self, number: int, given: Mapping[str, int]) -> bool:
        """Whether a state agrees with what the file says of fields."""
        memory = self.standing.net.memory
        marking, data = self.standing.stands[number].state
        kept = self.standing.kept(marking)
        return all(
            not kept >> (at := memory.field_at[name]) & 1 or data.fields[at] in (0, cell)
            for name, cell in given.items()
        )

    def _fates(
        self,
        number: int,
        first: frozenset[str],
        given: Given,
        ways: tuple[Onward, Carrying | None],
    ) -> dict[Fate, None]:
        """What may become of a deal in a state; as it is carried over usually, that is kept."""
        state = self.standing.stands[number].state
        if ways[1] is not None:
            return self._fresh_fates(number, first, given, ways)
        key = (state, first, tuple(sorted(given.new.items())))
        if key not in self._seen:
            self._seen[key] = self._fresh_fates(number, first, given, ways)
        return self._seen[key]

    def _fresh_fates(
        self,
        number: int,
        first: frozenset[str],
        given: Given,
        ways: tuple[Onward, Carrying | None],
    ) -> dict[Fate, None]:
        onward, carrying = ways
        marking, data = self.standing.stands[number].state
        chance = self.standing.chance(number)
        carried = (carrying or self._carrying).carried(marking, first)
        if carried.gone:
            gone = dict.fromkeys(gone_home(self._bridge, path) for path in carried.gone)
            return {Fate("gone", tuple(gone), carried.gone): None}
        found: dict[Fate, None] = {}
        every = self._known(data, given)
        for known in every:
            spent = chance == "perhaps" and known.counts != every[0].counts
            before: Chance = "no" if spent else chance  # it hung on the limits that are spent
            for plan in carried.plans:
                for after, cut in played(self._bridge.new, plan, known):
                    begun = Fate("cut", tuple(node.path for node in plan.begins))
                    found[begun if cut else onward.fate(after, before)] = None
        return found or {FINE: None}

    def _known(self, data: Data, given: Given) -> tuple[Data, ...]:
        return self.knowledge.translated(data, given.new, self.standing.uncounted)


class Side:
    """A version in which deals stand: the old one, or the new one for those that it already has."""

    def __init__(self, bridge: Bridge, matching: Matching, budget: int) -> None:
        """Walk through it when first asked."""
        self.bridge = bridge
        self.names = Names(bridge.old.layout)
        self._matching = matching
        self._budget = budget
        self.together: frozenset[str] = frozenset()  # branches that a file names in one deal

    @cached_property
    def _quick(self) -> Look:
        """With the limits that decide; very wide blocks branch by branch."""
        net = self.bridge.old.sparing(spared_limits(self.bridge.old))
        turns = Turns(net, self.together)
        wide = turns if turns.needed(self._budget) else None
        return Look(self.bridge, net, self._matching, self._budget, wide)

    @cached_property
    def _exact(self) -> Look:
        """With all limits."""
        budget = min(self._budget, REFINED)
        return Look(self.bridge, self.bridge.counting, self._matching, budget)

    def looks(self) -> Iterator[Look]:
        """The quick look, and where it left out limits the exact one, if that is not too much."""
        yield self._quick
        spares = self._quick.standing.uncounted or self.bridge.spared
        if spares and self._exact.standing.complete:
            yield self._exact
