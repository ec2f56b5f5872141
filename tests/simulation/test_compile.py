"""Programs written from processes: every construct of the language as rows that say what it says."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

import salesflow as sf
from salesflow.calendars import open_intervals
from salesflow.errors import LoadError, SimulationError, UsageError
from salesflow.simulation import program as rows
from salesflow.simulation.building.marks import probe_of, wait_probe_of
from salesflow.simulation.compile import program_of, written_program
from salesflow.simulation.gauges import Probe
from salesflow.simulation.needs import needs_of
from salesflow.simulation.philox import element_key
from salesflow.simulation.program import (
    Apart,
    Bridge,
    Capture,
    Node,
    Program,
    Span,
    Way,
)
from salesflow.testing.wild import families, processes

HOUR, DAY = 3_600_000, 86_400_000
WEEK = 7 * DAY
EXAMPLES = Path(__file__).parents[2] / "examples"

OFFICE = """
currency: EUR
calendars:
  office: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}
  early: {timezone: Europe/Paris, hours: {mon-thu: "07:00-15:00"}}
  desk: {timezone: Asia/Tokyo, hours: {mon-fri: "09:00-12:00"}}
departments:
  sales:
    calendar: office
    roles:
      seller: {people: 3, cost_per_hour: 50, available: 50%, keeps_deal: true, max_open_deals: 7}
      chief: {people: 1, available: 25%, takes_first: largest}
  legal: {calendar: early, roles: {counsel: {people: 2, takes_first: earliest_deadline}}}
  desk: {people: 1, takes_first: newest}
  buyer: {external: true, calendar: desk, roles: {customer: {}}}
data:
  amount: {type: money}
  region: {type: choice, values: [north, south, east]}
  vip: {type: yes_no}
  paper: {type: document}
"""


def loaded(text: str) -> Any:
    return sf.loads(text)


def written(steps: str, more: str = "", *, name: str = "deals") -> Program:
    """The program of a process of the office above."""
    text = f"salesflow: 1\nprocess: {name}\n{OFFICE}{more or SOURCES}steps:\n{steps}{OUTCOMES}"
    return written_program([loaded(text)], duration=2 * WEEK, warmup=WEEK)


SOURCES = "sources: {web: {start: a, arrivals: 10 per week}}\n"
OUTCOMES = "outcomes: {won: {kind: won}, lost: {kind: lost, requires: [paper]}}\n"


def node(program: Program, path: str) -> Node:
    return next(row for row in program.nodes if row.path == f"deals:{path}")


def way(program: Program, path: str) -> Way:
    return next(row for row in program.ways if row.path == f"deals:{path}")


def field(program: Program, name: str) -> int:
    return [row.path for row in program.fields].index(f"deals:{name}")


def at(program: Program, path: str) -> int:
    return [row.path for row in program.nodes].index(f"deals:{path}")


def role(program: Program, name: str) -> int:
    return [row.id for row in program.roles].index(name)


# who works


def test_people_are_counted_off_by_role() -> None:
    program = written("  a: {by: seller, next: won}\n")
    assert [(r.id, r.first, r.people) for r in program.roles] == [
        ("chief", 0, 1),
        ("counsel", 1, 2),
        ("desk", 3, 1),
        ("seller", 4, 3),
    ]
    seller = program.roles[3]
    assert (seller.cost, seller.keeper, seller.max_open, program.keepers) == (50.0, 0, 7, 1)
    assert [r.order for r in program.roles] == [
        rows.LARGEST,
        rows.EARLIEST_DEADLINE,
        rows.NEWEST,
        rows.OLDEST,
    ]
    assert program.roles[2].table == -1
    assert program.departments == ("desk", "legal", "sales")
    assert program.zone == "Europe/Berlin"


@pytest.mark.parametrize(
    ("people", "leader", "members", "stretch"),
    [
        ("by: seller", "seller", ["seller"], 2.0),
        ("by: seller, with: [counsel, chief]", "seller", ["chief", "counsel", "seller"], 4.0),
        ("by: desk, with: [counsel]", "desk", ["counsel", "desk"], 1.0),
        ("by: customer, with: [counsel, chief]", "chief", ["chief", "counsel"], 4.0),
        ("by: customer, with: [counsel]", "counsel", ["counsel"], 1.0),
    ],
)
def test_a_crew_is_everybody_of_ours(
    people: str, leader: str, members: list[str], stretch: float
) -> None:
    program = written(f"  a: {{{people}, effort: 1h, next: won}}\n")
    crew = program.crews[node(program, "a").crew]
    assert crew.leader == role(program, leader)
    assert crew.roles == tuple(role(program, name) for name in members)
    assert crew.stretch == stretch


def test_without_effort_nobody_is_needed() -> None:
    program = written("  a: {by: seller, wait: 2d, next: won}\n")
    a = node(program, "a")
    assert (a.crew, a.effort, a.effort_table, a.wait_table) == (-1, -1, -1, -1)
    assert program.draws[a.wait] == rows.Draw(rows.CONSTANT, 48.0, scale=HOUR)
    assert a.department == program.departments.index("sales")


def test_others_work_in_their_own_hours_and_nobody_of_ours_does() -> None:
    program = written("  a: {by: customer, effort: 90min, wait: 1h, next: won}\n")
    a = node(program, "a")
    assert (a.crew, a.department) == (-1, -1)
    assert program.draws[a.effort] == rows.Draw(rows.CONSTANT, 1.5, scale=HOUR)
    assert program.tables[a.effort_table].closes[0] == 3 * HOUR  # noon in Tokyo


def test_effort_of_nobody_takes_its_time() -> None:
    program = written("  a: {effort: 2h, next: won}\n")
    a = node(program, "a")
    assert (a.crew, a.effort_table) == (-1, -1)
    assert program.draws[a.effort].a == 2.0


def test_several_work_while_all_are_there() -> None:
    program = written("  a: {by: seller, with: [counsel], effort: 1h, next: won}\n")
    table = program.tables[program.crews[node(program, "a").crew].table]
    assert table.opens[:5] == tuple(8 * HOUR + day * DAY for day in (0, 1, 2, 3, 7))
    assert table.closes[:4] == tuple(14 * HOUR + day * DAY for day in range(4))


def test_business_time_is_that_of_who_does_the_step() -> None:
    step = "by: counsel, effort: 1h, wait: {mean: 2bd}, sla: {within: 1bd}"
    later = "timeout: {after: 4bh, result: late}, escalate: {after: 30min, by: chief}"
    program = written(f"  a: {{{step}, {later}, next: {{done: won, late: lost}}}}\n")
    a = node(program, "a")
    counsel = program.roles[role(program, "counsel")].table
    assert (a.sla, a.timeout) == (Span(8 * HOUR, counsel), Span(4 * HOUR, counsel))
    assert a.escalate == Span(30 * 60_000, -1)
    assert a.wait_table == counsel
    assert program.draws[a.wait] == rows.Draw(rows.EXPONENTIAL, 2.0, scale=8 * HOUR)
    assert program.crews[a.escalate_crew].leader == role(program, "chief")
    assert a.timeout_way == program.ways.index(way(program, "a.late"))


def test_only_work_that_waits_for_people_is_escalated() -> None:
    escalated = "escalate: {after: 1d, by: %s}, next: won}\n"
    for step in (
        "  a: {by: seller, wait: 1d, " + escalated % "chief",
        "  a: {by: seller, effort: 1h, " + escalated % "customer",
    ):
        a = node(written(step), "a")
        assert (a.escalate, a.escalate_crew) == (None, -1)


def test_who_takes_over_brings_along_who_works_with_them() -> None:
    program = written(
        "  a: {by: seller, with: [counsel], effort: 1h, escalate: {after: 1d, by: chief}, "
        "next: won}\n"
    )
    crew = program.crews[node(program, "a").escalate_crew]
    assert crew.roles == (role(program, "chief"), role(program, "counsel"))


# how deals go


def test_results_that_can_be_chosen_come_first() -> None:
    program = written(
        "  a:\n"
        "    timeout: {after: 1d, result: late}\n"
        "    next:\n"
        "      zero: {to: won, when: amount > 5, share: 20%, at_most: 2}\n"
        "      late: lost\n"
        "      some: {to: [b, c], share: 30%}\n"
        "      else_: {to: lost, otherwise: true}\n".replace("else_", "other")
        + "  b: {next: d}\n  c: {next: d}\n  d: {wait_for: [b, c], next: won}\n"
    )
    a = node(program, "a")
    found = program.ways[a.first_way : a.last_way]
    assert [w.path.rpartition(".")[2] for w in found] == ["some", "zero", "late", "other"]
    assert (a.chosen, a.otherwise - a.first_way, a.timeout_way - a.first_way) == (2, 3, 2)
    some, zero, late, other = found
    assert some.leads == ((rows.NODE, at(program, "b")), (rows.NODE, at(program, "c")))
    assert (some.share, some.guard, some.at_most, some.counter) == (0.3, -1, -1, -1)
    assert (zero.share, zero.at_most, zero.counter, program.counters) == (0.2, 2, 0, 1)
    assert program.codes[zero.guard][-1][0] == 12  # GREATER
    assert (late.share, other.share) == (-1.0, -1.0)
    assert late.leads == ((rows.OUTCOME, 0),)
    assert zero.leads == ((rows.OUTCOME, 1),)
    assert node(program, "d").waits_for == (at(program, "b"), at(program, "c"))
    assert program.outcomes[0].kind == rows.LOST
    assert program.outcomes[0].requires == (field(program, "paper"),)


def test_what_a_result_sets_is_written_before_what_it_captures() -> None:
    program = written(
        "  a:\n    captures: {amount: {median: 100, p90: 300}, paper: filled}\n"
        "    next: {b: {to: won, set: {amount: amount * 2, region: south, vip: filled}, "
        "captures: [paper]}}\n"
    )
    amount, paper, region, vip = (
        field(program, name) for name in ("amount", "paper", "region", "vip")
    )
    first, second = node(program, "a").captures
    assert (first.field, second) == (
        amount,
        Capture(paper, -1, element_key("deals:a#captures.paper")),
    )
    assert first.key == element_key("deals:a#captures.amount")
    assert program.draws[first.draw].family == rows.LOGNORMAL
    b = way(program, "a.b")
    assert [s.field for s in b.settings] == [amount, region]
    assert program.codes[b.settings[1].code] == ((0, 1.0),)
    assert [(c.field, c.draw) for c in b.captures] == [(vip, -1), (paper, -1)]


BLOCK = """
  a:
    parallel:
      one:
        start: x
        steps:
          x: {next: {ok: u, bad: {to: leave, share: 5%}}}
          u: {next: {ok: done, odd: {to: leave, when: amount < 0}}}
      two: {when: "times(a.bad) < 2 and visited(b)", steps: {z: {next: done}}}
    join: {at_least: 2}
    timeout: {after: 3d, result: late}
    next: {done: b, bad: lost, late: lost, odd: lost}
  b: {next: {again: a, end: won}}
"""


def test_a_block_has_lanes_and_what_leaves_it_takes_its_result() -> None:
    program = written(BLOCK)
    a, x, u, z = (node(program, path) for path in ("a", "a.one.x", "a.one.u", "a.two.z"))
    assert (a.kind, a.lanes, a.need, a.chosen) == (rows.BLOCK, (0, 1), 2, 0)
    assert program.ways[a.done].path == "deals:a.done"
    assert (x.lane, z.lane, x.depth, a.depth, x.run) == (0, 1, 1, 0, -1)
    assert [lane.start for lane in program.lanes] == [
        at(program, "a.one.x"),
        at(program, "a.two.z"),
    ]
    assert program.lanes[0].guard == -1
    assert program.ways[way(program, "a.one.x.bad").block_way].path == "deals:a.bad"
    assert way(program, "a.one.x.bad").leads == ((rows.LEAVE, -1),)
    assert way(program, "a.one.u.ok").leads == ((rows.DONE, -1),)
    assert (way(program, "a.bad").counter, way(program, "a.done").counter) == (0, -1)
    assert (node(program, "b").visited, a.visited, program.visited) == (0, -1, 1)
    assert [code for code, _ in program.codes[program.lanes[1].guard]] == [2, 0, 10, 3, 16]
    assert (u.first_way, u.chosen) == (program.ways.index(way(program, "a.one.u.odd")), 2)


@pytest.mark.parametrize(("join", "need"), [("all", 0), ("any", 1)])
def test_joins(join: str, need: int) -> None:
    program = written(BLOCK.replace("{at_least: 2}", join))
    assert node(program, "a").need == need


def test_what_a_file_forgot_leads_nowhere() -> None:
    program = written(
        BLOCK.replace("done: b, bad: lost, ", "").replace("times(a.bad) < 2 and ", "")
    )
    assert node(program, "a").done == -1
    assert way(program, "a.one.x.bad").block_way == -1


INNER = f"""salesflow: 1
process: credit
{OFFICE}
stages: {{inside: {{win_chance: 10%}}}}
sources: {{ask: {{start: look, arrivals: 3 per week, gives: {{amount: 5}}}}}}
steps:
  look:
    by: desk
    stage: inside
    effort: 1h
    next: {{good: {{to: sign, when: amount > 3, at_most: 2}}, bad: {{to: refused, otherwise: true}}}}
  sign: {{by: counsel, effort: 1h, next: {{ok: agreed, far: {{to: look, when: visited(look)}}}}}}
outcomes: {{agreed: {{kind: done}}, refused: {{kind: failed}}}}
touchpoints: {{papers: {{from: desk, to: legal, requires: [amount], accept_within: 1bd}}}}
policies: {{two: {{different_person: [sign, look]}}}}
"""


def outer(folder: Path, steps: str, more: str = "") -> Program:
    (folder / "pyproject.toml").write_text("")
    (folder / "credit.yaml").write_text(INNER)
    text = (
        f"salesflow: 1\nprocess: deals\nuse: [credit.yaml]\n{OFFICE}{more}{SOURCES}steps:\n{steps}"
    )
    (folder / "deals.yaml").write_text(text + OUTCOMES)
    return written_program([sf.load(str(folder / "deals.yaml"))], duration=WEEK, warmup=0)


RUNS = """
  a: {run: credit, next: {agreed: b, refused: lost}, timeout: {after: 9d, result: refused}}
  b:
    parallel: {only: {steps: {c: {run: credit, next: {agreed: done, refused: leave}}}}}
    next: {done: won, refused: lost}
"""


def test_a_run_is_opened_where_it_stands(tmp_path: Path) -> None:
    program = outer(tmp_path, RUNS)
    a, look, deep = (node(program, path) for path in ("a", "a.look", "b.only.c.look"))
    assert (a.kind, a.start, look.run, look.depth) == (
        rows.RUN,
        at(program, "a.look"),
        at(program, "a"),
        1,
    )
    assert a.outcomes == (
        (rows.ENDED, program.ways.index(way(program, "a.agreed"))),
        (rows.FAILED, program.ways.index(way(program, "a.refused"))),
    )
    assert (deep.depth, deep.lane, node(program, "b.only.c").lane) == (2, -1, 0)
    assert way(program, "a.look.bad").leads == ((rows.OUTCOME, 1),)  # of the run's outcomes
    assert way(program, "a.look.good").counter != way(program, "b.only.c.look.good").counter
    assert (look.visited, deep.visited, program.visited) == (0, 1, 2)
    assert way(program, "a.look.good").guard == way(program, "b.only.c.look.good").guard
    assert look.key == element_key("deals:a.look")
    assert look.stage == -1  # the deal shows the stages of its own process
    assert [row.path for row in program.sources] == ["deals:web"]
    assert len(program.fields) == 4


def test_who_runs_a_process_brings_the_people(tmp_path: Path) -> None:
    more = OFFICE.replace("counsel: {people: 2", "counsel: {people: 5")
    (tmp_path / "pyproject.toml").write_text("")
    (tmp_path / "credit.yaml").write_text(INNER)
    own = (
        f"salesflow: 1\nprocess: deals\nuse: [credit.yaml]\n{more}{SOURCES}steps:\n{RUNS}{OUTCOMES}"
    )
    (tmp_path / "deals.yaml").write_text(own)
    process = sf.load(str(tmp_path / "deals.yaml"))
    assert not [found for found in needs_of([process]) if found.rule == "role-differs"]
    program = written_program([process], duration=WEEK, warmup=0)
    assert program.roles[role(program, "counsel")].people == 5


def test_who_names_no_people_has_those_of_what_is_run(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("")
    (tmp_path / "credit.yaml").write_text(INNER)
    step = "  d: {by: counsel, effort: 1h, next: a}\n"
    own = (
        "salesflow: 1\nprocess: deals\nuse: [credit.yaml]\n"
        + SOURCES.replace("start: a", "start: d")
        + f"steps:\n{step}{RUNS}{OUTCOMES.replace(', requires: [paper]', '')}"
    )
    (tmp_path / "deals.yaml").write_text(own)
    process = sf.load(str(tmp_path / "deals.yaml"))
    assert not [found for found in needs_of([process]) if found.rule == "no-people"]
    program = written_program([process], duration=WEEK, warmup=0)
    counsel = role(program, "counsel")
    assert program.crews[node(program, "d").crew].leader == counsel
    assert program.roles[counsel].people == 2


def test_what_a_process_that_is_run_promises_holds_in_each_run(tmp_path: Path) -> None:
    own = "touchpoints: {papers: {from: desk, to: legal, at: b.only, accept_within: 2d}}\n"
    program = outer(tmp_path, RUNS, own)
    assert [(t.path, t.accept) for t in program.touchpoints] == [
        ("deals:papers", Span(2 * DAY)),
        ("deals:a.papers", Span(8 * HOUR, program.roles[role(program, "counsel")].table)),
        ("deals:b.only.c.papers", Span(8 * HOUR, program.roles[role(program, "counsel")].table)),
    ]
    desk = program.departments.index("desk")
    assert node(program, "a.sign").bridges == (Bridge(desk, 1),)
    assert node(program, "b.only.c.sign").bridges == (Bridge(desk, 0), Bridge(desk, 2))
    assert node(program, "a.look").bridges == ()


def test_touchpoints_stand_where_the_other_department_takes_over() -> None:
    touchpoints = (
        "touchpoints:\n"
        "  every: {from: sales, to: legal, requires: [paper, amount], returns: [vip]}\n"
        "  there: {from: desk, to: legal, at: c, accept_within: 4bh}\n"
        "  own: {from: legal, to: legal}\n"
    )
    program = written(
        "  a: {by: seller, next: b}\n  b: {by: counsel, next: c}\n"
        "  c: {by: counsel, next: d}\n  d: {by: customer, next: won}\n",
        touchpoints + SOURCES.replace("start: a", "start: a, department: sales"),
    )
    sales, desk = (program.departments.index(name) for name in ("sales", "desk"))
    every, own, there = range(3)
    assert [t.path for t in program.touchpoints] == ["deals:every", "deals:own", "deals:there"]
    assert node(program, "a").bridges == node(program, "d").bridges == ()
    assert node(program, "b").bridges == (Bridge(sales, every),)
    assert node(program, "c").bridges == (Bridge(sales, every), Bridge(desk, there))
    assert program.touchpoints[every].requires == (
        field(program, "amount"),
        field(program, "paper"),
    )
    assert program.touchpoints[there].accept == Span(
        4 * HOUR, program.roles[role(program, "counsel")].table
    )
    assert own == 1
    assert program.sources[0].department == sales


@pytest.mark.parametrize(
    ("department", "calendar"),
    [
        (
            "{calendar: desk, roles: {counsel: {calendar: early}, clerk: {calendar: early}}}",
            "early",
        ),
        (
            "{calendar: desk, roles: {counsel: {calendar: early}, clerk: {calendar: office}}}",
            "desk",
        ),
        ("{roles: {counsel: {calendar: early}, clerk: {calendar: office}}}", "office"),
        ("{calendar: desk, roles: {counsel: {}}}", "desk"),
    ],
)
def test_business_time_of_a_touchpoint_is_the_receivers(department: str, calendar: str) -> None:
    office = OFFICE.replace(
        "{calendar: early, roles: {counsel: {people: 2, takes_first: earliest_deadline}}}",
        department,
    )
    touchpoints = "touchpoints: {brief: {from: sales, to: legal, accept_within: 1bd}}\n"
    text = f"salesflow: 1\nprocess: deals\n{office}{touchpoints}{SOURCES}steps: {{a: {{next: won}}}}\n{OUTCOMES}"
    process = loaded(text)
    program = written_program([process], duration=WEEK, warmup=0)
    accept = program.touchpoints[0].accept
    assert accept is not None
    expected = process.people.calendars[calendar]
    assert accept.length == expected.business_day_ms
    first = open_intervals(expected, program.start_ms, program.start_ms + WEEK)[0]
    assert program.tables[accept.table].opens[0] == first[0] - program.start_ms


def test_whoever_did_one_step_must_not_do_the_other() -> None:
    policies = (
        "policies:\n"
        "  eyes: {different_person: [a, b]}\n"
        "  same: {different_person: [a, a]}\n"
        "  apart: {different_person: [a, c]}\n"  # nobody can do both
        "  taken: {different_person: [c, d]}\n"
    )
    program = written(
        "  a: {by: seller, effort: 1h, next: b}\n  b: {by: seller, effort: 1h, next: c}\n"
        "  c: {by: counsel, effort: 1h, next: d}\n"
        "  d: {by: desk, effort: 1h, escalate: {after: 1d, by: counsel}, next: won}\n",
        policies + SOURCES,
    )
    assert program.sides == 4
    assert node(program, "a").apart == (Apart(0, 0, 2),)
    assert node(program, "b").apart == (Apart(1, 0, 2),)
    assert node(program, "c").apart == (Apart(2, 2, 4),)
    assert node(program, "d").apart == (Apart(3, 2, 4),)


# how deals come


def test_how_deals_come() -> None:
    sources = (
        "sources:\n"
        "  still: {start: a}\n"
        "  rate: {start: a, arrivals: 84 per week, cost: 12.5, department: buyer}\n"
        "  open: {start: a, arrivals: {rate: 20 per week, calendar: early}}\n"
        "  batch: {start: a, arrivals: {every: 2w, batch: 9}, "
        "gives: {amount: {min: 1, max: 3}, region: {south: 50%, east: rest}, paper: filled}}\n"
        "  none: {start: a, arrivals: 0 per year}\n"
    )
    program = written("  a: {next: won}\n", sources.replace("none", "zero"))
    batch, opened, rate, still, zero = program.sources
    assert (batch.every, batch.batch, batch.gap) == (14 * DAY, 9, -1)
    assert [program.draws[c.draw].family if c.draw >= 0 else None for c in batch.captures] == [
        rows.UNIFORM,
        None,
        rows.CHOICE,
    ]
    assert batch.captures[2].key == element_key("deals:sources.batch#gives.region")
    assert program.draws[batch.captures[2].draw].values == (2.0, 1.0)  # east, south
    assert program.draws[rate.gap] == rows.Draw(rows.EXPONENTIAL, 2.0, scale=HOUR)
    assert (rate.table, rate.cost, rate.department) == (-1, 12.5, -1)
    assert program.draws[opened.gap] == rows.Draw(rows.EXPONENTIAL, 32 / 20, scale=HOUR)
    assert program.tables[opened.table].opens[0] == 6 * HOUR
    assert (still.gap, still.every, zero.gap, zero.every) == (-1, 0, -1, 0)
    assert still.key == element_key("deals:sources.still")
    assert rate.arrivals_key == element_key("deals:sources.rate#arrivals")
    assert (still.source_field, program.marks) == (-1, 0)


def test_the_source_is_a_field_where_something_asks_for_it() -> None:
    sources = "sources: {web: {start: a, arrivals: 1 per day}, fair: {start: a}}\n"
    program = written("  a: {next: {x: {to: won, when: source == web}, z: lost}}\n", sources)
    at_source = field(program, "source")
    assert program.fields[at_source].values == ("fair", "web")
    assert [(s.source_field, s.source_value) for s in program.sources] == [
        (at_source, 0.0),
        (at_source, 1.0),
    ]
    assert program.codes[way(program, "a.x").guard] == ((1, at_source), (0, 1.0), (14, 0.0))


# what is measured


OBJECTIVES = """
objectives:
  whole: {measure: win_rate, at_least: 20%}
  rate: {measure: win_rate, from: b, at_least: 20%}
  time: {measure: time, from: a.go, to: won, at_most: 9d}
  same: {measure: time, from: a.go, to: won, statistic: p90, at_most: 20d}
  till: {measure: time, to: b, at_most: 9d}
  lane: {measure: time, from: c.one, to: c, at_most: 9d}
  step: {measure: waiting, of: b, at_most: 1d}
  role: {measure: waiting, of: seller, at_most: 1d}
  other: {measure: waiting, of: customer, at_most: 1d}
"""


def test_objectives_find_their_probes() -> None:
    text = f"salesflow: 1\nprocess: deals\n{OFFICE}{SOURCES}{OBJECTIVES}steps:\n"
    steps = (
        "  a: {next: {go: b}}\n  b: {by: seller, effort: 1h, next: c}\n"
        "  c: {parallel: {one: {steps: {d: {next: done}}}}, next: won}\n"
    )
    process = loaded(text + steps + OUTCOMES)
    program = written_program([process], duration=WEEK, warmup=0)
    b, go, won, d, c = (
        node(program, "b").mark,
        way(program, "a.go").mark,
        program.outcomes[1].mark,
        node(program, "c.one.d").mark,
        node(program, "c").mark,
    )
    assert sorted((b, go, won, d, c)) == [*range(5)]
    assert program.marks == 5
    expected = {
        "whole": Probe(0),
        "rate": Probe(0, b),
        "time": Probe(0, go, won),
        "same": Probe(0, go, won),
        "till": Probe(0, -1, b),
        "lane": Probe(0, d, c),
    }
    assert program.probes[0] == Probe(0)
    assert len(program.probes) == 5
    for name, probe in expected.items():
        assert program.probes[probe_of(program, 0, process.objectives[name])] == probe
    waits = [wait_probe_of(program, 0, process.objectives[n]) for n in ("step", "role", "other")]
    assert waits == [0, 1, -1]
    assert program.wait_probes[0].node == at(program, "b")
    assert program.wait_probes[1].role == role(program, "seller")


def test_stages_worth_and_facing() -> None:
    more = (
        "value: amount\nstages: {late: {win_chance: 50%, max_age: 3d}, early: {win_chance: 5%}}\n"
    )
    program = written(
        "  a: {stage: late, facing: customer, requires: [vip, amount], next: b}\n"
        "  b: {stage: early, next: won}\n",
        more + SOURCES,
    )
    assert [(s.path, s.max_age) for s in program.stages] == [
        ("deals:early", -1),
        ("deals:late", 3 * DAY),
    ]
    assert (node(program, "a").stage, node(program, "b").stage) == (1, 0)
    assert (node(program, "a").facing, node(program, "b").facing) == (True, False)
    assert node(program, "a").requires == (field(program, "amount"), field(program, "vip"))
    assert program.parts == (rows.Part("deals", field(program, "amount")),)


def test_the_clock_starts_at_midnight_of_the_start_date() -> None:
    program = written("  a: {next: won}\n", "start_date: 2026-02-02\n" + SOURCES)
    assert program.start_ms == 1_769_990_400_000
    assert (program.warmup, program.end) == (WEEK, 3 * WEEK)
    assert (program.hours[0], len(program.hours)) == (1, 3 * 168)


# several processes


def test_several_processes_share_their_people() -> None:
    office = f"salesflow: 1\nprocess: one\n{OFFICE}{SOURCES}"
    one = loaded(office + "steps: {a: {by: seller, effort: 1h, next: won}}\n" + OUTCOMES)
    two = loaded(
        "salesflow: 1\nprocess: two\n"
        "sources: {post: {start: b, arrivals: 2 per week}}\n"
        "steps: {b: {by: seller, effort: 2h, next: {x: {to: end, at_most: 1}}}}\n"
        "outcomes: {end: {kind: done}}\n"
        "objectives: {time: {measure: time, from: b, at_most: 3d}}\n"
    )
    program = program_of([one, two], duration=WEEK, warmup=0)
    assert [part.id for part in program.parts] == ["one", "two"]
    assert [row.path for row in program.nodes] == ["one:a", "two:b"]
    assert [row.process for row in program.nodes] == [0, 1]
    assert program.nodes[0].crew == program.nodes[1].crew == 0
    assert [row.path for row in program.ways] == ["one:a.done", "two:b.x"]
    assert program.ways[1].leads == ((rows.OUTCOME, 2),)
    assert program.sources[1].start == 1
    assert program.probes == (Probe(0), Probe(1), Probe(1, program.nodes[1].mark))
    assert probe_of(program, 1, two.objectives["time"]) == 2
    assert [row.path for row in program.fields] == [
        f"one:{name}" for name in ("amount", "paper", "region", "vip")
    ]


# laws


def enterprise() -> Any:
    return sf.load(str(EXAMPLES / "enterprise" / "enterprise.salesflow.yaml"))


def keys_of(program: Program) -> dict[str, int]:
    """Everything that random numbers are keyed by."""
    found = {row.path: row.key for row in program.nodes}
    for source in program.sources:
        found[f"{source.path}!"] = source.key
        found[f"{source.path}!arrivals"] = source.arrivals_key
    for row in (*program.nodes, *program.ways, *program.sources):
        for capture in row.captures:
            name = program.fields[capture.field].path
            found[f"{row.path}#{type(row).__name__}{name}"] = capture.key
    return found


def test_a_new_step_changes_no_other_key(tmp_path: Path) -> None:
    before = keys_of(program_of([enterprise()], duration=WEEK, warmup=0))
    variant = (
        "salesflow: 1\nvariant: more\nof: enterprise.salesflow.yaml\nchange:\n"
        "  steps.aaa: {by: sdr, effort: 1h, captures: {amount: {min: 1, max: 2}}, next: qualify}\n"
        "  steps.contracting.parallel.aaa: {steps: {first: {wait: 1d, next: done}}}\n"
        "  sources.aab: {start: aaa, arrivals: 1 per week, gives: {company: filled}}\n"
        "  departments.legal.roles.aaa: {people: 4}\n"
    )
    for file in (EXAMPLES / "enterprise").iterdir():
        (tmp_path / file.name).write_text(file.read_text())
    (tmp_path / "more.salesflow.yaml").write_text(variant)
    process = sf.load(str(tmp_path / "more.salesflow.yaml"))
    after = keys_of(program_of([process], duration=WEEK, warmup=0))
    assert process.id == "more"
    renamed = {name.replace("more:", "enterprise:"): key for name, key in after.items()}
    assert len(renamed) > len(before)
    assert {name: renamed[name] for name in before} == before


def test_beside_what_it_varies_a_variant_has_deals_of_its_own() -> None:
    base = enterprise()
    other = sf.load(str(EXAMPLES / "enterprise" / "enterprise_dach.salesflow.yaml"))
    for together in ([base, other], [other, base]):
        keys = keys_of(program_of(together, duration=WEEK, warmup=0))
        assert len(set(keys.values())) == len(keys)


def test_keys_differ() -> None:
    keys = keys_of(program_of([enterprise()], duration=WEEK, warmup=0))
    assert len(set(keys.values())) == len(keys)


def turned(data: Any) -> Any:
    """The same data with every map the other way round."""
    if isinstance(data, dict):
        return {key: turned(value) for key, value in reversed(data.items())}
    return [turned(value) for value in data] if isinstance(data, list) else data


@given(processes(arithmetic=True))
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_the_order_of_keys_never_matters(data: dict[str, Any]) -> None:
    one = written_program([sf.load(data)], duration=WEEK, warmup=0)
    other = written_program([sf.load(turned(data))], duration=WEEK, warmup=0)
    assert one == other
    assert one.digest == other.digest


def every_number_stands_for_something(program: Program) -> None:
    """Whatever a row refers to is there."""

    def within(number: int, things: tuple[Any, ...], least: int = -1) -> None:
        assert least <= number < len(things)

    for row in program.nodes:
        assert 0 <= row.first_way <= row.first_way + row.chosen <= row.last_way <= len(program.ways)
        within(row.crew, program.crews)
        within(row.effort, program.draws)
        within(row.wait, program.draws)
        within(row.effort_table, program.tables)
        within(row.timeout_way, program.ways)
        within(row.lane, program.lanes)
        within(row.run, program.nodes)
        for number in (*row.waits_for, *([row.start] if row.kind == rows.RUN else [])):
            within(number, program.nodes, 0)
        assert all(
            program.ways[number].node == program.nodes.index(row)
            for _, number in row.outcomes
            if number >= 0
        )
    for number, row in enumerate(program.ways):
        owner = program.nodes[row.node]
        assert owner.first_way <= number < owner.last_way
        within(row.guard, program.codes)
        within(row.block_way, program.ways)
        assert row.counter < program.counters
        for kind, lead in row.leads:
            if kind == rows.NODE:
                within(lead, program.nodes, 0)
                assert (
                    not program.nodes[lead].waits_for or row.node in program.nodes[lead].waits_for
                )
            elif kind == rows.OUTCOME and owner.run < 0:
                within(lead, program.outcomes, 0)
            elif kind == rows.OUTCOME:
                within(lead, program.nodes[owner.run].outcomes, 0)
    for lane in program.lanes:
        assert program.nodes[lane.start].lane == program.lanes.index(lane)
        assert program.lanes.index(lane) in program.nodes[lane.block].lanes


@given(families())
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_rows_hang_together(tmp_path_factory: Any, files: dict[str, Any]) -> None:
    folder = tmp_path_factory.mktemp("family")
    (folder / "pyproject.toml").write_text("")
    for name, data in files.items():
        (folder / name).write_text(json.dumps(data))
    process = sf.load(str(folder / "main.salesflow.yaml"))
    every_number_stands_for_something(written_program([process], duration=WEEK, warmup=0))


def test_the_example_hangs_together() -> None:
    program = program_of([enterprise()], duration=52 * WEEK, warmup=8 * WEEK)
    every_number_stands_for_something(program)
    assert [len(part) for part in (program.nodes, program.ways, program.lanes)] == [30, 61, 3]
    assert [len(part) for part in (program.roles, program.crews, program.tables)] == [10, 12, 1]
    assert [len(part) for part in (program.touchpoints, program.codes, program.draws)] == [
        15,
        10,
        34,
    ]
    assert (program.counters, program.visited, program.marks, program.sides) == (12, 0, 2, 0)


def test_a_program_is_the_same_in_every_process_and_needs_no_numpy() -> None:
    script = (
        "import sys, salesflow as sf\n"
        "from salesflow.simulation.compile import program_of\n"
        f"p = sf.load({str(EXAMPLES / 'enterprise' / 'enterprise.salesflow.yaml')!r})\n"
        "print(program_of([p], duration=10**10, warmup=0).digest)\n"
        "assert not {'numpy', 'numba', 'networkx'} & {*sys.modules}\n"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            check=True,
            capture_output=True,
            text=True,
            cwd=EXAMPLES.parent,
        ).stdout
        for seed in ("1", "2")
    }
    assert digests == {program_of([enterprise()], duration=10**10, warmup=0).digest + "\n"}


def test_what_is_missing_is_told_with_the_text() -> None:
    process = sf.load(str(EXAMPLES / "hello" / "hello.salesflow.yaml"))
    with pytest.raises(SimulationError) as caught:
        program_of([process], duration=WEEK, warmup=0)
    assert isinstance(caught.value, LoadError)
    assert {finding.rule for finding in caught.value.findings} == {"no-arrivals", "no-share"}
    assert [*caught.value.texts] == [process.file]
    assert written_program([process], duration=WEEK, warmup=0).ways[0].share == -1.0


def test_nobody_simulates_a_century() -> None:
    with pytest.raises(UsageError, match="100 years"):
        program_of([enterprise()], duration=101 * 366 * DAY, warmup=0)
