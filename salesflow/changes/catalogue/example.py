"""The process that the examples of the catalogue change, a few words or lines each."""

BASE = """\
salesflow: 1
process: new_business
version: 1.0.0
owner: sales_ops
goal: Win accounts that stay
value: amount
start_date: 2026-01-05
currency: EUR
calendars:
  office: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}
  shifts: {timezone: Europe/Berlin, hours: {mon-sun: "06:00-22:00"}, holidays: [2026-05-01]}
departments:
  sales:
    name: Sales
    calendar: office
    roles:
      rep: {people: 4, cost_per_hour: 70, available: 50%, keeps_deal: true, max_open_deals: 30}
      manager: {people: 1, cost_per_hour: 110}
  legal: {name: Legal, calendar: office, roles: {counsel: {people: 2, takes_first: oldest}}}
  finance: {calendar: office, roles: {controller: {people: 3}, clerk: {people: 5}}}
  security: {calendar: office, people: 1}
  support_desk: {calendar: office}
  marketing:
    people: 6
    cost_per_hour: 60
    available: 75%
    keeps_deal: true
    max_open_deals: 20
  buyer: {external: true, roles: {buying_team: {}}}
data:
  company: {type: text, master: crm}
  phone: {type: text, sensitive: true}
  interest: {type: choice, values: [high, low]}
  amount: {type: money}
  region: {type: choice, values: [emea, amer]}
  quote: {type: document}
  contract: {type: document}
  report: {type: document}
  reason: {type: choice, values: [price, timing]}
stages:
  talking: {win_chance: 20%, max_age: 30d, crm: {salesforce: Discovery}}
  closing: {win_chance: 60%}
  signing: {win_chance: 90%, max_age: 10d}
sources:
  web:
    department: sales
    start: call
    arrivals: 10 per week
    cost: 40
    gives: {company: filled, amount: {median: 50000, p90: 150000}, region: {emea: 60%, amer: rest}}
steps:
  call:
    by: rep
    stage: talking
    facing: customer
    requires: [company]
    effort: 30min
    sla: {within: 2bd, target: 80%}
    timeout: {after: 30d, result: silent}
    next:
      interested: {to: offer, share: 40%}
      later: {to: call, share: 10%, at_most: 2}
      not_a_fit: {to: lost, share: rest, set: {reason: timing}}
      silent: {to: lost, set: {reason: timing}}
  offer:
    by: rep
    with: [manager]
    stage: closing
    captures: [quote]
    effort: 2h
    wait: 1d
    escalate: {after: 3bd, by: manager}
    next:
      small: {to: papers, when: amount < 20000}
      large: {to: papers, otherwise: true}
  papers:
    parallel:
      contract:
        start: draft
        steps:
          draft: {by: counsel, effort: 3h, captures: [contract], next: {sent: review}}
          review:
            by: buying_team
            wait: 5d
            next:
              agreed: {to: done, share: 80%, captures: [amount]}
              refused: {to: leave, share: rest}
      audit:
        when: amount >= 20000
        steps: {check: {by: security, effort: 4h, captures: [report], next: {passed: done}}}
    join: all
    next: {done: sign, refused: {to: lost, set: {reason: price}}}
  sign: {by: buying_team, wait: 3d, next: {signed: won}}
outcomes:
  won: {kind: won, requires: [contract]}
  lost: {kind: lost, requires: [reason]}
  bad_lead: {kind: disqualified}
touchpoints:
  to_legal:
    from: sales
    to: legal
    requires: [quote]
    returns: [contract]
    accept_within: 2bd
    target: 80%
  to_security: {from: sales, to: security, at: papers.audit, requires: [quote]}
policies:
  audit_before_large_wins: {precedence: [papers.audit, won], when: amount >= 20000}
objectives:
  win_rate: {measure: win_rate, from: offer, at_least: 30%}
  counsel_load: {measure: utilization, of: counsel, at_most: 80%}
locked: [steps.papers]
"""
