"""A limit is spent in one round, and a later round comes back to it with nothing left to take.

Why it costs deals
    `at_most` counts over the whole deal, not for each round. When the last rework is used up the
    deal goes to the director, who sends it back for one more, and there is no more: whatever the
    director settles, it comes straight back. That round was work for nothing.

    It is asked where every way back to success leads through that step, and nothing but the limited
    results and the way round is left there. A round that can also succeed without it is fine.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: offer}}
    steps:
      offer:
        by: sales
        next:
          sent: {to: decision, at_most: 3}  # error: [limit-spent-in-loop]
          no_more: {to: director, otherwise: true}
      decision: {by: buyer, next: {signed: won, changes: offer, refused: lost}}
      director: {by: director, next: {try_again: offer, given_up: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: offer}}
    steps:
      offer:
        by: sales
        next:
          sent: {to: decision, at_most: 3}
          no_more: {to: director, otherwise: true}
      decision: {by: buyer, next: {signed: won, changes: offer, refused: lost}}
      director: {by: director, next: {last_offer: decision, given_up: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.analysis.graphs import reached_anew
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.words import named
from salesflow.findings import Finding, Related
from salesflow.process.steps import DONE, Result, Step

MOST_LOOKED_AT = 100  # steps of one process

_GOOD = ("won", "done")


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each step that deals are sent back to when its limits are spent."""
    looked_at = 0
    for step in facts.process.nodes.values():
        other = next((r for r in step.next.values() if r.otherwise), None)
        limited = [result for result in step.chosen() if result.at_most is not None]
        free = len(limited) < sum(True for _ in step.chosen())
        if other is None or not limited or free or not facts.flow.reachable(step.node):
            continue
        if all(result.when is None for result in limited) and looked_at < MOST_LOOKED_AT:
            looked_at += 1
            back = _way_back(facts, step, other)
            if back:
                yield _finding(step, limited, other, back)


def _way_back(facts: Facts, step: Step, other: Result) -> str:
    """The place from which the way round leads back to a step; "" where success is possible."""
    flow = facts.flow
    ends = [edge.end for edge in flow.edges[step.node] if edge.via == other.node]
    round_ = reached_anew(ends, flow.successors, {step.node})
    outcomes = facts.process.outcomes
    if round_.isdisjoint(outcomes):
        return ""  # no way out at all: `trapped` says so
    if any(place in outcomes and outcomes[place].kind in _GOOD for place in round_):
        return ""
    block = step.scope.rpartition(".")[0]
    if block and f"{block}.{DONE}" in round_:
        return ""
    before = round_.intersection(flow.predecessors[step.node])
    return min((flow.element(place) for place in before), default="")


def _finding(step: Step, limited: list[Result], other: Result, back: str) -> Finding:
    names = named(result.id for result in limited)
    first = limited[0]
    message = (
        f"When {names} of `{step.node}` {'is' if len(limited) == 1 else 'are'} spent, "
        f"`{other.id}` leads by `{back}` back to `{step.node}`, where nothing else is left: "
        "limits count over the whole deal."
    )
    hint = (
        f"Lead the way round past `{step.node}`, to where the deal can still succeed, or let "
        f"`{other.id}` lead to an end."
    )
    related = (Related(other.path, other.span, "leads round, and back to the spent limit"),)
    return RULE.at(first, message, hint=hint, related=related)


RULE = Rule(
    name="limit-spent-in-loop", family="behaviour", severity="warning", find=find, module=__name__
)
