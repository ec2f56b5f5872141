"""Every deal fulfils a condition, so that it decides nothing.

Why it costs deals
    It looks as if somebody had thought about which deals go this way, and all of them do. Most
    often `or` stands where `and` was meant: no deal is in two regions, so each one is not in one of
    them.

    A field that is not filled does not count here: if only that is to be asked, `filled(…)` says
    so.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    data: {region: {type: choice, values: [DACH, NORDICS, AMER]}}
    sources: {inbound: {start: papers, gives: {region: {DACH: 50%, NORDICS: 20%, AMER: rest}}}}
    steps:
      papers:
        parallel:
          contract: {steps: {draft: {by: legal, next: done}}}
          customs:  # error: [constant-guard]
            when: region != DACH or region != NORDICS
            steps: {declare: {by: finance, next: {cleared: done, refused: leave}}}
        next: {done: won, refused: lost}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    data: {region: {type: choice, values: [DACH, NORDICS, AMER]}}
    sources: {inbound: {start: papers, gives: {region: {DACH: 50%, NORDICS: 20%, AMER: rest}}}}
    steps:
      papers:
        parallel:
          contract: {steps: {draft: {by: legal, next: done}}}
          customs:
            when: region != DACH and region != NORDICS
            steps: {declare: {by: finance, next: {cleared: done, refused: leave}}}
        next: {done: won, refused: lost}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.findings import Finding


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each result, branch and policy whose condition every deal fulfils."""
    if not facts.guarded or len(facts.guards.pointless) == len(facts.guards.impossible):
        return
    from salesflow.checking.guard_words import idle  # only where there is a finding

    for element, message, hint, witness in idle(facts, "constant", set()):
        yield RULE.at(element, message, hint=hint, witness=witness)


RULE = Rule(name="constant-guard", family="guards", severity="warning", find=find, module=__name__)
