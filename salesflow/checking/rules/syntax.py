"""The text cannot be read as YAML, or a comment for salesflow cannot be understood.

Why it costs deals
    Nothing can be said about a process that cannot be read. The first mistake often causes the
    next ones: mend it and check again.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {interested: demo, not_a_fit: lost}
      demo: {by: sales, next: {buys: won, passes: lost}}  # error: [syntax]
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

RULE = Rule(name="syntax", family="syntax", severity="error", preset="correctness", module=__name__)
