"""A variant changes or removes what its base has locked.

Why it costs deals
    The lock is there because legal, security or finance must be asked first. A variant that slips
    past it does in one country what was agreed for none.

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
    locked: [steps.demo]
    # file: smb_dach.salesflow.yaml
    salesflow: 1
    variant: smb_dach
    of: smb.salesflow.yaml
    change:
      steps.demo.by: presales  # error: [locked-change]
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
    locked: [steps.demo]
    # file: smb_dach.salesflow.yaml
    salesflow: 1
    variant: smb_dach
    of: smb.salesflow.yaml
    change:
      steps.call.by: presales
    ```
"""

from salesflow.checking.rule import Rule

RULE = Rule(
    name="locked-change", family="variants", severity="error", preset="correctness", module=__name__
)
