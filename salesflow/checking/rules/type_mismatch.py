"""A condition compares two things that cannot be compared.

Why it costs deals
    It can never be true, or is true for all, and deals go the wrong way without anybody noticing.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    data: {amount: {type: money}, discount: {type: percent}}
    sources: {inbound: {start: call, gives: {amount: {min: 1000, max: 90000}, discount: 10%}}}
    steps:
      call:
        by: sales
        next:
          large: {to: demo, when: discount >= 20000}  # error: [type-mismatch]
          small: {to: won, otherwise: true}
      demo: {by: sales, next: {buys: won, passes: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    data: {amount: {type: money}, discount: {type: percent}}
    sources: {inbound: {start: call, gives: {amount: {min: 1000, max: 90000}, discount: 10%}}}
    steps:
      call:
        by: sales
        next:
          large: {to: demo, when: amount >= 20000}
          small: {to: won, otherwise: true}
      demo: {by: sales, next: {buys: won, passes: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from salesflow.checking.rule import Rule

RULE = Rule(
    name="type-mismatch", family="guards", severity="error", preset="correctness", module=__name__
)
