"""A department is to return something, and a deal can leave it again without it.

Why it costs deals
    Sales asked security for a report and gets the deal back without one. The customer waits for the
    report, nobody feels asked, and the same work is ordered twice.

    `returns` must be filled at the next handoff out of the receiving department, and when the
    branch in which it took over is done. Where the deal can only be lost from there it is not
    judged.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    departments: {sales: {}, security: {}}
    data: {report: {type: document}}
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {asks: review, not_a_fit: lost}}
      review: {by: security, next: {questions: answer, clear: offer}}
      answer: {by: security, captures: [report], next: offer}
      offer: {by: sales, next: {accepted: won, refused: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    touchpoints:
      security_check:  # error: [promise-not-kept]
        {from: sales, to: security, returns: [report], accept_within: 2d}
      back_to_sales: {from: security, to: sales, accept_within: 2d}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    departments: {sales: {}, security: {}}
    data: {report: {type: document}}
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {asks: review, not_a_fit: lost}}
      review: {by: security, captures: [report], next: {questions: answer, clear: offer}}
      answer: {by: security, next: offer}
      offer: {by: sales, next: {accepted: won, refused: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    touchpoints:
      security_check:
        {from: sales, to: security, returns: [report], accept_within: 2d}
      back_to_sales: {from: security, to: sales, accept_within: 2d}
    ```
"""

from collections.abc import Iterator

from salesflow.checking.data_words import captured_where
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.words import comes_by
from salesflow.findings import Finding


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each touchpoint and field that may not be returned."""
    process = facts.process
    for breach in facts.breaches:
        if breach.how != "returns" or not breach.decided:
            continue
        touchpoint = process.touchpoints[breach.touchpoint]
        field, receiver = breach.field, touchpoint.receiver
        where = f"come from `{receiver}` to `{breach.place}`"
        if breach.place not in process.nodes:
            where = f"be done with its branch of `{breach.place.rpartition('.')[0]}`"
        perhaps = "" if breach.sure else "perhaps "
        message = (
            f"`{touchpoint.id}` promises that `{receiver}` returns `{field}`, and a deal can "
            f"{perhaps}{where} without it.{comes_by(breach.witness)}"
        )
        hint = f"Let `{receiver}` capture it on this way (`captures: [{field}]`)."
        yield RULE.at(
            touchpoint,
            message,
            hint=hint,
            witness=breach.witness,
            related=captured_where(facts, field),
        )


RULE = Rule(
    name="promise-not-kept", family="bridges", severity="warning", find=find, module=__name__
)
