"""An objective that is missed even with as many people as one likes.

Why it costs deals
    The figure is red in every report, whoever is hired and however hard they work, so people stop
    looking at it. What has to change is the process or the objective.

    Told is only what is certain: a time below that of the quickest way (least efforts and waits,
    office hours, `available`), or below the mean or quantile of steps that every deal goes through;
    more selling time than `available` leaves; more deals than arrive; a promise kept more often
    than arrivals and office hours allow; a win rate above what the shares give; a load below what
    the arriving deals ask for.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    departments: {sales: {}, buyer: {external: true}}
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, effort: 1h, next: {interested: sign, not_a_fit: lost}}
      sign: {by: buyer, wait: {min: 12d, max: 40d}, next: {signed: won, refused: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    objectives:
      quick: {measure: time, to: won, at_most: 10d}  # error: [objective-unreachable]
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    departments: {sales: {}, buyer: {external: true}}
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, effort: 1h, next: {interested: sign, not_a_fit: lost}}
      sign: {by: buyer, wait: {min: 12d, max: 40d}, next: {signed: won, refused: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    objectives:
      quick: {measure: time, to: won, at_most: 30d}
    ```
"""

from collections.abc import Iterator

from salesflow.analysis.aims import Aim, Missed
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.time_words import journey, lasting, legs_of, percent
from salesflow.findings import Finding
from salesflow.quantities import decimal_text, format_share


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each objective that cannot be met."""
    if not facts.process.objectives:
        return
    for aim in facts.too_soon:
        yield _late(aim)
    for missed in facts.missed:
        yield _missed(missed)


def _late(aim: Aim) -> Finding:
    objective = aim.objective
    said = f"no deal takes less than {lasting(aim.hours)}"
    if aim.statistic != "least":
        what = "mean" if aim.statistic == "mean" else aim.statistic
        said = f"even with no queue the {what} is at least {lasting(aim.hours)}"
    message = (
        f"{journey(objective)} is to take {lasting(objective.limit)} at most, but {said}: "
        f"{legs_of(aim)}."
    )
    hint = f"Shorten a step on the way, or set `at_most` above {lasting(aim.hours)}."
    return RULE.at(objective, message, hint=hint, witness=aim.way)


def _missed(missed: Missed) -> Finding:
    objective = missed.objective
    wanted, best = decimal_text(objective.limit), decimal_text(round(missed.best, 2))
    if objective.unit == "share":
        wanted, best = format_share(objective.limit), percent(missed.best)
    of = f" of `{objective.of}`" if objective.of else ""
    side, other = ("least", "above") if objective.bound == "at_least" else ("most", "below")
    message = (
        f"`{objective.measure}`{of} is to be {wanted} at {side}, but cannot be {other} {best}: "
        f"{missed.why}."
    )
    less = "less" if side == "least" else "more"
    hint = f"Set `at_{side}` to {best} or {less}, or change what it depends on."
    if missed.best == 0 and objective.measure == "selling_time":
        hint = "Say which steps are with the customer (`facing: customer`), or name another role."
    return RULE.at(objective, message, hint=hint)


RULE = Rule(
    name="objective-unreachable",
    family="outcomes",
    severity="warning",
    find=find,
    module=__name__,
)
