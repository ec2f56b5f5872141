"""Some YAML readers take this value for text, others for a boolean, a number or a date.

Why it costs deals
    `no` is false to one tool and the word no to the next, `9:30` is 570 to some. Two people, or two
    tools, then read two processes in one file. Quoted, a value is text to everybody.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call, name: NO}}  # error: [ambiguous-scalar]
    steps:
      call: {by: sales, next: {interested: demo, not_a_fit: lost}}
      demo: {by: sales, next: {buys: won, passes: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call, name: "NO"}}
    steps:
      call: {by: sales, next: {interested: demo, not_a_fit: lost}}
      demo: {by: sales, next: {buys: won, passes: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from salesflow.checking.rule import Rule

RULE = Rule(
    name="ambiguous-scalar",
    family="syntax",
    severity="error",
    preset="correctness",
    module=__name__,
)
