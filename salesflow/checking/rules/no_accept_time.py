"""A touchpoint that does not say by when the receiver begins, while others of the file do.

Why it costs deals
    What has to be handed over is agreed, but not how soon it is picked up: the deal lies between
    two departments, each of which thinks that it is the other's turn.

    It is asked once another touchpoint says it.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    departments: {sales: {}, legal: {}, success: {}}
    data: {quote: {type: document}}
    sources: {inbound: {start: offer}}
    steps:
      offer: {by: sales, captures: [quote], next: {accepted: contract, refused: lost}}
      contract: {by: legal, next: {signed: handover, refused: lost}}
      handover: {by: success, next: {complete: won, given_up: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    touchpoints:
      sales_to_legal: {from: sales, to: legal, requires: [quote], accept_within: 1d}
      new_customers: {from: legal, to: success, requires: [quote]}  # error: [no-accept-time]
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    departments: {sales: {}, legal: {}, success: {}}
    data: {quote: {type: document}}
    sources: {inbound: {start: offer}}
    steps:
      offer: {by: sales, captures: [quote], next: {accepted: contract, refused: lost}}
      contract: {by: legal, next: {signed: handover, refused: lost}}
      handover: {by: success, next: {complete: won, given_up: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    touchpoints:
      sales_to_legal: {from: sales, to: legal, requires: [quote], accept_within: 1d}
      new_customers: {from: legal, to: success, requires: [quote], accept_within: 3d}
    ```
"""

from collections.abc import Iterator

from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.findings import Finding, Related
from salesflow.process.model import Touchpoint


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each touchpoint without ``accept_within`` beside one that has it."""
    touchpoints = facts.process.touchpoints.values()
    given = [touchpoint for touchpoint in touchpoints if touchpoint.accept_within is not None]
    if not given:
        return
    example = min(given, key=lambda touchpoint: touchpoint.id)
    for touchpoint in touchpoints:
        if touchpoint.accept_within is not None:
            continue
        if facts.threads.happens(touchpoint.giver, touchpoint.receiver, touchpoint.at):
            yield _finding(touchpoint, example)


def _finding(touchpoint: Touchpoint, example: Touchpoint) -> Finding:
    message = f"`{touchpoint.id}` does not say by when `{touchpoint.receiver}` has to begin."
    hint = (
        f"Agree on a time with `{touchpoint.receiver}`: `accept_within: {example.accept_within}`."
    )
    said = f"`{example.receiver}` has {example.accept_within} here"
    related = (Related(example.path, example.span, said),)
    return RULE.at(touchpoint, message, hint=hint, related=related)


RULE = Rule(name="no-accept-time", family="bridges", severity="warning", find=find, module=__name__)
