"""Every step goes on, and none reaches an outcome: a deal in this loop never ends.

Why it costs deals
    The work looks alive, there is always a next step, and still no deal in it can be won or lost.
    It ties up people, and the forecast counts it as open until somebody closes it by hand.

    It is reported once, at the step where deals enter the loop. A loop that can be left is fine,
    and so is one in a branch that is withdrawn: by the block's time limit, by `join: any`, or when
    another branch leaves the block.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call:  {by: sales, next: {interested: quote, not_a_fit: lost}}
      quote: {by: sales, next: {sent: remind}}  # error: [endless-loop]
      remind: {by: sales, next: {asked_again: quote}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call:  {by: sales, next: {interested: quote, not_a_fit: lost}}
      quote: {by: sales, next: {sent: remind}}
      remind: {by: sales, next: {asked_again: quote, signed: won, silent: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.analysis.graphs import circular, components
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.words import comes_by, named
from salesflow.findings import Finding, Related

_MOST_RELATED = 10


def find(facts: Facts) -> Iterator[Finding]:
    """One finding for each loop that deals come into and cannot leave."""
    flow = facts.flow
    lost = [place for place in flow.arrival if place not in flow.ending]
    for component in components(lost, flow.successors):
        members = set(component)
        closed = all(end in members for place in component for end in flow.successors[place])
        if closed and circular(component, flow.successors):
            places = sorted(component, key=flow.distance.__getitem__)
            steps = list(dict.fromkeys(flow.element(place) for place in places))
            if not facts.finishing.withdrawn(facts.process.nodes[steps[0]].scope):
                yield _finding(facts, places[0], steps)


def _finding(facts: Facts, entry: str, steps: list[str]) -> Finding:
    nodes = facts.process.nodes
    witness = facts.flow.way(entry)
    ring = "leads only back to itself"
    if len(steps) > 1:
        ring = f"{named(steps)} lead only to each other"
    message = f"A deal that comes to `{steps[0]}` never ends: {ring}.{comes_by(witness)}"
    related = tuple(
        Related(nodes[node].path, nodes[node].span, "goes on within the loop")
        for node in steps[1 : _MOST_RELATED + 1]
    )
    hint = "Give one of these steps a result that leads out, to an outcome in the end."
    if nodes[steps[0]].scope:
        hint = "Give one of these steps a result that leads to `done` or `leave`."
    return RULE.at(nodes[steps[0]], message, hint=hint, witness=witness, related=related)


RULE = Rule(
    name="endless-loop",
    family="structure",
    severity="error",
    preset="correctness",
    find=find,
    module=__name__,
)
