"""A discount is given that finance is never asked about.

Why it costs deals
    Above 20% we lose money with every order. Finance says so before the offer, not after it.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    departments: {sales: {}, finance: {}}
    data: {discount: {type: percent}}  # error: [acme-unseen-discount]
    sources: {inbound: {start: offer, department: sales}}
    steps:
      offer:
        by: sales
        captures: [discount]
        next: {high: {to: lost, when: discount > 20%}, fine: {to: won, otherwise: true}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    departments: {sales: {}, finance: {}}
    data: {discount: {type: percent}}
    sources: {inbound: {start: offer, department: sales}}
    steps:
      offer:
        by: sales
        captures: [discount]
        next: {high: {to: look, when: discount > 20%}, fine: {to: won, otherwise: true}}
      look: {by: finance, requires: [discount], next: {agreed: won, refused: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.checking import Facts, Finding, Process, Result, Rule

FIELD, ASKED = "discount", "finance"


def find(facts: Facts) -> Iterator[Finding]:
    """A finding at the field, unless a condition on it leads to a step of finance."""
    process = facts.process
    if FIELD not in process.data:
        return
    results = [result for step in process.nodes.values() for result in step.next.values()]
    if not any(_asks(process, result) for result in results):
        message = f"No condition on `{FIELD}` leads to a step of `{ASKED}`."
        hint = f"For example `high: {{to: STEP, when: {FIELD} > 20%}}`, a step done `by: {ASKED}`."
        yield RULE.at(process.data[FIELD], message, hint=hint)


def _asks(process: Process, result: Result) -> bool:
    """Whether a result hangs on the field and leads to a step of the department that is asked."""
    if result.when is None or FIELD not in result.when.reads:
        return False
    steps = [process.nodes[target] for target in result.targets if target in process.nodes]
    return any(process.department_of(step) == ASKED for step in steps)


RULE = Rule(
    name="acme-unseen-discount",
    family="acme",
    severity="warning",
    find=find,
    module=__name__,
)
