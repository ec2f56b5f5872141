"""Work after which every deal is lost, and which leaves nothing behind that anything needs.

Why it costs deals
    Somebody is busy with deals that cannot be won any more. If it has a purpose, to learn why they
    were lost or to keep a door open, let it capture what it learns or give it a way back. But why
    else?

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, effort: 30min, next: {interested: won, not_a_fit: explain}}
      explain: {by: sales, effort: 1h, next: lost}  # error: [step-serves-no-outcome]
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    data: {loss_reason: {type: text}}
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, effort: 30min, next: {interested: won, not_a_fit: explain}}
      explain: {by: sales, effort: 1h, captures: [loss_reason], next: lost}
    outcomes: {won: {kind: won}, lost: {kind: lost, requires: [loss_reason]}}
    ```
"""

from collections.abc import Iterator

from salesflow.analysis.graphs import reached, reached_anew
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.words import comes_by, named
from salesflow.findings import Finding, Related
from salesflow.process.model import GONE
from salesflow.process.steps import Step, Work

_MOST_RELATED = 5


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each part of the process that only lost deals come to, at its first step."""
    flow, outcomes = facts.flow, facts.process.outcomes
    good = [o.id for o in outcomes.values() if o.kind not in GONE and flow.reachable(o.id)]
    if not good:
        return
    hopeful = reached(good, flow.predecessors)
    hopeless = [p for p in flow.arrival if p in flow.ending and p not in hopeful]
    nodes = facts.process.nodes
    told: set[str] = {*hopeful}
    for place in hopeless:
        step = nodes.get(place)
        if step is None or place in told or not _costs(step) or flow.unhandled:
            continue
        behind = reached_anew([place], flow.successors, told)
        steps = [nodes[p] for p in sorted(behind, key=flow.distance.__getitem__) if p in nodes]
        if not any(map(_leaves_something, steps)) and behind.isdisjoint(facts.mentions.nodes):
            yield _finding(facts, step, [s for s in steps if s is not step and _costs(s)])


def _costs(step: Step) -> bool:
    """Whether somebody of anybody works at a step."""
    return isinstance(step, Work) and step.by is not None and step.effort is not None


def _leaves_something(step: Step) -> bool:
    """Whether a step, or the way on from it, writes anything down."""
    results = step.next.values()
    return bool(getattr(step, "captures", ())) or any(r.set or r.captures for r in results)


def _finding(facts: Facts, step: Step, behind: list[Step]) -> Finding:
    witness = facts.flow.way(step.node)
    message = f"Every deal that comes to `{step.node}` is lost, and the work there leaves nothing"
    if behind:
        message += f" (nor does {named(s.node for s in behind)} after it)"
    message += f" that anything needs: but why?{comes_by(witness)}"
    hint = "Remove it, let it capture what it finds out, or give it a result that leads back."
    related = tuple(Related(s.path, s.span, "serves none either") for s in behind[:_MOST_RELATED])
    return RULE.at(step, message, hint=hint, witness=witness, related=related)


RULE = Rule(
    name="step-serves-no-outcome",
    family="outcomes",
    severity="info",
    preset="all",
    find=find,
    module=__name__,
)
