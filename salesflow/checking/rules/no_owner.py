"""A step takes work or time, and nobody is named who does it.

Why it costs deals
    A deal that waits for somebody waits for nobody. Steps without an owner are where deals lie
    between two departments, each sure that the other one has it.

    It is asked once departments are declared. A step without `effort` and `wait` is a decision or a
    meeting point and needs nobody; time that a buyer takes is done `by` an external role.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    departments:
      sales: {people: 2}
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, effort: 20min, next: {interested: demo, not_a_fit: lost}}
      demo: {effort: 1h, next: {buys: won, passes: lost}}  # error: [no-owner]
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    departments:
      sales: {people: 2}
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, effort: 20min, next: {interested: demo, not_a_fit: lost}}
      demo: {by: sales, effort: 1h, next: {buys: won, passes: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.findings import Finding
from salesflow.process.steps import Work


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each step that takes effort or time and has no ``by``."""
    if not facts.process.people.declared:
        return
    for step in facts.process.nodes.values():
        if isinstance(step, Work) and step.by is None and (step.effort or step.wait):
            what = "takes effort" if step.effort is not None else "takes time"
            message = f"`{step.node}` {what}, and nobody is named who does it."
            hint = "Add `by:` with a role; for time that the buyer takes, an external one."
            yield RULE.at(step, message, hint=hint)


RULE = Rule(name="no-owner", family="bridges", severity="warning", find=find, module=__name__)
