"""Documents that use every form of the language, for the tests of the schema room."""

from typing import Any

from salesflow.source.located import Map
from salesflow.source.read import read

PROCESS = """
salesflow: 1
process: enterprise
name: Enterprise sales
description: Large accounts
owner: sales_ops
was: big_deals
version: 2.3.0
goal: Win large accounts
use: [acme.salesflow.yaml, procurement.salesflow.yaml]
value: amount
start_date: 2026-01-05
x-board: {anything: [1, {goes: true}]}
currency: EUR
calendars:
  emea: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-18:00"}, holidays: [2026-12-25]}
  shifts: {timezone: Europe/Berlin, hours: {mon-thu: "09:00-12:00, 13:00-24:00", fri: "09:00-14:00"}}
departments:
  sales:
    name: Sales
    calendar: emea
    roles:
      account_executive: {people: 10, cost_per_hour: 85, available: 34%, keeps_deal: true,
                          max_open_deals: 25, takes_first: oldest, calendar: shifts}
  security: {people: 2, calendar: emea, x-note: small}
  buyer: {external: true, roles: {buying_team: {}}}
data:
  amount: {type: money}
  region: {type: choice, values: [DACH, NORDICS, AMER]}
  discount: {type: percent, master: crm, sensitive: true}
  reference: {type: yes_no}
stages:
  validation: {win_chance: 40%, max_age: 45d, crm: {salesforce: Solution Validation}}
sources:
  inbound:
    department: marketing
    start: respond
    arrivals: 30 per week
    cost: 40
    gives: {company: filled, amount: {median: 60000, p90: 220000}, reference: 30%,
            region: {DACH: 50%, AMER: rest}, discount: {min: 5%, max: 12.5%}, seats: 12}
  events: {start: respond, arrivals: {every: 13w, batch: 80}}
  partner: {start: respond, arrivals: {rate: 1.5 per day, calendar: emea}}
steps:
  respond: {by: sdr, next: validate}
  validate:
    by: sales_engineer
    with: [account_executive]
    stage: validation
    facing: customer
    requires: [metrics, champion]
    captures: {discount: {any_of: {0%: 60%, 25%: rest}}, quote: filled, reference: true}
    effort: {min: 6h, usual: 16h, max: 60h}
    wait: {median: 10d, p90: 30d}
    sla: {within: 30bd, target: 80%}
    escalate: {after: 7bd, by: sales_director}
    timeout: {after: 45d, result: stalled}
    next:
      met: {to: propose, share: 60%, when: amount >= 100000, captures: [contract]}
      gap: {to: discovery, share: 15.5%, at_most: 1, set: {amount: amount * 1.2, reference: true, seats: 3}}
      stalled: {to: lost, share: rest, set: {loss_reason: no_decision, quote: filled}}
      other: {to: lost, otherwise: true, name: Anything else}
  propose: {by: account_executive, effort: 3h, wait: {mean: 2d, sd: 1d}, captures: [quote],
            next: {sent: {to: [negotiate, security_review]}, again: [negotiate, security_review]}}
  commit: {by: account_executive, wait_for: [negotiate, security_review], effort: {any_of: {1h: 30%, 5h: rest}}}
  papers:
    parallel:
      legal:
        start: draft
        steps:
          draft: {by: counsel, effort: {mean: 2h}, next: redlines}
          redlines: {by: buyer, wait: {min: 1d, max: 2bd}, next: {agreed: done, dead: {to: leave}}}
      purchasing:
        when: amount >= 100000
        steps: {procurement: {run: procurement, next: {approved: done, refused: leave}}}
    join: {at_least: 2}
    timeout: {after: 60d, result: deadlock}
    next: {done: sign, deadlock: call, refused: {to: lost, set: {loss_reason: no_budget}}}
  either: {parallel: {a: {steps: {b: {}}}}, join: any, next: sign}
outcomes:
  won: {kind: won, requires: [contract]}
  lost: {kind: lost}
locked: [steps.papers.parallel.legal]
touchpoints:
  to_legal: {from: sales, to: legal, at: papers.legal, requires: [quote], returns: [report],
             accept_within: 1bd, target: 90%}
policies:
  a: {precedence: [papers.purchasing, won], when: amount >= 100000}
  b: {response: [sign.signed, handover]}
  c: {different_person: [propose, approve]}
  d: {never: papers.legal}
  e: {at_most_once: validate.gap}
  f: {not_both: [won, lost]}
objectives:
  win_rate: {measure: win_rate, from: discovery, at_least: 20%}
  cycle: {measure: time, from: discovery, to: won, statistic: p90, at_most: 150d}
  load: {measure: utilization, of: counsel, at_most: 85%}
  work: {measure: open_deals, at_most: 120}
"""

SMALL = """
salesflow: 1
process: smb
sources: {inbound: {start: call}}
steps:
  call: {by: sales, next: {interested: demo, not_a_fit: lost}}
  demo: {by: sales, next: {buys: won, passes: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""

ORGANIZATION = """
salesflow: 1
organization: acme
currency: EUR
calendars: {emea: {timezone: UTC, hours: {sat: "00:00-24:00"}}}
departments: {legal: {calendar: emea, roles: {counsel: {people: 2}}}}
data: {amount: {type: money}}
"""

VARIANT = """
salesflow: 1
variant: enterprise_dach
of: enterprise.salesflow.yaml
change:
  steps.respond.sla: {within: 1bh, target: 90%}
  steps: {anything: [is, {possible: here}]}
remove: [steps.nurture.next.re_engaged]
locked: [steps.respond]
"""

SCENARIO = """
salesflow: 1
scenario: fourth_counsel
of: enterprise.salesflow.yaml
change: {departments.legal.roles.counsel.people: 4}
remove: [steps.nurture]
expect: {win_rate: {measure: win_rate, at_least: 20%}}
"""

TESTS = """
salesflow: 1
tests: enterprise_tests
of: enterprise.salesflow.yaml
cases:
  small:
    source: inbound
    deal: {amount: 40000, discount: 5%, region: NORDICS, reference: false}
    takes: {respond: reached, papers.legal.redlines: agreed, papers: done}
    ends: won
    never: [approve, papers.purchasing, validate.gap]
    with: {loss_reason: no_budget}
"""

ALL = {
    "process": PROCESS,
    "small": SMALL,
    "organization": ORGANIZATION,
    "variant": VARIANT,
    "scenario": SCENARIO,
    "tests": TESTS,
}


def located(text: str) -> Map:
    """The data of a right text, with its places in the file `a.yaml`."""
    reading = read(text, "a.yaml")
    assert reading.findings == ()
    assert reading.data is not None
    return reading.data


def plain(text: str) -> dict[str, Any]:
    """The data of a right text as plain maps and lists, without places."""
    data: dict[str, Any] = _plain(located(text))
    return data


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value
