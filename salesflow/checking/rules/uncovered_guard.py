"""Deals come to a step and no result is allowed for them: each condition is false.

Why it costs deals
    Such a deal stays where it is. Nobody is told to go on with it, and it is neither won nor lost,
    until somebody misses it. Most often a range was forgotten between two conditions, or a value
    that was added to a choice later.

    Every way of a deal counts with what is known on it: where only large deals come, small ones
    need no result. A field that may not be filled counts too: a comparison with it is false. Where
    only values exactly on a bound are left out it is `boundary-gap`; where limits (`at_most`) are
    spent, `limits-exhausted`; where a time limit gets the deal out, `may-wait-for-timeout`.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    data: {amount: {type: money}}
    sources: {inbound: {start: call, gives: {amount: {min: 1000, max: 90000}}}}
    steps:
      call: {by: sales, next: {interested: offer, not_a_fit: lost}}
      offer:  # error: [uncovered-guard]
        by: sales
        next:
          standard: {to: won, when: amount < 20000}
          large: {to: approve, when: amount >= 50000}
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
          standard: {to: won, when: amount < 50000}
          large: {to: approve, when: amount >= 50000}
      approve: {by: director, next: {approved: won, refused: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.findings import Finding


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each step where a deal can stand that fulfils no condition."""
    gaps = [gap for gap in facts.stranded if not gap.bound]
    if not gaps:
        return
    from salesflow.checking.guard_words import dead, stuck, to_cover  # only for findings

    for gap in gaps:
        finding = RULE.at(
            gap.step,
            stuck(gap),
            hint=to_cover(facts.process, gap),
            witness=gap.witness,
            related=dead(facts.guards, gap.step),
        )
        yield finding if gap.sure else RULE.possible(finding)


RULE = Rule(
    name="uncovered-guard",
    family="guards",
    severity="error",
    preset="correctness",
    find=find,
    module=__name__,
)
