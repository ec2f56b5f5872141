"""Fields that are required where they may not be filled, each with a run that shows it.

What ``filled`` does not prove is looked for in the flow first: a way on which no condition, limit
or other thread has a say is a run. What is left is looked for in the token game.
"""

from collections.abc import Container, Iterator, Mapping

from salesflow.analysis.data_use import Mentions
from salesflow.analysis.filled import Filled, run_endings
from salesflow.analysis.fills import Endings, Fields, Fill
from salesflow.analysis.flow import Edge, Flow
from salesflow.analysis.lack import Lack
from salesflow.process.model import Process
from salesflow.process.steps import DONE, Block, Run

BUDGET = 30_000  # moves tried in the token game, for all fields together
_EACH = 10_000  # for one field


def needs(process: Process, fields: Fields, told: set[str]) -> dict[str, int]:
    """Place -> the fields that must be filled when a deal comes; ``told`` are left out."""
    kept = ~fields.bits(told)
    found = {}
    for step in process.nodes.values():
        bits = fields.bits(step.requires)
        if isinstance(step, Run) and step.process in process.runs:
            for source in process.runs[step.process].sources.values():
                bits |= fields.bits(source.gives)
        if bits & kept:
            found[step.node] = bits & kept
    for outcome in process.outcomes.values():
        if fields.bits(outcome.requires) & kept:
            found[outcome.node] = fields.bits(outcome.requires) & kept
    return found


class Lacking:
    """What is required in a process and may be missing; solved once, for rules of several kinds."""

    def __init__(self, process: Process, flow: Flow, mentions: Mentions) -> None:
        """Solve what is filled where."""
        self.process = process
        self.flow = flow
        self.fields = Fields(process)
        self.never = {*self.fields.names} - mentions.filled - {self.fields.names[0]}
        self.runs: dict[str, Endings] = run_endings(process, self.fields)
        self.needs = needs(process, self.fields, self.never)
        self.filled = Filled(process, flow, self.fields, runs=self.runs, assumed=self.needs)

    def lacks(self, *, patience: int = 1) -> Iterator[Lack]:
        """What may be missing, by field, then in the order of the shortest ways."""
        budget = BUDGET * patience
        wanted: dict[int, list[str]] = {}
        for place in self.flow.arrival:
            missing = self.needs.get(place, 0) & ~self.filled.at[place]
            while missing:
                field = missing & -missing
                missing ^= field
                wanted.setdefault(field, []).append(place)
        for field in sorted(wanted):
            name = self.fields.names[field.bit_length() - 1]
            stops = {place for place, bits in self.needs.items() if bits & field}
            ways = free_ways(self.filled, field, stops)
            left = [place for place in wanted[field] if place not in ways]
            for place in wanted[field]:
                if place in ways:
                    yield Lack(place, name, ways[place])
            if left:
                from salesflow.analysis.lacking_runs import search  # the token game is slow

                found = search(
                    self.process, name, stops, left, budget=min(budget, _EACH * patience)
                )
                budget -= found.moves
                yield from found.lacks


def free_ways(filled: Filled, field: int, stops: set[str]) -> dict[str, tuple[str, ...]]:
    """The shortest ways on which nothing fills a field to places that stop there, as runs."""
    if filled.known & field:
        return {}
    came: dict[str, tuple[str, Edge] | None] = dict.fromkeys(sorted(filled.process.sources))
    order = [*came]
    found = {}
    for place in order:  # grows while it is walked: breadth first
        if place in stops:
            way = as_run(filled, _back(came, place), place, stops)
            if way:
                found[place] = way
            continue
        for number, edge in enumerate(filled.flow.edges.get(place, ())):
            ways = filled.fills[place][number]
            if edge.end not in came and any(passes(way, field) for way in ways):
                came[edge.end] = (place, edge)
                order.append(edge.end)
    return found


def passes(fill: Fill, field: int) -> bool:
    """Whether a deal can surely go a way without a field and not get it."""
    filled = fill.before | fill.after | fill.maybe
    return fill.free and not filled & field and all(bit != field for bit, _ in fill.perhaps)


def _back(came: Mapping[str, tuple[str, Edge] | None], place: str) -> list[tuple[str, Edge]]:
    """The edges of a way to a place, the first one first, each with the place it begins at."""
    edges = []
    at = came[place]
    while at is not None:
        edges.append(at)
        at = came[at[0]]
    return edges[::-1]


def as_run(
    filled: Filled, edges: list[tuple[str, Edge]], end: str, stops: Container[str]
) -> tuple[str, ...]:
    """A way as a witness; empty where other threads may get into its way, or come to a stop."""
    places = [place for place, _ in edges] + [end]
    beside: list[str] = []
    for place, edge in edges:
        beside.extend(
            other.end
            for other in filled.flow.edges[place]
            if edge.via and other.via == edge.via and other.end != edge.end
        )
    if len(places) != len({*places}) or (beside and _meet(filled, places, beside)):
        return ()
    if any(place in stops for place in (*beside, *_started(filled, places[:-1])) if place != end):
        return ()
    return (*(edge.via for _, edge in edges if edge.via), end)


def _started(filled: Filled, places: list[str]) -> Iterator[str]:
    """What blocks on a way start at once, each branch with all that starts in it."""
    nodes = filled.process.nodes
    waiting = [step for step in map(nodes.get, places) if isinstance(step, Block)]
    for block in waiting:  # grows while it is walked
        for branch in block.branches.values():
            yield branch.start
            first = nodes[branch.start]
            if isinstance(first, Block) and first.node not in places:
                waiting.append(first)


def _meet(filled: Filled, places: list[str], beside: list[str]) -> bool:
    """Whether threads that stay behind may be met again, or left in a branch that is done."""
    nodes = filled.process.nodes
    if len(beside) != len({*beside}) or not {*beside}.isdisjoint(places):
        return True
    if any(isinstance(nodes.get(place), Block) for place in beside):
        return True
    return any(place not in nodes and place.endswith(f".{DONE}") for place in places)
