"""A touchpoint requires a field, and a deal can be handed over without it.

Why it costs deals
    The receiving department was promised a quote, a champion, a need. It gets the deal without and
    hands it back, or works on with what it can guess; both cost a week, and the customer notices.

    Every crossing counts that the touchpoint covers, by every way of the thread that crosses.
    External departments and steps that nobody does are looked through. What the receiving step
    requires itself is `missing-data`, what nothing ever fills `never-captured`.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    departments: {sales: {}, legal: {}}
    data: {quote: {type: document}}
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {wants_quote: offer, wants_contract: contract, not_a_fit: lost}}
      offer: {by: sales, captures: [quote], next: {accepted: contract, refused: lost}}
      contract: {by: legal, next: {signed: won, refused: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    touchpoints:
      sales_to_legal:  # error: [handoff-data-missing]
        {from: sales, to: legal, requires: [quote], accept_within: 2d}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    departments: {sales: {}, legal: {}}
    data: {quote: {type: document}}
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {wants_quote: offer, not_a_fit: lost}}
      offer: {by: sales, captures: [quote], next: {accepted: contract, refused: lost}}
      contract: {by: legal, next: {signed: won, refused: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    touchpoints:
      sales_to_legal:
        {from: sales, to: legal, requires: [quote], accept_within: 2d}
    ```
"""

from collections.abc import Iterator

from salesflow.checking.data_words import captured_where
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.words import comes_by
from salesflow.findings import Finding, Related


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each touchpoint and field that may be missing at a crossing."""
    process = facts.process
    for breach in facts.breaches:
        if breach.how != "requires" or not breach.decided:
            continue
        touchpoint = process.touchpoints[breach.touchpoint]
        step = process.nodes[breach.place]
        can = "can take over" if breach.sure else "can perhaps take over"
        field = breach.field
        message = (
            f"`{touchpoint.id}` requires `{field}`, and `{touchpoint.receiver}` {can} at "
            f"`{breach.place}` without it.{comes_by(breach.witness)}"
        )
        hint = f"Let `{touchpoint.giver}` capture it before (`captures: [{field}]`) on this way."
        here = Related(step.path, step.span, "it is handed over here")
        finding = RULE.at(
            touchpoint,
            message,
            hint=hint,
            witness=breach.witness,
            related=(here, *captured_where(facts, field)),
        )
        yield finding if breach.sure else RULE.possible(finding)


RULE = Rule(
    name="handoff-data-missing",
    family="bridges",
    severity="error",
    preset="correctness",
    find=find,
    module=__name__,
)
