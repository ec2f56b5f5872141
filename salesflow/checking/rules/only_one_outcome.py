"""Every deal ends the same way: the process has a single outcome.

Why it costs deals
    With one outcome there is no win rate and nothing to learn from. If deals can only be won, those
    that are not stay open; if they can only be lost, nobody can sell.

    Processes that end `done` or `failed` (steps of a larger one, a handover) may have one outcome.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: won}
    outcomes:
      won: {kind: won}  # error: [only-one-outcome]
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {buys: won, passes: lost}}
    outcomes:
      won: {kind: won}
      lost: {kind: lost}
    ```
"""

from collections.abc import Iterator

from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.findings import Finding


def find(facts: Facts) -> Iterator[Finding]:
    """At most one finding, at the outcome."""
    outcomes = [*facts.process.outcomes.values()]
    if len(outcomes) != 1 or facts.deals_get_stuck:
        return
    if not facts.process.is_part:
        kind = outcomes[0].kind
        other, wanted = ("lost", "lose") if kind == "won" else ("won", "win")
        message = f"Every deal ends `{outcomes[0].id}`: there is no way to {wanted} one."
        hint = f"Add an outcome, e.g. `{other}: {{kind: {other}}}`, and a result that leads to it."
        yield RULE.at(outcomes[0], message, hint=hint)


RULE = Rule(
    name="only-one-outcome", family="structure", severity="warning", find=find, module=__name__
)
