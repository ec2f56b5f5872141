"""Promises that add up to more than the time they are to keep together.

Why it costs deals
    Every step keeps its promise and the deal is late all the same: nobody is to blame, and nobody
    can mend it. Either a step has more time than it may have, or the whole is promised too soon.

    Counted is the quickest way: each step takes what its `sla` allows, or without one its least
    effort and wait, and threads that meet wait for the last one. It is compared with objectives on
    `time`, and with the `sla` of a block or a run around the steps.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, sla: {within: 5d}, next: {interested: demo, not_a_fit: lost}}
      demo: {by: sales, sla: {within: 20d}, next: {buys: sign, passes: lost}}
      sign: {by: buyer, sla: {within: 10d}, next: won}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    objectives:
      a_month: {measure: time, to: won, statistic: p90, at_most: 30d}  # error: [sla-chain]
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, sla: {within: 5d}, next: {interested: demo, not_a_fit: lost}}
      demo: {by: sales, sla: {within: 14d}, next: {buys: sign, passes: lost}}
      sign: {by: buyer, sla: {within: 10d}, next: won}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    objectives:
      a_month: {measure: time, to: won, statistic: p90, at_most: 30d}
    ```
"""

from collections.abc import Iterator

from salesflow.analysis.aims import Aim
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.time_words import journey, lasting, legs_of, takes
from salesflow.findings import Finding, Related
from salesflow.process.steps import Step


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each objective, block and run with less time than what belongs to it."""
    if not any(step.sla is not None for step in facts.process.nodes.values()):
        return
    for step, hours in facts.goals.blocks_promised_later():
        if facts.flow.reachable(step.node):
            yield _around(facts, step, hours)
    if facts.process.objectives:
        missed = {aim.objective.id for aim in facts.too_soon}
        for aim in facts.goals.promised_later():
            if aim.objective.id not in missed:
                yield _objective(facts, aim)


def _around(facts: Facts, step: Step, hours: float) -> Finding:
    within = "" if step.sla is None else step.sla.within
    message = (
        f"`{step.node}` is to be done within {within}, but {takes(step)} {lasting(hours)} "
        "if every step in it takes what it may."
    )
    hint = f"Give it at least {lasting(hours)}, or the steps in it less."
    return RULE.at(step, message, hint=hint, witness=facts.flow.way(step.node))


def _objective(facts: Facts, aim: Aim) -> Finding:
    objective = aim.objective
    message = (
        f"{journey(objective)} is to take {lasting(objective.limit)} at most, but what the steps "
        f"may take adds up to {lasting(aim.hours)} on the quickest way: {legs_of(aim)}."
    )
    hint = "Give steps on the way less time, or the whole more."
    nodes = facts.process.nodes
    related = tuple(
        Related(nodes[leg.node].path, nodes[leg.node].span, f"{lasting(leg.hours)} here")
        for leg in sorted(aim.legs, key=lambda leg: -leg.hours)[:3]
        if nodes[leg.node].sla is not None
    )
    return RULE.at(objective, message, hint=hint, witness=aim.way, related=related)


RULE = Rule(name="sla-chain", family="time", severity="warning", find=find, module=__name__)
