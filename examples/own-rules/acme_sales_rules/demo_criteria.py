"""A demo is given without knowing what the customer wants to see.

Why it costs deals
    Of the demos that we gave without success criteria in 2025, one in nine led to an offer; of
    those with criteria, one in three. A demo costs two people half a day.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    data: {success_criteria: {type: text}}
    sources: {inbound: {start: call}}
    steps:
      call: {captures: [success_criteria], next: {fits: demo, too_small: lost}}
      demo: {next: {convinced: won, not_convinced: lost}}  # error: [acme-demo-criteria]
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    data: {success_criteria: {type: text}}
    sources: {inbound: {start: call}}
    steps:
      call: {captures: [success_criteria], next: {fits: demo, too_small: lost}}
      demo: {requires: [success_criteria], next: {convinced: won, not_convinced: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.checking import Facts, Finding, Rule, comes_by

CRITERIA = "success_criteria"


def find(facts: Facts) -> Iterator[Finding]:
    """One finding for each demo that deals come to and that does not require the criteria."""
    for step in facts.process.nodes.values():
        is_demo = "demo" in step.id.split("_")
        if is_demo and CRITERIA not in step.requires and facts.flow.reachable(step.node):
            way = facts.flow.way(step.node)
            message = f"`{step.node}` does not require `{CRITERIA}`.{comes_by(way)}"
            hint = f"Write `requires: [{CRITERIA}]`: then it is also checked that it is known."
            yield RULE.at(step, message, hint=hint, witness=way)


RULE = Rule(
    name="acme-demo-criteria",
    family="acme",
    severity="error",
    find=find,
    module=__name__,
)
