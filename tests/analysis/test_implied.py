"""Fields that are surely filled where a condition holds or does not: against every way to fill them."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesflow.analysis.implied import implied
from salesflow.expressions import Expression, FieldType, Scope, compile_expression
from salesflow.expressions.evaluate import evaluate

FIELDS = {
    "x": FieldType("number"),
    "y": FieldType("number"),
    "vip": FieldType("yes_no"),
    "region": FieldType("choice", ("dach", "amer")),
}
VALUES: dict[str, tuple[Any, ...]] = {
    "x": (None, 0, 5),
    "y": (None, 0, 5),
    "vip": (None, True, False),
    "region": (None, "dach", "amer"),
}
ATOMS = (
    "x > 1",
    "x <= y",
    "filled(x)",
    "filled(region)",
    "vip",
    "region == dach",
    "region != dach",
)


def condition(text: str) -> Expression:
    found, problems = compile_expression(text, Scope(fields=FIELDS, steps={}, results=set()))
    assert found is not None, problems
    return found


@pytest.mark.parametrize(
    ("text", "holds", "fails"),
    [
        ("x > 1", {"x"}, set()),
        ("x > y", {"x", "y"}, set()),
        ("vip", {"vip"}, set()),
        ("not vip", set(), {"vip"}),
        ("filled(x)", {"x"}, set()),
        ("not filled(x)", set(), {"x"}),
        ("region == dach", {"region"}, set()),
        ("x > 1 and vip", {"x", "vip"}, set()),
        ("x > 1 or vip", set(), set()),
        ("x > 1 or x < 0", {"x"}, set()),
        ("not (x > 1 or vip)", set(), set()),
        ("not (not filled(x) or not vip)", {"x", "vip"}, set()),
        ("not filled(x) or not vip", set(), {"x", "vip"}),
        ("not filled(x) and not filled(x)", set(), {"x"}),
    ],
)
def test_plain_ones(text: str, holds: set[str], fails: set[str]) -> None:
    assert implied(condition(text), holds=True) == holds
    assert implied(condition(text), holds=False) == fails


texts = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.one_of(
        inner.map(lambda one: f"not ({one})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]}) and ({two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]}) or ({two[1]})"),
    ),
    max_leaves=4,
)


@settings(max_examples=60)
@given(texts, st.booleans())
def test_no_deal_without_them_makes_it_so(text: str, holds: bool) -> None:
    when = condition(text)
    names = implied(when, holds=holds)
    for values in product(*VALUES.values()):
        deal = {n: v for n, v in zip(VALUES, values, strict=True) if v is not None}
        if bool(evaluate(when, deal)[0]) == holds:
            assert names <= deal.keys()
