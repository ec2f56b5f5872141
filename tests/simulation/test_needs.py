"""What a file leaves unsaid: each need at its line and column, in words for the person who wrote it."""

from pathlib import Path

import pytest

import salesflow as sf
from salesflow.errors import SimulationError
from salesflow.simulation.compile import program_of
from salesflow.simulation.needs import needs_of

WEEK = 7 * 86_400_000
EXAMPLES = Path(__file__).parents[2] / "examples"

HEAD = """salesflow: 1
process: smb
"""
DATA = "data: {amount: {type: money}, rebate: {type: percent}, vip: {type: yes_no}, land: {type: choice, values: [north, south]}, seats: {type: number}, note: {type: text}}\n"
OPEN = "sources: {web: {start: call, arrivals: 3 per week}}\n"
PEOPLE = "departments: {sales: {people: 2}}\n"
ENDS = "outcomes: {won: {kind: won}, lost: {kind: lost}}\n"
SURE = "steps: {call: {by: sales, effort: 1h, next: won}}\n"


def told(*texts: str, files: tuple[str, ...] = ()) -> list[str]:
    """Every need as a line: place, severity, rule, message, what to do, other places."""
    loaded = [sf.loads(text) for text in texts] + [sf.load(file) for file in files]
    lines = []
    for found in needs_of(loaded):
        assert found.family == "simulation"
        others = "".join(f" ({o.span.line}:{o.span.column} {o.message})" for o in found.related)
        lines.append(
            f"{found.line}:{found.column} {found.severity} {found.rule}: {found.message} "
            f"{found.help}{others}"
        )
    return lines


def test_the_examples_say_all_that_is_needed() -> None:
    for name in ("smb", "enterprise"):
        assert told(files=(str(EXAMPLES / name / f"{name}.salesflow.yaml"),)) == []


def test_seven_lines_say_too_little() -> None:
    assert told(files=(str(EXAMPLES / "hello" / "hello.salesflow.yaml"),)) == [
        "2:10 warning no-times: No step of `hello` says how long it takes: deals pass through in no "
        "time. Write `effort: 1h` where people work, and `wait: {median: 3d, p90: 10d}` where deals "
        "wait.",
        "3:11 error no-arrivals: How many deals come to `hello` is not said: `website` has no "
        "`arrivals`. Write for example `arrivals: 30 per week` at `website`.",
        "5:34 error no-share: Several results of `first_call` are possible: `interested`, "
        "`no_need`. Nobody says how often. Give each a share, such as `share: 40%`, and the last "
        "one `share: rest`. (5:53 `first_call.no_need`)",
        "6:29 error no-share: Several results of `offer` are possible: `accepted`, `declined`. "
        "Nobody says how often. Give each a share, such as `share: 40%`, and the last one `share: "
        "rest`. (6:44 `offer.declined`)",
    ]


# how deals come


def test_no_source_says_how_many_come() -> None:
    sources = "sources:\n  web: {start: call}\n  fair: {start: call}\n"
    assert told(HEAD + PEOPLE + sources + SURE + ENDS) == [
        "5:3 error no-arrivals: How many deals come to `smb` is not said: `web`, `fair` have no "
        "`arrivals`. Write for example `arrivals: 30 per week` at `web`. (6:3 `fair`)"
    ]


def test_one_source_does_not_say_how_many_come() -> None:
    sources = "sources:\n  web: {start: call, arrivals: 3 per week}\n  fair: {start: call}\n"
    assert told(HEAD + PEOPLE + sources + SURE + ENDS) == [
        "6:3 warning no-arrivals: `fair` does not say how many deals come: none come in the "
        "simulation. Write for example `arrivals: 5 per week`."
    ]


def test_batches_without_time_between_them() -> None:
    sources = "sources: {fair: {start: call, arrivals: {every: 0d, batch: 3}}}\n"
    assert told(HEAD + PEOPLE + sources + SURE + ENDS) == [
        "4:11 error no-arrivals: `fair` has deals come every 0d: infinitely many at once. Write the "
        "time between two batches, such as `every: 13w`."
    ]


# who works


def test_nobody_says_how_many_people_there_are() -> None:
    roles = "departments:\n  sales: {roles: {seller: {}, chief: {people: 0}, idle: {}}}\n  buyer: {external: true}\n"
    steps = """steps:
  call:
    by: seller
    effort: 1h
    escalate: {after: 1d, by: chief}
    next: wait
  wait: {by: idle, wait: 1d, next: look}
  look: {by: buyer, effort: 3h, next: won}
"""
    assert told(HEAD + roles + OPEN + steps + ENDS) == [
        "4:19 error no-people: `seller` has work to do (`call`), and nobody says how many people it "
        "has. Write for example `people: 2` at its role. (8:3 `call`)",
        "4:31 warning no-people: `chief` has `people: 0`: deals that come to `call` wait for ever. "
        "Say how many there are (`people: 1`), or let another role do it. (8:3 `call`)",
    ]


def test_without_departments_people_are_declared() -> None:
    assert told(HEAD + OPEN + SURE + ENDS) == [
        "4:20 error no-people: `sales` has work to do (`call`), and nobody says how many people it "
        "has. Declare it, for example `departments: {sales: {people: 2}}`. (4:9 `call`)"
    ]


def test_two_of_one_person() -> None:
    steps = (
        "steps:\n  call: {by: sales, effort: 1h, next: sign}\n"
        "  sign: {by: sales, effort: 1h, next: won}\n"
    )
    policies = "policies: {eyes: {different_person: [call, sign]}}\n"
    one = PEOPLE.replace("2", "1")
    assert told(HEAD + one + OPEN + steps + policies + ENDS) == [
        "8:12 warning one-person: `eyes` asks for another person for `sign` than for `call`, but "
        "there is only one `sales`: such deals wait for ever. Write `people: 2` at `sales`, or let "
        "another role do one of them. (3:15 `sales`)"
    ]
    assert told(HEAD + PEOPLE + OPEN + steps + policies + ENDS) == []


# how often


def shares(results: str, more: str = "") -> list[str]:
    steps = f"steps:\n  call:\n    by: sales\n    effort: 1h\n{more}    next:\n{results}"
    gives = "gives: {amount: 5, rebate: 5%, vip: 5%, land: north, seats: 3}"
    source = OPEN.replace("}}", f", {gives}}}}}")
    return told(HEAD + DATA + PEOPLE + source + steps + ENDS)


def test_a_share_is_missing_beside_others() -> None:
    assert shares(
        "      a: {to: won, share: 30%}\n      b: {to: lost, share: 20%}\n      c: lost\n"
    ) == [
        "13:7 error no-share: Several results of `call` are possible: `a`, `b`, `c`. `c` has no "
        "share. Write `share: rest` there: the others leave 50%. (11:7 `call.a`) (12:7 `call.b`)"
    ]


@pytest.mark.parametrize(
    "results",
    [
        "      a: won\n",
        "      a: {to: won, share: 30%}\n      b: {to: lost, share: rest}\n",
        "      a: {to: won, when: amount > 5}\n      b: {to: lost, when: amount <= 5}\n",
        "      a: {to: won, when: amount > 5}\n      b: {to: lost, otherwise: true}\n",
        "      a: {to: won, at_most: 1}\n      b: {to: lost, otherwise: true}\n",
        "      a: {to: won, when: vip and not vip}\n      b: lost\n",
        "      a: {to: won, when: land == north}\n      b: {to: lost, when: land != north}\n",
    ],
)
def test_where_one_result_is_possible_no_share_is_needed(results: str) -> None:
    assert shares(results) == []


def test_a_timer_is_no_choice() -> None:
    timer = "    timeout: {after: 3d, result: b}\n"
    assert shares("      a: won\n      b: lost\n", timer) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("when: amount > 5", "when: amount > 3"),
        ("when: amount > 5", "when: vip"),
        ("when: amount > 5", "share: 30%"),
        ("when: amount > 5, share: 20%", "at_most: 1"),
        ("when: amount > 5", "when: amount > 5"),
        ("when: amount >= 0 or amount < 0", "when: vip"),
    ],
)
def test_conditions_that_hold_together_need_shares(one: str, other: str) -> None:
    results = f"      a: {{to: won, {one}}}\n      b: {{to: lost, {other}}}\n      c: {{to: won, otherwise: true}}\n"
    (line,) = shares(results)
    assert (
        "error no-share: For some deals several results of `call` are possible: `a`, `b`." in line
    )


def test_limits_alone_do_not_choose() -> None:
    assert shares("      a: {to: call, at_most: 1}\n      b: lost\n") == [
        "11:7 error no-share: Several results of `call` are possible: `a`, `b`. Nobody says how "
        "often. Give each a share, such as `share: 40%`, and the last one `share: rest`. (12:7 "
        "`call.b`)"
    ]


# what fields are


def values(steps: str, source: str = OPEN, more: str = "") -> list[str]:
    return told(HEAD + DATA + PEOPLE + source + f"steps:\n{steps}" + more + ENDS)


ASK = "  ask: {next: {a: {to: won, when: rebate <= 10%}, b: {to: lost, otherwise: true}}}\n"
WORK = "{by: sales, effort: 1h, "


def test_a_value_that_is_only_said_to_be_filled() -> None:
    assert values(f"  call: {WORK}captures: [rebate], next: ask}}\n{ASK}") == [
        "7:3 error no-value: `rebate` is read by `ask.a`, but `call` only says that it is filled, "
        "not with what. Write for example `captures: {rebate: {any_of: {0%: 60%, 10%: rest}}}`. "
        "(8:16 `ask.a`)"
    ]


def test_a_value_that_nobody_fills() -> None:
    assert values(f"  call: {WORK}next: ask}}\n{ASK}") == [
        "8:16 error no-value: `rebate` is read by `ask.a`, but nothing draws a value for it. Write "
        "for example `captures: {rebate: {any_of: {0%: 60%, 10%: rest}}}` at the step where it "
        "becomes known."
    ]


@pytest.mark.parametrize(
    ("condition", "example"),
    [
        ("amount > 5", "amount: {median: 60000, p90: 200000}"),
        ("seats > 5", "seats: {min: 1, usual: 10, max: 50}"),
        ("vip", "vip: 30%"),
        ("land == north", "land: {north: 60%, south: rest}"),
    ],
)
def test_an_example_fits_the_field(condition: str, example: str) -> None:
    (line,) = values(f"  call: {WORK}next: ask}}\n" + ASK.replace("rebate <= 10%", condition))
    assert f"Write for example `captures: {{{example}}}` at" in line


def test_what_sources_give_and_results_set_needs_values_too() -> None:
    source = OPEN.replace("}}", ", gives: {amount: filled}}}")
    steps = f"  call: {WORK}next: {{a: {{to: ask, set: {{rebate: filled, seats: seats + 1}}}}}}}}\n{ASK}"
    assert values(steps, source, "value: amount\n") == [
        "5:11 error no-value: `amount` is what a deal of `smb` is worth (`value`), but `web` only "
        "says that it is filled, not with what. Write for example `gives: {amount: {median: 60000, "
        "p90: 200000}}`.",
        "7:40 error no-value: `rebate` is read by `ask.a`, but `call.a` only says that it is "
        "filled, not with what. Write for example `set: {rebate: {any_of: {0%: 60%, 10%: rest}}}`. "
        "(8:16 `ask.a`)",
        "7:40 error no-value: `seats` is read by `call.a`, but nothing draws a value for it. Write "
        "for example `captures: {seats: {min: 1, usual: 10, max: 50}}` at the step where it becomes "
        "known.",
    ]


def test_a_value_that_is_worked_out_from_others() -> None:
    source = OPEN.replace("}}", ", gives: {rebate: 5%}}}")
    more = f"  call: {WORK}next: {{a: {{to: call, at_most: 1, set: {{amount: 7}}}}, b: ask}}}}\n"
    more = more.replace("at_most: 1", "share: 5%").replace(
        "b: ask", "b: {to: next_one, share: 95%}"
    )
    worked = "  next_one: {next: {a: {to: ask, set: {seats: 3, rebate: rebate * 2}}}}\n"
    asks = ASK.replace("rebate <= 10%", "rebate <= 10% and amount > 5 and seats > 1")
    assert values(more + worked + asks, source) == []


def test_a_value_that_only_some_deals_have() -> None:
    steps = (
        f"  call: {WORK}captures: [rebate], next: ask}}\n{ASK}"
        f"  late: {WORK}captures: {{rebate: 5%}}, next: ask}}\n"
    )
    assert values(steps) == [
        "7:3 warning no-value: `call` fills `rebate` without a value: a deal that has none yet goes "
        "on with 1. Write for example `captures: {rebate: {any_of: {0%: 60%, 10%: rest}}}`. (8:16 "
        "`ask.a`)"
    ]
    drawn = OPEN.replace("}}", ", gives: {rebate: 5%}}}")
    assert values(steps, drawn) == []


def test_what_is_only_filled_needs_no_value() -> None:
    assert (
        values(
            f"  call: {WORK}captures: [note, vip], next: ask}}\n"
            + ASK.replace("rebate <= 10%", "filled(note) and filled(vip)")
        )
        == []
    )
    asks = ASK.replace("rebate <= 10%", "source == web")
    assert values(f"  call: {WORK}next: ask}}\n{asks}") == []


# runs


def test_what_is_run_needs_the_same(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("")
    data = "data: {amount: {type: money}}\n"
    inner = (
        "salesflow: 1\nprocess: credit\n"
        + data
        + "sources: {ask: {start: look, gives: {amount: 5}}}\n"
        "steps:\n  look: {by: desk, effort: 1h, next: {good: {to: agreed, when: amount > 5}, "
        "bad: {to: refused, otherwise: true}}}\n"
        "  idle: {next: {good: agreed, bad: refused}}\n"
        "outcomes: {agreed: {kind: done}, refused: {kind: failed}}\n"
    )
    (tmp_path / "credit.yaml").write_text(inner)
    outer = HEAD + "use: [credit.yaml]\n" + data + OPEN
    steps = "steps: {call: {run: credit, next: {agreed: won, refused: lost}}}\n"
    (tmp_path / "smb.yaml").write_text(outer + steps + ENDS)
    lines = told(files=(str(tmp_path / "smb.yaml"),))
    assert lines == [
        "6:14 error no-people: `desk` has work to do (`look`), and nobody says how many people it "
        "has. Declare it, for example `departments: {desk: {people: 2}}`. (6:3 `look`)",
        "6:39 error no-value: `amount` is read by `look.good`, but nothing draws a value for it. "
        "Write for example `captures: {amount: {median: 60000, p90: 200000}}` at the step where it "
        "becomes known.",
        "7:17 error no-share: Several results of `idle` are possible: `good`, `bad`. Nobody says "
        "how often. Give each a share, such as `share: 40%`, and the last one `share: rest`. (7:31 "
        "`idle.bad`)",
    ]


# several processes


def test_processes_that_do_not_fit_together() -> None:
    other = (HEAD + "currency: USD\nstart_date: 2026-03-02\n" + OPEN + SURE + ENDS).replace(
        "smb", "big"
    )
    other = other.replace(
        "outcomes", "departments: {sales: {people: 3, cost_per_hour: 4}}\noutcomes"
    )
    one = HEAD + "currency: EUR\n" + PEOPLE + OPEN + SURE + ENDS
    assert told(one, other, one) == [
        "2:10 error currency-differs: `big` counts in USD, `smb` in EUR: what they cost and win "
        "cannot be added up. Use one currency in both.",
        "2:10 error same-process: `smb` is given twice. Simulate each process once; to compare two "
        "versions use a scenario.",
        "2:10 error start-differs: `big` starts on 2026-03-02, `smb` on 2026-01-05: they are "
        "simulated from the same day. Write `start_date: 2026-01-05` in both.",
        "7:15 error role-differs: `sales` is declared differently in `smb` and in `big`: `people`, "
        "`cost_per_hour`. The same people work in both: declare them once, in a file that both "
        "`use`. (4:15 in `smb`)",
    ]


def test_one_role_with_two_calendars() -> None:
    calendar = 'calendars: {office: {timezone: Europe/Berlin, hours: {mon: "09:00-17:00"}}}\n'
    one = HEAD + calendar + PEOPLE.replace("2}", "2, calendar: office}") + OPEN + SURE + ENDS
    other = one.replace("smb", "big").replace("17:00", "18:00")
    (line,) = told(one, other)
    assert "`sales` is declared differently in `smb` and in `big`: `calendar`." in line
    assert told(one, one.replace("smb", "big")) == []


def test_a_role_that_is_only_named_is_the_one_declared_elsewhere() -> None:
    named = (HEAD + OPEN + SURE + ENDS).replace("smb", "big")
    declared = HEAD + PEOPLE + OPEN + SURE + ENDS
    assert told(declared, named) == told(named, declared) == []
    program = program_of([sf.loads(named), sf.loads(declared)], duration=WEEK, warmup=0)
    assert [(role.id, role.people) for role in program.roles] == [("sales", 2)]


# all at once


STRANGER = """salesflow: 1
process: everything_wrong
value: amount
data: {amount: {type: money}, land: {type: choice, values: [north]}}
departments: {sales: {roles: {seller: {people: 1}, chief: {}}}}
sources:
  web: {start: call, gives: {amount: filled}}
steps:
  call: {by: seller, with: [chief], effort: 1h, next: {a: talk, b: lost, c: {to: won, share: 5%}}}
  talk: {by: seller, effort: 1h, next: {a: {to: won, when: land == north}, b: {to: lost, when: amount > 3}}}
policies: {eyes: {different_person: [call, talk]}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


def test_everything_is_told_at_once_and_nothing_twice() -> None:
    lines = told(STRANGER)
    assert [line.split(":")[1].split(" ")[1:] + [line.split(" ")[0]] for line in lines] == [
        ["error", "no-people", "5:52"],
        ["error", "no-arrivals", "7:3"],
        ["error", "no-value", "7:3"],
        ["error", "no-share", "9:56"],
        ["error", "no-share", "10:41"],
        ["error", "no-value", "10:41"],
        ["warning", "one-person", "11:12"],
    ]
    with pytest.raises(SimulationError) as caught:
        program_of([sf.loads(STRANGER)], duration=WEEK, warmup=0)
    assert len(caught.value.findings) == 6
    assert str(caught.value).count("\n") == 5
    assert [*caught.value.texts.values()] == [STRANGER]
