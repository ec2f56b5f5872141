"""Wider or narrower, and for which deal: against every deal of a grid, judged one by one."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import salesflow as sf
from salesflow.changes.catalogue.conditions import Shift, shift
from salesflow.changes.catalogue.row import Case
from salesflow.changes.comparing import changed
from salesflow.changes.edit import Edit
from salesflow.expressions import Expression
from salesflow.expressions.evaluate import evaluate

PROCESS = """\
salesflow: 1
process: smb
data:
  amount: {type: money}
  budget: {type: money}
  region: {type: choice, values: [emea, amer, apac]}
  vip: {type: yes_no}
sources: {inbound: {start: call}}
steps:
  call: {next: {go: {to: won, when: "CONDITION"}, other: {to: lost, otherwise: true}}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""

numbers = [None, *(Fraction(n, 2) for n in range(-1, 8))]
GRID = [
    {"amount": amount, "budget": budget, "region": region, "vip": vip}
    for amount, budget, region, vip in product(
        numbers, numbers, (None, "emea", "amer", "apac"), (None, False, True)
    )
]

atoms = st.one_of(
    st.builds(
        "{} {} {}".format,
        st.just("amount"),
        st.sampled_from(["<", "<=", ">", ">=", "=="]),
        st.integers(0, 3),
    ),
    st.builds("amount {} budget + {}".format, st.sampled_from(["<", ">="]), st.integers(0, 1)),
    st.builds(
        "region {} {}".format, st.sampled_from(["==", "!="]), st.sampled_from(["emea", "amer"])
    ),
    st.sampled_from(["vip", "filled(amount)", "filled(region)"]),
)
conditions = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.builds("not ({})".format, inner),
        st.builds("({}) {} ({})".format, inner, st.sampled_from(["and", "or"]), inner),
    ),
    max_leaves=4,
)


def process(condition: str) -> sf.Process:
    if not condition:
        return sf.loads(
            PROCESS.replace(', when: "CONDITION"', "").replace("otherwise: true", "share: 1%")
        )
    return sf.loads(PROCESS.replace("CONDITION", condition))


def holds(condition: Expression, deal: dict[str, Any]) -> bool:
    return bool(evaluate(condition, deal)[0])


def when(of: sf.Process) -> Expression:
    found = of.steps["call"].next["go"].when
    assert found is not None
    return found


def moved(old: sf.Process, new: sf.Process) -> Shift:
    path = "steps.call.next.go"
    edit = Edit(kind="changed", what="result", path=path, old_path=path, field="when")
    known = changed(old, new).matching
    return shift(Case(edit, old, new, known), when(old), when(new))


def like(deal: Any) -> Iterator[dict[str, Any]]:
    """All deals of the grid that are as the example says; its numbers may lie beside the grid."""
    told: dict[str, Any] = dict.fromkeys(deal.without)
    for name, value in deal.values:
        told[name] = {"true": True, "false": False}.get(value, value)
        if name in ("amount", "budget"):
            told[name] = Fraction(value)
    free = [name for name in GRID[0] if name not in told]
    seen = set()
    for each in GRID:
        rest = tuple(each[name] for name in free)
        if rest not in seen:
            seen.add(rest)
            yield {**each, **told}


@settings(max_examples=80, deadline=None)
@given(conditions, conditions)
def test_wider_and_narrower_are_what_every_deal_says(before: str, after: str) -> None:
    old, new = process(before), process(after)
    found = moved(old, new)
    assert found.decided
    more = any(holds(when(new), deal) and not holds(when(old), deal) for deal in GRID)
    fewer = any(holds(when(old), deal) and not holds(when(new), deal) for deal in GRID)
    assert (found.more is not None, found.fewer is not None) == (more, fewer)
    for example, there, gone in ((found.more, new, old), (found.fewer, old, new)):
        if example is not None:
            for deal in like(example):
                assert holds(when(there), deal)
                assert not holds(when(gone), deal)


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ("amount < 2", "amount < 3", "result-allowed-for-more"),
        ("amount < 3", "amount < 2", "result-allowed-for-fewer"),
        ("amount < 3", "amount < 3 and vip", "result-allowed-for-fewer"),
        ("amount < 3", "not amount >= 3", "result-allowed-for-more"),
        (
            "amount < 3 and filled(amount)",
            "filled(amount) and not amount >= 3",
            "result-condition-reworded",
        ),
        ("region != emea", "region == amer or region == apac", "result-condition-reworded"),
        ("amount < 3", "", "result-allowed-for-more"),
        ("", "amount < 3", "result-allowed-for-fewer"),
        ("", "amount < 3 or not amount < 3", "result-condition-reworded"),
    ],
)
def test_the_rule_says_which_way(before: str, after: str, rule: str) -> None:
    edits = changed(process(before), process(after)).edits
    assert [edit.rule for edit in edits if edit.field == "when"] == [rule]


def test_a_deal_is_shown_for_each_way() -> None:
    (edit,) = changed(process("amount < 20000"), process("not amount >= 20000")).edits
    assert edit.message == (
        "`call.go` is allowed when `not amount >= 20000` now; so far when `amount < 20000`. "
        "A deal without `amount` can take it now."
    )


def test_what_reads_a_field_of_another_type_is_not_decided() -> None:
    old = sf.loads(PROCESS.replace("CONDITION", "amount < 20"))
    text = PROCESS.replace("amount: {type: money}", "amount: {type: percent}")
    new = sf.loads(text.replace("CONDITION", "amount < 30%"))
    assert moved(old, new) == Shift(decided=False)
    (edit,) = [edit for edit in changed(old, new).edits if edit.field == "when"]
    assert edit.rule == "result-condition-changed"
    assert (
        edit.message == "`call.go` is allowed when `amount < 30%` now; so far when `amount < 20`."
    )


def test_a_field_with_another_id_is_not_compared_with_itself() -> None:
    old = sf.loads(PROCESS.replace("CONDITION", "amount < 20"))
    text = PROCESS.replace("amount: {type: money}", "worth: {type: money, was: amount}")
    new = sf.loads(text.replace("CONDITION", "worth < 30"))
    (edit,) = [edit for edit in changed(old, new).edits if edit.field == "when"]
    assert edit.rule == "result-condition-changed"
    assert "A deal" not in edit.message


def test_too_many_deals_are_not_told_apart() -> None:
    fields = [f"f{n}" for n in range(12)]
    data = ", ".join(f"{name}: {{type: money}}" for name in fields)
    text = PROCESS.replace("data:\n", f"data:\n  {data.replace(', f', chr(10) + '  f')}\n")
    new = " or ".join(f"{name} > 1" for name in fields)
    old = " or ".join(f"{name} > 2" for name in fields)
    pair = [sf.loads(text.replace("CONDITION", each)) for each in (old, new)]
    assert not moved(pair[0], pair[1]).decided


BOTH_WAYS = PROCESS.replace(
    '{go: {to: won, when: "CONDITION"}, other: {to: lost, otherwise: true}}', "{GO, OTHER}"
)


def of_two(go: str, other: str) -> sf.Process:
    text = BOTH_WAYS.replace("GO", f"go: {{to: won, {go}}}")
    return sf.loads(text.replace("OTHER", f"other: {{to: lost, {other}}}"))


@pytest.mark.parametrize(
    ("other", "rule", "says"),
    [
        (
            "when: vip",
            "result-no-longer-fallback",
            "A deal with `amount` 2 and `vip` true can take it now.",
        ),
        ("when: not amount < 3", "result-fallback-reworded", "It is the same deals."),
        ("share: 1%", "result-no-longer-fallback", "A deal with `amount` 2 can take it now."),
    ],
)
def test_a_fallback_is_compared_with_what_others_leave(other: str, rule: str, says: str) -> None:
    edits = changed(
        of_two("when: amount < 3", "otherwise: true"), of_two("when: amount < 3", other)
    )
    told = {edit.field: edit for edit in edits.edits}
    assert told["otherwise"].rule == rule
    assert says in told["otherwise"].message
    if "when" in told:
        assert told["when"].rule == "result-condition-of-fallback"
        assert told["when"].level == "cosmetic"


def test_a_fallback_beside_what_is_always_allowed_is_never_taken() -> None:
    edits = changed(
        of_two("share: 50%", "when: vip"), of_two("share: 50%", "otherwise: true")
    ).edits
    (edit,) = [edit for edit in edits if edit.field == "otherwise"]
    assert edit.message.endswith(
        "so far it was when `vip`. A deal with `vip` true can no longer take it."
    )


def test_a_fallback_beside_what_is_limited_may_always_be_taken() -> None:
    edits = changed(
        of_two("share: 50%, at_most: 1", "when: vip"),
        of_two("share: 50%, at_most: 1", "otherwise: true"),
    ).edits
    (edit,) = [edit for edit in edits if edit.field == "otherwise"]
    assert "no longer" not in edit.message
    assert "can take it now" in edit.message
