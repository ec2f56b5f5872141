"""What becomes of deals in numbers: several sources, stages, what is not told, the shape in JSON."""

from math import inf, nan
from typing import Any

import pytest

import salesflow as sf
from salesflow.analysis.chain import Chain, chain_of
from salesflow.analysis.odds.deals import Deals, StageOdds
from salesflow.nouns import FrozenMap

Data = dict[str, Any]
STEPS: Data = {
    "call": {
        "stage": "lead",
        "next": {
            "fit": {"to": "demo", "share": "40%"},
            "again": {"to": "call", "share": "20%"},
            "unfit": {"to": "lost", "share": "rest"},
        },
    },
    "demo": {
        "stage": "proposal",
        "next": {
            "buys": {"to": "won", "share": "25%"},
            "back": {"to": "call", "share": "25%"},
            "drops": {"to": "dropped", "share": "rest"},
        },
    },
}
OUTCOMES = {"won": {"kind": "won"}, "lost": {"kind": "lost"}, "dropped": {"kind": "disqualified"}}


def chain(steps: Data = STEPS, **more: Any) -> Chain:
    data: Data = {
        "salesflow": 1,
        "process": "tried",
        "sources": {"web": {"start": "call"}},
        "stages": {"lead": {"win_chance": "10%"}, "proposal": {"win_chance": "30%"}, "other": {}},
        "steps": steps,
        "outcomes": OUTCOMES,
    }
    return chain_of(sf.load(data | more))


def test_a_stage_is_reached_once_however_often_a_deal_stands_there() -> None:
    known = chain().all
    assert known is not None
    # of those at `call` 40% of 80% get to `demo` before they are lost: one half
    won = 0.125 / (
        1 - 0.125
    )  # half of the deals see `demo`, a quarter of them win, a quarter return
    assert known.won == pytest.approx(won)
    assert {*known.stages} == {"lead", "proposal"}
    assert known.stages["lead"].reached == pytest.approx(1.0)
    assert known.stages["lead"].won == pytest.approx(won)
    assert known.stages["lead"].win_chance == pytest.approx(won)
    proposal = known.stages["proposal"]
    assert proposal.reached == pytest.approx(0.5)
    assert proposal.won == pytest.approx(won)
    assert proposal.win_chance == pytest.approx(2 * won)
    assert StageOdds(reached=0.0, won=0.0).win_chance == 0.0


def test_of_several_threads_each_may_stand_in_a_stage() -> None:
    steps: Data = {
        "call": {"next": {"both": {"to": ["paper", "demo"]}}},
        "paper": {"stage": "lead", "next": {"over": {"to": "meet"}}},
        "demo": {"stage": "proposal", "next": {"over": {"to": "meet"}}},
        "meet": {
            "wait_for": ["paper", "demo"],
            "next": {
                "buys": {"to": "won", "share": "30%"},
                "no_go": {"to": "lost", "share": "rest"},
            },
        },
    }
    known = chain(steps).all
    assert known is not None
    for stage in known.stages.values():
        assert (stage.reached, stage.won) == (pytest.approx(1.0), pytest.approx(0.3))


SOURCES: Data = {
    "web": {"start": "call", "arrivals": "30 per week", "gives": {"amount": 100}},
    "fair": {
        "start": "demo",
        "arrivals": {"every": "2w", "batch": 20},
        "gives": {"amount": {"min": 200, "max": 400}},
    },
}
WORTH: Data = {"value": "amount", "data": {"amount": {"type": "money"}}}


def test_all_deals_are_those_of_each_source_by_how_many_come() -> None:
    known = chain(sources=SOURCES, **WORTH)
    web, fair, whole = known.sources["web"], known.sources["fair"], known.all
    assert whole is not None
    assert web.value == pytest.approx(100 * web.won)
    assert fair.value == pytest.approx(300 * fair.won)
    for name in ("won", "lost", "stuck", "value"):
        one, other = getattr(web, name), getattr(fair, name)
        assert getattr(whole, name) == pytest.approx(0.75 * one + 0.25 * other)
    for name in ("outcomes", "visits", "taken"):
        one, other, both = (getattr(deals, name) for deals in (web, fair, whole))
        assert {*both} == {*one} | {*other}
        for key in both:
            weighed = 0.75 * one.get(key, 0.0) + 0.25 * other.get(key, 0.0)
            assert both[key] == pytest.approx(weighed)
    for name, stage in whole.stages.items():
        one, other = web.stages[name], fair.stages[name]
        assert stage.reached == pytest.approx(0.75 * one.reached + 0.25 * other.reached)
        assert stage.won == pytest.approx(0.75 * one.won + 0.25 * other.won)
    assert whole.win_rate == pytest.approx(whole.won / (whole.won + whole.lost))
    assert whole.value_per_won == pytest.approx((whole.value or 0) / whole.won)


def test_a_source_whose_deals_have_no_worth_leaves_all_without() -> None:
    silent = {**SOURCES, "fair": {**SOURCES["fair"]}}
    del silent["fair"]["gives"]
    known = chain(sources=silent, **WORTH)
    assert known.sources["fair"].value is None
    assert known.all is not None
    assert known.all.value is None
    assert known.all.value_per_won is None
    # unless it never wins one, or brings none
    bad = {**STEPS, "junk": {"next": {"out": {"to": "lost"}}}}
    silent["fair"]["start"] = "junk"
    all_ = chain(bad, sources=silent, **WORTH).all
    assert all_ is not None
    assert all_.value == pytest.approx(75 * chain().sources["web"].won)


def test_without_deals_there_is_nothing_to_mix() -> None:
    none = {name: {"start": "call", "arrivals": "0 per week"} for name in ("web", "fair")}
    known = chain(sources=none)
    assert known.all is None
    assert {*known.sources} == {"web", "fair"}
    assert not known.exact
    one = {"web": none["web"], "fair": {"start": "demo", "arrivals": "3 per week"}}
    known = chain(sources=one)
    assert known.all is not None
    assert known.all.won == pytest.approx(known.sources["fair"].won)


@pytest.mark.parametrize(
    ("arrivals", "number"),
    [
        ("30 per week", 30.0),
        ("2 per day", 14.0),
        ({"rate": "1 per hour"}, 168.0),
        ({"every": "2w", "batch": 20}, 10.0),
        ({"every": "1d", "batch": 3}, 21.0),
        ({"every": "12h"}, 14.0),
        (None, None),
    ],
)
def test_how_many_come_in_a_week(arrivals: Any, number: float | None) -> None:
    source = {"start": "call", **({"arrivals": arrivals} if arrivals else {})}
    process = sf.load(
        {"salesflow": 1, "process": "p", "sources": {"web": source}, "steps": STEPS,
         "stages": {"lead": {}, "proposal": {}}, "outcomes": OUTCOMES}
    )  # fmt: skip
    found = process.sources["web"].per_week
    assert found == (None if number is None else pytest.approx(number))


def test_what_is_left_of_deals_goes_round_for_ever() -> None:
    half = Deals(outcomes=FrozenMap({"won": 0.25}), stuck=0.25)
    assert half.endless == pytest.approx(0.5)
    assert half.replace(stuck=0.75 - 1e-10).endless == 0.0  # what floats lose
    assert Deals(won=0.0, lost=0.0).win_rate is None
    assert Deals(won=0.0, lost=0.5).win_rate == 0.0
    assert Deals(value=5.0, won=0.0).value_per_won is None
    assert Deals(value=0.0, won=0.5).value_per_won == 0.0


def test_numbers_in_json_have_ten_digits_and_none_is_no_number() -> None:
    deals = Deals(
        outcomes=FrozenMap({"won": 1 / 3, "lost": 2 / 3}),
        won=1 / 3,
        lost=2 / 3,
        stuck=1e-13,
        visits=FrozenMap({"z": inf, "call": 2 / 3}),
        value=nan,
    )
    told = deals.to_dict()
    assert told == {
        "win_rate": 0.3333333333,
        "value": None,
        "value_per_won": None,
        "outcomes": {"won": 0.3333333333, "lost": 0.6666666667},
        "stuck": 1e-13,
        "visits": {"call": 0.6666666667, "z": None},
    }
    assert [*told["visits"]] == ["call", "z"]
    assert Chain(all=deals).to_dict() == {**told, "exact": True}
    assert Chain(all=deals, approximate=("it depends",)).to_dict() == {**told, "exact": False}
