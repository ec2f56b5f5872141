"""Some deals are won without the department that takes over after the sale ever getting them.

Why it costs deals
    For most customers onboarding starts the day after the signature. These ones signed as well, and
    nobody who is to look after them knows.

    The department that takes over is one that a touchpoint promises deals to, that hands them to
    nobody and has nothing but the end before it. A policy (`response`) can ask it of any step.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    departments: {sales: {}, success: {}}
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {interested: offer, not_a_fit: lost}}
      offer: {by: sales, next: {signed: handover, at_once: won, refused: lost}}
      handover: {by: success, next: {started: won, gave_up: lost}}
    outcomes:
      won: {kind: won}  # error: [won-without-handover]
      lost: {kind: lost}
    touchpoints: {new_customers: {from: sales, to: success, accept_within: 2d}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    departments: {sales: {}, success: {}}
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {interested: offer, not_a_fit: lost}}
      offer: {by: sales, next: {signed: handover, at_once: handover, refused: lost}}
      handover: {by: success, next: {started: won, gave_up: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    touchpoints: {new_customers: {from: sales, to: success, accept_within: 2d}}
    ```
"""

from collections.abc import Iterator

from salesflow.analysis.takeovers import Skipped, skipped
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.words import comes_by
from salesflow.findings import Finding, Related

_MOST_RELATED = 5


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each department that takes over customers but not all of them."""
    process = facts.process
    if process.touchpoints:
        for found in skipped(facts.threads):
            yield _finding(facts, found)


def _finding(facts: Facts, found: Skipped) -> Finding:
    department, steps, outcome, witness = found
    message = (
        f"Deals can end `{outcome}` without `{department}` ever getting them, which else takes "
        f"over before that.{comes_by(witness)}"
    )
    nodes = facts.process.nodes
    hint = f"Lead this way through `{steps[0]}` as well, or add an outcome for deals without it."
    related = tuple(
        Related(nodes[node].path, nodes[node].span, f"`{department}` takes over here")
        for node in steps[:_MOST_RELATED]
    )
    element = facts.process.outcomes[outcome]
    return RULE.at(element, message, hint=hint, witness=witness, related=related)


RULE = Rule(
    name="won-without-handover",
    family="outcomes",
    severity="info",
    preset="all",
    find=find,
    module=__name__,
)
