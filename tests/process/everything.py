"""A process that uses every word of the language, in the form in which it is written out."""

TEXT = """\
salesflow: 1
process: everything
name: All there is
description: Uses every word of the language.
owner: ops
was: former
version: 1.2.3
goal: Win
use: [inner.yaml]
value: amount
start_date: 2026-02-02
currency: EUR
calendars:
  emea:
    timezone: Europe/Berlin
    hours: {mon-thu: "09:00-12:00, 13:00-17:30", fri: "09:00-14:00"}
    holidays: [2026-12-25]
departments:
  sales:
    name: Sales
    description: Sells.
    calendar: emea
    roles:
      ae: {people: 10, cost_per_hour: 85, max_open_deals: 25, available: 34%, keeps_deal: true}
      boss: {people: 1, takes_first: largest}
  legal: {name: Law, calendar: emea, people: 2, takes_first: newest}
  spare: {}
  buyer:
    external: true
    roles: {team: {}}
data:
  amount: {type: money, master: crm, sensitive: true}
  rate: {type: percent}
  region: {name: Region, type: choice, values: [DACH, AMER]}
  vip: {type: yes_no}
  contract: {type: document}
stages:
  early: {win_chance: 10%, max_age: 45d, crm: {salesforce: Prospecting}}
sources:
  web:
    department: sales
    start: call
    cost: 40
    arrivals: 30 per week
    gives:
      amount: {median: 60000, p90: 220000}
      region: {DACH: 50%, AMER: rest}
      contract: filled
  fair: {start: call, arrivals: {every: 13w, batch: 80}}
  mail: {start: call, arrivals: {rate: 3 per day, calendar: emea}}
steps:
  call:
    name: First call
    by: ae
    with: [boss]
    facing: customer
    captures:
      rate: {any_of: {0%: 60%, 25%: rest}}
      vip: 30%
    effort: {min: 1h, usual: 2h, max: 8h}
    wait: {mean: 2d, sd: 1d}
    escalate: {after: 1bd, by: boss}
    stage: early
    requires: [amount]
    sla: {within: 2bd, target: 80%}
    timeout: {after: 45d, result: silent}
    next:
      fit: {to: [check, price], when: amount > 100 or vip, share: 40%}
      again:
        to: call
        share: 30%
        at_most: 2
        set: {amount: amount * 1.2, contract: filled}
        captures: {rate: filled}
      odd: {to: decide, share: rest}
      silent: {to: lost}
  price:
    by: ae
    wait: {min: 1h, max: 3h}
    next: {done: {to: meet}}
  check:
    by: legal
    effort: 45min
    wait: {mean: 2d}
    next: {done: {to: meet}}
  meet:
    wait_for: [check, price]
    next: {done: {to: papers}}
  decide:
    next: {yes_go: {to: papers, when: visited(call)}, stop: {to: lost, otherwise: true}}
  papers:
    timeout: {after: 60d, result: late}
    parallel:
      law:
        name: Legal work
        start: draft
        steps:
          draft:
            by: legal
            captures: {contract: filled}
            requires: [contract]
            next: {done: {to: look}}
          look:
            by: team
            wait: {median: 5d, p90: 15d}
            next: {ok: {to: done}, no_way: {to: leave}}
      buy:
        when: amount >= 1000
        start: order
        steps:
          order:
            run: inner
            next: {agreed: {to: done}, refused: {to: leave}}
    join: {at_least: 1}
    next: {done: {to: won}, no_way: {to: lost}, refused: {to: lost}, late: {to: lost}}
outcomes: {won: {kind: won, requires: [contract]}, lost: {kind: lost}}
locked: [steps.papers.parallel.law]
touchpoints:
  out:
    from: sales
    to: legal
    at: papers.law
    requires: [contract]
    returns: [contract]
    accept_within: 1bd
    target: 90%
policies:
  first: {precedence: [call.fit, won], when: amount >= 1000}
  off_it: {never: papers.buy}
  single: {at_most_once: decide}
objectives:
  wins: {measure: win_rate, from: call, at_least: 20%}
  speed: {measure: time, to: won, statistic: p90, at_most: 36h}
  days: {measure: time, at_most: 150d}
  load: {measure: utilization, of: ae, at_most: 85%}
  many: {measure: throughput, at_least: 10.5}
"""
INNER = """\
salesflow: 1
process: inner
departments: {buyer: {external: true}}
sources: {a: {start: look}}
steps: {look: {by: buyer, next: {fine: agreed, dear: refused}}}
outcomes: {agreed: {kind: done}, refused: {kind: failed}}
"""
