"""Blocks: which branches run for a deal, and how the block ends when each comes to its end."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from salesflow.analysis.odds.course import Course
from salesflow.analysis.odds.joins import Ran, join
from salesflow.analysis.odds.judging import Split, judge, split
from salesflow.analysis.odds.memory import FIELD, Between, Key, Memory, Past, Spread, only
from salesflow.analysis.odds.scopes import Scope, Spot
from salesflow.analysis.odds.steps import End, Ends, Worth
from salesflow.analysis.odds.view import at
from salesflow.process.steps import DONE, Block, Branch


class Visit(NamedTuple):
    """A visit of a spot: the chain it belongs to and the state there."""

    course: Course
    state: int
    spot: Spot


class Blocks:
    """The ends of visits of blocks."""

    def __init__(
        self,
        ends: Ends,
        course: Callable[[Scope, str, Memory], Course],
        notes: dict[str, None],
    ) -> None:
        """``course`` solves a scope entered at a step; ``notes`` gather what is not exact."""
        self.ends = ends
        self.course = course
        self.notes = notes

    def of(self, step: Block, visit: Visit, memory: Memory) -> Iterator[End]:
        """All ends of a visit of a block."""
        spot = visit.spot
        cases: list[tuple[float, Memory, tuple[Branch, ...]]] = [(1.0, memory, ())]
        for branch in step.branches.values():
            following = []
            for share, known, running in cases:
                if branch.when is None:
                    following.append((share, known, (*running, branch)))
                    continue
                prefix = spot.scope.prefix
                what = f"`{prefix}{branch.node}`"
                for part in judge(branch.when, known, self.ends.drawn, prefix=prefix, what=what):
                    more = (*running, branch) if part.true else running
                    following.append((share * part.share, part.memory, more))
            cases = following
        for share, known, running in cases:
            if not running:
                yield self.ends.named(spot, DONE, End(share, None, known))
                continue
            for chance, narrowed in self._apart(spot, known, running):
                yield from self._joined(step, visit, running, (share * chance, narrowed))

    def _apart(
        self, spot: Spot, memory: Memory, running: tuple[Branch, ...]
    ) -> Iterator[tuple[float, Memory]]:
        """Cut what several branches look at before they start, so that none learns for another."""
        cases = [(1.0, memory)]
        for draw, fields in self._shared(spot, memory, running):
            following = []
            for share, known in cases:
                past = Past(known, self.ends.drawn)
                for condition in self._parts(past, draw, fields):
                    chance, part = condition
                    narrowed = Past(known, self.ends.drawn)
                    narrowed.narrow(draw, part)
                    following.append((share * chance, narrowed.closed()))
            cases = following
        yield from cases

    def _shared(
        self, spot: Spot, memory: Memory, running: tuple[Branch, ...]
    ) -> list[tuple[str, list[tuple[str, Spread]]]]:
        """Draws of fields that several branches read."""
        found: dict[str, list[tuple[str, Spread]]] = {}
        for (kind, name), held in memory:
            if kind == FIELD and isinstance(held, Spread):
                found.setdefault(held.draw, []).append((name, held))
        if not found:
            return []
        reads = [spot.scope.view.touched(branch)[0] for branch in running]
        return [
            (draw, fields)
            for draw, fields in found.items()
            if sum(any((FIELD, name) in read for name, _ in fields) for read in reads) > 1
        ]

    def _parts(
        self, past: Past, draw: str, fields: list[tuple[str, Spread]]
    ) -> Iterator[tuple[float, "Between | tuple[object, ...]"]]:
        part = past.part(draw)
        if not isinstance(part, Between):
            yield from split(past, Split(draw, tuple((value,) for value in part)))
            return
        cuts = {
            (float(cut) - float(held.shift)) / float(held.scale)
            for name, held in fields
            for cut in self.ends.views.cuts.get(name, ())
            if held.scale
        }
        ends = [part.low, *sorted(cut for cut in cuts if part.low < cut < part.high), part.high]
        pieces = tuple(Between(low, high) for low, high in pairwise(ends))
        yield from split(past, Split(draw, pieces))

    def _joined(
        self, step: Block, visit: Visit, running: tuple[Branch, ...], case: tuple[float, Memory]
    ) -> Iterator[End]:
        """How the block ends when these branches run, for deals of one memory."""
        share, memory = case
        spot = visit.spot
        scope = spot.scope
        ran: list[Ran] = []
        touched: set[Key] = set()
        for branch in running:
            reads, writes = (at(scope.prefix, keys) for keys in scope.view.touched(branch))
            self._beside(spot, ran, reads, writes)
            passed = only(memory, reads | writes)
            inner = self.course(scope, branch.start, passed)
            visit.course.within.append((visit.state, share, inner))
            ran.append(Ran(inner.exits, reads, writes))
            touched |= reads | writes
        base = tuple(item for item in memory if item[0] not in touched)
        need = {"all": len(running), "any": 1}.get(step.join, min(step.need, len(running)))
        results, ordered = join(ran, base, need)
        if ordered:
            self.notes[f"which branch of `{spot.path}` ends first is not known"] = None
        for name, known, odds in results:
            worth = Worth(odds.scale / odds.share, odds.shift / odds.share)
            yield self.ends.named(spot, name, End(share * odds.share, None, known, worth))

    def _beside(
        self, spot: Spot, ran: list[Ran], reads: frozenset[Key], writes: frozenset[Key]
    ) -> None:
        """Note where one branch writes what another reads or writes."""
        for other in ran:
            if writes & (other.reads | other.writes) or other.writes & reads:
                self.notes[f"branches of `{spot.path}` change what others of it look at"] = None
