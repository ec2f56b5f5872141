"""A time, share, rate or amount is written in a unit that does not fit here.

Why it costs deals
    A day of the calendar is not a day at the office: `2d` passes over a weekend, `2bd` does not.
    Business time needs somebody with office hours, shares need a percent sign.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {interested: demo, not_a_fit: lost}}
      demo:
        by: sales
        timeout: {after: 5bd, result: passes}  # error: [bad-unit]
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
        timeout: {after: 7d, result: passes}
        next: {buys: won, passes: lost}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from salesflow.checking.rule import Rule

RULE = Rule(
    name="bad-unit", family="syntax", severity="error", preset="correctness", module=__name__
)
