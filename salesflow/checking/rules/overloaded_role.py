"""A role is asked for all of its time, or more: the work of its deals can never be done.

Why it costs deals
    What comes in each week is more than its people can do, so the pile grows week by week and every
    deal waits longer than the one before. Nobody works slowly: there are too few of them, or they
    give this process too little of their time.

    It is asked where everything it takes is said: `arrivals` of all sources, shares, `effort`, and
    the `people` of the role. Work is arrivals times visits times mean effort; time-outs, which
    shares do not say, are left aside. `available: 40%` means that an hour of effort takes two and a
    half hours of a person's open time, and where several work together it takes all of them as
    long as the one who gives least. Deals of other processes that share the role come on top.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    calendars: {office: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}}
    departments:
      sales:
        calendar: office
        roles:
          seller: {people: 2, available: 50%}  # error: [overloaded-role]
    sources: {inbound: {start: call, arrivals: 30 per week}}
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
          seller: {people: 2, available: 80%}
    sources: {inbound: {start: call, arrivals: 30 per week}}
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
    """A finding for each role that is asked for at least all of its time."""
    for load in facts.loads.values():
        if load.overloaded:
            from salesflow.checking.load_words import asked, remedy, tasks  # where there are loads

            message = f"{asked(load)} The work piles up, week by week."
            yield RULE.at(load.role, message, hint=remedy(load), related=tasks(load))


RULE = Rule(
    name="overloaded-role",
    family="resources",
    severity="error",
    preset="correctness",
    find=find,
    module=__name__,
)
