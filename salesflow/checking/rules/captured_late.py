"""Deals count in the forecast before anybody knows what they are worth.

Why it costs deals
    A stage with a `win_chance` puts the deal into the forecast: chance times worth. As long as the
    worth is captured only later, on every way, the early stages add nothing to it, and the pipeline
    looks thin until it is too late to act.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    value: amount
    data: {amount: {type: money}}
    stages: {lead: {win_chance: 20%}, offer: {win_chance: 50%}}
    sources: {inbound: {start: call}}
    steps:
      call:  # error: [captured-late]
        {by: sales, stage: lead, next: {interested: demo, not_a_fit: lost}}
      demo: {by: sales, stage: offer, next: {likes: quote, passes: lost}}
      quote: {by: sales, captures: [amount], next: {buys: won, passes: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    value: amount
    data: {amount: {type: money}}
    stages: {lead: {win_chance: 20%}, offer: {win_chance: 50%}}
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, stage: lead, captures: [amount], next: {interested: demo, not_a_fit: lost}}
      demo: {by: sales, stage: offer, next: {likes: quote, passes: lost}}
      quote: {by: sales, next: {buys: won, passes: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.words import comes_by
from salesflow.findings import Finding, Related


def find(facts: Facts) -> Iterator[Finding]:
    """A finding at the first step that is in the forecast, if the worth is never known there."""
    process = facts.process
    if process.value is None or not process.stages:
        return
    from salesflow.analysis.writes import unvalued_stage  # only files with stages and values

    found = unvalued_stage(process, facts.flow)
    if found is None:
        return
    step, later = found
    way = facts.flow.way(step.node)
    message = (
        f"Deals are in the forecast from `{step.node}` on (stage `{step.stage}`), and "
        f"`{process.value}`, their worth, is captured only later.{comes_by(way)}"
    )
    hint = f"Capture it before (`captures: [{process.value}]`), at least as an estimate."
    related = tuple(
        Related(write.element.path, write.element.span, "captured here") for write in later[:5]
    )
    yield RULE.at(step, message, hint=hint, witness=way, related=related)


RULE = Rule(
    name="captured-late",
    family="data",
    severity="warning",
    find=find,
    module=__name__,
)
