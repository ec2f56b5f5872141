"""The search finds what everybody sees, and what playing each change in full finds too."""

from typing import Any

import pytest

import salesflow as sf
from salesflow.simulation.ground import ground_of
from salesflow.simulation.improving.interventions import interventions_of, scenario_of
from salesflow.simulation.improving.nouns import Improvement, Tried
from tests.simulation.improving.processes import BOTTLENECK, REWORK, WAITING, program


def _improve(text: str, **asked: Any) -> Improvement:
    budget = asked.pop("budget", 120)
    warmup = asked.pop("warmup", "8w")
    return sf.improve(
        sf.loads(text), duration="26w", warmup=warmup, engine="python", budget=budget, **asked
    )


@pytest.fixture(scope="module")
def bottleneck() -> Improvement:
    return _improve(BOTTLENECK, only=["people", "available", "wait", "cut"], budget=60)


def test_the_bottleneck_has_one_more_person_first(bottleneck: Improvement) -> None:
    best = bottleneck.ranked[0]
    assert best.intervention.title == "one more legal (1 → 2)"
    assert best.helps
    assert best.turned == ("quick",)


def test_costs_are_those_of_the_working_week(bottleneck: Improvement) -> None:
    costs = {one.intervention.name: one.cost.amount for one in bottleneck.ranked}
    assert costs["people legal"] == 100 * 40 * 52
    assert costs["people seller"] == pytest.approx(50 * 40 * 52 * 0.95)
    assert costs["available seller"] == pytest.approx(4 * 50 * 40 * 52 * 0.05)


def test_values_are_a_year_of_what_is_won_more(bottleneck: Improvement) -> None:
    best = bottleneck.ranked[0]
    assert best.value is not None
    assert best.wins is not None
    assert best.value.mean == pytest.approx(best.wins.mean / 13 * 52 * 1000)
    assert best.worth_it == pytest.approx(best.value.mean / 208_000)
    [effect] = best.effects
    assert effect.difference is not None
    assert effect.per_100000 == pytest.approx(effect.difference.mean / 2.08)


def test_a_long_wait_is_halved_first() -> None:
    found = _improve(WAITING, only=["people", "effort", "wait", "available"])
    assert found.ranked[0].intervention.name == "wait think"
    assert found.ranked[0].effects[0].difference is not None
    assert found.ranked[0].effects[0].difference.high < 0


def test_a_loop_that_all_go_through_is_cut_first() -> None:
    found = _improve(REWORK, only=["people", "wait", "cut"], budget=60)
    assert found.ranked[0].intervention.name == "cut review.again"
    assert found.ranked[0].helps


def _takes(process: sf.Process, replications: int) -> float:
    """How long deals take, simulated by itself."""
    result = sf.simulate(
        process, duration="26w", warmup="8w", replications=replications, engine="python"
    )
    value = result.objectives[0].value
    assert value is not None
    return value.mean


def _in_full(text: str, kinds: list[str], replications: int) -> dict[str, float]:
    """By brute force: each change simulated as a scenario of its own, by the time it saves."""
    process = sf.loads(text)
    ground = ground_of(process)
    now = _takes(process, replications)
    return {
        one.name: now - _takes(scenario_of(one, [ground]).processes[0], replications)
        for one in interventions_of([ground], program(process), kinds)
    }


def test_the_ranking_is_that_of_playing_each_in_full() -> None:
    kinds = ["wait", "people"]
    found = _improve(WAITING, only=kinds, budget=60, top=4)
    full = _in_full(WAITING, kinds, found.ranked[0].replications)
    for one in found.ranked:
        change = one.effects[0].difference
        if change is not None and one.replications == found.ranked[0].replications:
            assert -change.mean == pytest.approx(full[one.intervention.name], abs=1e-6)
    assert found.ranked[0].intervention.name == max(full, key=lambda name: full[name])


def test_workers_change_nothing() -> None:
    asked: dict[str, Any] = {"only": ["wait"], "budget": 20, "warmup": None}
    assert _improve(WAITING, **asked) == _improve(WAITING, workers=2, **asked)


def test_what_changes_nothing_is_left_out_at_once() -> None:
    found = _improve(WAITING, only=["people", "wait"], budget=40, top=1)
    by_name: dict[str, Tried] = {one.intervention.name: one for one in found.ranked}
    assert by_name["people seller"].replications < by_name["wait think"].replications
    assert not by_name["people seller"].helps


def test_without_objectives_worth_won_comes_before_time() -> None:
    text = BOTTLENECK[: BOTTLENECK.index("objectives:")]
    found = _improve(text, only=["people"], budget=8)
    assert found.aims == ("worth won a week", "time to win")
    assert [effect.unit for effect in found.ranked[0].effects] == ["money", "hours"]


def test_one_objective_can_be_asked_for() -> None:
    text = WAITING.replace(
        "objectives: {", "objectives: {rate: {measure: win_rate, at_least: 1%}, "
    )
    assert _improve(text, only=["wait"], budget=6, objective="rate").aims == ("rate (at least 1%)",)
    text = text.replace("win_rate, at_least", "win_rate, from: call, at_least")
    found = _improve(text, only=["wait"], budget=6, objective="rate")
    assert found.aims == ("rate (from call, at least 1%)",)
    with pytest.raises(sf.UsageError, match="Did you mean `quick`"):
        _improve(text, objective="quik")


def test_what_is_asked_wrongly_is_refused() -> None:
    with pytest.raises(sf.UsageError, match="Did you mean `people`"):
        _improve(WAITING, only=["peple"])
    with pytest.raises(sf.UsageError, match="at least 2"):
        _improve(WAITING, budget=1)


def test_what_a_process_does_not_say_is_asked_for() -> None:
    with pytest.raises(sf.LoadError, match="arrivals"):
        _improve(WAITING.replace(", arrivals: 5 per week", ""))


def test_nothing_to_try_is_an_answer() -> None:
    found = _improve(WAITING, only=["accept"], budget=6)
    assert found.ranked == found.rounds == ()


def test_the_json_says_what_to_write(bottleneck: Improvement) -> None:
    document = bottleneck.to_dict()
    assert document["version"] == 1
    best = document["ranked"][0]["intervention"]
    assert best["name"] == "people legal"
    assert best["lines"] == ["departments.legal.people: 2"]
