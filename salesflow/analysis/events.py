"""What policies speak of, as things that happen in a run: every event is some result taken.

A step happens when it ends (timed out included), a result when it is taken, a block, branch or run
when it is done (not when its time is up or it is left), an outcome when it is reached. Each of
these comes with a result that is taken, so a move's ``taken`` tells them all.
"""

from collections.abc import Iterator, Mapping

from salesflow.process.model import Process
from salesflow.process.net import EXPIRE, Move
from salesflow.process.steps import DONE, Block, Branch, Result, Run, Step

ENDS, TAKES, BEHIND = 0, 1, 2  # the order of what comes with one result


class Event:
    """Something that happens: ``paths`` maps the results it comes with to its order among them.

    ``timed`` are those of the paths that do not count when a timer took them.
    """

    def __init__(self, name: str, paths: Mapping[str, int], timed: frozenset[str]) -> None:
        """An event by the name that the user gave it."""
        self.name = name
        self.paths = paths
        self.timed = timed


def event(process: Process, name: str) -> Event:
    """The event that a name stands for: a step, block, run, branch, result or outcome."""
    step = process.nodes.get(name)
    timed = f"{name}.{step.timeout.result}" if step is not None and step.timeout else ""
    if isinstance(step, Block | Run):
        paths = dict.fromkeys((f"{name}.{result}" for result in _done(process, step)), ENDS)
        return Event(name, paths, frozenset(paths) & {timed})
    if step is not None:
        return Event(name, dict.fromkeys((r.node for r in step.next.values()), ENDS), frozenset())
    if name in process.outcomes:
        ending = (r for s in process.steps.values() for r in s.next.values() if name in r.targets)
        return Event(name, dict.fromkeys((r.node for r in ending), BEHIND), frozenset())
    branch = _branch(process, name)
    if branch is not None:
        steps = branch.steps.values()
        ending = (r for s in steps for r in s.next.values() if DONE in r.targets)
        return Event(name, dict.fromkeys((r.node for r in ending), BEHIND), frozenset())
    return Event(name, {name: TAKES}, frozenset())


def result_at(process: Process, path: str) -> Result:
    """The result with a path; KeyError where there is none."""
    node, _, name = path.rpartition(".")
    return process.nodes[node].next[name]


def _done(process: Process, step: Step) -> Iterator[str]:
    """The results by which a block or a run is done."""
    if isinstance(step, Run):
        inner = process.runs.get(step.process)
        yield from (name for name in step.next if inner is not None and name in inner.outcomes)
    elif DONE in step.next:
        yield DONE


def _branch(process: Process, name: str) -> Branch | None:
    block = process.nodes.get(name.rpartition(".")[0])
    return block.branches.get(name.rpartition(".")[2]) if isinstance(block, Block) else None


class Happenings:
    """Tells which of some events happen in a move, by their numbers."""

    def __init__(self, events: tuple[Event, ...]) -> None:
        """Order the events by the results they come with."""
        self._by_path: dict[str, list[tuple[int, list[int]]]] = {}
        self._timed = {path for each in events for path in each.timed}
        ranked: dict[str, dict[int, list[int]]] = {}
        for number, each in enumerate(events):
            for path, rank in each.paths.items():
                ranked.setdefault(path, {}).setdefault(rank, []).append(number)
        for path, ranks in ranked.items():
            self._by_path[path] = sorted(ranks.items())

    def of(self, move: Move) -> Iterator[list[int]]:
        """The numbers of the events of a move in their order; together what is one moment."""
        by_path = self._by_path
        for place, path in enumerate(move.taken):
            for rank, numbers in by_path.get(path, ()):
                expired = place == 0 and move.kind == EXPIRE and path in self._timed
                if not (expired and rank == ENDS):
                    yield numbers
