"""No deal can fulfil a condition, whatever its values.

Why it costs deals
    The result is never taken, the branch never runs. What stands behind it, an approval or a check,
    does not happen, and nobody notices that it is missing.

    Where deals get stuck since the condition fails it is told there, as `uncovered-guard`; of the
    steps of a branch `dead-step` says it, of a policy `policy-vacuous`.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    data: {amount: {type: money}}
    sources: {inbound: {start: call, gives: {amount: {min: 1000, max: 90000}}}}
    steps:
      call: {by: sales, next: {fits: offer, special: approve}}
      offer:
        by: sales
        next:
          odd: {to: approve, when: amount < 5000 and amount > 50000}  # error: [impossible-guard]
          standard: {to: won, otherwise: true}
      approve: {by: director, next: {approved: won, refused: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    data: {amount: {type: money}}
    sources: {inbound: {start: call, gives: {amount: {min: 1000, max: 90000}}}}
    steps:
      call: {by: sales, next: {fits: offer, special: approve}}
      offer:
        by: sales
        next:
          odd: {to: approve, when: amount < 5000 or amount > 50000}
          standard: {to: won, otherwise: true}
      approve: {by: director, next: {approved: won, refused: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.findings import Finding


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each result and branch whose condition no deal fulfils."""
    if not facts.guarded or not facts.guards.impossible:
        return
    from salesflow.checking.guard_words import idle  # only where there is a finding

    told = {gap.step.node for gap in facts.stranded}
    for element, message, hint, witness in idle(facts, "impossible", told):
        yield RULE.at(element, message, hint=hint, witness=witness)


RULE = Rule(
    name="impossible-guard", family="guards", severity="warning", find=find, module=__name__
)
