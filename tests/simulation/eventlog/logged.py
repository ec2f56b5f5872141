"""A small process without chance, of which every line of a log can be worked out by hand."""

import salesflow as sf
from salesflow.simulation.compile import program_of
from salesflow.simulation.program import Program

HOUR = 3_600_000
TEXT = """\
salesflow: 1
process: smb
start_date: 2026-03-27
calendars:
  office: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}
departments:
  sales: {calendar: office, roles: {rep: {people: 2}, lead: {people: 1}}}
  legal: {roles: {counsel: {people: 1}}}
  outside: {external: true, roles: {buyer: {}}}
data:
  amount: {type: money}
  discount: {type: percent}
  region: {type: choice, values: [dach, amer]}
  vip: {type: yes_no}
  contract: {type: document}
stages: {talking: {}, papers: {}}
sources:
  web: {start: call, arrivals: {every: 5h, batch: 1}, gives: {amount: 1500, region: {dach: 100%}}}
steps:
  call: {by: rep, with: [lead], stage: talking, effort: 1h, wait: 30min, captures: {vip: 100%}, next: {fit: deal}}
  deal:
    stage: papers
    parallel:
      legal: {steps: {draft: {by: counsel, effort: 2h, captures: [contract], next: done}}}
      buyer: {steps: {think: {by: buyer, wait: 9h, next: done}}}
    join: any
    next: {done: {to: sign, set: {discount: 12.5%}}}
  sign: {by: rep, effort: 5h, timeout: {after: 4h, result: late}, next: {signed: won, late: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


def program(hours: float, text: str = TEXT, *, warmup: float = 0) -> Program:
    return program_of([sf.loads(text)], duration=int(hours * HOUR), warmup=int(warmup * HOUR))
