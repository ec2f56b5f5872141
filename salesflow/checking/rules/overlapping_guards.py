"""A deal is allowed several results of a step, and no share says how often each is taken.

Why it costs deals
    Conditions have no order: the first one does not win. Whoever has such a deal before them takes
    one way or the other, two people not the same, and the process cannot be simulated.

    Where the results are a choice that people make, give each a `share`; where only one of them has
    one it is `share-missing`. Where a condition lies wholly within another one it is
    `shadowed-result`.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    data: {amount: {type: money}, new_customer: {type: yes_no}}
    sources:
      inbound: {start: offer, gives: {amount: {min: 1000, max: 90000}, new_customer: 60%}}
    steps:
      offer:
        by: sales
        next:
          large: {to: approve, when: amount >= 50000}  # error: [overlapping-guards]
          unknown: {to: credit, when: new_customer}
          standard: {to: won, otherwise: true}
      approve: {by: director, next: {approved: won, refused: lost}}
      credit: {by: finance, next: {good: won, bad: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    data: {amount: {type: money}, new_customer: {type: yes_no}}
    sources:
      inbound: {start: offer, gives: {amount: {min: 1000, max: 90000}, new_customer: 60%}}
    steps:
      offer:
        by: sales
        next:
          large: {to: approve, when: amount >= 50000}
          unknown: {to: credit, when: new_customer and amount < 50000}
          standard: {to: won, otherwise: true}
      approve: {by: director, next: {approved: won, refused: lost}}
      credit: {by: finance, next: {good: won, bad: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.findings import Finding


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each step with results that can be enabled together without shares."""
    met = [group for group in facts.met if not group[0].shadowed]
    met = [group for group in met if group[0].overlap.unshared is None]
    if not met:
        return
    from salesflow.checking.guard_words import both, others, to_part  # only for findings

    for group in met:
        first = group[0]
        overlap = first.overlap
        place = overlap.other if overlap.free else overlap.one
        related = others(group, place, "can be taken as well")
        yield RULE.at(
            place, both(first), hint=to_part(first), witness=first.witness, related=related
        )


RULE = Rule(
    name="overlapping-guards", family="guards", severity="warning", find=find, module=__name__
)
