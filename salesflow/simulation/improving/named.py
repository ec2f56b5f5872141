"""What a process names beside its flow: contracts, policies, objectives and conditions."""

from collections.abc import Iterator

from salesflow.expressions import Expression
from salesflow.process.model import Process
from salesflow.process.steps import Block


def named_elsewhere(process: Process) -> frozenset[str]:
    """Steps and results, as ``demo`` and ``demo.fit``, that something but the flow refers to.

    What measures a step's waiting or its sla goes on measuring it, so ``of`` does not count.
    """
    found: set[str] = set()
    for policy in process.policies.values():
        found.update(policy.events)
    for objective in process.objectives.values():
        found.update(path for path in (objective.start, objective.to) if path is not None)
    for touchpoint in process.touchpoints.values():
        found.update([touchpoint.at] if touchpoint.at is not None else ())
    for expression in _conditions(process):
        found.update(expression.steps)
        found.update(expression.results)
    return frozenset(found)


def _conditions(process: Process) -> Iterator[Expression]:
    for step in process.nodes.values():
        for result in step.next.values():
            yield from (e for e in (result.when, *result.set.values()) if e is not None)
        if isinstance(step, Block):
            yield from (branch.when for branch in step.branches.values() if branch.when is not None)
    yield from (policy.when for policy in process.policies.values() if policy.when is not None)
