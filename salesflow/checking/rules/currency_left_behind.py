"""A variant counts in another currency, and some amounts are still those of its base.

Why it costs deals
    120000 is a large deal in euros and a lunch in yen. Where a condition, a cost or a deal's worth
    keeps the number of the base, small deals take the way of large ones, and every figure of the
    country is wrong.

    A process has one currency. Who changes it, changes the amounts too: costs of people and
    sources, values that are drawn, and what conditions compare with. Only numbers that are the very
    same as in the base are told; zero is zero in any currency.

Wrong:
    ```yaml
    # file: smb.salesflow.yaml
    salesflow: 1
    process: smb
    currency: EUR
    data: {amount: {type: money}}
    sources: {inbound: {start: call, gives: {amount: filled}}}
    steps:
      call:
        by: sales
        next:
          small: {to: won, when: amount < 100000}
          large: {to: board, otherwise: true}
      board: {by: board, next: {agrees: won, refuses: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    # file: smb_japan.salesflow.yaml
    salesflow: 1
    variant: smb_japan
    of: smb.salesflow.yaml
    change:
      currency: JPY  # error: [currency-left-behind]
    ```

Right:
    ```yaml
    # file: smb.salesflow.yaml
    salesflow: 1
    process: smb
    currency: EUR
    data: {amount: {type: money}}
    sources: {inbound: {start: call, gives: {amount: filled}}}
    steps:
      call:
        by: sales
        next:
          small: {to: won, when: amount < 100000}
          large: {to: board, otherwise: true}
      board: {by: board, next: {agrees: won, refuses: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    # file: smb_japan.salesflow.yaml
    salesflow: 1
    variant: smb_japan
    of: smb.salesflow.yaml
    change:
      currency: JPY
      steps.call.next.small.when: amount < 16000000
    ```
"""

from collections.abc import Iterator

from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.words import named
from salesflow.findings import Finding, Related
from salesflow.process.model import Original
from salesflow.spans import Span

_SHOWN = 6  # places


def find(facts: Facts) -> Iterator[Finding]:
    """A finding where the currency changes, with the amounts that did not."""
    base, currency = facts.process.base, facts.process.people.currency
    if base is None or not currency or base.process.people.currency in ("", currency):
        return
    from salesflow.analysis.money import left_behind  # few variants change their currency

    left = tuple(left_behind(base.process, facts.process))
    if not left:
        return
    old = base.process.people.currency
    places = named(dict.fromkeys(f"{amount.element.node}.{amount.key}" for amount in left))
    one = len(left) == 1
    message = (
        f"Amounts are in {currency} here and in {old} in `{base.process.id}`, and "
        f"{f'{len(left)} are' if not one else 'one is'} still the same number: {places}."
    )
    yield RULE.found(
        "currency",
        _written(base) or facts.process.span,
        message,
        hint=f"Write {'it' if one else 'them'} in {currency}.",
        related=tuple(
            Related(each.element.path, each.element.span, f"an amount in {old}")
            for each in left[:_SHOWN]
        ),
    )


def _written(base: Original) -> Span | None:
    """Where the variant changes its currency."""
    return next((change.span for change in base.changes if change.path == "currency"), None)


RULE = Rule(
    name="currency-left-behind",
    family="variants",
    severity="warning",
    find=find,
    module=__name__,
)
