"""Where too much would have to be looked through it is said to be open, never that all is well."""

from typing import Any

import pytest

import salesflow as sf
from salesflow import api
from salesflow.analysis import guard_deals, guard_table
from salesflow.analysis.behave import behaviour
from salesflow.analysis.breaches import breaches
from salesflow.analysis.cases import play
from salesflow.analysis.chain import chain_of
from salesflow.analysis.contracts import Contracts
from salesflow.analysis.data_use import Mentions
from salesflow.analysis.flow import Flow
from salesflow.analysis.guards import Guards
from salesflow.analysis.handoffs import Threads
from salesflow.analysis.lack import Breach, Lack
from salesflow.analysis.lacking import Lacking
from salesflow.analysis.odds import walk
from salesflow.analysis.policies import judge_policies
from salesflow.analysis.undecided import open_questions
from salesflow.process.model import Process
from salesflow.process.suite import Case
from tests.process.written import process_of

HEAD = """salesflow: 1
process: deal
departments: {sales: {}, legal: {}}
data: {f: {type: text}, cloud: {type: yes_no}, x: {type: number}, k: {type: number}}
sources: {inbound: {start: a, gives: {cloud: 50%}}}
outcomes: {won: {kind: won, requires: [f]}, lost: {kind: lost}}
touchpoints: {t: {from: sales, to: legal, requires: [f], returns: [x]}}
"""


def load(steps: str, head: str = HEAD) -> Process:
    return api.loads(f"{head}steps:\n{steps}")


# the same condition decides twice, so that only the token game can tell
TWICE = """  a: {by: sales, next: {good: {to: c, when: cloud}, bad: {to: b, otherwise: true}}}
  c: {by: sales, captures: [f], next: b}
  b: {by: sales, next: {good: {to: l, when: cloud}, bad: {to: lost, otherwise: true}}}
  l: {by: legal, captures: [x], next: won}
"""


def test_open_questions_are_clauses_about_what_needs_the_field() -> None:
    process = load(TWICE)
    lacks = [
        Lack("won", "f", decided=False),
        Lack("l", "x", decided=False),
        Lack("l", "f", ("inbound", "l")),
    ]
    open_ = [
        Breach("t", "requires", "f", "", decided=False),
        Breach("t", "returns", "x", "", decided=False),  # told as not kept, perhaps
        Breach("t", "requires", "f", "l", ("inbound", "l")),
    ]
    tried = "too many ways were looked through"
    assert [(q.whether, q.tried, q.element) for q in open_questions(process, lacks, open_)] == [
        ("whether every deal comes to `won` with `f`", tried, process.outcomes["won"]),
        ("whether every deal comes to `l` with `x`", tried, process.nodes["l"]),
        ("whether `f` is filled at each handoff of `t`", tried, process.touchpoints["t"]),
    ]


def test_fields_are_open_where_the_game_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    process = load(TWICE)
    flow = Flow(process)
    lacking = Lacking(process, flow, Mentions(process))
    assert [*lacking.lacks()] == []
    contracts = Contracts(Threads(process, flow), lacking)
    assert [*breaches(contracts)] == []
    monkeypatch.setattr("salesflow.analysis.lacking.BUDGET", 3)
    monkeypatch.setattr("salesflow.analysis.breaches.BUDGET", 3)
    assert [*lacking.lacks()] == [Lack("won", "f", decided=False)]
    assert [*breaches(contracts)] == [Breach("t", "requires", "f", "", decided=False)]
    assert [*lacking.lacks(patience=30)] == []
    assert [*breaches(contracts, patience=30)] == []


WIDE = """  a:
    captures: {x: {min: 0, max: 9}, k: {min: 0, max: 9}}
    next:
      low: {to: won, when: x < 3 and k < 3 or x < 2}
      high: {to: lost, when: x > 3 or k >= 3}
      odd: {to: won, when: x > 5 and x < 4}
"""
NARROW = HEAD.replace(", requires: [f]", "").replace("requires: [f], returns: [x]", "requires: [f]")


def guards(steps: str) -> Guards:
    process = load(steps, NARROW)
    return Guards(process, Mentions(process))


def test_conditions_over_too_many_values_are_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    known = guards(WIDE)
    assert known.gap(known.steps[0]) is not None
    assert known.undecided == ()
    assert known.impossible == {"a.odd"}
    assert len(known.overlaps) == 1
    monkeypatch.setattr(guard_table, "MOST_ROWS", 1)
    open_ = guards(WIDE)
    assert open_.gap(open_.steps[0]) is None
    assert open_.undecided == ("a",)
    assert open_.pointless == ()
    assert open_.overlaps == ()
    assert not open_.left_out(open_.steps[0]).decided
    table = open_.table("a")
    assert (table.can_hold(2), table.can_fail(2)) == (None, None)
    assert not table.pairs((0, 1)).decided


def test_where_all_are_too_many_those_that_some_tell_apart_are_enough(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        guard_table, "MOST_ROWS", 14
    )  # x below, at and above 4 and 5, or not filled
    known = guards(WIDE)
    assert known.impossible == {"a.odd"}
    assert known.undecided == ("a",)


def test_pairs_beyond_the_first_thousands_are_open(monkeypatch: pytest.MonkeyPatch) -> None:
    table = guards(WIDE).table("a")
    assert table.pairs((0, 1, 2)).decided
    monkeypatch.setattr(guard_table, "MOST_PAIRS", 2)
    assert not table.pairs((0, 1, 2)).decided
    assert table.pairs((0, 1, 2)).across == ((0, 1),)
    monkeypatch.setattr(guard_table, "MOST_PAIRS", 3)
    assert table.pairs((0, 1, 2)).decided


SUMS = """  a:
    captures: [x, k]
    next:
      one: {to: won, when: x + k > 5 and x - k > 2 and x < 4}
      two: {to: lost, when: x + k <= 5 or x - k <= 2 or x >= 4}
"""


def test_sums_that_are_tried_in_too_many_rows_are_open(monkeypatch: pytest.MonkeyPatch) -> None:
    known = guards(SUMS)
    assert (known.impossible, known.undecided) == (frozenset(), ())
    monkeypatch.setattr(guard_deals, "MOST_TRIES", 0)
    open_ = guards(SUMS)
    assert open_.undecided == ("a",)
    assert open_.pointless == ()


def test_policies_are_open_where_the_game_is_too_long() -> None:
    process = load(TWICE, HEAD + "policies: {p: {precedence: [c, l]}}\n")
    (kept,) = judge_policies(process, Flow(process))
    assert (kept.verdict, kept.witness) == ("kept", ())
    (open_,) = judge_policies(process, Flow(process), budget=6)
    assert (open_.verdict, open_.witness) == ("undecided", ())


def test_behaviour_is_open_where_the_game_is_too_long() -> None:
    process = load(TWICE, NARROW)
    verdict = behaviour(process, shortest=0)
    assert verdict.decided
    assert verdict.faults == ()
    short = behaviour(process, budget=3, shortest=0)
    assert not short.decided
    assert (short.never_taken, short.never_entered) == ((), ())
    assert behaviour(process, budget=verdict.moves, shortest=0).decided
    assert not behaviour(process, budget=verdict.moves - 1, shortest=0).decided
    assert behaviour(process, budget=3).decided  # the whole game is walked then, as far as it goes
    assert not behaviour(process, budget=3, shortest=3).decided


def test_deals_too_different_to_be_followed_are_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    fields = {f"f{n}": {"type": "yes_no"} for n in range(5)}
    asks = {
        f"s{n}": {
            "next": {
                "good": {"to": f"s{n + 1}" if n < 9 else "won", "when": f"f{n % 5}"},
                "bad": {"to": f"s{n + 1}" if n < 9 else "lost", "otherwise": True},
            }
        }
        for n in range(10)
    }
    data: dict[str, Any] = {
        "salesflow": 1,
        "process": "p",
        "data": fields,
        "sources": {"web": {"start": "s0", "gives": dict.fromkeys(fields, "50%")}},
        "steps": asks,
        "outcomes": {"won": {"kind": "won"}, "lost": {"kind": "lost"}},
    }
    known = chain_of(sf.load(data))
    assert known.all is not None
    assert known.all.won == pytest.approx(0.5)
    monkeypatch.setattr(walk, "MOST_STATES", 20)
    assert chain_of(sf.load(data)).missing == ("there are too many different deals to follow",)


def test_a_name_that_nobody_looked_up_is_the_callers_mistake() -> None:
    process = load(TWICE, NARROW)
    with pytest.raises(ValueError, match="nowhere"):
        play(process, Case(id="c", path="cases.c", node="c", never=("nowhere",)))


def nested(number: int, last: int) -> str:
    """A process whose blocks lie in one another, the innermost step runs the next process."""
    step = "{next: done}" if number == last else f"{{run: p{number + 1}, next: {{agreed: done}}}}"
    for _ in range(10):
        step = f"{{parallel: {{b: {{steps: {{s: {step}}}}}}}, next: done}}"
    use = "" if number == last else f"use: [p{number + 1}.yaml]\n"
    return (
        f"salesflow: 1\nprocess: p{number}\n{use}sources: {{web: {{start: a}}}}\n"
        f"steps: {{a: {{parallel: {{b: {{steps: {{s: {step}}}}}}}, next: agreed}}}}\n"
        "outcomes: {agreed: {kind: done}}\n"
    )


def test_blocks_in_runs_in_blocks_are_no_crash() -> None:
    texts = {f"p{number}": nested(number, 25) for number in range(26)}
    known = chain_of(process_of(texts.pop("p0"), **texts))
    assert known.missing == ("blocks and runs lie in one another too deeply",)
    texts = {f"p{number}": nested(number, 2) for number in range(3)}
    assert chain_of(process_of(texts.pop("p0"), **texts)).missing == ()
