"""A way is drawn to this step, and no deal ever takes it.

Why it costs deals
    The approval stands in the drawing, so everybody counts on it. The result that leads to it is
    never allowed, or another one always takes its place: the work is not done for a single deal.

    What lies behind is named in the same finding. A step that no way is drawn to is
    `unreachable-step`; where deals get stuck before they come here, that is told there.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {interested: offer, not_a_fit: lost}}
      offer: {by: sales, next: {accepted: won, other: {to: approve, otherwise: true}}}
      approve: {by: director, next: {approved: won, denied: lost}}  # error: [dead-step]
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {interested: offer, not_a_fit: lost}}
      offer: {by: sales, next: {accepted: won, discount: approve}}
      approve: {by: director, next: {approved: won, denied: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.analysis.never import Dead
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.words import named
from salesflow.findings import Finding
from salesflow.process.steps import Branch


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each part that is drawn and that no run comes to, at its first step."""
    if facts.behaviour.never_entered:
        for dead in facts.trouble.never.steps():
            yield _finding(facts, dead)


def _finding(facts: Facts, dead: Dead) -> Finding:
    from salesflow.checking.run_words import (
        element_at,
        never,
        places,
        result_at,
    )  # only where something is wrong

    nodes = facts.process.nodes
    first = min(dead.steps, key=lambda node: (facts.flow.distance[node], node))
    behind = sorted({*dead.steps, *dead.behind} - {first})
    within = {node for node in behind if any(node.startswith(f"{b}.") for b in (first, *behind))}
    behind = [node for node in behind if node not in within]
    ways = named(dead.by)
    taken = "is never taken" if len(dead.by) == 1 else "are never taken"
    hint = f"Find out why {ways} cannot happen, or remove what lies behind."
    related = tuple(places(facts.process, dead.by, "never happens"))
    message = f"No deal ever comes to `{first}`: {ways} {taken}"
    only = result_at(facts.process, dead.by[0]) if len(dead.by) == 1 else None
    branch = element_at(facts.process, dead.by[0])
    if only is not None:
        why, hint, more = never(facts.process, only)
        message += f", for {why}"
        related += more
    elif isinstance(branch, Branch) and branch.when is not None:
        message = f"No deal ever comes to `{first}`: its branch never runs, for no deal that comes "
        message += f"there fulfils `{branch.when}`"
        hint = "Change the condition, or remove the branch."
    if behind:
        message += f". With it nobody comes to {named(behind)}"
    return RULE.at(nodes[first], f"{message}.", hint=hint, related=related)


RULE = Rule(
    name="dead-step",
    family="behaviour",
    severity="error",
    preset="correctness",
    find=find,
    module=__name__,
)
