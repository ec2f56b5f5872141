"""A comment asks to ignore a finding and does not say why.

Why it costs deals
    Next year nobody knows whether the finding was wrong, or only in the way that day. A reason
    takes one line and saves the same discussion from being had again.

    The finding is ignored nevertheless.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {interested: demo, not_a_fit: lost}}
      demo: {by: sales}  # salesflow: ignore[dead-end]  # error: [ignore-without-reason]
    outcomes: {lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {interested: demo, not_a_fit: lost}}
      demo: {by: sales}  # salesflow: ignore[dead-end] the demo team writes its part in May
    outcomes: {lost: {kind: lost}}
    ```
"""

from salesflow.checking.rule import Rule

RULE = Rule(name="ignore-without-reason", family="hygiene", severity="warning", module=__name__)
