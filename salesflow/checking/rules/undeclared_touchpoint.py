"""Deals move from one department to another, and no touchpoint says what must be handed over.

Why it costs deals
    Between departments is where deals are lost: the receiver does not know what it can count on,
    nor by when it must have begun. A touchpoint is that promise.

    It is asked once the file declares a touchpoint. External departments and steps that nobody does
    are looked through: sales → buyer → legal is a handoff from sales to legal.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    departments: {sales: {}, legal: {}, success: {}}
    data: {quote: {type: document}}
    sources: {inbound: {start: offer}}
    steps:
      offer: {by: sales, captures: [quote], next: {accepted: contract, refused: lost}}
      contract: {by: legal, next: {signed: handover, refused: lost}}
      handover: {by: success, next: won}  # error: [undeclared-touchpoint]
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    touchpoints:
      sales_to_legal: {from: sales, to: legal, requires: [quote]}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    departments: {sales: {}, legal: {}, success: {}}
    data: {quote: {type: document}}
    sources: {inbound: {start: offer}}
    steps:
      offer: {by: sales, captures: [quote], next: {accepted: contract, refused: lost}}
      contract: {by: legal, next: {signed: handover, refused: lost}}
      handover: {by: success, next: won}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    touchpoints:
      sales_to_legal: {from: sales, to: legal, requires: [quote]}
      new_customers: {from: legal, to: success, requires: [quote]}
    ```
"""

from collections.abc import Iterator

from salesflow.analysis.crossings import Handoff
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.words import named
from salesflow.findings import Finding, Related
from salesflow.process.model import Process

_MOST_RELATED = 5


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each two departments between which deals cross without a contract."""
    if not facts.process.touchpoints:
        return
    open_: dict[tuple[str, str], list[Handoff]] = {}
    for handoff in facts.threads.table:
        if not handoff.covered_by and facts.flow.reachable(handoff.place):
            open_.setdefault((handoff.giver, handoff.receiver), []).append(handoff)
    for same in open_.values():
        yield _finding(facts, same)


def _finding(facts: Facts, same: list[Handoff]) -> Finding:
    giver, receiver, node, at, via, _, place, _ = same[0]
    step = facts.process.nodes[place]
    source = node in facts.process.sources
    by = f"from the source `{node}`" if source else f"by `{node}.{via}`"
    others = [each for each in dict.fromkeys(other.at for other in same) if each != at]
    more = f" and at {named(others)}" if others else ""
    message = (
        f"`{receiver}` takes over from `{giver}` at `{at}` ({by}){more}, "
        "and no touchpoint says what is handed over."
    )
    related = tuple(
        Related(_giving(facts.process, other), other.span, f"`{giver}` lets go here")
        for other in same[:_MOST_RELATED]
    )
    hint = f"Add one: `{giver}_to_{receiver}: {{from: {giver}, to: {receiver}, requires: […]}}`."
    way = facts.flow.way_by(node, same[0].transition, place) or facts.flow.way(place)
    return RULE.at(step, message, hint=hint, witness=way, related=related)


def _giving(process: Process, handoff: Handoff) -> str:
    """The path of the result, or source, that lets go; a run's result for what lies in the run."""
    if handoff.giver_node in process.sources:
        return process.sources[handoff.giver_node].path
    node = handoff.giver_node
    while node not in process.nodes:
        node = node.rpartition(".")[0]
    return process.nodes[node].next[handoff.via].path


RULE = Rule(
    name="undeclared-touchpoint", family="bridges", severity="warning", find=find, module=__name__
)
