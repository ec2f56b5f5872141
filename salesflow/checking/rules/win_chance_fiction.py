"""The chance to win that a stage promises is far from what the shares say.

Why it costs deals
    The forecast multiplies every open deal by the `win_chance` of its stage. If 60% is written and
    the steps ahead let 25% through, more than half of the forecast will never come.

    What the shares say is the chance of won among all deals that ever stand in the stage, however
    they end: as a CRM counts it. Differences up to 10 points, or by less than half as much again,
    are no finding. Time-outs, which shares do not say, are left aside: mostly they lower it.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    stages:
      lead: {win_chance: 12%}
      proposal: {win_chance: 70%}  # error: [win-chance-fiction]
    sources: {inbound: {start: call}}
    steps:
      call:
        by: sales
        stage: lead
        next: {interested: {to: offer, share: 40%}, not_a_fit: {to: lost, share: rest}}
      offer:
        by: sales
        stage: proposal
        next: {accepted: {to: won, share: 30%}, refused: {to: lost, share: rest}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    stages:
      lead: {win_chance: 12%}
      proposal: {win_chance: 30%}
    sources: {inbound: {start: call}}
    steps:
      call:
        by: sales
        stage: lead
        next: {interested: {to: offer, share: 40%}, not_a_fit: {to: lost, share: rest}}
      offer:
        by: sales
        stage: proposal
        next: {accepted: {to: won, share: 30%}, refused: {to: lost, share: rest}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.findings import Finding
from salesflow.quantities import format_share

POINTS = 0.10
FACTOR = 1.5


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each stage whose chance is far from that of the deals that stand there."""
    process = facts.process
    stages = [stage for stage in process.stages.values() if stage.win_chance is not None]
    if not stages or not facts.has_shares or facts.chain.all is None:
        return
    for stage in stages:
        odds = facts.chain.all.stages.get(stage.id)
        said = stage.win_chance or 0.0
        if odds is None or not odds.reached or (not odds.win_chance and facts.deals_stay):
            continue  # where nobody wins at all, another finding says why
        if far(said, odds.win_chance):
            known = format_share(round(odds.win_chance, 2))
            reached = format_share(round(odds.reached, 2))
            message = (
                f"`{stage.id}` promises that {format_share(said)} of its deals are won; by the "
                f"shares it is {known}."
            )
            hint = (
                f"Write `win_chance: {known}`, or correct the shares of the steps behind it "
                f"({reached} of all deals stand there at some time)."
            )
            if facts.deals_stay:
                hint = "Some deals get stuck, which counts here: mend that first, then look again."
            yield RULE.at(stage, message, hint=hint)


def far(said: float, known: float) -> bool:
    """Whether two chances are more than 10 points and more than half as much again apart."""
    low, high = sorted((said, known))
    return high - low > POINTS + 1e-9 and high > FACTOR * low


RULE = Rule(
    name="win-chance-fiction", family="shares", severity="warning", find=find, module=__name__
)
