"""Rules about conditions: exact words and places, and what must raise no alarm."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings

import salesflow as sf
from salesflow import api
from salesflow.analysis.verdict import Fault, Verdict
from salesflow.checking.facts import Facts
from salesflow.checking.rules import boundary_gap, uncovered_guard
from salesflow.checking.run import run_checks
from salesflow.findings import Finding
from salesflow.testing import families, processes, sound_processes

FAMILY = (
    "uncovered-guard",
    "boundary-gap",
    "overlapping-guards",
    "shadowed-result",
    "impossible-guard",
    "constant-guard",
    "unfilled-field",
)
HEAD = """salesflow: 1
process: deal
data:
  amount: {type: money}
  budget: {type: money}
  discount: {type: percent}
  vip: {type: yes_no}
  region: {type: choice, values: [DACH, NORDICS, AMER]}
  contract: {type: document}
sources:
  inbound:
    start: a
    gives: {amount: {min: 0, max: 900}, vip: 50%, region: {DACH: 50%, NORDICS: 10%, AMER: rest}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


def found(steps: str, *rules: str) -> list[Finding]:
    process = api.loads(f"{HEAD}steps:\n{steps}")
    wanted = rules or FAMILY
    return [
        f for f in run_checks(process, preset="all") if f.rule.removeprefix("possible-") in wanted
    ]


def one(steps: str, *rules: str) -> Finding:
    (finding,) = found(steps, *rules)
    return finding


# ------------------------------------------------------------------------------------------- gaps


def test_a_gap_is_told_with_a_deal_in_it_and_the_way_there() -> None:
    finding = one("""
  a: {by: x, next: {good: b, bad: lost}}
  b: {by: x, next: {small: {to: won, when: amount < 100}, large: {to: lost, when: amount >= 200}}}
""")
    assert (finding.rule, finding.severity, finding.path) == ("uncovered-guard", "error", "steps.b")
    assert (finding.line, finding.column) == (18, 3)
    assert finding.witness == ("inbound", "a.good", "b")
    assert finding.message == (
        "No result of `b` is allowed for a deal with `amount` 150: it is stuck. "
        "A deal gets there by inbound → a (good)."
    )
    assert finding.help == (
        "Widen a condition, or add a result for all others: `other: {to: lost, otherwise: true}`."
    )


def test_a_value_forgotten_of_a_choice() -> None:
    finding = one(
        "  a: {by: x, next: {near: {to: won, when: region == DACH}, far: {to: lost, when: region == AMER}}}\n"
    )
    assert finding.message.startswith(
        "No result of `a` is allowed for a deal with `region` NORDICS: it is stuck."
    )


def test_only_what_matters_of_a_deal_is_told() -> None:
    finding = one("""
  a:
    by: x
    next:
      one: {to: won, when: vip and amount < 100}
      two: {to: lost, when: vip and amount >= 200 and region == DACH}
      three: {to: lost, when: vip and amount >= 200 and region != DACH}
      four: {to: won, when: not vip}
""")
    assert "a deal with `amount` 150 and `vip` true:" in finding.message


def test_exactly_on_a_bound_is_told_by_its_own_name_only() -> None:
    finding = one("""
  a: {by: x, next: {small: {to: won, when: amount < 100}, large: {to: lost, when: amount > 100}}}
""")
    assert (finding.rule, finding.severity) == ("boundary-gap", "error")
    assert finding.message == (
        "No result of `a` is allowed for a deal with `amount` 100, exactly on a bound: "
        "it is stuck. A deal gets there by inbound."
    )
    assert finding.help == ("Let one of the conditions take it in: `amount >= 100` in `large`.")


def test_a_bound_beside_a_gap_is_the_gap() -> None:
    finding = one("""
  a:
    by: x
    next:
      small: {to: won, when: amount < 100}
      large: {to: lost, when: amount > 100 and amount < 500}
""")
    assert finding.rule == "uncovered-guard"


def test_a_bound_of_two_fields_that_are_equal() -> None:
    finding = one("""
  a:
    by: x
    captures: [budget]
    next: {small: {to: won, when: amount < budget}, large: {to: lost, when: amount > budget}}
""")
    assert (finding.rule, finding.severity) == ("possible-boundary-gap", "warning")
    assert "a deal with `amount` 1 and `budget` 1, exactly on a bound: it is stuck (possible" in (
        finding.message
    )
    assert finding.help == "Let one of the conditions take it in: `amount >= budget` in `large`."


def test_two_fields_that_cover_all_there_is() -> None:
    assert not found("""
  a:
    by: x
    captures: [budget]
    next: {small: {to: won, when: amount < budget}, large: {to: lost, when: amount >= budget}}
""")


def test_a_field_that_may_be_empty_leaves_a_deal_without_a_way() -> None:
    finding = one("""
  a: {by: x, next: {asked: b, not_asked: c}}
  b: {by: x, captures: [discount], next: c}
  c: {by: x, next: {small: {to: won, when: discount < 10%}, large: {to: lost, when: discount >= 10%}}}
""")
    assert finding.rule == "uncovered-guard"
    assert finding.message == (
        "No result of `c` is allowed for a deal without `discount`: it is stuck. "
        "A deal gets there by inbound → a (not_asked)."
    )
    assert finding.help.startswith(
        "Let a step before it fill what is missing (`captures: [discount]`). Widen a condition,"
    )


def test_what_nothing_ever_fills_is_said_elsewhere() -> None:
    steps = """
  a: {by: x, next: {small: {to: won, when: discount < 10%}, large: {to: lost, when: discount >= 10%}}}
"""
    assert not found(steps)
    assert one(steps, "never-captured")


def test_what_no_deal_can_fulfil_is_named_beside_the_gap_it_leaves() -> None:
    finding = one("""
  a:
    by: x
    next:
      small: {to: won, when: amount < 100}
      large: {to: lost, when: amount >= 100 and amount < 50}
""")
    assert finding.rule == "uncovered-guard"
    (related,) = finding.related
    assert (related.path, related.message) == (
        "steps.a.next.large",
        "`amount >= 100 and amount < 50` holds for no deal",
    )


def test_choices_that_hang_together_raise_no_alarm() -> None:
    assert not found("""
  a: {by: x, next: {large: {to: b, when: amount >= 100}, small: {to: won, otherwise: true}}}
  b: {by: x, next: {go: c, stop: lost}}
  c: {by: x, next: {fine: {to: won, when: amount >= 100 and amount < 500}, much: {to: lost, when: amount >= 500}}}
""")


def test_a_field_that_changes_on_the_way_may_fall_into_the_gap() -> None:
    finding = one("""
  a: {by: x, next: {large: {to: b, when: amount >= 100}, small: {to: won, otherwise: true}}}
  b: {by: x, next: {go: {to: c, set: {amount: 40}}, stop: lost}}
  c: {by: x, next: {fine: {to: won, when: amount >= 100 and amount < 500}, much: {to: lost, when: amount >= 500}}}
""")
    assert "a deal with `amount` 40: it is stuck" in finding.message
    assert finding.witness == ("inbound", "a.large", "b.go", "c")


def test_a_value_worked_out_makes_it_possible_only() -> None:
    finding = one("""
  a: {by: x, next: {large: {to: b, when: amount > 100}, small: {to: won, otherwise: true}}}
  b: {by: x, next: {go: {to: c, set: {amount: amount * 0.9}}, stop: lost}}
  c: {by: x, next: {fine: {to: won, when: amount > 100 and amount < 500}, much: {to: lost, when: amount >= 500}}}
""")
    assert (finding.rule, finding.severity) == ("possible-uncovered-guard", "warning")
    assert "it is stuck (possible: it hangs on the exact values)." in finding.message


def test_spent_limits_and_time_limits_are_said_elsewhere() -> None:
    assert not found("""
  a: {by: x, next: {again: {to: a, when: amount < 100, at_most: 1}, go: {to: won, when: amount >= 100}}}
""")
    assert not found("""
  a: {by: x, timeout: {after: 3d, result: late}, next: {small: {to: won, when: amount < 100}, late: lost}}
""")


def test_a_gap_beside_a_spent_limit_is_found_all_the_same() -> None:
    finding = one("""
  a: {by: x, next: {again: {to: a, when: vip, at_most: 1}, go: {to: won, when: not vip and amount >= 100}}}
""")
    assert "a deal with `amount` 50 and `vip` false" in finding.message


def test_a_gap_in_a_branch() -> None:
    finding = one("""
  a:
    parallel:
      legal:
        start: s
        steps:
          s: {by: x, next: {small: {to: done, when: amount < 100}, large: {to: w, when: amount > 200}}}
          w: {by: x, next: done}
      other: {steps: {u: {by: x, next: done}}}
    next: {done: won}
""")
    assert finding.path == "steps.a.parallel.legal.steps.s"
    assert finding.help.endswith("`other: {to: done, otherwise: true}`.")


def test_conditions_on_the_past_cover_what_can_have_been() -> None:
    assert not found("""
  a: {by: x, next: {again: {to: b, at_most: 2}, go: won}}
  b:
    by: x
    next: {first: {to: a, when: times(a.again) <= 1}, second: {to: lost, when: times(a.again) == 2}}
""")


def test_without_a_verdict_gaps_are_possible_dead_ends() -> None:
    text = f"""{HEAD}steps:
  a: {{by: x, next: {{small: {{to: won, when: amount < 100}}, large: {{to: lost, when: amount > 200}}}}}}
"""
    facts = Facts(api.loads(text))
    facts.__dict__["behaviour"] = Verdict(decided=False)
    (finding,) = uncovered_guard.find(facts)
    assert not list(boundary_gap.find(facts))
    assert finding.rule == "possible-uncovered-guard", "that it comes is no proof that it stays"
    assert finding.witness == ("inbound", "a")
    facts = Facts(api.loads(text))
    facts.__dict__["behaviour"] = Verdict(decided=False)
    facts.__dict__["stranded"] = tuple(
        gap._replace(doubt="not proved", witness=()) for gap in Facts(api.loads(text)).stranded
    )
    (finding,) = uncovered_guard.find(facts)
    assert (finding.rule, finding.severity) == ("possible-uncovered-guard", "warning")
    assert finding.message == (
        "No result of `a` is allowed for a deal with `amount` 150: "
        "a possible dead end, if such a deal comes here."
    )


# --------------------------------------------------------------------------------------- overlaps


def test_an_overlap_is_told_once_a_step_with_a_deal() -> None:
    finding = one("""
  a:
    by: x
    next:
      near: {to: b, when: region == DACH}
      large: {to: c, when: amount >= 100}
      special: {to: won, when: vip}
      rest_of_all: {to: lost, otherwise: true}
  b: {by: x, next: won}
  c: {by: x, next: won}
""")
    assert (finding.rule, finding.severity) == ("overlapping-guards", "warning")
    assert finding.path == "steps.a.next.large"
    assert finding.message == (
        "A deal with `amount` 120 and `region` DACH may take `a.large` as well as `near`, "
        "and no share says how often. A deal gets there by inbound."
    )
    assert finding.help == (
        "Write `when: region == DACH and amount < 100` in `near`, or give both a share."
    )
    assert [(r.path, r.message) for r in finding.related] == [
        ("steps.a.next.near", "can be taken as well"),
        ("steps.a.next.special", "can be taken as well"),
    ]


def test_a_result_without_a_condition_beside_one_with() -> None:
    finding = one("""
  a: {by: x, next: {large: {to: b, when: amount >= 100}, small: won}}
  b: {by: x, next: won}
""")
    assert (finding.rule, finding.path) == ("overlapping-guards", "steps.a.next.small")
    assert finding.message.startswith(
        "`a.small` has no condition, so a deal with `amount` 120 may take it as well as `large`, "
    )
    assert finding.help == "Write `otherwise: true` in `small`, or give both a share."


def test_shares_weigh_what_overlaps() -> None:
    assert not found("""
  a:
    by: x
    next:
      large: {to: b, when: amount >= 100, share: 30%}
      special: {to: won, when: vip, share: rest}
      other: {to: lost, otherwise: true}
  b: {by: x, next: won}
""")


def test_an_overlap_that_no_deal_comes_with_is_none() -> None:
    assert not found(
        """
  a: {by: x, next: {large: {to: b, when: amount >= 100}, small: {to: won, otherwise: true}}}
  b: {by: x, next: {tiny: {to: won, when: amount < 50}, much: {to: lost, when: amount < 70 or amount > 500}, other: {to: won, otherwise: true}}}
""",
        "overlapping-guards",
        "shadowed-result",
    )


def test_a_special_case_within_the_general_one() -> None:
    finding = one("""
  a:
    by: x
    next:
      huge: {to: b, when: amount >= 500}
      large: {to: c, when: amount >= 100}
      small: {to: won, otherwise: true}
  b: {by: x, next: won}
  c: {by: x, next: won}
""")
    assert (finding.rule, finding.severity) == ("shadowed-result", "warning")
    assert finding.path == "steps.a.next.huge"
    assert finding.message == (
        "Wherever `a.huge` is allowed, `large` is too: a deal with `amount` 600 may take either, "
        "since conditions have no order. A deal gets there by inbound."
    )
    assert finding.help == (
        "Write `when: amount >= 100 and amount < 500` in `large`, or give both a share."
    )
    assert [r.path for r in finding.related] == ["steps.a.next.large"]


def test_the_same_condition_twice_is_a_transition_twice() -> None:
    steps = """
  a: {by: x, next: {one: {to: b, when: vip}, two: {to: b, when: vip}, other: {to: won, otherwise: true}}}
  b: {by: x, next: won}
"""
    assert not found(steps)
    assert one(steps, "duplicate-transition")


# ------------------------------------------------------------------------------ idle conditions


def test_a_condition_that_no_deal_fulfils() -> None:
    finding = one("""
  a: {by: x, next: {odd: {to: b, when: region == DACH and region == AMER}, other: {to: won, otherwise: true}}}
  b: {by: x, next: won}
""")
    assert (finding.rule, finding.severity, finding.path) == (
        "impossible-guard",
        "warning",
        "steps.a.next.odd",
    )
    assert finding.message == (
        "`a.odd` is never taken: no deal fulfils `region == DACH and region == AMER`. "
        "A deal gets there by inbound."
    )
    assert finding.help == (
        "`and` asks for all at once. Did you mean `region == DACH or region == AMER`?"
    )


@pytest.mark.parametrize(
    "when",
    [
        "false",
        "not filled(amount)",  # every source gives it
        "filled(amount) and not filled(amount)",
        "amount > 100 and not amount > 50",
        "amount < budget and budget < amount",
        "amount + budget > 10 and amount + budget < 5",
        "times(a.again) > 2",
        "times(a.again) < 0",
        "not visited(a)",
        "vip == true and vip == false",
    ],
)
def test_conditions_that_no_deal_fulfils(when: str) -> None:
    finding = one(
        f"""
  a: {{by: x, captures: [budget], next: {{odd: {{to: b, when: "{when}"}}, again: {{to: a, when: vip, at_most: 2}}, other: {{to: won, otherwise: true}}}}}}
  b: {{by: x, next: won}}
""",
        "impossible-guard",
    )
    assert finding.path == "steps.a.next.odd"


@pytest.mark.parametrize(
    ("when", "hint"),
    [
        ("amount > 50 or amount < 100", "Did you mean `amount > 50 and amount < 100`?"),
        (
            "region != DACH or region != AMER",
            "Did you mean `region != DACH and region != AMER`?",
        ),
        (
            "amount <= 100 or not amount <= 100",
            "Leave the condition out, or write `filled(amount)` if that is what is meant.",
        ),
        ("true", "Leave the condition out."),
        ("filled(amount)", "Leave the condition out."),
        ("visited(a)", "Leave the condition out."),
    ],
)
def test_conditions_that_every_deal_fulfils(when: str, hint: str) -> None:
    finding = one(f"""
  a:
    parallel:
      p: {{when: "{when}", steps: {{s: {{by: x, next: {{good: done, bad: leave}}}}}}}}
      q: {{steps: {{t: {{by: x, next: done}}}}}}
    next: {{done: won, bad: lost}}
""")
    assert (finding.rule, finding.path) == ("constant-guard", "steps.a.parallel.p")
    assert finding.help == hint


def test_what_a_condition_that_decides_nothing_says() -> None:
    finding = one("""
  a:
    parallel:
      p: {when: amount > 50 or amount < 100, steps: {s: {by: x, next: {good: done, bad: leave}}}}
      q: {steps: {t: {by: x, next: done}}}
    next: {done: won, bad: lost}
""")
    assert finding.message == (
        "The condition of `a.p` decides nothing: every deal fulfils "
        "`amount > 50 or amount < 100` once `amount` is filled. A deal gets there by inbound."
    )


def test_unreached_steps_are_judged_when_they_are_reached() -> None:
    assert not found("""
  a: {by: x, next: {good: won, bad: lost}}
  b: {by: x, next: {odd: {to: won, when: amount > 5 and amount < 2}, other: {to: lost, otherwise: true}}}
""")


# -------------------------------------------------------------------------------- unfilled fields


def test_a_field_that_may_be_empty_is_told_at_the_first_that_reads_it() -> None:
    finding = one("""
  a: {by: x, next: {asked: b, not_asked: c}}
  b: {by: x, captures: [discount], next: c}
  c:
    by: x
    next:
      mid: {to: won, when: discount >= 5% and discount < 10%}
      high: {to: lost, when: discount >= 10%}
      low: {to: won, otherwise: true}
""")
    assert (finding.rule, finding.severity) == ("unfilled-field", "warning")
    assert finding.path == "steps.c.next.high"
    assert finding.message == (
        "`c.high` compares `discount`, which may not be filled: the condition is false then. "
        "A deal gets there by inbound → a (not_asked)."
    )
    assert finding.witness == ("inbound", "a.not_asked", "c")
    assert finding.help == (
        "Let a step on this way capture it (`captures: [discount]`) or the source give it. "
        "If it may be empty, write `filled(discount) and …`."
    )
    assert [(r.path, r.message) for r in finding.related] == [
        ("steps.c.next.mid", "reads `discount` too")
    ]


def test_who_asks_first_reads_no_empty_field() -> None:
    assert not found("""
  a: {by: x, next: {asked: b, not_asked: c}}
  b: {by: x, captures: [discount], next: c}
  c: {by: x, next: {high: {to: lost, when: filled(discount) and discount >= 10%}, low: {to: won, otherwise: true}}}
""")


def test_a_field_worked_out_from_an_empty_one() -> None:
    finding = one("""
  a: {by: x, next: {asked: b, not_asked: {to: c, set: {amount: budget * 2}}}}
  b: {by: x, captures: [budget], next: c}
  c: {by: x, next: {high: {to: lost, when: amount >= 10}, low: {to: won, otherwise: true}}}
""")
    assert finding.path == "steps.a.next.not_asked"
    assert finding.message.startswith(
        "`a.not_asked` works with `budget`, which may not be filled: it sets nothing then."
    )


def test_a_field_that_the_step_requires_is_missing_data() -> None:
    assert not found("""
  a: {by: x, next: {asked: b, not_asked: c}}
  b: {by: x, captures: [discount], next: c}
  c: {by: x, requires: [discount], next: {high: {to: lost, when: discount >= 10%}, low: {to: won, otherwise: true}}}
""")


# -------------------------------------------------------------------------------------- any process


@settings(max_examples=60)
@given(sound_processes())
def test_a_sound_process_is_not_complained_about(data: dict[str, object]) -> None:
    assert run_checks(sf.load(data), select=["guards"]) == ()


@settings(max_examples=40)
@given(processes(steps=4, depth=1, arithmetic=True))
def test_any_process_is_judged(data: dict[str, object]) -> None:
    process = sf.load(data)
    for finding in run_checks(process, select=["guards"]):
        assert finding.message
        assert finding.help


@settings(max_examples=20)
@given(families())
def test_any_family_is_judged(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, object]
) -> None:
    folder = tmp_path_factory.mktemp("family")
    for name, part in data.items():
        (folder / name).write_text(json.dumps(part), encoding="utf-8")
    run_checks(sf.load(folder / "main.salesflow.yaml"), select=["guards"])


# --------------------------------------------------------------------- processes that are run, limits

INNER = """salesflow: 1
process: inner
data: {amount: {type: money}}
sources: {start: {start: s, gives: {amount: GIVEN}}}
steps:
  s: {by: x, next: {small: {to: good, when: amount < 100}, large: {to: bad, when: amount > 200}}}
outcomes: {good: {kind: done}, bad: {kind: failed}}
"""
OUTER = """salesflow: 1
process: outer
use: [inner.salesflow.yaml]
data: {amount: {type: money}}
sources: {inbound: {start: a, gives: {amount: {min: 0, max: 900}}}}
steps:
  a: {run: inner, next: {good: won, bad: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


def run_of(tmp_path: Path, given: str) -> list[Finding]:
    (tmp_path / "inner.salesflow.yaml").write_text(INNER.replace("GIVEN", given), "utf-8")
    (tmp_path / "outer.salesflow.yaml").write_text(OUTER, "utf-8")
    process = api.load(tmp_path / "outer.salesflow.yaml")
    return [f for f in run_checks(process) if f.rule.removeprefix("possible-") in FAMILY]


def test_a_gap_in_a_run_is_told_in_the_process_that_is_run(tmp_path: Path) -> None:
    (finding,) = run_of(tmp_path, "{min: 0, max: 900}")
    assert (finding.path, finding.file.rpartition("/")[2]) == ("steps.s", "inner.salesflow.yaml")


def test_a_gap_that_only_deals_of_the_outer_process_fall_into_is_told_there(tmp_path: Path) -> None:
    (finding,) = run_of(tmp_path, "50")
    assert (finding.path, finding.file.rpartition("/")[2]) == ("steps.a", "outer.salesflow.yaml")
    assert finding.message.startswith("No result of `a.s` is allowed for a deal with `amount` ")
    assert finding.help == "Let the process that `a` runs have a result for such deals."


def many_fields(count: int, last: str) -> str:
    """A step whose conditions look at more together than there is room for."""
    names = [f"f{number}" for number in range(count)]
    data = ", ".join(f"{name}: {{type: number}}" for name in names)
    given = ", ".join(f"{name}: {{min: 0, max: 10}}" for name in names)
    ways = "\n".join(
        f"      r{number}: {{to: won, when: {name} < 5}}" for number, name in enumerate(names[:-1])
    )
    return f"""salesflow: 1
process: deal
data: {{{data}}}
sources: {{inbound: {{start: a, gives: {{{given}}}}}}}
steps:
  a:
    by: x
    next:
{ways}
      {last}
outcomes: {{won: {{kind: won}}, lost: {{kind: lost}}}}
"""


def test_too_many_fields_on_one_step_are_said_to_be_undecided() -> None:
    text = many_fields(14, "odd: {to: lost, when: f13 > 5 and f13 < 2}")
    facts = Facts(api.loads(text))
    assert facts.guards.undecided == ("a",)
    assert facts.guards.gap(facts.process.steps["a"]) is None  # type: ignore[arg-type]
    assert [element.node for element, _ in facts.guards.pointless] == ["a.odd"], "one by one"
    assert {(o.one.id, o.other.id) for o in facts.guards.overlaps} >= {("r0", "r1")}, "two by two"


def test_a_proved_gap_among_too_many_fields_is_told_from_its_run() -> None:
    text = many_fields(14, "last: {to: lost, when: f13 < 5}")
    facts = Facts(api.loads(text))
    fault = Fault("stuck", "a", ("inbound", "a"), values=tuple((f"f{n}", "7") for n in range(14)))
    facts.__dict__["behaviour"] = Verdict(faults=(fault,))
    (finding,) = uncovered_guard.find(facts)
    assert finding.message.startswith(
        "No result of `a` is allowed for a deal with `f0` 7, `f1` 7, "
    )


def test_a_share_beside_an_overlapping_condition_without_one() -> None:
    steps = """
  a:
    by: x
    next:
      large: {to: b, when: amount >= 100, share: 30%}
      special: {to: won, when: WHEN}
      other: {to: lost, otherwise: true}
  b: {by: x, next: won}
"""
    finding = one(steps.replace("WHEN", "vip"), *FAMILY, "share-missing")
    assert (finding.rule, finding.path) == ("share-missing", "steps.a.next.special")
    assert not found(steps.replace("WHEN", "vip and amount < 100"), *FAMILY, "share-missing")


# -------------------------------------------------------------------------------------- below zero


def test_a_gap_below_zero_is_only_possible() -> None:
    finding = one("""
  a: {by: x, captures: [discount], next: {none_at_all: {to: won, when: discount == 0%}, some: {to: lost, when: discount > 0%}}}
""")
    assert finding.rule == "possible-uncovered-guard"
    assert finding.message == (
        "No result of `a` is allowed for a deal with `discount` -5%: it is stuck "
        "(possible: only where it can be below 0). A deal gets there by inbound."
    )


def test_a_gap_above_zero_is_told_rather_than_one_below() -> None:
    finding = one("""
  a: {by: x, captures: [discount], next: {none_at_all: {to: won, when: discount == 0%}, some: {to: lost, when: discount > 20%}}}
""")
    assert finding.rule == "uncovered-guard"
    assert "`discount` 10%" in finding.message


@pytest.mark.parametrize(
    "filling",
    [
        "captures: {discount: {min: -5%, max: 0%}}, next: {go: b}",
        "captures: [discount], next: {go: {to: b, set: {discount: discount - 10%}}}",
    ],
)
def test_a_value_that_is_said_to_be_below_zero_counts(filling: str) -> None:
    finding = one(f"""
  a: {{by: x, {filling}}}
  b: {{by: x, next: {{none_at_all: {{to: won, when: discount == 0%}}, some: {{to: lost, when: discount > 0%}}}}}}
""")
    assert "only where it can be" not in finding.message
