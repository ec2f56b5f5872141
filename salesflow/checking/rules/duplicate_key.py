"""A key stands twice in the same place, and only one of the two can count.

Why it costs deals
    Most tools silently take the last one, so half of what somebody wrote is gone, and which half
    depends on the tool.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {interested: demo, not_a_fit: lost}}
      demo: {by: sales, next: {buys: won, passes: lost}}
      demo: {by: presales, next: lost}  # error: [duplicate-key]
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {interested: demo, not_a_fit: lost}}
      demo: {by: sales, next: {buys: trial, passes: lost}}
      trial: {by: presales, next: {works: won, fails: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from salesflow.checking.rule import Rule

RULE = Rule(
    name="duplicate-key", family="syntax", severity="error", preset="correctness", module=__name__
)
