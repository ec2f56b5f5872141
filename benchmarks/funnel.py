"""The funnel that engines are timed on, for salesflow and for SimPy.

Six steps, four roles, choices and rework, calendars on: leads come as a Poisson stream, are
qualified, understood, shown a demo, get a proposal, negotiate and sign. Work is log-normal, in open
time (Monday to Friday, 9:00 to 18:00); waits are exponential. Deals that are never open longer than
some weeks: what is in progress stays the same however many come.
"""

# ruff: noqa: E501 - the steps of a process read best one a line

from collections.abc import Iterator
from math import log
from random import Random

import simpy

import salesflow as sf
from salesflow.simulation.compile import program_of
from salesflow.simulation.program import Program

HOUR = 3_600_000
WEEK = 168 * HOUR
DEALS_A_WEEK = 1000

TEXT = f"""
salesflow: 1
process: funnel
currency: EUR
calendars: {{office: {{timezone: UTC, hours: {{mon-fri: "09:00-18:00"}}}}}}
departments:
  sales:
    calendar: office
    roles: {{caller: {{people: 30}}, seller: {{people: 140}}, expert: {{people: 70}}}}
  legal: {{calendar: office, roles: {{counsel: {{people: 20}}}}}}
sources: {{web: {{start: qualify, arrivals: {DEALS_A_WEEK} per week}}}}
steps:
  qualify: {{by: caller, effort: {{median: 30min, p90: 1h}}, next: {{fit: {{to: discover, share: 60%}}, unfit: {{to: lost, share: rest}}}}}}
  discover: {{by: seller, effort: {{median: 90min, p90: 3h}}, wait: {{mean: 24h}}, next: {{deep: {{to: demo, share: 70%}}, shallow: {{to: lost, share: rest}}}}}}
  demo: {{by: expert, effort: {{median: 2h, p90: 4h}}, next: {{ok: {{to: propose, share: 55%}}, again: {{to: discover, share: 15%}}, out: {{to: lost, share: rest}}}}}}
  propose: {{by: seller, effort: {{median: 2h, p90: 4h}}, wait: {{mean: 48h}}, next: {{sent: negotiate}}}}
  negotiate: {{by: seller, effort: {{median: 1h, p90: 3h}}, wait: {{mean: 24h}}, next: {{deal: {{to: sign, share: 50%}}, redo: {{to: propose, share: 20%}}, lost_it: {{to: lost, share: rest}}}}}}
  sign: {{by: counsel, effort: {{median: 30min, p90: 1h}}, wait: {{mean: 12h}}, next: won}}
outcomes: {{won: {{kind: won}}, lost: {{kind: lost}}}}
"""

_STEPS = {  # role, mu and sigma of hours of effort, mean of the wait, (share, where to)
    "qualify": ("caller", 0.5, 1.0, 0.0, ((0.6, "discover"), (0.4, ""))),
    "discover": ("seller", 1.5, 3.0, 24.0, ((0.7, "demo"), (0.3, ""))),
    "demo": ("expert", 2.0, 4.0, 0.0, ((0.55, "propose"), (0.15, "discover"), (0.3, ""))),
    "propose": ("seller", 2.0, 4.0, 48.0, ((1.0, "negotiate"),)),
    "negotiate": ("seller", 1.0, 3.0, 24.0, ((0.5, "sign"), (0.2, "propose"), (0.3, ""))),
    "sign": ("counsel", 0.5, 1.0, 12.0, ((1.0, ""),)),
}
_PEOPLE = {"caller": 30, "seller": 140, "expert": 70, "counsel": 20}
_OPENS, _CLOSES = 9.0, 18.0
_P90 = 1.2815515655446004


def program(deals: int) -> Program:
    """The funnel until so many deals have come, more or less; no warm-up."""
    weeks = max(deals // DEALS_A_WEEK, 1)
    return program_of([sf.loads(TEXT)], duration=weeks * WEEK, warmup=0)


def later(now: float, hours: float) -> float:
    """The hour in which so much open time has passed since another."""
    while True:
        day, hour = divmod(now, 24.0)
        if day % 7 < 5 and hour < _CLOSES:
            begin = max(hour, _OPENS)
            if hours <= _CLOSES - begin:
                return day * 24.0 + begin + hours
            hours -= _CLOSES - begin
        now = (day + 1.0) * 24.0


class SimpyFunnel:
    """The same in SimPy, as its documentation would write it."""

    def __init__(self, deals: int, seed: int) -> None:
        self.random = Random(seed)
        self.env = simpy.Environment()
        self.people = {role: simpy.Resource(self.env, n) for role, n in _PEOPLE.items()}
        self.steps = {
            name: (role, log(median), log(p90 / median) / _P90, wait, ways)
            for name, (role, median, p90, wait, ways) in _STEPS.items()
        }
        self.instances = 0
        self.env.process(self._arrivals())
        self.weeks = max(deals // DEALS_A_WEEK, 1)

    def run(self) -> int:
        """How many visits of work ended."""
        self.env.run(until=self.weeks * 168.0)
        return self.instances

    def _arrivals(self) -> Iterator[simpy.Event]:
        while True:
            yield self.env.timeout(self.random.expovariate(DEALS_A_WEEK / 168.0))
            self.env.process(self._deal())

    def _deal(self) -> Iterator[simpy.Event]:
        at = "qualify"
        while at:
            role, mu, sigma, wait, ways = self.steps[at]
            with self.people[role].request() as person:
                yield person
                now = self.env.now
                effort = self.random.lognormvariate(mu, sigma)
                yield self.env.timeout(later(now, effort) - now)
            if wait:
                yield self.env.timeout(self.random.expovariate(1 / wait))
            self.instances += 1
            u = self.random.random()
            for share, to in ways:
                at = to
                u -= share
                if u < 0.0:
                    break
