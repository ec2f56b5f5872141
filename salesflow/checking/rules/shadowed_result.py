"""Wherever a result is allowed another one is too, so that its condition decides nothing.

Why it costs deals
    Somebody wrote the special case below the general one, or above it, and took it for granted that
    one of them wins. Conditions have no order: the large deal that should go to the board may as
    well be waved through.

    It is asked of results without a `share`; where people choose between the two, give each one.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    data: {amount: {type: money}}
    sources: {inbound: {start: offer, gives: {amount: {min: 1000, max: 90000}}}}
    steps:
      offer:
        by: sales
        next:
          huge: {to: board, when: amount >= 50000}  # error: [shadowed-result]
          large: {to: approve, when: amount >= 20000}
          standard: {to: won, otherwise: true}
      approve: {by: director, next: {approved: won, refused: lost}}
      board: {by: board, next: {agreed: won, denied: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    data: {amount: {type: money}}
    sources: {inbound: {start: offer, gives: {amount: {min: 1000, max: 90000}}}}
    steps:
      offer:
        by: sales
        next:
          huge: {to: board, when: amount >= 50000}
          large: {to: approve, when: amount >= 20000 and amount < 50000}
          standard: {to: won, otherwise: true}
      approve: {by: director, next: {approved: won, refused: lost}}
      board: {by: board, next: {agreed: won, denied: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.findings import Finding


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each result enabled only where another one is too."""
    met = [group for group in facts.met if group[0].shadowed]
    if not met:
        return
    from salesflow.checking.guard_words import others, shadowed, to_narrow  # only for findings

    for group in met:
        first = group[0]
        yield RULE.at(
            first.overlap.one,
            shadowed(first),
            hint=to_narrow(first),
            witness=first.witness,
            related=others(group, first.overlap.one, "the wider condition"),
        )


RULE = Rule(name="shadowed-result", family="guards", severity="warning", find=find, module=__name__)
