"""Two departments can return a deal to each other again and again, and nothing ends it.

Why it costs deals
    Each round costs both of them work and the customer a week. Neither can see that this is the
    sixth time, and nobody is asked to decide.

    A limit (`at_most`) on one of the results of the round, or a time limit on one of its steps,
    ends it. External departments are looked through: sales → buyer → legal is a move from sales to
    legal.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    departments: {sales: {}, legal: {}}
    sources: {inbound: {start: offer}}
    steps:
      offer: {by: sales, next: {accepted: contract, refused: lost}}
      contract: {by: legal, next: {signed: won, unclear: offer}}  # error: [ping-pong]
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    departments: {sales: {}, legal: {}}
    sources: {inbound: {start: offer}}
    steps:
      offer: {by: sales, next: {accepted: contract, refused: lost}}
      contract: {by: legal, next: {signed: won, unclear: {to: offer, at_most: 2}}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.analysis.rallies import Rally, rallies
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.words import comes_by, named
from salesflow.findings import Finding, Related


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each round of two departments, at the result that hands the deal back."""
    if facts.process.people.declared and len(facts.process.departments) > 1:
        for rally in rallies(facts.threads):
            yield _finding(facts, rally)


def _finding(facts: Facts, rally: Rally) -> Finding:
    back, there = rally.back, rally.there
    witness = facts.flow.way(back.step)
    message = (
        f"`{rally.first}` and `{rally.second}` can return a deal to each other without limit: "
        f"`{back.node}` leads back, and `{there.node}` there again.{comes_by(witness)}"
    )
    hint = f"Give `{back.id}` a limit (`at_most: 2`)"
    others = [result for result in facts.process.nodes[back.step].chosen() if result is not back]
    free = sorted(r.id for r in others if r.when is None and r.at_most is None)
    if free:
        hint += f". After that {named(free)} {'is' if len(free) == 1 else 'are'} left; add a "
        hint += "result for who decides then, if need be."
    else:
        hint += ", and say who decides then: a result with `otherwise: true`."
    related = (Related(there.path, there.span, f"goes to `{rally.second}` again"),)
    return RULE.at(back, message, hint=hint, witness=witness, related=related)


RULE = Rule(name="ping-pong", family="bridges", severity="warning", find=find, module=__name__)
