"""A small shop, and tallies of it made by hand: figures that can be worked out on paper.

Two weeks are measured after a week of warm-up. Two sellers are there Monday to Friday, 9 to 17: 160
hours of person-time in the measured time. One lawyer is always there: 336 hours.
"""

from collections import Counter
from typing import Any

import salesflow as sf
from salesflow.process.model import Process
from salesflow.simulation.compile import program_of
from salesflow.simulation.program import Program
from salesflow.simulation.tally import (
    NodeTally,
    PartTally,
    ProbeTally,
    RoleTally,
    Spread,
    StageTally,
    Tally,
    TouchTally,
    bucket_of,
)

HOUR = 3_600_000
WEEK = 168 * HOUR

SHOP = """
salesflow: 1
process: shop
name: The shop
currency: EUR
calendars: {office: {timezone: UTC, hours: {mon-fri: "09:00-17:00"}}}
departments:
  sales: {calendar: office, roles: {seller: {name: Seller, people: 2, cost_per_hour: 50}}}
  legal: {roles: {lawyer: {people: 1}}}
data: {amount: {type: money}, quote: {type: document}}
value: amount
stages: {talk: {max_age: 2d}, paper: {}}
sources: {web: {start: call, arrivals: 10 per week, cost: 20, gives: {amount: 1000, quote: filled}}}
steps:
  call: {by: seller, facing: customer, effort: 1h, stage: talk, sla: {within: 2d}, next: {fit: {to: draft, share: 50%}, unfit: {to: lost, share: rest}}}
  draft: {name: Draft the contract, by: lawyer, effort: 2h, stage: paper, requires: [quote], next: won}
outcomes: {won: {kind: won}, lost: {kind: lost}}
touchpoints: {papers: {from: sales, to: legal, requires: [quote], accept_within: 1d}}
objectives:
  rate: {measure: win_rate, from: draft, at_least: 20%}
  quick: {measure: time, from: call, to: won, statistic: median, at_most: 10d}
  slow: {measure: time, at_most: 36h}
  calls: {measure: waiting, of: call, at_most: 2h}
  sellers: {measure: waiting, of: seller, statistic: p90, at_most: 2h}
  busy: {measure: utilization, of: seller, at_most: 80%}
  sells: {measure: selling_time, of: seller, at_least: 20%}
  kept: {measure: attainment, of: call, at_least: 90%}
  crossed: {measure: attainment, of: papers, at_least: 90%}
  cost: {measure: cost_per_won, at_most: 500}
  worth: {measure: win_value, at_least: 2000}
  ended: {measure: throughput, at_least: 5}
  again: {measure: rework, at_most: 0.5}
  at_once: {measure: open_deals, at_most: 20}
  dead: {measure: stuck, at_most: 10%}
"""


def shop(text: str = SHOP) -> Process:
    return sf.loads(text)


def program(process: Process) -> Program:
    return program_of([process], duration=2 * WEEK, warmup=WEEK)


def spread(*hours: float) -> Spread:
    times = [round(h * HOUR) for h in hours]
    buckets = Counter(bucket_of(time) for time in times)
    return Spread(len(times), sum(times), tuple(sorted(buckets.items())))


def blank(of: Program, replication: int) -> Tally:
    """A replication in which nothing happened."""
    none = Spread()
    part = PartTally(
        **dict.fromkeys(PartTally._fields, 0)
        | {"kinds": (0,) * 5, "won_value": 0.0, "lost_value": 0.0, "value": 0.0}
        | {"role_effort": (0,) * len(of.roles), "came": (0,) * len(of.sources)}  # type: ignore[arg-type]
    )
    return Tally(
        replication=replication,
        parts=(part,) * len(of.parts),
        nodes=(NodeTally(*[0] * len(NodeTally._fields)),) * len(of.nodes),
        ways=(0,) * len(of.ways),
        roles=(RoleTally(0, 0, 0, 0, 0, 0, 0, (0,) * 168),) * len(of.roles),
        touchpoints=(TouchTally(*[0] * len(TouchTally._fields)),) * len(of.touchpoints),
        stages=(StageTally(0, 0, 0, 0),) * len(of.stages),
        probes=(ProbeTally((0,) * 5, none, none),) * len(of.probes),  # type: ignore[arg-type]
        waits=(none,) * len(of.wait_probes),
        open_by_day=(0,) * 21,
        week=(2,) * 168,
        events=0,
        instances=0,
    )


def changed(rows: tuple[Any, ...], number: int, **fields: Any) -> tuple[Any, ...]:
    """Rows, one of them with other fields."""
    return (*rows[:number], rows[number]._replace(**fields), *rows[number + 1 :])


def number(rows: tuple[Any, ...], name: str) -> int:
    """The number of a row by the end of its path, or its id."""
    names = [getattr(row, "path", getattr(row, "id", "")).removeprefix("shop:") for row in rows]
    return names.index(name)


def busy(of: Program) -> tuple[Tally, Tally]:
    """Two replications with something of everything.

    The first: 10 deals come, 3 are won, 5 lost, 1 is open, 1 stuck. The second: 6 come, 1 is won, 5
    are lost.
    """
    return _busy(of, blank(of, 0), _FIRST), _busy(of, blank(of, 1), _SECOND)


_FIRST: dict[str, Any] = {
    "part": {
        "arrived": 10, "kinds": (3, 5, 0, 0, 0), "open": 1, "stuck": 1, "rework": 4,
        "effort": 14 * HOUR, "elapsed": 280 * HOUR, "won_value": 3000.0, "lost_value": 6000.0,
        "ended": 9, "won": 4, "value": 4400.0, "role_effort": (8 * HOUR, 16 * HOUR),
        "came": (10,), "open_time": 672 * HOUR, "unfinished": 1,
    },
    "call": {
        "visits": 12, "started": 10, "waiting": 30 * HOUR, "ended": 8, "withdrawn": 2,
        "elapsed": 100 * HOUR, "effort": 15 * HOUR, "withdrawn_effort": 2 * HOUR,
        "judged": 10, "within": 9, "stuck": 1,
    },
    "draft": {"visits": 4, "started": 4, "waiting": 4 * HOUR, "ended": 4, "elapsed": 8 * HOUR, "effort": 8 * HOUR, "missing": 2},
    "ways": (6, 2, 4),
    "seller": {"started": 10, "waiting": 30 * HOUR, "taken": 120 * HOUR, "effort": 16 * HOUR, "selling": 16 * HOUR, "withdrawn_effort": 3 * HOUR, "queue": 168 * HOUR, "week": (0,) * 9 + (3,) * 8 + (0,) * 151},
    "lawyer": {"taken": 84 * HOUR, "effort": 8 * HOUR},
    "papers": {"crossings": 4, "accepted": 4, "accept": 12 * HOUR, "judged": 4, "within": 3, "missing": 1},
    "talk": {"spells": 8, "time": 160 * HOUR, "beyond": 2, "open": 2},
    "time": (20, 30, 40, 50, 10, 20, 50, 60),
    "won_time": (20, 30, 40),
    "waits": (1, 2, 3),
}  # fmt: skip

_SECOND: dict[str, Any] = {
    "part": {
        "arrived": 6, "kinds": (1, 5, 0, 0, 0), "rework": 1,
        "effort": 6 * HOUR, "elapsed": 120 * HOUR, "won_value": 2000.0, "lost_value": 4000.0,
        "ended": 7, "won": 1, "value": 1600.0, "role_effort": (4 * HOUR, 4 * HOUR),
        "came": (5,), "open_time": 336 * HOUR,
    },
    "call": {
        "visits": 8, "started": 5, "waiting": 15 * HOUR, "ended": 4,
        "elapsed": 40 * HOUR, "effort": 3 * HOUR, "judged": 6, "within": 3,
    },
    "draft": {"visits": 1, "started": 1, "ended": 1, "elapsed": 2 * HOUR, "effort": 2 * HOUR},
    "ways": (3, 1, 1),
    "seller": {"started": 5, "waiting": 15 * HOUR, "taken": 40 * HOUR, "effort": 4 * HOUR, "selling": 8 * HOUR, "queue": 0, "week": (0,) * 9 + (1,) * 8 + (0,) * 151},
    "lawyer": {"taken": 0},
    "papers": {"crossings": 1, "accepted": 1, "accept": 3 * HOUR, "judged": 1, "within": 1},
    "talk": {"spells": 2, "time": 40 * HOUR, "beyond": 0, "open": 0},
    "time": (10, 20, 30, 20, 20, 20),
    "won_time": (30,),
    "waits": (5,),
}  # fmt: skip


def _busy(of: Program, tally: Tally, counts: dict[str, Any]) -> Tally:
    nodes, roles = tally.nodes, tally.roles
    for name in ("call", "draft"):
        nodes = changed(nodes, number(of.nodes, name), **counts[name])
    for name in ("seller", "lawyer"):
        roles = changed(roles, number(of.roles, name), **counts[name])
    lost = (Counter(counts["time"]) - Counter(counts["won_time"])).elements()
    probe = ProbeTally(
        counts["part"]["kinds"],
        spread(*counts["time"]),
        spread(*counts["won_time"]),
        spread(*lost),
    )
    return tally._replace(
        parts=changed(tally.parts, 0, **counts["part"]),
        nodes=nodes,
        ways=counts["ways"],
        roles=roles,
        touchpoints=changed(tally.touchpoints, 0, **counts["papers"]),
        stages=changed(tally.stages, number(of.stages, "talk"), **counts["talk"]),
        probes=(probe,) * len(of.probes),
        waits=(spread(*counts["waits"]),) * len(of.wait_probes),
        instances=15,
    )
