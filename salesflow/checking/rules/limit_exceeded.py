"""The file, or something in it, is larger than salesflow reads.

Why it costs deals
    Files of processes come from many hands, and a check must end in seconds whatever they hold. The
    limits (16 MB, 64 levels, numbers of 18 digits, expressions of 4 kB) are far above what a
    process that people can follow needs.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call, x-crm-id: 12345678901234567890}}  # error: [limit-exceeded]
    steps:
      call: {by: sales, next: {interested: demo, not_a_fit: lost}}
      demo: {by: sales, next: {buys: won, passes: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call, x-crm-id: "12345678901234567890"}}
    steps:
      call: {by: sales, next: {interested: demo, not_a_fit: lost}}
      demo: {by: sales, next: {buys: won, passes: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from salesflow.checking.rule import Rule

RULE = Rule(
    name="limit-exceeded", family="syntax", severity="error", preset="correctness", module=__name__
)
