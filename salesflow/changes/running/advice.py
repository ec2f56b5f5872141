"""Where deals could be put that cannot go on: only what has been tried and leads on."""

from collections.abc import Iterator, Sequence
from itertools import islice, product
from typing import NamedTuple

from salesflow.changes.running.bridge import Bridge, gone_home
from salesflow.changes.running.carry import Carrying
from salesflow.changes.running.finding import Spots
from salesflow.changes.running.onward import Onward
from salesflow.changes.running.side import Given, Look, Side
from salesflow.changes.running.verdicts import Judged, all_fine
from salesflow.changes.running.wording import together
from salesflow.process.model import UNHAPPY, Outcome
from salesflow.process.places import Lane, Node
from salesflow.process.steps import DONE

_MOST_TRIED = 16
_MOST_CHOICES = 3


class Question(NamedTuple):
    """Deals that cannot go on: where they are, what the file says of them, how they are judged."""

    side: Side
    look: Look
    places: Sequence[Spots]
    given: Given
    onward: Onward

    def helps(self, carrying: Carrying | None = None, given: Given | None = None) -> bool:
        """Whether all could go on if they were carried over so, or had these values. SpentError."""
        cases = self.look.cases(self.places, given or self.given, self.onward, carrying)
        return bool(cases) and all_fine(cases)


class Way(NamedTuple):
    """A step to go to, and what is said of it."""

    node: Node
    word: str


def advice(question: Question, judgement: Judged) -> str:
    """A sentence with what would help, "" where nothing is found. SpentError."""
    fates = [fate for _, fate in judgement.bad]
    kinds = {fate.kind for fate in fates}
    if "gone" in kinds:
        gone = dict.fromkeys(path for f in fates if f.kind == "gone" for path in f.lacking)
        return _moved(question, tuple(gone))
    if kinds == {"cut"}:
        return _one_of(question, judgement)
    if kinds == {"waits"}:
        return _beside(question, tuple(dict.fromkeys(n for f in fates for n in f.lacking)))
    if kinds == {"stuck"}:
        return _filled(question, tuple(dict.fromkeys(n for f in fates for n in f.lacking)))
    return ""


def _moved(question: Question, gone: tuple[str, ...]) -> str:
    """Another step for each that is gone, one for all that lies in a block that is gone.

    Out of a branch that is gone they are taken.
    """
    bridge = question.side.bridge
    homes = {path: gone_home(bridge, path) for path in gone}
    wholes = tuple(dict.fromkeys(homes.values()))
    lanes = [path for path in wholes if path in bridge.old.layout.lanes]
    steps = [path for path in wholes if path not in lanes]
    if len(wholes) == len(steps) == 1 and (told := _either(question, steps[0], gone)):
        return told
    ways = [list(_ways(question.side, path)) for path in steps]
    for chosen in islice(product(*ways), _MOST_TRIED):
        there = dict(zip(steps, chosen, strict=True))
        moved = {path: there[home].node if home in there else None for path, home in homes.items()}
        if question.helps(Carrying(bridge, moved)):
            return _put(bridge, lanes, there)
    return ""


def _put(bridge: Bridge, lanes: list[str], there: dict[str, Way]) -> str:
    """Out of which branches deals are to be taken, and from which steps to which moved."""
    if not there:
        rest = together(sorted({bridge.old.layout.lanes[path].block.path for path in lanes}))
        return f"Take them out of {together(lanes)}: the rest of {rest} goes on."
    if not lanes and len(there) == 1:
        ((_, way),) = there.items()
        return f"Move them to `{way.node.path}`, {way.word}."
    out = f"Take them out of {together(lanes)} and move them" if lanes else "Move them"
    pairs = (f"from `{path}` to `{way.node.path}`" for path, way in there.items())
    return f"{out} {' and '.join(pairs)}."


def _either(question: Question, path: str, gone: tuple[str, ...]) -> str:
    """Where a decision that is gone led to, if that is several steps and each is well."""
    bridge = question.side.bridge
    node = bridge.old.layout.nodes[path]
    there = dict.fromkeys(bridge.nodes.get(other.path) for other in _onward(node))
    nodes = [other for other in there if other is not None]
    if len(nodes) < len(there) or not 1 < len(nodes) <= _MOST_CHOICES:
        return ""
    if not all(question.helps(Carrying(bridge, dict.fromkeys(gone, to))) for to in nodes):
        return ""
    choice = " or ".join(f"`{other.path}`" for other in nodes)
    return f"Move them to {choice}, as `{path}` would have led them."


def _onward(node: Node) -> list[Node]:
    """The steps of the old version that come right after one, but for those it goes back to.

    It goes back to what leads to it again and is no nearer to an outcome.
    """
    here = _distance(node)
    found = dict.fromkeys(_after(node))
    return [other for other in found if node.path not in ahead(other) or _distance(other) < here]


def _distance(start: Node) -> int:
    """How many steps it is to the nearest end of a scope, the best one first."""
    seen = {start.path}
    waiting = [(start, 0)]
    nearest: dict[bool, int] = {}
    for node, far in waiting:  # grows while it is walked
        for way in node.results.values():
            for target in way.targets:
                if isinstance(target, Node) and target.path not in seen:
                    seen.add(target.path)
                    waiting.append((target, far + 1))
                elif not isinstance(target, Node):
                    good = target == DONE or (isinstance(target, Outcome) and _won(target))
                    nearest.setdefault(good, far)
    return nearest.get(True, nearest.get(False, len(seen)))


def _won(outcome: Outcome) -> bool:
    return outcome.kind not in UNHAPPY


def _one_of(question: Question, judgement: Judged) -> str:
    """The step that is done first of those that are not done side by side any more."""
    bridge = question.side.bridge
    before = {node.path: path for path, node in bridge.nodes.items()}
    open_ = {path for _, fate in judgement.bad for path in fate.nodes if path in before}
    for path in sorted(open_):
        node = bridge.new.layout.nodes[path]
        if open_ <= ahead(node) | {path}:
            moved = dict.fromkeys((before[other] for other in open_ if other != path), None)
            if moved and question.helps(Carrying(bridge, moved)):
                return f"Keep them at `{path}` only: the others come after it now."
    return ""


def ahead(node: Node) -> set[str]:
    """A node and the nodes of the same scope that can come after a node."""
    seen = {node.path: node}
    waiting = [node]
    for here in waiting:  # grows while it is walked
        fresh = {other.path: other for other in _after(here) if other.path not in seen}
        seen |= fresh
        waiting.extend(fresh.values())
    return set(seen)


def _ways(side: Side, gone: str) -> Iterator[Way]:
    """Where deals could go from a step that is gone, the most sensible first."""
    seen: set[str] = set()
    for word, nodes in (
        ("where deals go now instead", _instead(side, gone)),
        ("the next step that is still there", _around(side, gone, later=True)),
        ("the step before, which is still there", _around(side, gone, later=False)),
    ):
        for node in nodes:
            if node.path not in seen:
                seen.add(node.path)
                yield Way(node, word)


def _instead(side: Side, gone: str) -> Iterator[Node]:
    """Where results and sources that led to a step lead now."""
    layout, new = side.bridge.old.layout, side.bridge.new.layout
    node = layout.nodes[gone]
    for way in layout.ways():
        if node in way.targets:
            there = side.bridge.results.get(way.path, "")
            home, _, name = there.rpartition(".")
            if home:
                targets = new.nodes[home].results[name].targets
                before = {side.bridge.nodes.get(t.path) for t in way.targets if isinstance(t, Node)}
                yield from (t for t in targets if isinstance(t, Node) and t not in before)
    for source in layout.process.sources.values():
        other = new.process.sources.get(source.id)
        if source.start == gone and other is not None:
            yield new.nodes[other.start]
    if isinstance(node.inside, Lane) and node.inside.start is node:
        lane = side.bridge.lanes.get(node.inside.path)
        if lane is not None:
            yield lane.start


def _around(side: Side, gone: str, *, later: bool) -> Iterator[Node]:
    """The nearest steps behind or before one that are still there."""
    seen = {gone}
    waiting = [gone]
    for path in waiting:  # grows while it is walked
        node = side.bridge.old.layout.nodes[path]
        for other in _onward(node) if later else _before(side, node):
            there = side.bridge.nodes.get(other.path)
            if there is not None:
                yield there
            elif other.path not in seen:
                seen.add(other.path)
                waiting.append(other.path)


def _after(node: Node) -> Iterator[Node]:
    for way in node.results.values():
        yield from (target for target in way.targets if isinstance(target, Node))


def _before(side: Side, node: Node) -> Iterator[Node]:
    return (way.node for way in side.bridge.old.layout.ways() if node in way.targets)


def _beside(question: Question, lacking: tuple[str, ...]) -> str:
    """The steps that are waited for, begun for these deals."""
    nodes = [question.side.bridge.new.layout.nodes[path] for path in lacking]
    if nodes and question.helps(Carrying(question.side.bridge, also=nodes)):
        return f"Have {together(lacking)} done for them as well."
    return ""


def _filled(question: Question, lacking: tuple[str, ...]) -> str:
    """The fields that results ask for, filled in."""
    memory = question.side.bridge.new.memory
    every = [range(1, len(memory.cells[memory.field_at[name]]) + 1) for name in lacking]
    for cells in islice(product(*every), _MOST_TRIED) if lacking else ():
        new = dict(question.given.new) | dict(zip(lacking, cells, strict=True))
        if question.helps(given=Given(question.given.old, new)):
            return f"Fill in {together(lacking)} for them before the new version goes live."
    return ""
