"""Runs on which a field is missing: by the flow where nothing has a say, else by the token game."""

import pytest

from salesflow import api
from salesflow.analysis import lacking_runs
from salesflow.analysis.breaches import breaches
from salesflow.analysis.contracts import Contracts
from salesflow.analysis.data_use import Mentions
from salesflow.analysis.filled import Filled, run_endings
from salesflow.analysis.fills import Fields
from salesflow.analysis.flow import Flow
from salesflow.analysis.handoffs import Threads
from salesflow.analysis.lacking import Lacking, free_ways
from salesflow.process.model import Process
from tests.process.written import process_of

HEAD = """salesflow: 1
process: deal
departments: {sales: {}, legal: {}, ops: {}, buyer: {external: true}}
data: {f: {type: text}, g: {type: text}, h: {type: text}, cloud: {type: yes_no}}
sources: {inbound: {start: a, gives: {cloud: 50%}}}
outcomes: {won: {kind: won}, lost: {kind: lost}, out: {kind: disqualified}}
"""


def load(steps: str, more: str = "", head: str = HEAD) -> Process:
    return api.loads(f"{head}steps:\n{steps}{more}")


def lacks(process: Process) -> list[tuple[str, str, str]]:
    found = Lacking(process, Flow(process), Mentions(process)).lacks()
    return [(lack.field, lack.place, " ".join(lack.witness)) for lack in found]


def free(process: Process, field: str, *stops: str) -> dict[str, str]:
    """The ways that the flow alone tells."""
    fields = Fields(process)
    filled = Filled(process, Flow(process), fields, runs=run_endings(process, fields))
    ways = free_ways(filled, fields.bit[field], {*stops})
    return {place: " ".join(way) for place, way in ways.items()}


SPLIT = """  a: {next: {both: {to: [b, c]}, over: z}}
  b: {next: {ok: m, out: lost}}
  c: {captures: [f], next: {done_c: m}}
  m: {wait_for: [b, c], next: z}
  z: {next: won}
"""


@pytest.mark.parametrize(
    ("steps", "stops", "ways"),
    [
        ("  a: {next: b}\n  b: {next: won}\n", ("b", "won"), {"b": "inbound a.done b"}),
        ("  a: {captures: [f], next: b}\n  b: {next: won}\n", ("b",), {}),
        ("  a: {next: {x: {to: b, captures: [f]}, k: b}}\n  b: {next: won}\n", ("b",), {"b": "inbound a.k b"}),
        ("  a: {next: {x: {to: b, set: {f: filled}}}}\n  b: {next: won}\n", ("b",), {}),
        # a condition has a say: no run without the game
        ("  a: {next: {x: {to: b, when: cloud}, k: {to: lost, otherwise: true}}}\n  b: {next: won}\n", ("b",), {}),
        # a limit has none the first time
        ("  a: {next: {x: {to: b, at_most: 1}, k: lost}}\n  b: {next: won}\n", ("b",), {"b": "inbound a.x b"}),
        # a time-out ends a step without what it captures
        ("  a: {captures: [f], timeout: {after: 2d, result: late}, next: {x: b, late: b}}\n  b: {next: won}\n", ("b",), {"b": "inbound a.late b"}),
        # other threads stay behind: fine until they are met again
        (SPLIT, ("b",), {"b": "inbound a.both b"}),
        (SPLIT, ("lost",), {"lost": "inbound a.both b.out lost"}),
        (SPLIT, ("m",), {}),  # who comes first waits for the other
        (SPLIT, ("z",), {"z": "inbound a.over z"}),
        # another thread comes to a stop in the same move: the game tells which is first
        (SPLIT, ("b", "c"), {}),
        (SPLIT, ("c", "lost"), {"c": "inbound a.both c"}),
        # the same step twice at once is no run
        ("  a: {next: {both: {to: [b, c]}}}\n  b: {next: c}\n  c: {next: won}\n", ("won",), {"won": "inbound a.both c.done won"}),
    ],
)  # fmt: skip
def test_ways_on_which_nothing_has_a_say(
    steps: str, stops: tuple[str, ...], ways: dict[str, str]
) -> None:
    assert free(load(steps), "f", *stops) == ways


BLOCK = """  a:
    parallel:
      one: {steps: {s: {next: {ok: done, out: leave}}}}
      two: {start: t, steps: {t: {next: u}, u: {next: done}}}
    JOIN
    next: {done: z, out: lost}
  z: {next: won}
"""


@pytest.mark.parametrize(
    ("join", "stops", "ways"),
    [
        ("join: all", ("z",), {}),  # both must finish: the game tells
        ("join: any", ("z",), {"z": "inbound a.one a.one.s.ok a.done z"}),
        ("join: all", ("lost",), {"lost": "inbound a.one a.one.s.out a.out lost"}),
        ("join: all", ("a.two.u",), {"a.two.u": "inbound a.two a.two.t.done a.two.u"}),
        # what starts beside it needs the field at once: that is where it is missed
        ("join: all", ("a.two.u", "a.one.s"), {"a.one.s": "inbound a.one a.one.s"}),
        ("join: all", ("a.two.t", "a.one.s"), {}),
        ("timeout: {after: 2d, result: done}", ("z",), {}),
    ],
)  # fmt: skip
def test_ways_through_a_block(join: str, stops: tuple[str, ...], ways: dict[str, str]) -> None:
    assert free(load(BLOCK.replace("JOIN", join)), "f", *stops) == ways


def test_what_starts_deep_in_a_block_starts_at_once() -> None:
    deep = """  a:
    parallel:
      one: {steps: {b: {parallel: {deep: {steps: {s: {next: done}}}}, next: done}}}
      two: {start: t, steps: {t: {next: u}, u: {next: done}}}
    next: won
"""
    assert free(load(deep), "f", "a.two.u") == {"a.two.u": "inbound a.two a.two.t.done a.two.u"}
    assert free(load(deep), "f", "a.two.u", "a.one.b.deep.s").keys() == {"a.one.b.deep.s"}


def test_what_is_given_is_never_missing() -> None:
    process = load("  a: {next: b}\n  b: {next: won}\n")
    assert free(process, "cloud", "b") == {}
    assert free(process, "source", "b") == {}


INNER = """salesflow: 1
process: inner
data: {f: {type: text}, g: {type: text}, h: {type: text}, cloud: {type: yes_no}}
sources: {in: {start: look, gives: {g: filled}}}
steps: {look: {WHAT next: {fine: agreed, dear: refused}}}
outcomes: {agreed: {kind: done}, refused: {kind: failed}}
"""
RUN = """  a: {next: r}
  r: {run: inner, next: {agreed: b, refused: lost}}
  b: {requires: [f], next: won}
"""


@pytest.mark.parametrize(
    ("what", "told"),
    [
        # what is given to a run is needed where it is run
        ("", [("g", "r", "inbound a.done r")]),
        ("captures: [f],", [("g", "r", "inbound a.done r")]),
        ("captures: [h],", [("g", "r", "inbound a.done r")]),
    ],
)
def test_a_run_needs_what_its_source_gives(what: str, told: list[object]) -> None:
    head = HEAD.replace("departments", "use: [inner.yaml]\ndepartments")
    text = f"{head}steps:\n{RUN.replace('a: {next', 'a: {captures: [h], next')}"
    text = text.replace("gives: {cloud: 50%}", "gives: {cloud: 50%}").replace(
        "  b: {req", "  b: {captures: [f, g], req"
    )
    process = process_of(text, inner=INNER.replace("WHAT", what))
    found = lacks(process)
    assert [row for row in found if row[0] == "g"] == told
    missing = [row for row in found if row[0] == "f"]
    assert missing == ([] if "f" in what else [("f", "b", "inbound a.done r.agreed b")])


def test_fields_are_told_by_number_then_by_the_shortest_way() -> None:
    process = load(
        "  a: {requires: [g], next: {x: b, k: c}}\n  b: {requires: [f, h], next: d}\n"
        "  c: {captures: [f], next: d}\n  d: {requires: [h], captures: [f, g, h], next: won}\n"
    )
    assert lacks(process) == [
        ("f", "b", "inbound a.x b"),
        ("g", "a", "inbound a"),
        ("h", "b", "inbound a.x b"),
        ("h", "d", "inbound a.k c.done d"),
    ]


def test_an_outcome_needs_fields_too_and_what_nothing_fills_is_told_elsewhere() -> None:
    head = HEAD.replace("won: {kind: won}", "won: {kind: won, requires: [f, g]}")
    process = load("  a: {next: {x: {to: won, captures: [f]}, k: won}}\n", head=head)
    assert lacks(process) == [("f", "won", "inbound a.k won")]


def test_the_game_tells_which_of_two_conditions_come_together() -> None:
    steps = """  a: {next: {x: {to: b, when: cloud}, k: {to: c, otherwise: true}}}
  b: {captures: [f], next: c}
  c: {next: {x: {to: d, when: WHEN}, k: {to: lost, otherwise: true}}}
  d: {requires: [f], next: won}
"""
    assert lacks(load(steps.replace("WHEN", "cloud"))) == []
    assert lacks(load(steps.replace("WHEN", "not cloud"))) == [("f", "d", "inbound a.k c.x d")]


def test_a_meeting_point_needs_it_when_all_have_come() -> None:
    steps = SPLIT.replace("m: {wait", "m: {requires: [g, f], wait").replace(", over: z", "")
    steps = steps.replace("ok: m", "ok: {to: m, captures: [g]}, bare: m")
    told = lacks(load(steps))
    assert [row[:2] for row in told] == [("g", "m")]
    assert told[0][2].split()[-1] == "m"
    assert "b.bare" in told[0][2]


def test_in_one_move_only_what_was_filled_before_counts() -> None:
    """The outcome is come to with the result that captures: what it captures is there."""
    head = HEAD.replace("won: {kind: won}", "won: {kind: won, requires: [f]}")
    steps = """  a: {next: {x: {to: b, when: cloud}, k: {to: lost, otherwise: true}}}
  b: {next: {x: {to: won, when: cloud, CAPTURES}, k: {to: lost, captures: [f], otherwise: true}}}
"""
    assert lacks(load(steps.replace(", CAPTURES", ""), head=head)) == [
        ("f", "won", "inbound a.x b.x won")
    ]
    assert lacks(load(steps.replace("CAPTURES", "captures: [f]"), head=head)) == []
    assert lacks(load(steps.replace("CAPTURES", "set: {f: filled}"), head=head)) == []


def broken(steps: str, touchpoint: str) -> list[tuple[str, str, str, str]]:
    process = load(steps, f"touchpoints: {{t: {{{touchpoint}}}}}\n")
    flow = Flow(process)
    contracts = Contracts(Threads(process, flow), Lacking(process, flow, Mentions(process)))
    return [(b.how, b.field, b.place, " ".join(b.witness)) for b in breaches(contracts)]


TRIP = """  a: {by: sales, next: {go: b, stop: lost}}
  b: {by: buyer, next: c}
  c: {by: legal, next: {ok: {to: d, MORE}, bad: k, no_go: lost}}
  k: {by: legal, captures: [f, g], next: d}
  d: {by: sales, next: won}
"""


@pytest.mark.parametrize(
    ("more", "touchpoint", "told"),
    [
        ("", "from: sales, to: legal, requires: [f]", [("requires", "f", "c", "inbound a.go b.done c")]),
        ("", "from: sales, to: legal, at: c, requires: [f]", [("requires", "f", "c", "inbound a.go b.done c")]),
        ("", "from: sales, to: legal, at: d, requires: [f]", []),
        ("", "from: legal, to: sales, requires: [f]", [("requires", "f", "d", "inbound a.go b.done c.ok d")]),
        ("captures: [f]", "from: legal, to: sales, requires: [f]", []),
        ("", "from: sales, to: legal, returns: [f]", [("returns", "f", "d", "inbound a.go b.done c.ok d")]),
        ("captures: [f]", "from: sales, to: legal, returns: [f]", []),
        ("captures: [f]", "from: sales, to: legal, returns: [f, g]", [("returns", "g", "d", "inbound a.go b.done c.ok d")]),
        ("captures: [f]", "from: sales, to: legal, requires: [g], returns: [f]", [("requires", "g", "c", "inbound a.go b.done c")]),
        ("", "from: legal, to: sales, returns: [f]", []),  # it ends there: nobody takes over
        ("", "from: sales, to: legal, requires: [h]", []),  # nothing ever fills it: told elsewhere
        ("when: cloud", "from: sales, to: legal, returns: [f]", [("returns", "f", "d", "inbound a.go b.done c.ok d")]),
    ],
)  # fmt: skip
def test_contracts_that_may_be_broken(more: str, touchpoint: str, told: list[object]) -> None:
    text = TRIP.replace("{to: d, MORE}", f"{{to: d, {more}}}" if more else "d")
    if "when" in more:
        text = text.replace("bad: k", "bad: {to: k, otherwise: true}").replace(
            "no_go: lost", "no_go: {to: lost, when: not cloud}"
        )
    assert broken(text, touchpoint) == told


@pytest.mark.parametrize(
    ("ok", "bad"),
    [
        ("when: visited(t)", "otherwise: true"),
        ("when: times(t.back) > 0", "otherwise: true"),
        ("when: filled(f)", "otherwise: true"),
        ("otherwise: true", "when: not visited(t)"),
        ("otherwise: true", "when: times(t.back) == 0"),
    ],
)
@pytest.mark.parametrize("inside", [True, False])
def test_a_condition_may_keep_a_promise(ok: str, bad: str, *, inside: bool) -> None:
    """Who hands on has been at ``t`` before, which fills what is owed; else it need not."""
    steps = """  s: {by: legal, next: {ok: {to: END, OK}, bad: {to: t, BAD}}}
  t: {by: legal, captures: [f], next: {back: s}}
"""
    if inside:
        ok, bad = (text.replace("(t", "(p.one.t") for text in (ok, bad))
        one, two = (line.strip() for line in steps.replace("END", "done").splitlines())
        steps = f"""  a: {{by: sales, next: {{go: p, stop: lost}}}}
  p:
    parallel:
      one: {{start: s, steps: {{{one}, {two}}}}}
      two: {{steps: {{u: {{by: sales, next: done}}}}}}
    next: {{done: w}}
"""
        way = ("returns", "f", "p.done", "inbound a.go p.one p.one.s.ok p.done")
    else:
        steps = "  a: {by: sales, next: {go: s, stop: lost}}\n" + steps.replace("END", "w")
        way = ("returns", "f", "w", "inbound a.go s.ok w")
    steps += "  w: {by: sales, next: {good: won, bad: lost}}\n"
    touch = "from: sales, to: legal, returns: [f]"
    assert broken(steps.replace("OK", ok).replace("BAD", bad), touch) == []
    assert broken(steps.replace(", OK", "").replace(", BAD", ""), touch) == [way]


def test_a_promise_is_broken_at_the_end_of_its_branch() -> None:
    steps = """  a: {by: sales, next: {go: p, stop: lost}}
  p:
    parallel:
      one: {start: s, steps: {s: {by: legal, next: {ok: done, RESULT}}, t: {by: legal, captures: [f], next: done}}}
      two: {steps: {u: {by: sales, next: done}}}
    next: {done: w}
  w: {by: sales, next: {good: won, bad: lost}}
"""
    text = steps.replace("RESULT", "more: t")
    touch = "from: sales, to: legal, returns: [f]"
    assert broken(text, touch) == [
        ("returns", "f", "p.done", "inbound a.go p.one p.one.s.ok p.done")
    ]
    filled = text.replace("ok: done", "ok: {to: done, captures: [f]}")
    assert broken(filled, touch) == []
    asked = text.replace(
        "ok: done, more: t", "ok: {to: done, when: cloud}, more: {to: t, otherwise: true}"
    )
    assert [row[:3] for row in broken(asked, touch)] == [("returns", "f", "p.done")]
    never = asked.replace("go: p", "go: {to: p, when: not cloud}").replace(
        "stop: lost", "stop: {to: lost, otherwise: true}"
    )
    assert broken(never, touch) == []
    lost = text.replace("good: won, bad: lost", "bad: lost")
    assert broken(lost, touch) == []


def test_a_condition_that_is_asked_by_no_one_says_whether_a_field_is_filled() -> None:
    condition = lacking_runs.filled_condition("f")
    assert (condition.text, condition.type) == ("filled(f)", "condition")
    assert condition.mentions == {"f"}
