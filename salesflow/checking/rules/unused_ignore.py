"""A comment asks to ignore something that is not found there (any more).

Why it costs deals
    It hides the next fault of that kind on this line: the one that nobody knows of yet.

    A name that is no rule or family ignores nothing. What the family `syntax` finds cannot be
    ignored: such a text does not say what the process is.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {interested: demo, not_a_fit: lost}}
      # salesflow: ignore[dead-end] the demo team writes its part  # error: [unused-ignore]
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

RULE = Rule(name="unused-ignore", family="hygiene", severity="warning", module=__name__)
