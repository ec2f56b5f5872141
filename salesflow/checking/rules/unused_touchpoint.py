"""A touchpoint speaks of a handoff that never happens.

Why it costs deals
    Somebody agreed on it, so there should be such a handoff: the flow has changed and the promise
    has not, or the two departments stand the wrong way round.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    departments: {sales: {}, legal: {}}
    data: {quote: {type: document}}
    sources: {inbound: {start: offer}}
    steps:
      offer: {by: sales, captures: [quote], next: {accepted: contract, refused: lost}}
      contract: {by: legal, next: {signed: won, refused: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    touchpoints:
      sales_to_legal: {from: sales, to: legal, requires: [quote]}
      back_to_sales: {from: legal, to: sales, requires: [quote]}  # error: [unused-touchpoint]
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    departments: {sales: {}, legal: {}}
    data: {quote: {type: document}}
    sources: {inbound: {start: offer}}
    steps:
      offer: {by: sales, captures: [quote], next: {accepted: contract, refused: lost}}
      contract: {by: legal, next: {signed: won, unclear: {to: offer, at_most: 2}, refused: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    touchpoints:
      sales_to_legal: {from: sales, to: legal, requires: [quote]}
      back_to_sales: {from: legal, to: sales, requires: [quote]}
    ```
"""

from collections.abc import Iterator

from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.findings import Finding
from salesflow.process.model import Touchpoint


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each touchpoint that no handoff meets."""
    for touchpoint in facts.process.touchpoints.values():
        if not facts.threads.happens(touchpoint.giver, touchpoint.receiver, touchpoint.at):
            yield _finding(facts, touchpoint)


def _finding(facts: Facts, touchpoint: Touchpoint) -> Finding:
    giver, receiver, at = touchpoint.giver, touchpoint.receiver, touchpoint.at
    where = f" at `{at}`" if at else ""
    message = f"No deal ever passes from `{giver}` to `{receiver}`{where}."
    hint = "Remove it, or let the flow go that way."
    if giver == receiver:
        hint = "A move within a department is no handoff: name two departments."
    elif facts.threads.happens(receiver, giver, at):
        hint = f"Deals pass the other way: write `from: {receiver}, to: {giver}`?"
    elif at and facts.threads.happens(giver, receiver, None):
        hint = f"They do pass elsewhere: leave out `at: {at}`, or name the right step."
    return RULE.at(touchpoint, message, hint=hint)


RULE = Rule(
    name="unused-touchpoint", family="bridges", severity="warning", find=find, module=__name__
)
