"""Every deal that is won needs one and the same person: when that person is away, nothing is won.

Why it costs deals
    Illness, holidays or a new job of one person stop all sales at once. What only this person knows
    is written down nowhere.

    It looks for roles with `people: 1` whose work no way to won goes round, and that nobody else
    takes over (`escalate`).

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    departments:
      sales: {people: 4}
      legal: {people: 1}  # error: [single-person-path]
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, effort: 1h, next: {interested: contract, not_a_fit: lost}}
      contract: {by: legal, effort: 2h, next: {signed: won, refused: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    departments:
      sales: {people: 4}
      legal: {people: 1}
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, effort: 1h, next: {interested: contract, not_a_fit: lost}}
      contract:
        by: legal
        effort: 2h
        escalate: {after: 3d, by: sales}
        next: {signed: won, refused: lost}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.analysis.crews import needing, won_without
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.words import comes_by, named
from salesflow.findings import Finding
from salesflow.process.people import Role


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each role of one person without whom nothing is won."""
    process = facts.process
    alone = [role for role in process.roles.values() if role.people == 1 and not role.external]
    if not alone or not won_without(process, facts.flow, set()):
        return
    for role in alone:
        closed = needing(process, role.id)
        if closed and not won_without(process, facts.flow, closed):
            yield _finding(facts, role, closed)


def _finding(facts: Facts, role: Role, closed: set[str]) -> Finding:
    distance = facts.flow.distance
    steps = sorted(closed & distance.keys(), key=distance.__getitem__)
    needed = [step for step in steps if not won_without(facts.process, facts.flow, {step})]
    where = named(needed) if needed else f"one of {named(steps)}"
    steps = needed or steps
    witness = facts.flow.way(steps[0])
    message = f"Every deal that is won needs the one person of `{role.id}`, at {where}."
    hint = (
        "Let a second person do it (`people: 2`), or somebody else after a while: "
        f"`escalate: {{after: 2d, by: …}}` at `{steps[0]}`."
    )
    return RULE.at(role, f"{message}{comes_by(witness)}", hint=hint, witness=witness)


RULE = Rule(
    name="single-person-path",
    family="resources",
    severity="info",
    preset="all",
    find=find,
    module=__name__,
)
