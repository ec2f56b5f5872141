"""A result with a share of 0%: it is drawn, and no deal is ever expected to take it.

Why it costs deals
    In every simulation and plan the way behind it is empty, and nobody sees why. Mostly the others
    already add up to 100% and nothing is left for `rest`.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call:
        by: sales
        next:
          interested: {to: demo, share: 30%}
          not_a_fit: {to: lost, share: 70%}
          later: {to: call, share: rest}  # error: [zero-share]
      demo: {by: sales, next: {buys: won, passes: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call:
        by: sales
        next:
          interested: {to: demo, share: 30%}
          not_a_fit: {to: lost, share: 60%}
          later: {to: call, share: rest}
      demo: {by: sales, next: {buys: won, passes: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.analysis.choices import open_choice, share_total, whole
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.findings import Finding


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each share of nothing, unless the others are above 100% already."""
    for step in facts.process.nodes.values():
        nothing = [result for result in step.next.values() if result.share == 0]
        if nothing and (not open_choice(step) or whole(share_total(step))):
            for result in nothing:
                message = f"`{result.node}` has a share of 0%: no deal takes it."
                hint = "Give it a share above 0%, or remove the result."
                if result.rest:
                    message = f"Nothing is left for `{result.node}`: the others have 100%."
                    hint = "Lower the other shares, or remove the result."
                yield RULE.at(result, message, hint=hint)


RULE = Rule(name="zero-share", family="shares", severity="warning", find=find, module=__name__)
