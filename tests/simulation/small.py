"""A small process with people, choice, rework and waiting, for tests of how it is run."""

from functools import cache

import salesflow as sf
from salesflow.process.model import Process
from salesflow.simulation.compile import program_of
from salesflow.simulation.program import Program

WEEK = 604_800_000
TEXT = """\
salesflow: 1
process: small
currency: EUR
departments:
  sales: {people: 2}
  legal: {roles: {counsel: {people: 1, cost_per_hour: 100}}}
data: {amount: {type: money}}
value: amount
sources:
  inbound: {start: call, arrivals: 40 per week, gives: {amount: {median: 1000, p90: 4000}}}
steps:
  call: {by: sales, effort: {mean: 3h}, next: {fit: {to: draft, share: 60%}, unfit: {to: lost, share: rest}}}
  draft: {by: counsel, effort: {mean: 2h}, wait: {mean: 1d}, next: {good: {to: won, share: 70%}, rework: {to: draft, share: rest}}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


@cache
def small(text: str = TEXT) -> Process:
    return sf.loads(text)


def program(text: str = TEXT, *, weeks: int = 4, warmup: int = 1) -> Program:
    return program_of([small(text)], duration=weeks * WEEK, warmup=warmup * WEEK)
