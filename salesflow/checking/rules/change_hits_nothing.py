"""A variant changes or removes something that its base does not have.

Why it costs deals
    The variant was written for an older base, or the path is mistyped: what it should change stays
    as it is, and nobody is told.

    `steps.demo.captures: {}` hits nothing either: maps merge, so it takes out none of what the step
    captures. What is to go stands in `remove`.

Wrong:
    ```yaml
    # file: smb.salesflow.yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {interested: demo, not_a_fit: lost}}
      demo: {by: sales, next: {buys: won, passes: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    # file: smb_dach.salesflow.yaml
    salesflow: 1
    variant: smb_dach
    of: smb.salesflow.yaml
    change:
      steps.demmo.by: presales  # error: [change-hits-nothing]
    ```

Right:
    ```yaml
    # file: smb.salesflow.yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {interested: demo, not_a_fit: lost}}
      demo: {by: sales, next: {buys: won, passes: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    # file: smb_dach.salesflow.yaml
    salesflow: 1
    variant: smb_dach
    of: smb.salesflow.yaml
    change:
      steps.demo.by: presales
    ```
"""

from salesflow.checking.rule import Rule

RULE = Rule(
    name="change-hits-nothing",
    family="variants",
    severity="error",
    preset="correctness",
    module=__name__,
)
