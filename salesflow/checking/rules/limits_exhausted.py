"""Every result that is left has been taken as often as it may be: the deal gets stuck.

Why it costs deals
    `at_most` says how often, and nothing says what happens then. After the last round the deal has
    no way on; it is exactly the deal in which most work has gone.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {interested: offer, not_a_fit: lost}}
      offer:  # error: [limits-exhausted]
        by: sales
        next:
          changes: {to: rework, at_most: 2}
          sent: {to: decision, at_most: 3}
      rework: {by: sales, next: offer}
      decision: {by: buyer, next: {signed: won, again: offer, refused: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {interested: offer, not_a_fit: lost}}
      offer:
        by: sales
        next:
          changes: {to: rework, at_most: 2}
          sent: {to: decision, at_most: 3}
          given_up: {to: lost, otherwise: true}
      rework: {by: sales, next: offer}
      decision: {by: buyer, next: {signed: won, again: offer, refused: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.analysis.verdict import STUCK, Fault
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.words import named
from salesflow.findings import Finding
from salesflow.process.steps import Run, Step


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each step where a deal can stand with all its limits spent."""
    if any(fault.kind == STUCK for fault in facts.behaviour.faults):
        for fault in facts.trouble.of_kind(STUCK):
            step = facts.trouble.step(fault.node)
            limited = fault.spent or (step.node == fault.node and _only_limits(step))
            if limited and step.node in facts.flow.ending:  # else it is a loop without a way out
                yield _finding(facts, fault, step)


def _only_limits(step: Step) -> bool:
    """Whether nothing but limits can close every result of a step."""
    results = [*step.chosen()]
    return bool(results) and all(r.at_most is not None and r.when is None for r in results)


def _finding(facts: Facts, fault: Fault, step: Step) -> Finding:
    from salesflow.checking.run_words import places, told  # only where something is wrong

    spent = fault.spent or tuple(sorted(r.node for r in step.chosen() if r.at_most is not None))
    is_are = "has been taken as often as it" if len(spent) == 1 else "have been taken as often as"
    they = "" if len(spent) == 1 else " they"
    message = f"A deal gets stuck at `{fault.node}`: {named(spent)} {is_are}{they} may"
    if len(spent) < len([*step.chosen()]) and step.node == fault.node:
        message += ", and no condition of the others holds"
    target = _target(facts, step)
    hint = f"Say what happens then: `given_up: {{to: {target}, otherwise: true}}`."
    if isinstance(step, Run):
        hint = f"Limits count over the whole deal, however often `{step.node}` runs it. Give the "
        hint += f"step in `{step.process}` a result with `otherwise: true`."
    related = places(facts.process, spent, "its limit is spent")
    return told(RULE, fault, step, message, hint=hint, related=related)


def _target(facts: Facts, step: Step) -> str:
    if step.scope:
        return "leave"
    outcomes = facts.process.outcomes.values()
    lost = sorted(o.id for o in outcomes if o.kind in ("lost", "failed"))
    return (lost or sorted(facts.process.outcomes) or ["lost"])[0]


RULE = Rule(
    name="limits-exhausted",
    family="behaviour",
    severity="error",
    preset="correctness",
    find=find,
    module=__name__,
)
