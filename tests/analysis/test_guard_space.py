"""What a table of deals is made of: the same parts in the same order, however a condition is written."""

from itertools import permutations

import pytest

from salesflow.analysis.guard_nouns import Sight
from salesflow.analysis.guard_space import Space, parts_of
from salesflow.expressions import Expression, FieldType, Scope, compile_expression

TYPES = {name: FieldType("number") for name in ("amount", "budget", "cost", "seats")}
TYPES |= {"vip": FieldType("yes_no"), "kind": FieldType("choice", ("new", "old"))}
SCOPE = Scope(
    fields=TYPES, steps={"call", "demo"}, results={"call.again", "demo.no", "demo.yes_again"}
)
CLAUSES = (
    "times(demo.no) > 1",
    "times(call.again) == 0",
    "times(demo.yes_again) > 0",
    "visited(demo)",
    "visited(call)",
    "vip",
    "seats > 3",
    "kind == new",
    "amount < budget",
    "cost + seats > 9",
)  # fmt: skip


def compiled(text: str) -> Expression:
    expression, problems = compile_expression(text, SCOPE)
    assert expression is not None, problems
    return expression


def names(expressions: list[Expression], **sight: object) -> list[tuple[str, str, int]]:
    parts = parts_of(expressions, Sight(TYPES)._replace(**sight))
    return [(part.kind, part.name, len(part.options)) for part in parts]


WHOLE = names([compiled(" or ".join(CLAUSES))])


def test_fields_then_sums_then_results_then_steps_each_by_name() -> None:
    assert [(kind, name) for kind, name, _ in WHOLE] == [
        *(("field", name) for name in sorted(TYPES)),
        ("sum", "1 amount + -1 budget"),
        ("sum", "1 cost + 1 seats"),
        *(("count", name) for name in ("call.again", "demo.no", "demo.yes_again")),
        *(("visit", name) for name in ("call", "demo")),
    ]
    # a count as far as anybody asks and one more, a step visited or not
    assert [size for kind, _, size in WHOLE if kind in ("count", "visit")] == [2, 3, 2, 2, 2]


@pytest.mark.parametrize("first", range(len(CLAUSES)))
def test_the_order_of_clauses_changes_nothing(first: int) -> None:
    turned = [*CLAUSES[first:], *CLAUSES[:first]]
    assert names([compiled(" or ".join(turned[::-1]))]) == WHOLE
    assert names([compiled(clause) for clause in turned]) == WHOLE


def test_counts_go_as_far_as_limits_and_steps_that_all_came_by_were_visited() -> None:
    conditions = [compiled("times(demo.no) > 4 and times(call.again) > 4 and visited(demo)")]
    assert names(conditions, limits={"demo.no": 2}, entered={"demo"}) == [
        ("count", "call.again", 6),
        ("count", "demo.no", 3),
        ("visit", "demo", 1),
    ]


def test_a_row_of_a_table_picks_one_option_of_each_part() -> None:
    texts = ("times(demo.no) > 1", "visited(demo)", "vip")
    for order in permutations(texts):
        space = Space(parts_of([compiled(text) for text in order], Sight(TYPES)))
        assert space.size == 3 * 3 * 2  # vip: no, yes, not filled; taken 0, 1, 2 times; visited
        for at, part in enumerate(space.parts):
            columns = space.columns(at)
            assert len(columns) == len(part.options)
            assert sum(columns) == space.everything
            assert all(a & b == 0 for a, b in permutations(columns, 2))
        # a result is taken where its step was visited: of 18 rows 3 * 2 have one without
        assert space.valid.bit_count() == 18 - 6
