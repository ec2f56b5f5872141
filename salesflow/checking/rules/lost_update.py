"""A value is written and replaced on every way before anything looks at it.

Why it costs deals
    Somebody works out a discount or a forecast, and the next step overwrites it unread. The work is
    wasted, or the place that should have used the first value was forgotten.

    Only values count (`set`, and captures with a value), and only in a process where a deal is in
    one place at a time.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    data: {discount: {type: percent}}
    sources: {inbound: {start: offer}}
    steps:
      offer:  # error: [lost-update]
        by: sales
        captures: {discount: {any_of: {0%: 60%, 15%: rest}}}
        next: recalculate
      recalculate:
        by: finance
        captures: {discount: {any_of: {0%: 80%, 10%: rest}}}
        next: decide
      decide:
        by: director
        next: {small: {to: won, when: discount <= 5%}, large: {to: lost, otherwise: true}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    data: {discount: {type: percent}}
    sources: {inbound: {start: offer}}
    steps:
      offer: {by: sales, next: recalculate}
      recalculate:
        by: finance
        captures: {discount: {any_of: {0%: 80%, 10%: rest}}}
        next: decide
      decide:
        by: director
        next: {small: {to: won, when: discount <= 5%}, large: {to: lost, otherwise: true}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.words import comes_by
from salesflow.findings import Finding, Related


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each value that nothing ever looks at, where it is written."""
    if not facts.process.data:
        return
    for first, second in facts.writes.lost():
        way = facts.flow.way(first.node)
        message = (
            f"What `{first.element.node}` writes to `{first.field}` is replaced by "
            f"`{second.element.node}` before anything looks at it.{comes_by(way)}"
        )
        hint = "Take one of the two away, or use the value in between."
        other = Related(second.element.path, second.element.span, "it is replaced here")
        yield RULE.at(first.element, message, hint=hint, witness=way, related=(other,))


RULE = Rule(
    name="lost-update",
    family="data",
    severity="warning",
    find=find,
    module=__name__,
)
