"""The language has no such key here.

Why it costs deals
    It is mistyped or stands in the wrong place, so what it says is never done: a `timeuot` lets no
    deal time out. Keys that start with `x-` are free for your own notes.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {interested: demo, not_a_fit: lost}}
      demo:
        by: sales
        discription: Show it with their own data  # error: [unknown-key]
        next: {buys: won, passes: lost}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {interested: demo, not_a_fit: lost}}
      demo:
        by: sales
        description: Show it with their own data
        x-crm-id: 4711
        next: {buys: won, passes: lost}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from salesflow.checking.rule import Rule

RULE = Rule(
    name="unknown-key", family="syntax", severity="error", preset="correctness", module=__name__
)
