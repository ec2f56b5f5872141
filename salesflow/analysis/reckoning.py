"""The least time from step to step: the shortest ways, where threads that meet wait for the last.

Every step has for each of its results the least time from its entry until it is taken. Within a
scope (the process, a branch) these are the lengths of a graph in which a step with ``wait_for`` is
reached when the last of its arrivals is there, and a block is done when enough of its branches are.
Maximum and sum never shrink, so Dijkstra's search settles each step once (Knuth, A Generalization
of Dijkstra's Algorithm, 1977). Guards and limits are not judged and nobody queues: it is never
later than any deal can be. All times are milliseconds; infinite = never.
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from heapq import heappop, heappush
from typing import NamedTuple

from salesflow.analysis.schedules import INFINITE, Schedules
from salesflow.process.model import Process
from salesflow.process.steps import DONE, LEAVE, Block, Branch, Run, Step, Work

Pace = Callable[[Step], float | None]  # the time of a step as a whole; None = work it out
Exit = tuple[float, str]  # when, and the result's node by which


class Journey(NamedTuple):
    """From a start: when each step is entered at the earliest, by which step and result it came.

    ``exits`` are the outcomes, and ``done`` and results that leave, each with its time and result.
    """

    entered: dict[str, float]
    came: dict[str, tuple[str, str]]
    exits: dict[str, Exit]

    def way(self, result: str, step: str) -> tuple[str, ...]:
        """The results on the way to a step and the last one, ``result``."""
        back = [result]
        while step in self.came:
            step, via = self.came[step]
            back.append(via)
        return tuple(reversed(back))


class Reckoning:
    """The least times of one process; those that it runs are reckoned when they are met."""

    def __init__(
        self,
        process: Process,
        schedules: Schedules,
        *,
        pace: Pace | None = None,
        runs: dict[str, dict[str, float]] | None = None,
    ) -> None:
        """Nothing is reckoned yet. ``pace`` may give the time of a step its own way.

        ``runs`` keeps the times to the outcomes of the processes that are run, by id.
        """
        self.process = process
        self.schedules = schedules
        self.pace = pace
        self._runs: dict[str, dict[str, float]] = {} if runs is None else runs
        self._least: dict[str, float] = {}
        self._times: dict[str, dict[str, float]] = {}

    @cached_property
    def times(self) -> dict[str, dict[str, float]]:
        """Node -> result -> the least time from entry until it is taken."""
        for step in reversed([*self.process.nodes.values()]):  # what lies in a block comes first
            self._times[step.node] = self._reckon(step)
        return self._times

    def least(self, step: Step) -> float:
        """The least time until a step ends by itself, not by its time limit."""
        return self._least[step.node] if self.times else INFINITE

    def inside(self, step: Step) -> float:
        """The least time through what lies in a block or run, whatever its own pace is."""
        return min(self._inner(step).values(), default=INFINITE) if self.times else INFINITE

    def journey(self, start: str, steps: Mapping[str, Step]) -> Journey:
        """Through the steps of one scope, from the entry of a node on."""
        times = self._times or self.times
        within = {step.node: step for step in steps.values()}
        journey = Journey({}, {}, {})
        arrived: dict[str, dict[str, float]] = {}
        waiting: list[tuple[float, str, str, str]] = [(0.0, start, "", "")]
        while waiting:
            at, node, before, via = heappop(waiting)
            if node in journey.entered:
                continue
            journey.entered[node] = at
            if before:
                journey.came[node] = (before, via)
            step = within[node]
            for result in step.next.values():
                then = at + times[node].get(result.id, INFINITE)
                if then == INFINITE:
                    continue
                for target in result.targets:
                    if target not in within:
                        name = result.id if target == LEAVE else target
                        known = journey.exits.get(name)
                        if known is None or then < known[0]:
                            journey.exits[name] = (then, result.node)
                        continue
                    moment = _met(within[target], node, then, arrived)
                    if moment is not None:
                        heappush(waiting, (moment, target, node, result.node))
        return journey

    def _reckon(self, step: Step) -> dict[str, float]:
        given = self.pace(step) if self.pace else None
        if given is None and isinstance(step, Work):
            given = self.schedules.least_visit(step)
        if given is None:
            times = self._inner(step)
        else:
            names = [result.id for result in step.next.values() if not step.by_timer_only(result)]
            times = dict.fromkeys(names, given)
        self._least[step.node] = min(times.values(), default=INFINITE)
        if step.timeout is not None:
            work = step if isinstance(step, Work) else None
            after = self.schedules.least_elapsed(work, step.timeout.after)
            known = times.get(step.timeout.result, INFINITE)
            times[step.timeout.result] = min(known, after)
        return times

    def _inner(self, step: Step) -> dict[str, float]:
        if isinstance(step, Block):
            return self._block(step)
        return self._run(step) if isinstance(step, Run) else {}

    def _run(self, step: Run) -> dict[str, float]:
        inner = self.process.runs[step.process]
        if inner.id not in self._runs:
            self._runs[inner.id] = self._ended(inner)
        return dict(self._runs[inner.id])

    def _ended(self, inner: Process) -> dict[str, float]:
        """Outcome -> the least time until a process that is run ends so."""
        reckoning = Reckoning(inner, Schedules(inner), pace=self.pace, runs=self._runs)
        (source,) = inner.sources.values()
        exits = reckoning.journey(source.start, inner.steps).exits
        return {outcome: at for outcome, (at, _) in exits.items()}

    def _block(self, block: Block) -> dict[str, float]:
        times: dict[str, float] = {}
        finished: list[tuple[Branch, float]] = []
        for branch in block.branches.values():
            exits = self.journey(branch.start, branch.steps).exits
            for name, (at, _) in exits.items():
                if name != DONE:
                    times[name] = min(at, times.get(name, INFINITE))
            finished.append((branch, exits.get(DONE, (INFINITE, ""))[0]))
        times[DONE] = _joined(block, finished)
        return times


def _met(step: Step, node: str, then: float, arrived: dict[str, dict[str, float]]) -> float | None:
    """When a step is entered by an arrival; None while it waits for others."""
    if not step.wait_for:
        return then
    known = arrived.setdefault(step.node, {})
    known[node] = min(then, known.get(node, INFINITE))
    return max(known.values()) if len(known) == len(step.wait_for) else None


def _joined(block: Block, finished: list[tuple[Branch, float]]) -> float:
    """When enough branches are done at the earliest, whichever of those with a condition run."""
    sure = [at for branch, at in finished if branch.when is None]
    alone = max(sure, default=0.0)  # nobody else runs, and all that run are needed
    need = {"all": len(finished), "any": 1}.get(block.join, block.need)
    if block.join == "all" or not sure:
        return alone
    each = sorted(at for _, at in finished)
    enough = each[need - 1] if need <= len(each) else INFINITE
    return enough if len(sure) >= need else min(alone, enough)
