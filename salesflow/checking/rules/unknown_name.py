"""A name stands for nothing: no step, role, field, outcome … is called so.

Why it costs deals
    A result that leads to a step which does not exist leads nowhere. Mostly the name is mistyped,
    or the step was renamed and one place forgotten.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {interested: demmo, not_a_fit: lost}}  # error: [unknown-name]
      demo: {by: sales, next: {buys: won, passes: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {interested: demo, not_a_fit: lost}}
      demo: {by: sales, next: {buys: won, passes: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from salesflow.checking.rule import Rule

RULE = Rule(
    name="unknown-name", family="syntax", severity="error", preset="correctness", module=__name__
)
