"""A step escalates to whoever does it anyway.

Why it costs deals
    When a deal lies too long, the same people are asked once more. That looks like a safety net in
    every drawing, and nothing changes when it is needed.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    departments: {sales: {roles: {seller: {}, director: {}}}}
    sources: {inbound: {start: call}}
    steps:
      call: {by: seller, next: {interested: demo, not_a_fit: lost}}
      demo:  # error: [escalates-to-itself]
        by: director
        escalate: {after: 5d, by: director}
        next: {buys: won, passes: lost}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    departments: {sales: {roles: {seller: {}, director: {}}}}
    sources: {inbound: {start: call}}
    steps:
      call: {by: seller, next: {interested: demo, not_a_fit: lost}}
      demo:
        by: seller
        escalate: {after: 5d, by: director}
        next: {buys: won, passes: lost}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.findings import Finding
from salesflow.process.steps import Work


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each step whose ``escalate.by`` takes part in it already."""
    for step in facts.process.nodes.values():
        if not isinstance(step, Work) or step.escalate is None:
            continue
        other = step.escalate.by
        if other in (step.by, *step.with_):
            part = "does it" if other == step.by else "takes part in it"
            message = f"`{step.node}` escalates to `{other}`, who {part} anyway."
            hint = "Name a role that is not part of the step, mostly the one above."
            yield RULE.at(step, message, hint=hint)


RULE = Rule(
    name="escalates-to-itself",
    family="bridges",
    severity="warning",
    find=find,
    module=__name__,
)
