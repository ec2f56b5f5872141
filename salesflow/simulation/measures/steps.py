"""Steps and the transitions between them, for deals that arrived after the warm-up."""

from collections.abc import Callable

from salesflow.nouns import FrozenMap
from salesflow.process.model import Process
from salesflow.process.steps import Step
from salesflow.simulation.estimates import NOT_NEGATIVE, SHARE, Range, Sample
from salesflow.simulation.measures.seen import HOUR, View
from salesflow.simulation.program import Node, Way
from salesflow.simulation.result import Estimate, StepResult
from salesflow.simulation.tally import NodeTally, Tally


def steps_of(view: View) -> FrozenMap[str, StepResult]:
    """All steps in the order written, those of a process that is run behind its run."""
    rows = {node.path: number for number, node in enumerate(view.seen.program.nodes)}
    return FrozenMap(
        {
            path: _Row(view, rows[f"{view.process.id}:{path}"]).result(step, process)
            for path, step, process in view.steps()
        }
    )


def flow_of(view: View) -> FrozenMap[str, Estimate]:
    """How often a replication each result is taken, by path: ``discovery.fit``."""
    program = view.seen.program
    return FrozenMap(
        {
            view.name(way.path): view.seen.values(taken(number)).estimate
            for number, way in enumerate(program.ways)
            if program.nodes[way.node].process == view.number
        }
    )


def taken(way: int) -> Callable[[Tally], float]:
    """How often a result was taken."""
    return lambda tally: tally.ways[way]


def attainment_of(view: View, node: int) -> Sample | None:
    """The share of the visits of a node that ended within its sla."""
    return _Row(view, node).ratio(lambda n: n.within, lambda n: n.judged, SHARE)


class _Row:
    """One node of the program, over all replications."""

    def __init__(self, view: View, number: int) -> None:
        self.view = view
        self.seen = view.seen
        self.number = number
        self.node: Node = view.seen.program.nodes[number]

    def ratio(
        self,
        top: Callable[[NodeTally], float],
        bottom: Callable[[NodeTally], float],
        within: Range = NOT_NEGATIVE,
    ) -> Sample | None:
        at = self.number
        return self.seen.ratio(
            lambda tally: top(tally.nodes[at]), lambda tally: bottom(tally.nodes[at]), within
        )

    def values(self, of: Callable[[NodeTally], float]) -> Estimate:
        return self.seen.values(lambda tally: of(tally.nodes[self.number])).estimate

    def result(self, step: Step, process: Process) -> StepResult:
        node = self.node
        effort = node.crew >= 0 and node.effort >= 0
        hours_waiting = self.ratio(lambda n: n.waiting / HOUR, lambda n: n.started)
        hands_on = self.ratio(lambda n: n.effort / HOUR, _over) if effort else None
        missing = self.ratio(lambda n: n.missing, lambda n: n.visits) if node.requires else None
        return StepResult(
            title=step.title,
            department=process.department_of(step),
            visits=self.values(lambda n: n.visits),
            waiting=shown(hours_waiting),
            effort=shown(hands_on),
            elapsed=shown(self.ratio(lambda n: n.elapsed / HOUR, _over)),
            results=self.results(),
            attainment=shown(attainment_of(self.view, self.number)),
            stuck=self.values(lambda n: n.stuck),
            missing=shown(missing),
            withdrawn_effort=self.values(lambda n: n.withdrawn_effort / HOUR),
            target=step.sla.target if step.sla is not None else None,
        )

    def results(self) -> FrozenMap[str, Estimate]:
        """Shares of the visits that ended, by result."""
        found: dict[str, Estimate] = {}
        for way in range(self.node.first_way, self.node.last_way):
            row: Way = self.seen.program.ways[way]
            sample = self.seen.ratio(taken(way), self.ended, SHARE)
            if sample is not None:
                found[row.path.rpartition(".")[2]] = sample.estimate
        return FrozenMap(found)

    def ended(self, tally: Tally) -> float:
        return tally.nodes[self.number].ended


def _over(node: NodeTally) -> float:
    """Visits that are over."""
    return node.ended + node.withdrawn


def shown(sample: Sample | None) -> Estimate | None:
    """The estimate of a sample."""
    return None if sample is None else sample.estimate
