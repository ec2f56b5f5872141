"""Small processes of which everybody sees what would help most."""

import salesflow as sf
from salesflow.process.model import Process
from salesflow.simulation.compile import program_of
from salesflow.simulation.ground import Ground, ground_of
from salesflow.simulation.program import Program

DAY = 86_400_000

HEAD = """
salesflow: 1
process: shop
currency: EUR
calendars: {office: {timezone: UTC, hours: {mon-fri: "09:00-17:00"}}}
departments:
  sales: {calendar: office, roles: {seller: {people: 4, cost_per_hour: 50, available: 95%}}}
  legal: {calendar: office, people: 1, cost_per_hour: 100}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""

# One lawyer has 40 hours a week and is asked for 36 of them.
BOTTLENECK = f"""{HEAD}
value: amount
data: {{amount: {{type: money}}}}
sources: {{web: {{start: call, arrivals: 18 per week, gives: {{amount: 1000}}}}}}
steps:
  call: {{by: seller, effort: {{mean: 1h}}, next: {{fit: {{to: draft, share: 50%}}, no_fit: {{to: lost, share: rest}}}}}}
  draft: {{by: legal, effort: {{mean: 4h}}, next: won}}
touchpoints: {{papers: {{from: sales, to: legal, accept_within: 1d}}}}
objectives: {{quick: {{measure: time, to: won, at_most: 2d}}}}
"""

# Nobody is busy, but customers think for 20 days.
WAITING = f"""{HEAD}
sources: {{web: {{start: call, arrivals: 5 per week}}}}
steps:
  call: {{by: seller, effort: 1h, next: think}}
  think: {{wait: {{median: 20d, p90: 40d}}, next: {{yes_please: {{to: sign, share: 60%}}, no_thanks: {{to: lost, share: rest}}}}}}
  sign: {{by: legal, effort: 30min, wait: 1d, next: won}}
objectives: {{quick: {{measure: time, to: won, at_most: 10d}}}}
"""

# Nine of ten papers come back, and each time it takes ten days.
REWORK = f"""{HEAD}
sources: {{web: {{start: call, arrivals: 5 per week}}}}
steps:
  call: {{by: seller, effort: 1h, next: paper}}
  paper: {{by: legal, effort: 15min, next: review}}
  review: {{wait: 3d, next: {{agreed: {{to: sign, share: 20%}}, again: {{to: repair, share: 80%}}}}}}
  repair: {{wait: 7d, next: paper}}
  sign: {{by: seller, effort: 15min, next: won}}
objectives: {{quick: {{measure: time, to: won, at_most: 10d}}}}
"""


def ground(text: str) -> Ground:
    """A text and its document."""
    return ground_of(sf.loads(text))


def program(process: Process) -> Program:
    """Of thirty days."""
    return program_of([process], duration=30 * DAY, warmup=0)
