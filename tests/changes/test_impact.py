"""What a change does to the figures: exactly nothing where nothing changes, else by hand or paired."""

import json
import re
from functools import cache
from pathlib import Path

import pytest

import salesflow as sf
from salesflow.changes.impact import Impact, impact
from salesflow.changes.matching.match import match
from salesflow.changes.matching.nouns import Match, Matching
from salesflow.changes.sheet import sheet_of
from salesflow.changes.translation import translated
from salesflow.errors import SimulationError
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process
from salesflow.simulation.compile import program_of
from salesflow.simulation.plan import plan_of

TEXT = """\
salesflow: 1
process: small
currency: EUR
calendars: {office: {timezone: UTC, hours: {mon-fri: "09:00-17:00"}}}
departments:
  sales: {calendar: office, roles: {rep: {people: 4, cost_per_hour: 50}}}
  legal: {calendar: office, roles: {counsel: {people: 1, cost_per_hour: 100}}}
data: {amount: {type: money}, region: {type: choice, values: [dach, amer]}}
value: amount
stages: {talk: {}, paper: {}}
sources:
  inbound: {start: call, arrivals: 12 per week, gives: {amount: {median: 1000, p90: 4000}}}
  fair: {start: call, arrivals: {every: 4w, batch: 6}, gives: {amount: {median: 500, p90: 900}}}
steps:
  call:
    by: rep
    stage: talk
    effort: {mean: 3h}
    captures: {region: {any_of: {dach: 60%, amer: rest}}}
    next: {fit: {to: papers, share: 60%}, unfit: {to: lost, share: rest}}
  papers:
    stage: paper
    parallel:
      terms: {steps: {draft: {by: counsel, effort: {mean: 2h}, next: {ready: done}}}}
      price: {steps: {quote: {by: rep, effort: {mean: 1h}, wait: {mean: 2d}, next: {ready: done}}}}
    next: {done: sign}
  sign:
    by: rep
    effort: {mean: 30min}
    wait: {median: 3d, p90: 9d}
    next: {signed: {to: won, share: 55%}, again: {to: papers, share: 15%, at_most: 2}, walked: {to: lost, share: rest}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
objectives:
  rate: {measure: win_rate, at_least: 10%}
  busy: {measure: utilization, of: counsel, at_most: 95%}
"""
PLAN = plan_of(duration="13w", warmup="4w", replications=4)
SAME = (0.0, 0.0, 0.0)


@cache
def loaded(text: str = TEXT) -> Process:
    return sf.loads(text)


def changed(*changes: tuple[str, str]) -> Process:
    """The process with parts of its text replaced; each must be there."""
    text = TEXT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return loaded(text)


def effect(new: Process, old: Process | None = None, pairs: Matching | None = None) -> Impact:
    old = old or loaded()
    pairs = pairs or match(sheet_of(old), sheet_of(new))
    return impact(old, new, pairs, PLAN)


def differences(found: Impact) -> dict[str, tuple[float, float, float]]:
    """All that there are, by name."""
    kpis = {name: one.difference for name, one in found.kpis.items()}
    for kind in ("roles", "departments"):
        for name, work in getattr(found, kind).items():
            kpis[f"{kind} {name} busy"] = work.utilization.difference
            kpis[f"{kind} {name} hours"] = work.hours.difference
    return {name: tuple(one) for name, one in kpis.items() if one is not None}


def paired(old: Process, new: Process, **ids: str) -> Matching:
    """Elements by their ids; ``ids`` are called differently in the new version."""
    there = sheet_of(new)
    found = {}
    for path in sheet_of(old):
        moved = ".".join(ids.get(part, part) for part in path.split("."))
        if moved in there:
            found[moved] = Match(path, moved)
    return Matching(matches=FrozenMap(found))


# What is the same


def test_a_version_beside_itself_differs_by_exactly_nothing() -> None:
    found = effect(loaded())
    assert set(differences(found).values()) == {SAME}
    assert len(differences(found)) == 13 + 2 * 4
    assert not any(one.significant for one in found.kpis.values())


RENAMED = {
    "call": "qualify",
    "sign": "close",
    "papers": "contracting",
    "terms": "law",
    "draft": "write",
    "signed": "agreed",
    "walked": "aborted",  # the results of a step go by id: it is first now
    "inbound": "website",
    "fair": "zoo",
    "counsel": "attorney",
    "legal": "chambers",
    "amount": "worth",
    "talk": "first_talk",
    "rate": "wins",
}


def test_a_pure_rename_differs_by_exactly_nothing() -> None:
    """Of steps, results, blocks, branches, sources, roles, departments, fields and the process."""
    text = TEXT
    for old, new in RENAMED.items():
        text = re.sub(rf"\b{old}\b", new, text)
    new = loaded(text.replace("process: small", "process: large"))
    assert {path.rpartition(".")[2] for path in sheet_of(new)} >= {*RENAMED.values()}
    pairs = paired(loaded(), new, **RENAMED)
    before = translated(loaded(), pairs).process.replace(id="large")
    programs = [program_of([each], duration=4, warmup=2) for each in (before, new)]
    assert programs[0].digest == programs[1].digest
    found = effect(new, pairs=pairs)
    assert set(differences(found).values()) == {SAME}
    assert [*found.roles] == ["attorney", "rep"]
    assert [*found.objectives] == ["wins", "busy"]
    assert all(goal.old is not None and goal.new is not None for goal in found.objectives.values())


def test_a_rename_that_is_announced_or_inferred_differs_by_exactly_nothing() -> None:
    announced = changed(("  sign:\n", "  close:\n    was: sign\n"), ("done: sign", "done: close"))
    inferred = changed(("  sign:\n", "  signing:\n"), ("done: sign", "done: signing"))
    for new in (announced, inferred):
        assert set(differences(effect(new)).values()) == {SAME}


def test_ids_that_change_places_differ_by_exactly_nothing() -> None:
    """The old `call` is the new `sign` and the other way round."""
    swap = {"call": "sign", "sign": "call"}
    text = (
        TEXT.replace("call", "#").replace("done: sign", "done: call").replace("  sign:", "  call:")
    )
    new = loaded(text.replace("#", "sign"))
    found = effect(new, pairs=paired(loaded(), new, **swap))
    assert set(differences(found).values()) == {SAME}


def test_words_and_order_differ_by_exactly_nothing() -> None:
    new = changed(
        ("  call:\n", "  call:\n    name: The first talk\n"),
        ("{fit: {to: papers, share: 60%}, unfit: {to: lost, share: rest}}",
         "{unfit: {to: lost, share: rest}, fit: {to: papers, share: 60%}}"),
    )  # fmt: skip
    assert set(differences(effect(new)).values()) == {SAME}


def test_another_counsel_leaves_the_win_rate_as_it_was() -> None:
    """All deals end either way, only sooner."""
    closed = ("arrivals: 12 per week", "arrivals: {every: 500w, batch: 60}")
    fair = ("arrivals: {every: 4w, batch: 6}", "arrivals: {every: 500w, batch: 6}")
    long = ("draft: {by: counsel, effort: {mean: 2h}", "draft: {by: counsel, effort: {mean: 30h}")
    old = changed(closed, fair, long)
    new = changed(closed, fair, long, ("counsel: {people: 1", "counsel: {people: 3"))
    plan = plan_of(duration="200w", warmup="0w", replications=4)
    found = impact(old, new, paired(old, new), plan)
    assert found.kpis["win_rate"].difference == SAME
    assert found.kpis["wins"].difference == SAME
    cycle = found.kpis["cycle_time_won"].difference
    assert cycle is not None
    assert cycle.high < 0


def test_a_step_that_is_inserted_leaves_deals_and_their_worth_as_they_were() -> None:
    new = changed(
        ("fit: {to: papers", "fit: {to: check"),
        ("  sign:\n", "  check: {by: rep, effort: {mean: 2h}, next: {fine: papers}}\n  sign:\n"),
    )
    old = loaded()
    found = effect(new)
    plan = plan_of(duration="200w", warmup="0w", replications=4)
    closed = [
        sf.loads(sf.dumps(each).replace("12 per week", "{every: 500w, batch: 60}"))
        for each in (old, new)
    ]
    alike = impact(*closed, paired(*closed), plan)
    for name in ("win_rate", "value_per_won", "rework", "win_rate_by_value"):
        expected = alike.kpis[name].difference
        assert expected is not None
        if name != "rework":
            assert tuple(expected) == SAME
        else:
            assert expected.mean == 0
    hours = found.roles["rep"].hours
    assert hours.difference is not None
    assert hours.difference.low > 0
    assert hours.significant
    assert found.roles["counsel"].hours.significant is False


# What changes


def test_more_work_is_told_by_role_and_department() -> None:
    found = effect(
        changed(
            ("draft: {by: counsel, effort: {mean: 2h}", "draft: {by: counsel, effort: {mean: 3h}")
        )
    )
    counsel, legal = found.roles["counsel"], found.departments["legal"]
    assert counsel.hours == legal.hours
    assert counsel.hours.old is not None
    assert counsel.hours.new is not None
    # The same draws, half as long again; what is begun at the end differs a little.
    assert counsel.hours.new.mean == pytest.approx(1.5 * counsel.hours.old.mean, rel=0.05)
    assert counsel.hours.significant
    assert counsel.utilization.difference is not None
    assert counsel.utilization.difference.low > 0
    assert found.departments["sales"].hours.old is not None


def test_who_is_hired_works_so_many_hours_more() -> None:
    new = changed(
        ("counsel: {people: 1, cost_per_hour: 100}", "counsel: {people: 1, cost_per_hour: 100}, aide: {people: 1}"),
        ("draft: {by: counsel", "draft: {by: aide"),
    )  # fmt: skip
    found = effect(new)
    aide, counsel = found.roles["aide"], found.roles["counsel"]
    assert aide.utilization.old is None
    assert aide.utilization.new is not None
    assert aide.hours.old == SAME
    assert aide.hours.difference == aide.hours.new
    assert counsel.hours.new == SAME
    assert found.departments["legal"].hours.difference == SAME


def test_objectives_of_both_versions_are_told() -> None:
    new = changed(
        ("rate: {measure: win_rate, at_least: 10%}", "many: {measure: throughput, at_least: 1}"),
        ("at_most: 95%", "at_most: 1%"),
    )
    goals = effect(new).objectives
    assert [*goals] == ["many", "busy", "rate"]
    assert goals["many"].old is None
    assert goals["rate"].new is None
    verdicts = [one and one.verdict for one in (goals["busy"].old, goals["busy"].new)]
    assert verdicts == ["met", "missed"]


def test_a_variant_against_its_base_shares_the_numbers_of_its_base(tmp_path: Path) -> None:
    (tmp_path / "small.salesflow.yaml").write_text(TEXT, encoding="utf-8")
    variant = "salesflow: 1\nvariant: less\nof: small.salesflow.yaml\nchange: {version: 1.2.3}\n"
    (tmp_path / "less.salesflow.yaml").write_text(variant, encoding="utf-8")
    old, new = (sf.load(tmp_path / f"{name}.salesflow.yaml") for name in ("small", "less"))
    assert new.base is not None
    assert set(differences(effect(new, old)).values()) == {SAME}
    assert set(differences(effect(old, new)).values()) == {SAME}


# Its JSON, and what is refused


def test_its_json_has_the_measures_at_the_top() -> None:
    found = effect(changed(("counsel: {people: 1", "counsel: {people: 2")))
    data = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert {*data} == {
        *found.kpis, "roles", "departments", "objectives", "seed", "replications", "duration",
        "warmup", "currency", "warnings", "interrupted",
    }  # fmt: skip
    assert {*data["win_rate"]} == {"old", "new", "difference", "significant"}
    assert {*data["win_rate"]["old"]} == {"mean", "low", "high"}
    assert {*data["roles"]["counsel"]} == {"title", "utilization", "hours"}
    assert data["objectives"]["rate"]["old"]["verdict"] == "met"
    assert (data["seed"], data["replications"], data["duration"]) == (1, 4, "13w")


def test_the_same_question_has_the_same_answer() -> None:
    new = changed(("share: 55%", "share: 65%"))
    assert effect(new) == effect(new)
    found = effect(new)
    back = impact(new, loaded(), match(sheet_of(new), sheet_of(loaded())), PLAN)
    for name, one in found.kpis.items():
        assert (one.old, one.new) == (back.kpis[name].new, back.kpis[name].old)


def test_more_that_are_signed_raise_the_win_rate_for_sure() -> None:
    new = changed(("share: 55%", "share: 80%"))
    plan = plan_of(duration="26w", warmup="8w", replications=8)
    found = impact(loaded(), new, paired(loaded(), new), plan).kpis["win_rate"]
    assert found.significant
    assert found.difference is not None
    assert found.difference.low > 0.02


def test_warnings_say_of_which_version_they_are() -> None:
    many = ("arrivals: 12 per week", "arrivals: 40 per week")
    plain, flooded = loaded(), changed(many)
    worse = effect(flooded, plain).warnings
    better = effect(plain, flooded).warnings
    assert any(one.startswith("New version: `counsel` is asked for") for one in worse)
    assert any(one.startswith("Old version: `counsel` is asked for") for one in better)
    assert not any(one.startswith(("Old", "Scenario")) for one in worse)
    assert not any(one.startswith(("New", "Scenario")) for one in better)
    assert any(
        one.startswith("`counsel` is asked for") for one in effect(flooded, flooded).warnings
    )


def test_a_version_that_says_too_little_is_told_with_its_name() -> None:
    silent = changed(("counsel: {people: 1, cost_per_hour: 100}", "counsel: {cost_per_hour: 100}"))
    pairs = paired(loaded(), silent)
    with pytest.raises(SimulationError) as caught:
        impact(loaded(), silent, pairs, PLAN)
    (finding,) = caught.value.findings
    assert finding.rule == "no-people"
    assert finding.message.startswith("The new version cannot be simulated: `counsel` has work")
    assert caught.value.texts == dict(silent.texts)
    with pytest.raises(SimulationError, match="The old version cannot be simulated"):
        impact(silent, loaded(), pairs.mirrored(), PLAN)
    with pytest.raises(SimulationError) as both:
        impact(silent, silent, paired(silent, silent), PLAN)
    assert len(both.value.findings) == 2
