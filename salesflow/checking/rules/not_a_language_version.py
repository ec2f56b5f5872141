"""The file does not start with a version of the language that this salesflow knows.

Why it costs deals
    The same words may mean something else in a later version, so salesflow does not guess.

Wrong:
    ```yaml
    salesflow: 2  # error: [not-a-language-version]
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {interested: demo, not_a_fit: lost}}
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
    name="not-a-language-version",
    family="syntax",
    severity="error",
    preset="correctness",
    module=__name__,
)
