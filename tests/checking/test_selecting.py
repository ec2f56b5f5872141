"""Choosing rules: names, families, presets, weights, and what is wrong with the words."""

from typing import Any

import pytest

from salesflow import api
from salesflow.checking import run as running
from salesflow.checking.catalogue import FAMILIES, rule_names
from salesflow.checking.run import checked, run_checks
from salesflow.checking.select import Selection, choose
from salesflow.errors import UsageError
from salesflow.nouns import FrozenMap

TEXT = """salesflow: 1
process: deal
sources: {inbound: {start: a}}
steps:
  a: {by: x, next: {good: {to: b, share: 30%}, bad: {to: lost, share: 30%}, so_so: c}}
  b: {by: x, next: won}
  c: {by: x}
  d: {by: x, next: e}
  e: {next: won}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


def rules(**options: Any) -> list[str]:
    return [f.rule for f in run_checks(api.loads(TEXT), **options)]


def test_everything_is_found_in_the_order_of_places() -> None:
    assert rules() == ["share-missing", "dead-end", "unreachable-step"]
    assert [f.line for f in run_checks(api.loads(TEXT))] == [5, 7, 8]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"select": ["structure"]}, ["dead-end", "unreachable-step"]),
        ({"select": ["dead-end"]}, ["dead-end"]),
        ({"select": ["shares", "dead-end"]}, ["share-missing", "dead-end"]),
        ({"ignore": ["structure"]}, ["share-missing"]),
        ({"ignore": ["dead-end"]}, ["share-missing", "unreachable-step"]),
        ({"select": ["structure"], "ignore": ["dead-end"]}, ["unreachable-step"]),
        ({"select": ["dead-end"], "ignore": ["structure"]}, ["dead-end"]),
        ({"preset": "correctness"}, ["dead-end", "unreachable-step"]),
        ({"preset": "correctness", "select": ["share-missing"]}, ["share-missing"]),
        ({"preset": "all"}, ["share-missing", "dead-end", "unreachable-step"]),
    ],
)
def test_rules_and_families_choose(options: dict[str, Any], expected: list[str]) -> None:
    assert rules(**options) == expected


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            {"select": ["dead-ends"]},
            "select: there is no rule or family `dead-ends`. Did you mean `dead-end`?",
        ),
        ({"ignore": ["dead_end"]}, "ignore: .* Did you mean `dead-end`?"),
        ({"ignore": ["zzzzzz"]}, "ignore: there is no rule or family `zzzzzz`.$"),
        ({"preset": "strict"}, "preset: there is no `strict`: correctness, recommended, all."),
    ],
)
def test_a_word_that_means_nothing_is_refused(options: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        rules(**options)


def weighed(**severity: Any) -> dict[str, str]:
    weights: FrozenMap[str, Any] = FrozenMap({n.replace("_", "-"): w for n, w in severity.items()})
    found = checked(api.loads(TEXT), choose(Selection(severity=weights)))
    return {f.rule: f.severity for f in found}


def test_weights_are_by_rule_before_family() -> None:
    assert weighed(structure="info", dead_end="warning", shares="error") == {
        "share-missing": "error",
        "dead-end": "warning",
        "unreachable-step": "info",
    }
    with pytest.raises(UsageError, match="severity: `shares` cannot be `fatal`"):
        weighed(shares="fatal")
    with pytest.raises(UsageError, match="severity: there is no rule or family `share`"):
        weighed(share="error")


def test_what_does_not_load_keeps_its_weight_and_cannot_be_left_out() -> None:
    chosen = choose(Selection(ignore=("syntax",), severity=FrozenMap({"syntax": "info"})))
    assert chosen.wants("schema", "syntax")
    assert chosen.severity("schema", "syntax", "error") == "error"


def test_what_was_found_while_loading_is_part_of_a_check() -> None:
    text = """salesflow: 1
process: deal
data: {amount: {type: money}, discount: {type: percent}}
sources: {inbound: {start: a, gives: {amount: 5, discount: 10%}}}
steps: {a: {by: x, next: {good: {to: won, when: discount > 500}, bad: {to: lost, otherwise: true}}}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
    process = api.loads(text)
    assert "type-mismatch" in [f.rule for f in run_checks(process)]
    assert "type-mismatch" not in [f.rule for f in run_checks(process, ignore=["guards"])]


def test_no_rule_floods_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "MOST_FINDINGS", 3)
    steps = "".join(f"  s{n}: {{by: x}}\n" for n in range(9))
    ways = ", ".join(f"r{n}: s{n}" for n in range(9))
    text = f"""salesflow: 1
process: deal
sources: {{inbound: {{start: a}}}}
steps:
  a: {{by: x, next: {{{ways}, good: won, bad: lost}}}}
{steps}outcomes: {{won: {{kind: won}}, lost: {{kind: lost}}}}
"""
    found = run_checks(api.loads(text))
    assert [f.rule for f in found] == ["dead-end"] * 4
    assert "more than 3 findings of `dead-end`" in found[0].message  # at the process's id, line 2
    assert found[0].line == 2


def test_every_family_has_rules_and_every_rule_one_family() -> None:
    assert len(rule_names()) == len(set(rule_names()))
    assert not set(rule_names()) & FAMILIES.keys() - {"syntax"}


def _wanted(select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> tuple[bool, bool, bool]:
    chosen = choose(Selection(select=select, ignore=ignore))
    runs = "uncovered-guard" in [rule.name for rule in chosen.rules]
    names = ("uncovered-guard", "possible-uncovered-guard")
    sure, perhaps = (chosen.wants(name, "guards") for name in names)
    return runs, sure, perhaps


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        ((), (), (True, True, True)),
        (("uncovered-guard",), (), (True, True, True)),
        (("guards",), (), (True, True, True)),
        (("possible-uncovered-guard",), (), (True, False, True)),
        ((), ("possible-uncovered-guard",), (True, True, False)),
        ((), ("uncovered-guard",), (False, False, False)),
        (("possible-uncovered-guard",), ("guards",), (True, False, True)),
    ],
)
def test_what_is_only_possible_is_asked_for_with_its_rule_or_apart(
    select: tuple[str, ...], ignore: tuple[str, ...], expected: tuple[bool, bool, bool]
) -> None:
    assert _wanted(select, ignore) == expected


def test_only_what_can_be_unsure_has_a_name_for_it() -> None:
    with pytest.raises(UsageError, match="there is no rule or family `possible-dead-end`"):
        choose(Selection(select=("possible-dead-end",)))
