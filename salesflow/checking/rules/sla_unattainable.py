"""A promise that arrivals and office hours make impossible to keep as often as it says.

Why it costs deals
    Everybody can work as fast as they like and the promise is broken all the same, because deals
    come when nobody is there, or because the work takes longer than the promise. The figure turns
    red every month and is soon ignored, also where it matters.

    The best possible share leaves out every queue: it counts the arrivals from which the least
    effort and wait can be done in time, given the open hours of everybody who takes part. A source
    with a rate brings deals evenly over all hours, or over those of its calendar; what comes from
    another step is taken to come when it suits best. Daylight saving plays no part in it, holidays
    of the year from `start_date` on do.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    calendars: {office: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}}
    departments: {sales: {calendar: office}}
    sources: {inbound: {start: call, arrivals: 30 per week}}
    steps:
      call:  # error: [sla-unattainable]
        by: sales
        effort: 2min
        sla: {within: 5min, target: 90%}
        next: {interested: {to: demo, share: 40%}, not_a_fit: {to: lost, share: rest}}
      demo: {by: sales, next: {buys: {to: won, share: 30%}, passes: {to: lost, share: rest}}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    calendars: {office: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}}
    departments: {sales: {calendar: office}}
    sources: {inbound: {start: call, arrivals: 30 per week}}
    steps:
      call:
        by: sales
        effort: 2min
        sla: {within: 1bh, target: 90%}
        next: {interested: {to: demo, share: 40%}, not_a_fit: {to: lost, share: rest}}
      demo: {by: sales, next: {buys: {to: won, share: 30%}, passes: {to: lost, share: rest}}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.analysis.broken import Broken
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.time_words import hours_of, lasting, percent, takes
from salesflow.findings import Finding, Related
from salesflow.process.steps import Work
from salesflow.quantities import Duration, format_share


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each promise whose target is above the best possible share."""
    for broken in facts.broken_promises:
        yield _finding(facts, broken)


def _finding(facts: Facts, broken: Broken) -> Finding:
    message = f"{_promise(broken)}, but {_verdict(facts, broken)}."
    hint = f"{_advice(broken)}."
    witness = facts.flow.way(broken.step.node)
    if broken.touchpoint is None:
        return RULE.at(broken.step, message, hint=hint, witness=witness)
    taken = Related(broken.step.path, broken.step.span, "this is where work has to begin")
    return RULE.at(broken.touchpoint, message, hint=hint, witness=witness, related=(taken,))


def _promise(broken: Broken) -> str:
    often = "" if broken.target is None else f" in {format_share(broken.target)} of the cases"
    if broken.touchpoint is None:
        return f"`{broken.step.node}` is to be done within {broken.limit}{often}"
    touchpoint = broken.touchpoint
    return f"`{touchpoint.receiver}` is to begin within {broken.limit}{often} (`{touchpoint.id}`)"


def _verdict(facts: Facts, broken: Broken) -> str:
    """Why not: the work is too long, people are not there, or waits spread too far."""
    best = percent(broken.best)
    if broken.best == 0:
        if broken.touchpoint is None and _too_long(broken):
            return f"it never can: {takes(broken.step)} at least {lasting(broken.least)}"
        return f"it never can: the office is closed when deals come, {_office(facts, broken)}"
    if broken.spread:
        return f"at best {best} can make it: {takes(broken.step)} longer in the others"
    when = "come at any hour"
    if all(entry.hours for entry in broken.entries):
        when = "come while the office is closed"
    return f"at best {best} can make it: deals {when}, and {_office(facts, broken)}"


def _too_long(broken: Broken) -> bool:
    """Whether the work alone takes longer, whenever deals come."""
    return broken.limit.business or broken.least > broken.limit.hours


def _office(facts: Facts, broken: Broken) -> str:
    """Who works how long a week."""
    work = broken.step
    names = (work.by, *work.with_) if isinstance(work, Work) else ()
    return hours_of([name for name in names if name is not None], facts.schedules)


def _advice(broken: Broken) -> str:
    key = "within" if broken.touchpoint is None else "accept_within"
    ways = []
    for limit in broken.would_do:
        days = -(-limit.amount // 24)
        shown = limit if limit.business or days < 3 else Duration(days, "d")
        of = "open time" if limit.business else "elapsed time"
        ways.append(f"promise at least `{key}: {shown}` ({of})")
    if broken.target is not None and broken.best > 0:
        ways.append(f"lower the target to {percent(broken.best)} at most")
    if not ways:
        ways.append("promise more time")
    first, *others = ways
    return ", or ".join([first[0].upper() + first[1:], *others])


RULE = Rule(
    name="sla-unattainable",
    family="time",
    severity="error",
    preset="correctness",
    find=find,
    module=__name__,
)
