"""Renames that nobody announced: what is left over, told by likeness, the surest first.

Each pair found makes its neighbours easier to tell: they are looked at again. So evidence is handed
on along the flow, from the steps to the roles that do them, to the fields they fill, and back.
"""

from collections.abc import Iterable, Mapping

from salesflow.changes.matching.assign import best_pairs
from salesflow.changes.matching.candidates import candidates, comparable
from salesflow.changes.matching.certain import settle
from salesflow.changes.matching.likeness import alike, likeness
from salesflow.changes.matching.pairing import Pair, Pairing
from salesflow.changes.matching.traits import Version

_BARS = (0.8, 0.65, 0.5)  # pairs are taken above the first, then above the next, …
_MOST_NEAR = 64  # pairs of neighbours that are looked at for one pair found
_CLEAR = 0.25  # so much better than the next best: as sure as it can be
_DIGITS = 2


def infer(pairing: Pairing) -> None:
    """Match what is like enough; what is not stays open."""
    open_old, open_new = pairing.open_old(), pairing.open_new()
    if open_old and open_new:
        _Inference(pairing, open_old, open_new).play()


class _Inference:
    def __init__(self, pairing: Pairing, open_old: list[str], open_new: list[str]) -> None:
        self.pairing = pairing
        self.open_old = open_old
        self.open_new = open_new
        self.old = Version(pairing.old, open_old, pairing.lying_old)
        self.new = Version(pairing.new, open_new, pairing.lying_new)
        self.scores: dict[Pair, float] = {}
        self.rivals_old: dict[str, set[str]] = {}  # old -> news that it may be
        self.rivals_new: dict[str, set[str]] = {}
        self.ready: dict[Pair, float] = {}  # candidates above the lowest bar

    def play(self) -> None:
        """Take pairs until none is like enough."""
        pairs = candidates(self.pairing, (self.old, self.new), self.open_old, self.open_new)
        for old, near in self.old.near.items():
            other = self.pairing.new_of.get(old)
            if other is not None and other in self.new.near:
                pairs |= self.neighbours(near, self.new.near[other])
        self.judge(pairs)
        while self.ready:
            greatest = max(self.ready.values())
            bar = next(bar for bar in _BARS if greatest >= bar)
            sure = {pair: score**3 for pair, score in self.ready.items() if score >= bar}
            self.take(best_pairs(sure))

    def neighbours(
        self,
        olds: dict[tuple[str, str], list[str]],
        news: dict[tuple[str, str], list[str]],
    ) -> set[Pair]:
        """Pairs of open elements that are linked alike with two that are one."""
        found: set[Pair] = set()
        for key in olds.keys() & news.keys():
            ones = [path for path in olds[key] if path not in self.pairing.new_of]
            others = [path for path in news[key] if path not in self.pairing.old_of]
            if len(ones) * len(others) <= _MOST_NEAR:
                found.update((one, other) for one in ones for other in others)
        return {pair for pair in found if comparable(self.pairing, *pair)}

    def judge(self, pairs: Iterable[Pair]) -> None:
        """Note how alike the two of each pair are."""
        pairing = self.pairing
        for pair in pairs:
            old, new = pair
            if not pairing.free(old, new):
                continue
            score = likeness(
                self.old.traits(old),
                self.new.traits(new),
                pairing.new_of,
                pairing.old_of,
                said=pairing.says_so(old, new),
            )
            self.scores[pair] = score
            self.rivals_old.setdefault(old, set()).add(new)
            self.rivals_new.setdefault(new, set()).add(old)
            if score >= _BARS[-1] and not self.split(old, new):
                self.ready[pair] = score
            else:
                self.ready.pop(pair, None)

    def split(self, old: str, new: str) -> bool:
        """Whether a result became several, or several one: none of them is the former one.

        That is so where a step has more open results in one version, and the ids say nothing.
        """
        pairing = self.pairing
        here, there = pairing.old[old], pairing.new[new]
        if here.what != "result" or pairing.says_so(old, new):
            return False
        olds = _still(pairing.lying_old.get(here.parent), pairing.new_of)
        news = _still(pairing.lying_new.get(there.parent), pairing.old_of)
        count = [sum(pairing.old[p].what == "result" for p in olds)]
        count.append(sum(pairing.new[p].what == "result" for p in news))
        return count[0] != count[1] and not alike(self.old.traits(old), self.new.traits(new))

    def take(self, pairs: list[Pair]) -> None:
        """Match pairs, and what is certain below them; look again at all that is near."""
        sure = {pair: self.confidence(pair) for pair in pairs}
        found = list(pairs)
        for pair in pairs:
            self.pairing.add(*pair, sure[pair])
        found += settle(self.pairing, pairs)
        again: set[Pair] = set()
        for old, new in found:
            again |= self.again(old, new)
        self.ready = {pair: s for pair, s in self.ready.items() if self.pairing.free(*pair)}
        self.judge(again)

    def again(self, old: str, new: str) -> set[Pair]:
        """The pairs for which it matters that two elements are one."""
        near_old, near_new = self.old.near.get(old, {}), self.new.near.get(new, {})
        found = self.neighbours(near_old, near_new) | self.inside(old, new)
        for paths in near_old.values():
            for path in paths:
                found.update((path, other) for other in self.rivals_old.get(path, ()))
        for paths in near_new.values():
            for path in paths:
                found.update((other, path) for other in self.rivals_new.get(path, ()))
        return found

    def inside(self, old: str, new: str) -> set[Pair]:
        """The pairs of what is still open right in two elements that are one."""
        olds = _still(self.pairing.lying_old.get(old), self.pairing.new_of)
        news = _still(self.pairing.lying_new.get(new), self.pairing.old_of)
        return candidates(self.pairing, (self.old, self.new), olds, news)

    def confidence(self, pair: Pair) -> float:
        """How sure a pair is: its likeness, less where another one is nearly as alike."""
        old, new = pair
        score = self.scores[pair]
        others = [self.open_score(old, other) for other in self.rivals_old[old] if other != new]
        others += [self.open_score(other, new) for other in self.rivals_new[new] if other != old]
        ahead = min(_CLEAR, max(0.0, score - max(others, default=0.0)))
        return min(0.99, round(score * (1 - _CLEAR + ahead), _DIGITS))

    def open_score(self, old: str, new: str) -> float:
        """The likeness of a candidate, 0 once either is matched."""
        return self.scores[old, new] if self.pairing.free(old, new) else 0.0


def _still(lying: Mapping[tuple[str, str], str] | None, matched: Mapping[str, str]) -> list[str]:
    return sorted(path for path in (lying or {}).values() if path not in matched)
