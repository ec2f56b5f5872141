"""A time limit shorter than the step can ever be: it ends every visit.

Why it costs deals
    No deal ever takes another result of this step: the work is begun and thrown away each time.
    Most often somebody wrote when to be reminded, or forgot that an office closes at night.

    The least time counts the shortest effort and wait that can be, in the open hours of everybody
    who takes part and without any queue; in a block or a run the shortest way through it.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    calendars: {office: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}}
    departments: {sales: {calendar: office}}
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {interested: demo, not_a_fit: lost}}
      demo:  # error: [timeout-always]
        by: sales
        effort: {min: 9h, usual: 12h, max: 30h}
        timeout: {after: 1d, result: silent}
        next: {buys: won, passes: lost, silent: lost}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    calendars: {office: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}}
    departments: {sales: {calendar: office}}
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {interested: demo, not_a_fit: lost}}
      demo:
        by: sales
        effort: {min: 9h, usual: 12h, max: 30h}
        timeout: {after: 20d, result: silent}
        next: {buys: won, passes: lost, silent: lost}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.time_words import lasting, limit_of, takes
from salesflow.findings import Finding
from salesflow.process.steps import Step, Timeout


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each time limit that is over before the step can be done."""
    for step in facts.process.nodes.values():
        if step.timeout is not None and facts.flow.reachable(step.node):
            least = facts.limits.always(step, step.timeout.after)
            if least is not None:
                yield _finding(facts, step, step.timeout, least)


def _finding(facts: Facts, step: Step, timeout: Timeout, least: float) -> Finding:
    message = (
        f"`{step.node}` always ends with `{timeout.result}`: its time limit of {timeout.after} is "
        f"over before anything else can be, for {takes(step)} at least {lasting(least)}."
    )
    hint = f"Give it more time: `timeout: {{after: {limit_of(2 * least)}, …}}`, or less to do."
    return RULE.at(step, message, hint=hint, witness=facts.flow.way(step.node))


RULE = Rule(name="timeout-always", family="time", severity="warning", find=find, module=__name__)
