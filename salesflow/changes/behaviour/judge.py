"""Whether deals can do the same in two versions, with the shortest runs that only one has.

docs/design/behaviour-of-versions.md tells how. What is the same in both is left out first; where
one thing happens after the other the drawing is enough, else the token game is played. What is
found there is played again in full before it is told.
"""

from functools import cached_property
from typing import NamedTuple

from salesflow.changes.behaviour.alike import Alike
from salesflow.changes.behaviour.automaton import Automaton, Word
from salesflow.changes.behaviour.deciding import decides_otherwise
from salesflow.changes.behaviour.game import Game, realised
from salesflow.changes.behaviour.include import Eyes, Found, included
from salesflow.changes.behaviour.nouns import Behaviour, Verdict
from salesflow.changes.behaviour.plain import Plain, follows, limited, one_after_the_other
from salesflow.changes.behaviour.reduce import Reduced, Reducing
from salesflow.changes.behaviour.words import Words, home_of
from salesflow.changes.compare import Sides, sides_of
from salesflow.changes.matching.nouns import Matching
from salesflow.process.model import Process
from salesflow.process.places import Node

BUDGET = 150_000  # steps tried in each direction

# Whether the new version can do all that the old one could, and the reverse -> the verdict.
_VERDICTS: dict[tuple[bool | None, bool | None], Verdict] = {
    (True, True): "same",
    (True, False): "more",
    (False, True): "less",
    (False, False): "different",
}


def behaviour(
    old: Process,
    new: Process,
    matching: Matching,
    *,
    budget: int = BUDGET,
    sides: Sides | None = None,
) -> Behaviour:
    """What deals can do in one version and not in the other; without statements.

    ``budget`` is the number of steps tried for each direction; beyond it the verdict is unknown.
    """
    sides = sides or sides_of(old, new, matching)
    alike = Alike(sides)
    if alike.whole():
        return Behaviour(verdict="same")
    judge = _Judge(old, new, alike, budget)
    before, after = judge.runs_only("old"), judge.runs_only("new")
    verdict = _VERDICTS.get((before.included, after.included), "unknown")
    return Behaviour(
        verdict=verdict,
        only_old=before.runs,
        only_new=after.runs,
        same_deals=not judge.data_changed,
    )


class _Answer(NamedTuple):
    """Whether all runs of one version are runs of the other (None: unknown), or which are not."""

    included: bool | None
    runs: tuple[tuple[str, ...], ...] = ()


class _Version(NamedTuple):
    """One version: whole, with less in it, and as it is followed."""

    process: Process
    reduced: Reduced
    words: Words
    spared: frozenset[str]
    eyes: Eyes


class _Judge:
    """Compares two versions."""

    def __init__(self, old: Process, new: Process, alike: Alike, budget: int) -> None:
        self.alike = alike
        self.budget = budget
        reducing = Reducing(alike, old, new)
        self.asked = reducing.asked
        parts = {"old": (old, reducing.old()), "new": (new, reducing.new())}
        plain = all(one_after_the_other(reduced.process) for _, reduced in parts.values())
        self.plain = plain
        self.versions = {
            name: self.version(process, reduced, old=name == "old")
            for name, (process, reduced) in parts.items()
        }

    def version(self, process: Process, reduced: Reduced, *, old: bool) -> _Version:
        words = Words(self.alike.sides.matching, old=old)
        automaton: Automaton
        if self.plain:
            limits = limited(reduced.process)
            spared = frozenset(n for n in limits if self.spares(reduced.process, n, old=old))
            automaton = Plain(reduced.process, words, counted=limits - spared)
        else:
            game = Game(reduced.process, words)
            nodes = game.net.layout.nodes.values()
            spared = frozenset(p for node in nodes for p in self.limits_spared(node, old=old))
            automaton = Game(reduced.process, words, unlimited=spared) if spared else game
        return _Version(process, reduced, words, spared, Eyes(automaton))

    def spares(self, process: Process, result: str, *, old: bool) -> bool:
        step = process.steps[result.rpartition(".")[0]]
        return self.spared_at(step.path, [r.path for r in step.next.values()], "", old=old)

    def limits_spared(self, node: Node, *, old: bool) -> list[str]:
        """The limits of a node that forbid the same in both versions, whatever the deal."""
        limits = [way for way in node.results.values() if way.result.at_most is not None]
        if any(way.result.when is not None for way in node.results.values()):
            return []
        if any(way.result.node in self.asked.names for way in limits):
            return []
        paths = [way.result.path for way in node.results.values()]
        same = self.spared_at(node.step.path, paths, home_of(node), old=old)
        return [way.path for way in limits] if same else []

    def spared_at(self, step: str, results: list[str], home: str, *, old: bool) -> bool:
        """Whether a step has the same results with the same limits in both versions."""
        sides = self.alike.sides
        new_of = sides.matching.new_of
        here = {new_of.get(home + p, "") if old else home + p for p in (step, *results)}
        top = new_of.get(home + step, "") if old else home + step
        rows = [p for p in self.alike.lying_new.get(top, ()) if sides.new[p].what == "result"]
        there = sides.matching.old_of.get(top, "")
        others = [p for p in self.alike.lying_old.get(there, ()) if sides.old[p].what == "result"]
        return (
            here == {top, *rows}
            and len(rows) == len(others)
            and all(self.alike.same(path) for path in here)
        )

    @cached_property
    def data_changed(self) -> bool:
        """Whether anything differs that decides by a deal's data."""
        return decides_otherwise(self.alike, self.asked.fields)

    def runs_only(self, which: str) -> _Answer:
        """The runs that only one version has."""
        mine = self.versions[which]
        other = self.versions["new" if which == "old" else "old"]
        found = included(mine.eyes, other.eyes, budget=self.budget)
        if found.runs:
            told = self.confirmed(mine, found)
            if told:
                return _Answer(included=False, runs=told)
            return self.exactly(mine, other)
        return self.answer(found)

    def answer(self, found: Found) -> _Answer:
        if not found.complete or (found.doubtful and self.data_changed):
            return _Answer(None)
        return _Answer(included=True)

    def confirmed(self, version: _Version, found: Found) -> tuple[tuple[str, ...], ...]:
        """The runs that were found, as the whole version really does them."""
        told = (self.real(version, run) for run in found.runs)
        return tuple(version.words.told(run) for run in told if run is not None)

    def real(self, version: _Version, run: Word) -> Word | None:
        """A run of the whole version that shows what was found; None where there is none."""
        if self.plain and not version.reduced.hidden:
            if not version.spared:
                return run
            everything = limited(version.process)
            exact = Plain(version.process, version.words, counted=everything)
            return run if follows(exact, run) else None
        game = Game(version.process, version.words)
        return realised(game, run, hidden=_hidden(game, version), budget=self.budget // 5)

    def exactly(self, mine: _Version, other: _Version) -> _Answer:
        """The same with nothing left out and all limits counted."""
        games = [Game(version.process, version.words) for version in (mine, other)]
        found = included(Eyes(games[0]), Eyes(games[1]), budget=self.budget)
        if not found.runs:
            return self.answer(found)
        whole = mine._replace(reduced=Reduced(mine.process, frozenset()))
        real = (realised(games[0], run, hidden=(), budget=self.budget) for run in found.runs)
        told = tuple(whole.words.told(run) for run in real if run is not None)
        return _Answer(included=False, runs=told) if told else _Answer(None)


def _hidden(game: Game, version: _Version) -> frozenset[str]:
    """The words for what was not looked into."""
    inside = tuple(f"{path}." for path in version.reduced.hidden)
    own = {f"{path}.{result}" for path in version.reduced.hidden for result in _results(game, path)}
    return frozenset(
        version.words.way(way, home_of(way.node))
        for way in game.net.layout.ways()
        if way.path.startswith(inside) and way.path not in own
    )


def _results(game: Game, path: str) -> tuple[str, ...]:
    node = game.net.layout.nodes.get(path)
    return tuple(node.results) if node is not None else ()
