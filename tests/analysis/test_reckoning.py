"""Least and greatest times: by hand, and against a fixpoint that settles nothing early."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import salesflow as sf
from salesflow import api
from salesflow.analysis.longest import Longest
from salesflow.analysis.reckoning import Reckoning
from salesflow.analysis.schedules import INFINITE, Schedules
from salesflow.analysis.timetable import HOUR
from salesflow.process.model import Process
from salesflow.process.steps import DONE, LEAVE, Block, Branch, Step, Work
from salesflow.testing import processes

HEAD = """salesflow: 1
process: deal
sources: {inbound: {start: a}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
OFFICE = """calendars: {office: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}}
departments:
  sales: {calendar: office, roles: {seller: {available: 50%}, boss: {}}}
  buyer: {external: true}
"""


def load(text: str) -> Process:
    return api.loads(HEAD + text)


def ends(text: str) -> dict[str, float]:
    process = load(text)
    reckoning = Reckoning(process, Schedules(process))
    exits = reckoning.journey("a", process.steps).exits
    return {name: at / HOUR for name, (at, _) in exits.items()}


def most(text: str, node: str = "a") -> float:
    process = load(text)
    return Longest(process, Schedules(process)).unlimited(process.nodes[node]) / HOUR


def test_efforts_and_waits_add_up_on_the_quickest_way() -> None:
    assert ends("""steps:
  a: {by: x, effort: 2h, wait: {min: 3h, max: 9h}, next: {fit: b, poor: lost}}
  b: {by: x, wait: {median: 5d, p90: 9d}, next: {once_more: a, good: c, great: won}}
  c: {by: x, effort: {min: 1h, usual: 2h, max: 3h}, next: won}
""") == {"won": 5, "lost": 5}


def test_threads_that_meet_wait_for_the_last() -> None:
    assert ends("""steps:
  a: {next: {go: {to: [b, c]}}}
  b: {wait: 2h, next: {good: d, bad: lost}}
  c: {wait: 7h, next: d}
  d: {wait: 1h, wait_for: [b, c], next: won}
""") == {"won": 8, "lost": 2}


def test_a_meeting_point_that_misses_somebody_is_never_reached() -> None:
    assert ends("""steps:
  a: {next: {one: b, other: c}}
  b: {next: d}
  c: {wait: 1h, next: {go: d, stop: lost}}
  d: {wait_for: [b, c], next: won}
""") == {"won": 1, "lost": 1}


@pytest.mark.parametrize(
    ("join", "hours"), [("all", 5), ("any", 2), ("{at_least: 2}", 3), ("{at_least: 3}", 5)]
)
def test_a_block_is_done_when_enough_branches_are(join: str, hours: float) -> None:
    block = f"""steps:
  a:
    parallel:
      one: {{steps: {{s: {{wait: 5h, next: done}}}}}}
      two: {{steps: {{s: {{wait: 2h, next: {{good: done, bad: leave}}}}}}}}
      three: {{steps: {{s: {{wait: 3h, next: done}}}}}}
    join: {join}
    next: {{done: won, bad: lost}}
"""
    assert ends(block) == {"won": hours, "lost": 2}


def test_a_branch_with_a_condition_may_not_run_or_be_the_first() -> None:
    text = """data: {amount: {type: money}}
steps:
  a:
    parallel:
      one: {steps: {s: {wait: 5h, next: done}}}
      two: {when: amount > 5, steps: {s: {wait: 2h, next: done}}}
    join: JOIN
    next: {done: won}
"""
    assert ends(text.replace("JOIN", "all")) == {"won": 5}
    assert ends(text.replace("JOIN", "any")) == {"won": 2}
    assert ends(text.replace("one: {", "one: {when: amount > 9, ").replace("JOIN", "all")) == {
        "won": 0
    }


def test_a_time_limit_may_be_sooner_than_the_work() -> None:
    assert ends("""steps:
  a: {wait: 9h, timeout: {after: 2h, result: late}, next: {good: won, late: lost}}
""") == {"won": 9, "lost": 2}
    assert ends("""steps:
  a:
    timeout: {after: 1h, result: late}
    parallel: {one: {steps: {s: {wait: 9h, next: done}}}}
    next: {done: won, late: lost}
""") == {"won": 9, "lost": 1}


def test_offices_close_at_night() -> None:
    text = OFFICE + "steps:\n  a: {by: seller, effort: EFFORT, next: {good: won, bad: lost}}\n"
    assert ends(text.replace("EFFORT", "4h"))["won"] == 8  # at 50% a whole day
    assert ends(text.replace("EFFORT", "5h"))["won"] == 26  # 10 hours: over one night
    helped = text.replace("effort: EFFORT", "effort: 5h, escalate: {after: 1bh, by: boss}")
    assert ends(helped)["won"] == 6
    outside = text.replace("by: seller", "by: buyer")
    assert ends(outside.replace("EFFORT", "10h"))["won"] == 10


def test_a_run_takes_as_long_as_its_process(tmp_path: Any) -> None:
    inner = """salesflow: 1
process: inner
sources: {a: {start: look}}
steps: {look: {wait: 4h, next: {fine: agreed, dear: think}}, think: {wait: 3h, next: refused}}
outcomes: {agreed: {kind: done}, refused: {kind: failed}}
"""
    (tmp_path / "inner.yaml").write_text(inner, encoding="utf-8")
    text = """use: [inner.yaml]
steps:
  a: {run: inner, next: {agreed: b, refused: lost}}
  b: {run: inner, next: {agreed: won, refused: lost}}
"""
    (tmp_path / "deal.yaml").write_text(HEAD + text, encoding="utf-8")
    process = sf.load(tmp_path / "deal.yaml")
    reckoning = Reckoning(process, Schedules(process))
    exits = reckoning.journey("a", process.steps).exits
    assert {name: at / HOUR for name, (at, _) in exits.items()} == {"won": 8, "lost": 7}
    assert reckoning.least(process.nodes["a"]) == 4 * HOUR
    assert Longest(process, Schedules(process)).unlimited(process.nodes["a"]) == 7 * HOUR


def test_the_way_names_every_result() -> None:
    process = load("""steps:
  a: {next: {go: {to: [b, c]}}}
  b: {wait: 2h, next: d}
  c: {wait: 7h, next: d}
  d: {wait_for: [b, c], next: won}
""")
    journey = Reckoning(process, Schedules(process)).journey("a", process.steps)
    assert journey.way("d.done", "d") == ("a.go", "c.done", "d.done")


def test_a_pace_takes_the_place_of_effort_and_wait() -> None:
    process = load("steps:\n  a: {wait: 2h, next: b}\n  b: {wait: 3h, next: won}\n")

    def pace(step: Step) -> float | None:
        return 10 * HOUR if step.id == "a" else None

    exits = Reckoning(process, Schedules(process), pace=pace).journey("a", process.steps).exits
    assert exits["won"][0] == 13 * HOUR


# ------------------------------------------------------------------------------- the longest


def test_the_longest_is_certain_only_without_people_and_queues() -> None:
    assert most("steps:\n  a: {wait: {min: 1h, max: 5h}, next: won}\n") == 5
    assert most("steps:\n  a: {wait: {median: 1h, p90: 5h}, next: won}\n") == INFINITE
    assert most("steps:\n  a: {by: x, effort: 1h, next: won}\n") == INFINITE
    assert most("steps:\n  a: {by: x, next: won}\n") == INFINITE
    assert most("steps:\n  a: {next: won}\n") == 0
    assert most(OFFICE + "steps:\n  a: {by: buyer, effort: {min: 1h, max: 4h}, next: won}\n") == 4
    assert most(OFFICE + "steps:\n  a: {by: seller, wait: 1bd, next: won}\n") == 72
    guarded = "data: {vip: {type: yes_no}}\nsteps:\n  a: {wait: 1h, next: {x1: {to: won, when: vip}, x2: {to: lost, RULE}}}\n"
    assert most(guarded.replace("RULE", "when: not vip")) == INFINITE
    assert most(guarded.replace("RULE", "otherwise: true")) == 1
    assert most(guarded.replace("RULE", "at_most: 4")) == INFINITE


def test_the_longest_way_through_a_block() -> None:
    text = """steps:
  a:
    parallel:
      one:
        start: s
        steps:
          s: {wait: 2h, next: {x1: t, x2: u}}
          t: {wait: 3h, next: {x1: u, x2: done}}
          u: {by: x, effort: 1h, timeout: {after: 9h, result: late}, next: {ok: done, late: leave}}
      two: {steps: {s: {wait: 13h, next: done}}}
    next: {done: won, late: lost}
"""
    assert most(text) == 14
    assert most(text.replace("x2: u}", "x2: u, x3: s}")) == INFINITE
    assert most(text.replace("timeout: {after: 9h, result: late}, ", "")) == INFINITE


def test_a_meeting_in_a_branch_may_wait_for_ever() -> None:
    text = """steps:
  a:
    parallel:
      one:
        start: s
        steps:
          s: {next: {x1: {to: [t, u]}}}
          t: {next: v}
          u: {next: v}
          v: {wait_for: [t, u], next: done}
    next: {done: won}
"""
    assert most(text) == INFINITE


# ----------------------------------------------------------------------- an independent opinion


def slow_ends(steps: Any, start: str) -> dict[str, float]:
    """Exits of a scope: times fall from infinity until nothing falls any more."""
    within = {step.node: step for step in steps.values()}
    edges = [edge for step in within.values() for edge in leaving(step)]
    at = dict.fromkeys(within, INFINITE) | {start: 0.0}
    falling = True
    while falling:
        before = dict(at)
        for node, step in within.items():
            arrivals: dict[str, float] = {}
            for giver, lasting, _, target in edges:
                if target == node:
                    arrivals[giver] = min(arrivals.get(giver, INFINITE), at[giver] + lasting)
            meeting = max if step.wait_for else min
            at[node] = min(at[node], meeting(arrivals.values(), default=INFINITE))
        falling = at != before
    exits: dict[str, float] = {}
    for giver, lasting, name, target in edges:
        if target not in within and at[giver] + lasting < INFINITE:
            key = name if target == LEAVE else target
            exits[key] = min(exits.get(key, INFINITE), at[giver] + lasting)
    return exits


def leaving(step: Step) -> Iterator[tuple[str, float, str, str]]:
    times = slow_times(step)
    for result in step.next.values():
        for target in result.targets:
            yield step.node, times.get(result.id, INFINITE), result.id, target


def slow_times(step: Step) -> dict[str, float]:
    if isinstance(step, Work):
        times = {r.id: lasting(step) for r in step.next.values() if not step.by_timer_only(r)}
    else:
        assert isinstance(step, Block)
        times = {}
        done: list[tuple[Branch, float]] = []
        for branch in step.branches.values():
            exits = slow_ends(branch.steps, branch.start)
            done.append((branch, exits.pop(DONE, INFINITE)))
            for name, time in exits.items():
                times[name] = min(time, times.get(name, INFINITE))
        times[DONE] = min(finishing(step, running, done) for running in subsets(done))
    if step.timeout is not None:
        after = step.timeout.after.milliseconds
        times[step.timeout.result] = min(after, times.get(step.timeout.result, INFINITE))
    return times


def subsets(done: list[tuple[Branch, float]]) -> Iterator[list[float]]:
    """Every choice of branches that may run."""
    free = [time for branch, time in done if branch.when is not None]
    sure = [time for branch, time in done if branch.when is None]
    for mask in range(2 ** len(free)):
        yield sure + [time for place, time in enumerate(free) if mask >> place & 1]


def finishing(block: Block, running: list[float], done: Any) -> float:
    if not running:
        return 0.0
    need = {"all": len(running), "any": 1}.get(block.join, block.need)
    return sorted(running)[min(need, len(running)) - 1]


def lasting(step: Step) -> float:
    assert isinstance(step, Work)
    return 0.0 if step.wait is None else float(step.wait.low) * HOUR


def with_waits(data: dict[str, Any], waits: list[int]) -> dict[str, Any]:
    """Each work step of a generated process takes one of the waits."""
    place = 0
    pending = [data["steps"]]
    while pending:
        for spec in pending.pop().values():
            pending += [branch["steps"] for branch in spec.get("parallel", {}).values()]
            if "parallel" not in spec:
                spec["wait"] = f"{waits[place % len(waits)]}h"
                place += 1
    return data


@settings(max_examples=60, deadline=None)
@given(processes(), st.lists(st.integers(0, 20), min_size=3, max_size=7))
def test_generated_processes_are_reckoned_alike(data: dict[str, Any], waits: list[int]) -> None:
    process = sf.load(with_waits(data, waits))
    reckoning = Reckoning(process, Schedules(process))
    longest = Longest(process, Schedules(process))
    for source in process.sources.values():
        journey = reckoning.journey(source.start, process.steps)
        exits = {name: at for name, (at, _) in journey.exits.items()}
        assert exits == slow_ends(process.steps, source.start)
    for step in process.nodes.values():
        least, greatest = reckoning.least(step), longest.unlimited(step)
        assert least <= greatest or least == INFINITE
