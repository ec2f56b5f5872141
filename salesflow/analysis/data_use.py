"""Which fields of a deal are filled, and which are needed, where."""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple, TypeAlias

from salesflow.analysis.runs import inner_first
from salesflow.expressions import Expression
from salesflow.process.model import Process
from salesflow.process.people import Element
from salesflow.process.steps import Block, Run, Step, Work

Found: TypeAlias = tuple[Element, str, str, Expression]


class Use(NamedTuple):
    """One place that fills or needs a field; ``at`` is the node of the flow, "" for none.

    ``how`` is ``gives`` ``captures`` ``set`` (filled) or ``requires`` ``returns`` ``when`` ``set``
    ``value`` ``run`` (needed).
    """

    field: str
    how: str
    element: Element
    at: str = ""


def filled(process: Process) -> Iterator[Use]:
    """Every place that fills a field; what a run fills counts where it is run."""
    for source in process.sources.values():
        for name in source.gives:
            yield Use(name, "gives", source, source.node)
    for step in process.nodes.values():
        yield from filled_by(step)
        if isinstance(step, Run) and step.process in process.runs:
            for inner in inner_first(process.runs[step.process]):
                for other in inner.nodes.values():
                    for use in filled_by(other):
                        yield Use(use.field, "captures", step, step.node)


def filled_by(step: Step) -> Iterator[Use]:
    """Every field that a step and its results fill; nothing of what is in a block or run."""
    if isinstance(step, Work):
        for name in step.captures:
            yield Use(name, "captures", step, step.node)
    for result in step.next.values():
        for name in result.captures:
            yield Use(name, "captures", result, step.node)
        for name in result.set:
            yield Use(name, "set", result, step.node)


def needed(process: Process) -> Iterator[Use]:
    """Every place that needs a field to be filled; ``filled(x)`` asks and does not need."""
    for step in process.nodes.values():
        for name in step.requires:
            yield Use(name, "requires", step, step.node)
        if isinstance(step, Run) and step.process in process.runs:
            for source in process.runs[step.process].sources.values():
                for name in source.gives:
                    yield Use(name, "run", step, step.node)
    for outcome in process.outcomes.values():
        for name in outcome.requires:
            yield Use(name, "requires", outcome, outcome.node)
    for touchpoint in process.touchpoints.values():
        for name in touchpoint.requires:
            yield Use(name, "requires", touchpoint)
        for name in touchpoint.returns:
            yield Use(name, "returns", touchpoint)
    for element, at, how, expression in expressions(process):
        for name in expression.reads:
            yield Use(name, how, element, at)


def expressions(process: Process) -> Iterator[Found]:
    """Every expression: its element, the node where it is judged ("" for policies), key, itself."""
    for step in process.nodes.values():
        if isinstance(step, Block):
            for branch in step.branches.values():
                if branch.when is not None:
                    yield branch, step.node, "when", branch.when
        for result in step.next.values():
            if result.when is not None:
                yield result, step.node, "when", result.when
            if result.set:
                for expression in result.set.values():
                    if expression is not None:
                        yield result, step.node, "set", expression
    for policy in process.policies.values():
        if policy.when is not None:
            yield policy, "", "when", policy.when


class Mentions:
    """What the file of a process names, each part of it walked once and only when asked for."""

    def __init__(self, process: Process) -> None:
        """Nothing is walked yet."""
        self.process = process

    @cached_property
    def expressions(self) -> tuple[Found, ...]:
        """As ``expressions``."""
        return tuple(expressions(self.process))

    @cached_property
    def filled(self) -> set[str]:
        """Every field that any place fills, in the process or in what it runs."""
        names = {name for source in self.process.sources.values() for name in source.gives}
        for part in inner_first(self.process):
            for step in part.nodes.values():
                if isinstance(step, Work):
                    names.update(step.captures)
                for result in step.next.values():
                    names.update(result.captures)
                    names.update(result.set)
        return names

    @cached_property
    def needed(self) -> set[str]:
        """Every field that any place needs."""
        process = self.process
        names = {name for step in process.nodes.values() for name in step.requires}
        names.update(name for outcome in process.outcomes.values() for name in outcome.requires)
        for touchpoint in process.touchpoints.values():
            names.update((*touchpoint.requires, *touchpoint.returns))
        for inner in process.runs.values():
            for source in inner.sources.values():
                names.update(source.gives)
        for _, _, _, expression in self.expressions:
            names |= expression.reads
        return names

    @cached_property
    def fields(self) -> set[str]:
        """Every field that anything in the process, or in what it runs, speaks of."""
        names = self.filled | self.needed
        for _, _, _, expression in self.expressions:
            names |= expression.mentions
        if self.process.value is not None:
            names.add(self.process.value)
        for inner in self.process.runs.values():
            names.update(inner.data)
        return names

    @cached_property
    def nodes(self) -> set[str]:
        """Nodes and results that policies, objectives, touchpoints and expressions name."""
        process = self.process
        names: set[str] = set()
        for policy in process.policies.values():
            names.update(policy.events)
        for objective in process.objectives.values():
            names.update(filter(None, (objective.start, objective.to, objective.of)))
        for touchpoint in process.touchpoints.values():
            names.update(filter(None, (touchpoint.at,)))
        for _, _, _, expression in self.expressions:
            names |= expression.steps
            names.update(expression.results)
        return names
