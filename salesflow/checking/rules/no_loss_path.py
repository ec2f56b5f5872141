"""Deals can be won, and there is no way for one to be lost.

Why it costs deals
    Most deals are not won. Where the process has no place for that, lost deals stay open: they are
    called again, they fill the forecast, and nobody learns why they were lost.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {small: won, large: demo}}
      demo: {by: sales, next: won_large}
    outcomes:
      won: {kind: won}  # error: [no-loss-path]
      won_large: {kind: won}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {small: won, large: demo}}
      demo: {by: sales, next: {buys: won_large, passes: lost}}
    outcomes:
      won: {kind: won}
      won_large: {kind: won}
      lost: {kind: lost}
    ```
"""

from collections.abc import Iterator

from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.findings import Finding
from salesflow.process.model import UNHAPPY


def find(facts: Facts) -> Iterator[Finding]:
    """At most one finding, at the first way to win."""
    outcomes = sorted(facts.process.outcomes.values(), key=lambda outcome: outcome.id)
    if facts.deals_get_stuck:
        return
    won = [outcome for outcome in outcomes if outcome.kind == "won"]
    # One outcome alone is `only-one-outcome`; one that is not used has its own finding.
    if won and len(outcomes) > 1 and not any(o.kind in UNHAPPY for o in outcomes):
        hint = "Add an outcome, e.g. `lost: {kind: lost}`, and a result that leads to it."
        yield RULE.at(won[0], "Every deal ends well: there is no way to lose one.", hint=hint)


RULE = Rule(name="no-loss-path", family="structure", severity="warning", find=find, module=__name__)
