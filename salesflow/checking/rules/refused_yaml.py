"""YAML allows this and a salesflow file does not: anchors, aliases, merge keys, tags, empty values.

Why it costs deals
    What stands in one place should say what happens in that place. An alias hides that two steps
    are one text, so that changing one changes the other, and an empty value (`next:`) may be meant
    or forgotten.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {interested: demo, not_a_fit: lost}}
      demo: {by: sales, next: &ends {buys: won, passes: lost}}  # error: [refused-yaml]
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
    name="refused-yaml", family="syntax", severity="error", preset="correctness", module=__name__
)
