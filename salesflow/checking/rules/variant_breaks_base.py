"""A change of a variant makes an error of a line of its base that is right by itself.

Why it costs deals
    Whoever changes the variant sees an error in a file that nobody touched, and mends it there, for
    every country. The base is right; what hangs on the change is missing in the variant.

    The error is told at the change that comes nearest to it, instead of in the base. What stands in
    the variant's own file is told there, by its own rule.

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
      steps.demo.next.buys: {to: won, at_most: 1}
    remove: [steps.call.next.interested]  # error: [variant-breaks-base]
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
      steps.call.next.asks_for_offer: won
    remove: [steps.call.next.interested, steps.demo]
    ```
"""

from salesflow.checking.rule import Rule

RULE = Rule(
    name="variant-breaks-base",
    family="variants",
    severity="error",
    preset="correctness",
    module=__name__,
)
