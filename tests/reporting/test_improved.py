"""What helps most, as it is read: made by hand."""

import json

from salesflow.nouns import FrozenMap
from salesflow.reporting.improved import about, as_json, markdown, text
from salesflow.simulation.improving.nouns import (
    Cost,
    Effect,
    Improvement,
    Intervention,
    Round,
    Tried,
)
from salesflow.simulation.result import Estimate

DAYS = 24.0


def _effect(mean: float, *, sure: bool = True, after: str = "met") -> Effect:
    change = Estimate(mean * DAYS, (mean - 4) * DAYS, (mean + 4) * DAYS)
    before = Estimate(200 * DAYS, 190 * DAYS, 210 * DAYS)
    return Effect(
        "cycle",
        "cycle p90",
        "time",
        "hours",
        before,
        before,
        change,
        better=mean < 0,
        sure=sure,
        verdict_before="missed",
        verdict_after=after,
    )


def _tried(one: Intervention, effect: Effect, cost: Cost, *, helps: bool) -> Tried:
    return Tried(
        intervention=one,
        score=1.0 if helps else -0.1,
        helps=helps,
        kept=helps,
        replications=30,
        effects=(effect,),
        wins=Estimate(1.2, 0.9, 1.5) if helps else None,
        value=None,
        cost=cost,
        worth_it=None,
    )


COUNSEL = Intervention(
    kind="people",
    process="enterprise",
    subject="counsel",
    title="one more counsel (2 → 3)",
    change=FrozenMap({"departments.legal.roles.counsel.people": 3}),
    hired=FrozenMap({"counsel": 0.4}),
)
SIGN = Intervention(
    kind="wait",
    process="enterprise",
    subject="sign",
    title="half the wait of `sign`",
    change=FrozenMap({"steps.sign.wait": {"mean": "1d"}}),
)
FOUND = Improvement(
    processes=("enterprise",),
    seed=1,
    duration="26w",
    warmup="8w",
    currency="EUR",
    aims=("cycle (at most 180d)",),
    budget=100,
    spent=96,
    rounds=(Round(2, 16, 1), Round(1, 40, 1)),
    ranked=(
        _tried(COUNSEL, _effect(-18), Cost(148_213.0, hired=True), helps=True),
        _tried(SIGN, _effect(-1, sure=False, after="missed"), Cost(-20.0), helps=False),
    ),
)


def test_the_best_stands_first_on_one_line_with_what_to_write() -> None:
    shown = " ".join(text(FOUND).split())
    assert (
        "✓ one more counsel (2 → 3): cycle p90 −18 days (−22 to −14), met instead of missed, deals "
        "won +1.2 a quarter (+0.9 to +1.5); costs about 148,000 EUR a year. Write: "
        "departments.legal.roles.counsel.people: 3"
    ) in shown
    assert "No sure difference: 1: half the wait of sign." in shown
    assert "96 of 100 replications spent: 2 interventions 16 times; 1 of them up to 40" in shown


def test_what_is_no_proposal_stands_apart() -> None:
    bound = COUNSEL.replace(bound=True, title="papers: accepted with no wait for counsel")
    told = FOUND.replace(ranked=(FOUND.ranked[0].replace(intervention=bound),))
    shown = text(told)
    assert "Nothing that was tried helps for sure" in shown
    assert "At most\n✓ papers: accepted" in shown
    assert "Write:" not in shown


def test_long_changes_stand_below() -> None:
    long = COUNSEL.replace(change=FrozenMap({f"steps.s{n}.wait": "1d" for n in range(9)}))
    shown = text(FOUND.replace(ranked=(FOUND.ranked[0].replace(intervention=long),)))
    assert "What to write stands below." in shown
    assert "To write\n  one more counsel (2 → 3): steps.s0.wait: 1d; " in shown


def test_harm_unknown_costs_and_locks_are_said() -> None:
    worse = _tried(SIGN, _effect(5, after="missed"), Cost(None, "no one knows"), helps=False)
    assert "Makes it worse: 1: half the wait of sign." in text(FOUND.replace(ranked=(worse,)))
    locked = _tried(SIGN.replace(locked=True), _effect(-18), Cost(None, "why"), helps=True)
    shown = " ".join(text(FOUND.replace(ranked=(locked,))).split())
    assert "what it costs is not known: why." in shown
    assert "It is locked: variants may not change it." in shown
    saved = _tried(SIGN, _effect(-18), Cost(-2000.0), helps=True).replace(
        value=Estimate(100.0, 50.0, 150.0), worth_it=2.5
    )
    shown = " ".join(text(FOUND.replace(ranked=(saved,))).split())
    assert "worth won +100 EUR (+50 to +150) a year; saves work of about 2,000 EUR a year" in shown


def test_more_that_helps_and_what_does_not_load_is_listed() -> None:
    found = FOUND.replace(untried=(("one more x", "it is broken"),))
    shown = text(found, top=0)
    assert "Helps less: 1: one more of counsel." in shown
    assert "Not tried: one more x: it is broken" in shown


def test_a_budget_that_was_too_small_is_said() -> None:
    assert "too small to try each twice" in text(FOUND.replace(budget=10))
    assert "there was nothing to try" in text(FOUND.replace(rounds=(), ranked=(), spent=0))


def test_markdown_and_json() -> None:
    assert markdown(FOUND).startswith("## What helps: enterprise\n")
    document = json.loads(as_json(FOUND))
    assert document["ranked"][0]["intervention"]["lines"] == [
        "departments.legal.roles.counsel.people: 3"
    ]
    assert document["rounds"][0] == {"tried": 2, "replications": 16, "kept": 1}


def test_money_has_three_digits() -> None:
    assert [about(x) for x in (148_213, 1234.5, 12.34, 0.456, 0)] == [
        "148,000",
        "1,230",
        "12.3",
        "0.46",
        "0",
    ]
