"""The longest a step can take, where that is certain; infinite where it is not.

It is certain where nobody of ours has to become free (people may queue for ever), waits have a
greatest value, nothing inside goes round in a circle, and something is enabled at the end; or where
the step's own time limit ends it. Milliseconds.
"""

from collections.abc import Mapping

from salesflow.analysis.graphs import circular, components
from salesflow.analysis.schedules import INFINITE, Schedules
from salesflow.analysis.timetable import HOUR
from salesflow.process.model import Process
from salesflow.process.steps import Block, Run, Step, Work


class Longest:
    """The longest times of the steps of one process."""

    def __init__(
        self, process: Process, schedules: Schedules, *, runs: dict[str, float] | None = None
    ) -> None:
        """Nothing is worked out yet; ``runs`` keeps the times of processes that are run, by id."""
        self.process = process
        self.schedules = schedules
        self._runs: dict[str, float] = {} if runs is None else runs
        self._limited: dict[str, float] = {}
        self._free: dict[str, float] = {}

    def unlimited(self, step: Step) -> float:
        """The longest that a step would take without its own time limit."""
        if isinstance(step, Work):
            return self._work(step)
        if not self._free:
            for inner in reversed([*self.process.nodes.values()]):  # inner ones come first
                self._settle(inner)
        return self._free[step.node]

    def _settle(self, step: Step) -> None:
        free = self._work(step) if isinstance(step, Work) else self._compound(step)
        work = step if isinstance(step, Work) else None
        limit = self.schedules.latest(work, step.timeout.after) if step.timeout else INFINITE
        self._free[step.node] = free
        self._limited[step.node] = min(free, limit)

    def _compound(self, step: Step) -> float:
        if isinstance(step, Block):
            branches = step.branches.values()
            return max(self._through(branch.steps, branch.start) for branch in branches)
        return self._run(step) if isinstance(step, Run) else INFINITE

    def _work(self, work: Work) -> float:
        if self.schedules.needs_people(work) or may_stay(work):
            return INFINITE
        if work.effort is None and work.wait is None:
            return INFINITE if work.by else 0.0  # who does it, but not how long it takes
        effort = 0.0 if work.effort is None else float(work.effort.high) * HOUR
        return effort + self.schedules.most_wait(work)

    def _run(self, step: Run) -> float:
        inner = self.process.runs[step.process]
        if inner.id not in self._runs:
            self._runs[inner.id] = self._whole(inner)
        return self._runs[inner.id]

    def _whole(self, inner: Process) -> float:
        within = Longest(inner, Schedules(inner), runs=self._runs)
        for step in reversed([*inner.nodes.values()]):
            within._settle(step)
        (source,) = inner.sources.values()
        return within._through(inner.steps, source.start)

    def _through(self, steps: Mapping[str, Step], start: str) -> float:
        """The longest way from a step to wherever it ends; infinite with a circle or a meeting."""
        within = {step.node: step for step in steps.values()}
        if any(step.wait_for for step in within.values()):
            return INFINITE  # who waits for an arrival may wait for ever
        following = {
            node: [t for result in step.next.values() for t in result.targets if t in within]
            for node, step in within.items()
        }
        order = components(within, following)  # each after those it leads to
        if any(circular(component, following) for component in order):
            return INFINITE
        longest: dict[str, float] = {}
        for (node,) in order:
            behind = max((longest[target] for target in following[node]), default=0.0)
            longest[node] = self._limited[node] + behind
        return longest[start]


def may_stay(step: Step) -> bool:
    """Whether a step may end with nothing enabled, so that only its time limit goes on."""
    if any(result.otherwise for result in step.next.values()):
        return False
    return not any(result.when is None and result.at_most is None for result in step.chosen())
