"""Who writes which field: at once, twice, for nothing, or after it was wanted."""

import pytest

from salesflow import api
from salesflow.analysis.flow import Flow
from salesflow.analysis.writes import Writes, unvalued_stage, writes_of
from salesflow.process.model import Process
from tests.process.written import process_of

HEAD = """salesflow: 1
process: deal
departments: {sales: {}, legal: {}, ops: {}, buyer: {external: true}}
data: {f: {type: text}, g: {type: text}, size: {type: number}, amount: {type: money}}
stages: {lead: {}, proposal: {win_chance: 30%}, close: {win_chance: 60%}}
"""
SOURCE = "sources: {inbound: {start: a}}\n"
ENDS = "outcomes: {won: {kind: won}, lost: {kind: lost}}\n"


def load(steps: str, more: str = "", source: str = SOURCE) -> Process:
    return api.loads(f"{HEAD}{source}steps:\n{steps}{ENDS}{more}")


def writes(process: Process) -> Writes:
    return Writes(process, Flow(process))


def test_what_a_step_and_its_results_write() -> None:
    process = load(
        "  a: {captures: {size: 5, f: filled}, next: {x: {to: won, captures: {g: filled, amount: {min: 1, max: 2}}}, "
        "b: {to: c, set: {f: filled, size: size + 1}}, z: lost}}\n"
        "  c: {next: {done_it: {to: [d, e], set: {g: filled}}}}\n"
        "  d: {next: m}\n  e: {next: m}\n  m: {wait_for: [d, e], next: won}\n"
    )
    told = [
        (w.field, w.element.path, w.node, w.listed, w.last)
        for node in ("a", "c")
        for w in writes_of(process, process.nodes[node])
    ]
    assert told == [
        ("size", "steps.a", "a", False, False),
        ("f", "steps.a", "a", True, False),
        ("f", "steps.a.next.b", "a", False, False),
        ("size", "steps.a.next.b", "a", False, False),
        ("g", "steps.a.next.x", "a", True, True),
        ("amount", "steps.a.next.x", "a", False, True),
        ("g", "steps.c.next.done_it", "c", False, False),
    ]


def doubled(steps: str) -> list[tuple[str, str, str]]:
    return [(p.first.field, p.first.node, p.second.node) for p in writes(load(steps)).doubled()]


TWO = """  a: {by: sales, captures: [f], next: {go: b, bad: lost}}
  b: {by: BY, MORE captures: [f], next: {good: won, back: WHERE}}
"""


@pytest.mark.parametrize(
    ("by", "more", "where", "pairs"),
    [
        ("legal", "", "lost", [("f", "a", "b")]),
        ("legal", "", "a", [("f", "a", "b")]),  # back in the loop is no second one
        ("sales", "", "lost", []),  # the same department goes on
        ("buyer", "", "lost", []),
        ("legal", "requires: [f],", "lost", []),  # it goes on with what is there
        ("legal", "requires: [g],", "lost", [("f", "a", "b")]),
    ],
)
def test_a_field_entered_twice(by: str, more: str, where: str, pairs: list[object]) -> None:
    text = TWO.replace("BY", by).replace("MORE", more).replace("WHERE", where)
    assert (
        doubled(text.replace("captures: [f], next: {go:", "captures: [f, g], next: {go:")) == pairs
    )


def test_values_that_are_known_are_no_double_entry_and_side_by_side_nothing_comes_first() -> None:
    valued = TWO.replace("BY", "legal").replace("MORE ", "").replace("WHERE", "lost")
    assert doubled(valued.replace("captures: [f], next: {go:", "captures: {f: filled}, next: {go:"))
    sized = valued.replace("[f]", "{size: 5}")
    assert doubled(sized) == []
    block = """  a: {by: sales, next: {go: p, stop: lost}}
  p:
    parallel:
      one: {steps: {s: {by: legal, captures: [f], next: done}}}
      two: {steps: {t: {by: ops, captures: [f], next: done}}}
    next: {done: z}
  z: {by: sales, captures: [f], next: {good: won, again: p}}
"""
    assert doubled(block) == [("f", "p.one.s", "z")]


def test_steps_of_two_branches_of_one_way_are_in_order() -> None:
    split = """  a: {by: sales, next: {x1: b, x2: c, stop: lost}}
  b: {by: legal, captures: [f], next: d}
  c: {by: ops, captures: [f], next: d}
  d: {by: ops, captures: [f], next: won}
"""
    assert doubled(split) == [("f", "b", "d")]  # b and c are alternatives


def parallel(steps: str) -> list[tuple[str, str, str]]:
    return [(p.first.field, p.first.node, p.second.node) for p in writes(load(steps)).parallel()]


BLOCK = """  a:
    parallel:
      one: {steps: {s: {captures: [f], next: {ok: done, out: {to: leave, captures: [g]}}}}}
      two: {start: t, steps: {t: {captures: [g], next: u}, u: {captures: [FIELD], next: done}}}
    next: {done: won, out: lost}
"""


def test_two_branches_that_write_one_field() -> None:
    assert parallel(BLOCK.replace("FIELD", "g")) == []  # the other one is left right behind it
    assert parallel(BLOCK.replace("FIELD", "f")) == [("f", "a.one.s", "a.two.u")]


SPLIT = """  a: {captures: [f], next: {both: {to: [b, c]}, stop: lost}}
  b: {captures: [f], next: m}
  c: {captures: [C], next: d}
  d: {captures: [f], next: m}
  m: {wait_for: [b, d], captures: [f], next: {again: a, end_it: {to: won, captures: [f]}}}
"""


def test_two_threads_that_write_one_field_each_pair_once() -> None:
    assert parallel(SPLIT.replace("C]", "g]").replace("again: a, ", "")) == [("f", "b", "d")]
    both = parallel(SPLIT.replace("C]", "f]").replace("again: a, ", ""))
    assert both == [("f", "b", "c"), ("f", "b", "d")]


def lost(steps: str, more: str = "", source: str = SOURCE) -> list[tuple[str, str, str]]:
    return [
        (p.first.field, p.first.element.path, p.second.element.path)
        for p in writes(load(steps, more, source)).lost()
    ]


GUESS = """  a: {captures: {size: 5}, next: {go: b, skip: c}}
  b: {MORE next: c}
  c: {captures: {size: 7}, next: {WAYS}}
  d: {next: won}
"""
FOR_NOTHING = [("size", "steps.a", "steps.c")]


@pytest.mark.parametrize(
    ("more", "ways", "also", "pairs"),
    [
        ("", "on_to: d", "", FOR_NOTHING),
        ("requires: [size],", "on_to: d", "", []),
        ("", "big: {to: d, when: size > 6}, small: {to: lost, otherwise: true}", "", []),
        ("captures: {size: 6},", "on_to: d", "", [("size", "steps.a", "steps.b"), ("size", "steps.b", "steps.c")]),
        ("captures: [size],", "on_to: d", "", FOR_NOTHING),  # it may leave what is there
        ("timeout: {after: 2d, result: done},", "on_to: d", "", FOR_NOTHING),
        ("", "on_to: d", "policies: {p: {never: b, when: size > 5}}\n", []),
        ("", "on_to: d", "value: size\n", []),
        ("", "on_to: d", "touchpoints: {t: {from: sales, to: legal, requires: [size]}}\n", []),
        ("", "on_to: d", "touchpoints: {t: {from: sales, to: legal, returns: [size]}}\n", []),
        ("", "on_to: d", "touchpoints: {t: {from: sales, to: legal, returns: [f]}}\n", FOR_NOTHING),
        ("", "again: a", "", FOR_NOTHING),
    ],
)  # fmt: skip
def test_values_replaced_before_anybody_looks(
    more: str, ways: str, also: str, pairs: list[object]
) -> None:
    text = GUESS.replace("MORE", more).replace("WAYS", ways)
    known = [pair for pair in lost(text, also) if pair[1] != "steps.c"]
    assert known == pairs


def test_a_block_or_a_split_is_no_place_to_tell_and_a_step_s_own_results_are_left_to_it() -> None:
    plain = "  a: {captures: {size: 5}, next: {go: b}}\n  b: {captures: {size: 6}, next: NEXT}\n"
    assert lost(plain.replace("NEXT", "won")) == [("size", "steps.a", "steps.b")]
    split = plain.replace("NEXT", "{both: {to: [x, k]}}") + (
        "  x: {next: m}\n  k: {next: m}\n  m: {wait_for: [x, k], next: won}\n"
    )
    assert lost(split) == []
    block = plain.replace("NEXT", "p") + (
        "  p: {parallel: {one: {steps: {s: {captures: {size: 9}, next: done}}}}, next: won}\n"
    )
    assert lost(block) == []
    own = plain.replace("go: b", "go: {to: b, set: {size: 1}}").replace("NEXT", "won")
    assert lost(own) == [("size", "steps.a.next.go", "steps.b")]
    some = own.replace("set: {size: 1}}", "set: {size: 1}}, stay: b")
    assert lost(some) == [("size", "steps.a", "steps.b"), ("size", "steps.a.next.go", "steps.b")]
    timed = some.replace("a: {captures", "a: {timeout: {after: 2d, result: stay}, captures")
    assert lost(timed) == [("size", "steps.a.next.go", "steps.b")]
    late = plain.replace("b: {captures", "b: {timeout: {after: 2d, result: done}, captures")
    assert lost(late.replace("NEXT", "won")) == []  # timed out it replaces nothing


def unvalued(steps: str, source: str = SOURCE, value: str = "value: amount\n") -> object:
    process = load(steps, value, source)
    found = unvalued_stage(process, Flow(process))
    return found and (found[0].node, [write.element.path for write in found[1]])


STAGED = """  a: {stage: lead, next: {go: b, bad: lost}}
  b: {stage: proposal, B next: {go: c, bad: lost}}
  c: {stage: close, captures: [amount], next: {good: won, back: BACK}}
"""


def test_a_stage_with_a_win_chance_before_the_worth_is_known() -> None:
    text = STAGED.replace("BACK", "lost")
    late = ("b", ["steps.c"])
    assert unvalued(text.replace("B ", "")) == late
    assert unvalued(text.replace("B ", "captures: [amount],")) is None
    assert unvalued(text.replace("B ", "captures: [f],")) == late
    assert (
        unvalued(text.replace("B ", "").replace("lead, next", "lead, captures: [amount], next"))
        is None
    )
    assert unvalued(text.replace("B ", ""), value="") is None
    assert unvalued(text.replace("B ", "").replace("captures: [amount], ", "")) is None
    given = "sources: {inbound: {start: a, gives: {amount: 5}}}\n"
    assert unvalued(text.replace("B ", ""), given) is None
    # it is filled on some way there: nothing is sure
    assert unvalued(STAGED.replace("BACK", "a").replace("B ", "")) is None
    assert (
        unvalued(text.replace("B ", "").replace("proposal", "lead").replace("close", "lead"))
        is None
    )


def test_what_a_run_writes_is_taken_for_filling_only() -> None:
    inner = (
        "salesflow: 1\nprocess: inner\ndata: {size: {type: number}}\nsources: {in: {start: look}}\n"
        "steps: {look: {captures: {size: 3}, next: {fine: {to: agreed, set: {size: 9}}}}}\n"
        "outcomes: {agreed: {kind: done}}\n"
    )
    process = process_of(
        f"{HEAD}use: [inner.yaml]\n{SOURCE}steps:\n"
        "  a: {captures: {size: 5}, next: r}\n  r: {run: inner, next: {agreed: c}}\n"
        f"  c: {{captures: {{size: 7}}, next: won}}\n{ENDS}",
        inner=inner,
    )
    known = writes(process)
    assert [(w.field, w.node, w.listed, w.last) for w in known.by_node["r"]] == [
        ("size", "r", True, False),
        ("size", "r", True, True),
    ]
    assert [*known.lost()] == []  # it may look at it


@pytest.mark.parametrize("when", ["when: size > 6, ", "when: filled(f), ", ""])
def test_through_a_block_nothing_is_told(when: str) -> None:
    block = f"""  a: {{captures: {{size: 5}}, next: b}}
  b: {{parallel: {{one: {{{when}steps: {{s: {{next: done}}}}}}}}, next: c}}
  c: {{captures: {{size: 7}}, next: d}}
  d: {{captures: [f], next: won}}
"""
    assert lost(block) == []
