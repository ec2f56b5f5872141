"""Two conditions meet at a value, and a deal with exactly this value is allowed no result.

Why it costs deals
    `amount < 20000` and `amount > 20000` look as if they covered everything. A deal of exactly
    20,000, and round figures are frequent, stays where it is and nobody is told to go on with it.

    It is `uncovered-guard` in its smallest form, and told by one of the two names only: by this one
    where, of deals with all fields filled, nothing but values exactly on a bound is left out.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    data: {amount: {type: money}}
    sources: {inbound: {start: call, gives: {amount: {min: 1000, max: 90000}}}}
    steps:
      call: {by: sales, next: {interested: offer, not_a_fit: lost}}
      offer:  # error: [boundary-gap]
        by: sales
        next:
          standard: {to: won, when: amount < 20000}
          large: {to: approve, when: amount > 20000}
      approve: {by: director, next: {approved: won, refused: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    data: {amount: {type: money}}
    sources: {inbound: {start: call, gives: {amount: {min: 1000, max: 90000}}}}
    steps:
      call: {by: sales, next: {interested: offer, not_a_fit: lost}}
      offer:
        by: sales
        next:
          standard: {to: won, when: amount < 20000}
          large: {to: approve, when: amount >= 20000}
      approve: {by: director, next: {approved: won, refused: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.findings import Finding


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each step where a deal gets stuck whose value lies exactly on a bound."""
    gaps = [gap for gap in facts.stranded if gap.bound]
    if not gaps:
        return
    from salesflow.checking.guard_words import stuck, to_take_in  # only where there is a finding

    for gap in gaps:
        finding = RULE.at(
            gap.step, stuck(gap), hint=to_take_in(facts.process, gap), witness=gap.witness
        )
        yield finding if gap.sure else RULE.possible(finding)


RULE = Rule(
    name="boundary-gap",
    family="guards",
    severity="error",
    preset="correctness",
    find=find,
    module=__name__,
)
