"""By the shares a deal goes round and round in a loop: ten times or more, or for ever.

Why it costs deals
    Each round is work, and in the tenth nobody believes in the deal any more. Mostly a share is
    mistyped (95% back instead of 5%); if it is true, the loop eats the time of everybody in it.

    A loop that nothing leaves is `endless-loop`. One that ends at a limit (`at_most`), or is mostly
    left soon, is fine.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: offer}}
    steps:
      offer: {by: sales, next: review}
      review:  # error: [divergent-rework]
        by: sales
        next:
          approved: {to: won, share: 4%}
          refused: {to: lost, share: 1%}
          again: {to: offer, share: rest}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: offer}}
    steps:
      offer: {by: sales, next: review}
      review:
        by: sales
        next:
          approved: {to: won, share: 60%}
          refused: {to: lost, share: 10%}
          again: {to: offer, share: rest, at_most: 3}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator
from typing import Any

from salesflow.analysis.verdict import TRAPPED
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.words import comes_by, named
from salesflow.findings import Finding, Related
from salesflow.quantities import format_share

INFINITE = float("inf")
ROUNDS = 10
_MOST_RELATED = 3


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each loop in which deals go round too often, at the step most visited."""
    trapped = any(fault.kind == TRAPPED for fault in facts.behaviour.faults)
    if not facts.has_shares or trapped:  # that is told there
        return
    from salesflow.analysis.rework import circle, loops  # most processes have no shares

    found = [loop for loop in loops(facts.flow) if not _timed(facts, loop)]
    if not found:
        return
    told: set[str] = set()
    for source, deals in facts.chain.sources.items():
        for loop in found:
            known = circle(facts.process, facts.flow, loop, deals, source)
            if known and known.rounds >= ROUNDS and known.node not in told and _left(known):
                told.add(known.node)
                yield _finding(facts, known)


def _timed(facts: Facts, loop: list[str]) -> bool:
    """Whether a time limit may end the loop: how often it does is not said by shares."""
    for place in loop:
        step = facts.process.nodes.get(place)
        if step is not None and (
            step.timeout or (step.scope and facts.finishing.withdrawn(step.scope))
        ):
            return True
    return False


def _left(circle: Any) -> bool:
    """Whether deals leave a ``Circle`` in the end, or could but for their values."""
    return circle.rounds < INFINITE or any(
        result.when is not None and result.share != 0 for result in circle.ways_out
    )


def _finding(facts: Facts, circle: Any) -> Finding:
    witness = facts.flow.way(circle.node)
    message = (
        f"By the shares a deal that comes into the loop of `{circle.node}` is there "
        f"{circle.rounds:.0f} times on average.{comes_by(witness)}"
    )
    if circle.rounds == INFINITE:
        message = (
            f"By the shares and values drawn no deal leaves the loop of `{circle.node}`."
            f"{comes_by(witness)}"
        )
    back = sorted(circle.inside, key=lambda result: -(result.share or 0.0))
    back = [result for result in back if result.share is not None][:_MOST_RELATED]
    related = tuple(
        Related(r.path, r.span, f"`{r.id}` stays in the loop: {format_share(r.share or 0.0)}")
        for r in back
    )
    ways = named(result.node for result in back[:1]) or "the way back"
    hint = f"Check the share of {ways}, or limit it, e.g. `at_most: 3`."
    return RULE.at(
        facts.process.nodes[circle.node], message, hint=hint, witness=witness, related=related
    )


RULE = Rule(
    name="divergent-rework", family="resources", severity="warning", find=find, module=__name__
)
