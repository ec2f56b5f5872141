"""One version as a chart: all spots of its steps and branches, and every way between them.

Runs are opened in place, as in the token game. A way is free when a deal can always go it, whatever
its data and its past.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from salesflow.process.model import Process
from salesflow.process.steps import DONE, LEAVE, Block, Branch, Result, Run, Step


class Spot(NamedTuple):
    """A step or a branch. ``path`` is its node with the steps in front whose runs it lies in.

    ``element`` is its element path; ``around`` the spot of the branch, block or run it lies right
    in, -1 at the top; ``run`` that of the innermost run.
    """

    path: str
    element: str
    thing: Step | Branch
    around: int
    run: int


class Way(NamedTuple):
    """From point to point; ``via`` is the result or branch taken, "" for none."""

    end: int
    via: str
    free: bool


class Split(NamedTuple):
    """A result with several targets, taken at a point."""

    start: int
    ends: tuple[int, ...]
    free: bool


class Join(NamedTuple):
    """What must be done before a block is: ``need`` of its branches' ends, of ``sure`` ones all.

    ``need`` 0: all. ``open`` where maybe no branch runs.
    """

    block: int
    ends: tuple[int, ...]
    sure: tuple[int, ...]
    need: int
    open: bool


class Chart:
    """Points are numbers: first the entry of every spot, then results, ends of branches, outcomes.

    ``waits`` has for each step that waits the points from which each awaited step arrives.
    """

    def __init__(self, process: Process) -> None:
        """Draw everything."""
        self.process = process
        self.spots: list[Spot] = []
        self.at: dict[str, int] = {}  # path -> spot
        self.splits: list[Split] = []
        self._processes: dict[int, Process] = {-1: process}
        self._add(process.steps, process, "", -1, -1)
        for number in _growing(self.spots):
            self._open(number)
        self.ways: list[list[Way]] = [[] for _ in self.spots]
        self.points: dict[tuple[str, str], int] = {}  # result or end -> point
        self.owners = [*range(len(self.spots))]  # point -> the spot it belongs to, -1 of an outcome
        self.waits: dict[int, dict[int, list[int]]] = {}
        self._waiting = {n for n in range(len(self.spots)) if self.awaited(n)}
        self.joins: dict[int, Join] = {}
        self.ends = {name: self.point("end", name) for name in sorted(process.outcomes)}
        for number, spot in enumerate(self.spots):
            if isinstance(spot.thing, Step):
                self._draw(number, spot, spot.thing)
        starts = (source.start for _, source in sorted(process.sources.items()))
        self.starts = [self.at[start] for start in starts]

    def _add(
        self, steps: Mapping[str, Step], process: Process, prefix: str, around: int, run: int
    ) -> None:
        home = f"runs.{process.id}." if run >= 0 else ""
        for _, step in sorted(steps.items()):
            self.at[prefix + step.node] = len(self.spots)
            self.spots.append(Spot(prefix + step.node, home + step.path, step, around, run))

    def _open(self, number: int) -> None:
        """Add what lies right in a spot."""
        spot = self.spots[number]
        process = self._processes[spot.run]
        prefix = f"{self.spots[spot.run].path}." if spot.run >= 0 else ""
        if isinstance(spot.thing, Block):
            for _, branch in sorted(spot.thing.branches.items()):
                path = prefix + branch.node
                home = f"runs.{process.id}." if spot.run >= 0 else ""
                self.at[path] = len(self.spots)
                self.spots.append(Spot(path, home + branch.path, branch, number, spot.run))
        elif isinstance(spot.thing, Branch):
            self._add(spot.thing.steps, process, prefix, number, spot.run)
        elif isinstance(spot.thing, Run):
            inner = self._processes[number] = process.runs[spot.thing.process]
            self._add(inner.steps, inner, f"{spot.path}.", number, number)

    def point(self, kind: str, name: str) -> int:
        """A point that is no entry."""
        found = self.points.get((kind, name))
        if found is None:
            found = self.points[kind, name] = len(self.ways)
            self.ways.append([])
            owner = name.rpartition(".")[0] if kind == "result" else name
            self.owners.append(-1 if kind == "end" else self.at[owner])
        return found

    def _draw(self, number: int, spot: Spot, step: Step) -> None:
        closed = isinstance(step, Block | Run)
        if isinstance(step, Block):
            self._block(number, spot, step)
        elif isinstance(step, Run):
            inner = self._processes[number]
            (source,) = inner.sources.values()
            self.ways[number].append(Way(self.at[f"{spot.path}.{source.start}"], "", True))
        if closed and step.timeout is not None:
            point = self.point("result", f"{spot.path}.{step.timeout.result}")
            self.ways[number].append(Way(point, "", True))
        for name, result in sorted(step.next.items()):
            via = f"{spot.path}.{name}"
            self._result(self.point("result", via) if closed else number, number, via, result)

    def _block(self, number: int, spot: Spot, block: Block) -> None:
        done = self.point("result", f"{spot.path}.{DONE}")
        prefix = self._prefix(spot)
        ends, sure = [], []
        for _, branch in sorted(block.branches.items()):
            lane = self.at[prefix + branch.node]
            end = self.point("done", prefix + branch.node)
            ends.append(end)
            sure += [end] if branch.when is None else []
            self.ways[number].append(Way(lane, prefix + branch.node, branch.when is None))
            self.ways[lane].append(Way(self.at[prefix + branch.start], "", True))
            self.ways[end].append(Way(done, "", block.join == "any"))
        need = {"all": 0, "any": 1}.get(block.join, block.need)
        if not sure:
            self.ways[number].append(Way(done, "", False))
        need = 0 if need >= len(ends) else need
        timed = block.timeout is not None and block.timeout.result == DONE
        self.joins[done] = Join(number, tuple(ends), tuple(sure), need, timed or not sure)

    def _result(self, start: int, number: int, via: str, result: Result) -> None:
        free = result.when is None and result.at_most is None and not result.otherwise
        ends = tuple(self._target(number, result, target) for target in result.targets)
        if len(ends) > 1:
            self.splits.append(Split(start, ends, free))
            free = False
        for end in ends:
            waiting = end in self._waiting
            if waiting:
                self.waits.setdefault(end, {}).setdefault(number, []).append(start)
            self.ways[start].append(Way(end, via, free and not waiting))

    def _target(self, number: int, result: Result, target: str) -> int:
        spot = self.spots[number]
        if spot.around < 0:
            found = self.at.get(target)
            return self.ends[target] if found is None else found
        lane = self.spots[spot.around]
        if target in (DONE, LEAVE) and isinstance(lane.thing, Branch):
            if target == DONE:
                return self.point("done", lane.path)
            return self.point("result", f"{self.spots[lane.around].path}.{result.id}")
        found = self.at.get(self._prefix(spot) + target)
        if found is not None:
            return found
        return self.point("result", f"{self.spots[spot.run].path}.{target}")

    def _prefix(self, spot: Spot) -> str:
        return f"{self.spots[spot.run].path}." if spot.run >= 0 else ""

    def awaited(self, point: int) -> tuple[str, ...]:
        """The steps that all must arrive before the one of a point starts."""
        thing = self.spots[point].thing if point < len(self.spots) else None
        return thing.wait_for if isinstance(thing, Step) else ()

    def won(self) -> list[int]:
        """The ends that are worth it: where a deal is won, of a process without such done."""
        outcomes = self.process.outcomes
        kinds = {outcome.kind for outcome in outcomes.values()}
        wanted = "won" if "won" in kinds else "done"
        return [end for name, end in self.ends.items() if outcomes[name].kind == wanted]

    def like(self, other: "Chart") -> bool:
        """Whether another chart of the same spots has the same ways."""
        outcomes = [chart.process.outcomes for chart in (self, other)]
        kinds = [{name: one.kind for name, one in each.items()} for each in outcomes]
        around = [[spot.around for spot in chart.spots] for chart in (self, other)]
        return (
            self.ways == other.ways
            and (self.waits, self.joins, self.starts) == (other.waits, other.joins, other.starts)
            and (self.ends, self.splits) == (other.ends, other.splits)
            and kinds[0] == kinds[1]
            and around[0] == around[1]
        )

    def inside(self, spot: int, other: int) -> bool:
        """Whether a spot lies in another one, at any depth."""
        while spot >= 0:
            spot = self.spots[spot].around
            if spot == other:
                return True
        return False


def _growing(spots: list[Spot]) -> Iterator[int]:
    number = 0
    while number < len(spots):
        yield number
        number += 1
