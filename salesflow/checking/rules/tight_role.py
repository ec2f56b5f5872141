"""A role is asked for at least 85% of its time: deals wait for it much longer than the work takes.

Why it costs deals
    Work does not come evenly. At 85% a deal waits, as a rule of thumb, six times as long as its
    work takes, at 95% twenty times, and one week of illness is not caught up within the quarter.

    It is asked where everything it takes is said: `arrivals` of all sources, shares, `effort`, and
    the `people` of the role. Deals of other processes that share the role come on top.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    calendars: {office: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}}
    departments:
      sales:
        calendar: office
        roles:
          seller: {people: 2, available: 50%}  # error: [tight-role]
    sources: {inbound: {start: call, arrivals: 20 per week}}
    steps:
      call:
        by: seller
        effort: 1h
        next: {interested: {to: demo, share: 40%}, not_a_fit: {to: lost, share: rest}}
      demo:
        by: seller
        effort: 2h
        next: {buys: {to: won, share: 30%}, passes: {to: lost, share: rest}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    calendars: {office: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}}
    departments:
      sales:
        calendar: office
        roles:
          seller: {people: 3, available: 50%}
    sources: {inbound: {start: call, arrivals: 20 per week}}
    steps:
      call:
        by: seller
        effort: 1h
        next: {interested: {to: demo, share: 40%}, not_a_fit: {to: lost, share: rest}}
      demo:
        by: seller
        effort: 2h
        next: {buys: {to: won, share: 30%}, passes: {to: lost, share: rest}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.findings import Finding


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each role that is asked for much, but not all, of its time."""
    for load in facts.loads.values():
        if load.tight:
            from salesflow.checking.load_words import asked, remedy, tasks  # where there are loads

            message = f"{asked(load)} Deals will wait long for it."
            yield RULE.at(load.role, message, hint=remedy(load), related=tasks(load))


RULE = Rule(name="tight-role", family="resources", severity="warning", find=find, module=__name__)
