"""How often deals move from one label to another: from department to department, stage to stage.

A label is what a deal bears from one place to the next until another one is put on: who let go of
it last, or its stage in the CRM. How often each way is taken is what the shares say; how the labels
mix where ways meet follows from that, round by round until nothing changes any more.
"""

from collections.abc import Callable, Iterator, Mapping
from math import isfinite
from typing import NamedTuple, TypeAlias

from salesflow.analysis.flow import Flow
from salesflow.analysis.handoffs import Threads
from salesflow.analysis.odds.deals import Deals
from salesflow.process.model import Process
from salesflow.process.steps import DONE, Block

Labels: TypeAlias = dict[str, float]  # label -> how many threads bear it, per arrival
Puts: TypeAlias = Callable[[str, str], tuple[list[str], bool]]  # place, way -> labels, or keeps

_ROUNDS = 500
_STILL = 1e-12


def handed_over(process: Process, deals: Deals) -> dict[tuple[str, str], float]:
    """Giver and receiver -> how often that happens per deal; without what runs do within.

    Empty where deals go round for ever.
    """
    threads = Threads(process)

    def puts(place: str, via: str) -> tuple[list[str], bool]:
        step = process.nodes.get(place)
        department = threads.ours(step) if step is not None else None
        givers, passes = threads.let_go(place, step, department, via)
        return sorted({giver.department for giver in givers}), passes

    ways = _Ways(process, threads.flow, deals, each=True)
    found: dict[tuple[str, str], float] = {}
    for place, labels in ways.bearing(puts).items():
        step = process.nodes.get(place)
        receivers = {name for name, _ in threads.entered(step)} if step is not None else ()
        for receiver in receivers:
            for giver, number in labels.items():
                if giver not in ("", receiver) and number:
                    pair = giver, receiver
                    found[pair] = found.get(pair, 0.0) + ways.entering(place) * number
    return dict(sorted(found.items()))


def stage_moves(process: Process, deals: Deals) -> dict[tuple[str, str], float]:
    """Paths of a stage, or of a source before any, and of what follows it -> how often per deal.

    ``stages.lead`` and ``stages.proposal``, or ``outcomes.lost``; empty where deals go round for
    ever.
    """
    flow = Flow(process)

    def puts(place: str, _: str) -> tuple[list[str], bool]:
        step = process.nodes.get(place)
        if step is not None and step.stage:
            return [f"stages.{step.stage}"], False
        source = process.sources.get(place)
        return ([source.path], False) if source is not None else ([], True)

    ways = _Ways(process, flow, deals, each=False)
    found: dict[tuple[str, str], float] = {}
    for place, labels in ways.bearing(puts).items():
        step = process.nodes.get(place)
        outcome = process.outcomes.get(place)
        to = f"stages.{step.stage}" if step is not None and step.stage else ""
        to = outcome.path if outcome is not None else to
        for label, number in labels.items() if to else ():
            if label != to and number:
                found[label, to] = found.get((label, to), 0.0) + ways.entering(place) * number
    return dict(sorted(found.items()))


class _Way(NamedTuple):
    """One edge of the flow, taken so often per deal."""

    start: str
    via: str
    number: float


class _Ways:
    """How often each edge of a flow is taken. ``each``: after a meeting each thread counts."""

    def __init__(self, process: Process, flow: Flow, deals: Deals, *, each: bool) -> None:
        self.process = process
        self.deals = deals
        self.each = each
        self.into: dict[str, list[_Way]] = {}
        self._sources = {name: _part(process, name) for name in process.sources}
        for place in sorted(flow.edges, key=lambda p: (flow.distance.get(p, len(flow.edges)), p)):
            self.into.setdefault(place, [])
        later = []
        for place, edges in flow.edges.items():
            for via, end in edges:
                number = self._taken(place, via)
                if number is None:
                    later.append((place, via, end))
                else:
                    self.into.setdefault(end, []).append(_Way(place, via, number))
        for place, via, end in later:  # what the others leave
            self.into.setdefault(end, []).append(_Way(place, via, self._left(via, end)))
        self.told = all(isfinite(way.number) for ways in self.into.values() for way in ways)

    def entering(self, place: str) -> float:
        """How often a place is entered."""
        step = self.process.nodes.get(place)
        if step is not None and step.wait_for:
            return float(self.deals.visits.get(place, 0.0))
        return sum(way.number for way in self.into[place])

    def bearing(self, puts: Puts) -> dict[str, Labels]:
        """Place -> the labels of what arrives there."""
        if not self.told:
            return {}
        found: dict[str, Labels] = {place: {} for place in self.into}
        parts = {place: [*self._parts(place)] for place in self.into}
        for _ in range(_ROUNDS):
            most = 0.0
            for place, groups in parts.items():
                now = self._mixed(groups, found, puts)
                before = found[place]
                most = max([most, *(abs(now[x] - before.get(x, 0.0)) for x in now)])
                found[place] = now
            if most < _STILL:
                break
        return found

    def _mixed(
        self, groups: list[tuple[float, list[_Way]]], found: Mapping[str, Labels], puts: Puts
    ) -> Labels:
        mixed: Labels = {}
        for weight, ways in groups:
            total = sum(way.number for way in ways)
            for way in ways:
                if way.number:
                    part = weight * way.number / total
                    for label, number in _after(found[way.start], puts(way.start, way.via)):
                        mixed[label] = mixed.get(label, 0.0) + part * number
        return mixed

    def _parts(self, place: str) -> Iterator[tuple[float, list[_Way]]]:
        """The threads that meet at a place, each with how likely it is there."""
        ways = self.into[place]
        step = self.process.nodes.get(place)
        if step is not None and step.wait_for:
            groups = [[w for w in ways if w.start == name] for name in sorted(step.wait_for)]
            threads = [(1.0, group) for group in groups if group]
        else:
            block = self.process.nodes.get(place.removesuffix(f".{DONE}"))
            if place.endswith(f".{DONE}") and isinstance(block, Block):
                threads = [*self._branches(block, ways)]
            else:
                threads = [(1.0, ways)]
        weight = 1.0 if self.each else sum(likely for likely, _ in threads)
        for likely, group in threads:
            yield likely / weight if weight else 0.0, group

    def _branches(self, block: Block, ways: list[_Way]) -> Iterator[tuple[float, list[_Way]]]:
        entered = self.deals.visits.get(block.node, 0.0)
        none = 1.0
        for branch in block.branches.values():
            inside = [way for way in ways if way.start.startswith(f"{branch.node}.")]
            begun = sum(way.number for way in self.into[branch.start] if way.via == branch.node)
            likely = min(begun / entered, 1.0) if entered else 0.0
            none *= 1.0 - likely
            yield likely, inside
        yield none, [way for way in ways if way.start == block.node]

    def _taken(self, place: str, via: str) -> float | None:
        if place in self.process.sources:
            return self._sources[place]
        head = place if place in self.process.nodes else place.rpartition(".")[0]
        step = self.process.nodes[head]
        if isinstance(step, Block) and place == head:
            return None
        return float(self.deals.taken.get(via, 0.0))

    def _left(self, via: str, end: str) -> float:
        """Into a branch, or out of a block by its timer: what no other way explains."""
        whole = self.deals.visits if via else self.deals.taken
        others = sum(way.number for way in self.into.get(end, ()))
        return max(float(whole.get(end, 0.0)) - others, 0.0)


def _after(arrived: Labels, put: tuple[list[str], bool]) -> Iterator[tuple[str, float]]:
    """The labels that go on by a way; where nobody knows which of several, all alike."""
    labels, passes = put
    parts = len(labels) + passes
    for label in labels:
        yield label, 1.0 / parts
    if passes:
        for label, number in arrived.items():
            yield label, number / parts


def _part(process: Process, name: str) -> float:
    """The share of all deals that come from a source."""
    rates = {source.id: source.per_week or 0.0 for source in process.sources.values()}
    total = sum(rates.values())
    if len(rates) == 1:
        return 1.0
    return rates[name] / total if total else 0.0
