"""Deals can be lost without a reason, in a process that writes the reason down elsewhere.

Why it costs deals
    Half of the losses say why and the other half do not, so nobody learns which half is the
    problem. An outcome that requires the reason asks for it on every way.

    It is asked once a field with `reason` in its name is declared, or one way into a loss fills a
    field that another one does not.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    data: {loss_reason: {type: choice, values: [price, timing]}}
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {interested: offer, not_a_fit: lost}}
      offer:
        by: sales
        next: {accepted: won, refused: {to: lost, set: {loss_reason: price}}}
    outcomes:
      won: {kind: won}
      lost: {kind: lost}  # error: [loss-without-reason]
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    data: {loss_reason: {type: choice, values: [price, timing]}}
    sources: {inbound: {start: call}}
    steps:
      call:
        by: sales
        next: {interested: offer, not_a_fit: {to: lost, set: {loss_reason: timing}}}
      offer:
        by: sales
        next: {accepted: won, refused: {to: lost, set: {loss_reason: price}}}
    outcomes:
      won: {kind: won}
      lost: {kind: lost, requires: [loss_reason]}
    ```
"""

from collections.abc import Iterator

from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.words import named
from salesflow.findings import Finding, Related
from salesflow.process.model import Outcome
from salesflow.process.steps import Result

_MOST_RELATED = 5


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each lost outcome that some ways give a reason for and others do not."""
    process = facts.process
    if not process.data:
        return
    lost = [o for o in process.outcomes.values() if o.kind == "lost" and not o.requires]
    if not lost:
        return
    ways = {outcome.id: _ways(facts, outcome) for outcome in lost}
    reasons = {name for name in process.data if "reason" in name.split("_")}
    for results in ways.values():
        reasons.update(name for result in results for name in _fills(result))
    if reasons:
        for outcome in lost:
            silent = [r for r in ways[outcome.id] if reasons.isdisjoint(_filled(facts, r))]
            if silent:
                yield _finding(outcome, silent, sorted(reasons))


def _ways(facts: Facts, outcome: Outcome) -> list[Result]:
    """The results that lead straight to an outcome."""
    return [
        result
        for step in facts.process.nodes.values()
        if facts.flow.reachable(step.node)
        for result in step.next.values()
        if outcome.id in result.targets
    ]


def _fills(result: Result) -> set[str]:
    return {*result.set, *result.captures}


def _filled(facts: Facts, result: Result) -> set[str]:
    step = facts.process.nodes[result.step]
    return _fills(result) | {*getattr(step, "captures", ())}


def _finding(outcome: Outcome, silent: list[Result], reasons: list[str]) -> Finding:
    names = sorted(result.node for result in silent)
    sets = "sets" if len(names) == 1 else "set"
    message = f"Deals can end `{outcome.id}` without a reason: {named(names)} {sets} none."
    reason = next((name for name in reasons if "reason" in name), reasons[0])
    hint = f"Write `requires: [{reason}]` here, and set it on each way (`set: {{{reason}: …}}`)."
    related = tuple(
        Related(result.path, result.span, "gives no reason")
        for result in sorted(silent, key=lambda result: result.path)[:_MOST_RELATED]
    )
    return RULE.at(outcome, message, hint=hint, related=related)


RULE = Rule(
    name="loss-without-reason", family="outcomes", severity="warning", find=find, module=__name__
)
