"""Conditions against z3, which knows nothing of cells: every answer is the same, every deal real."""

from fractions import Fraction
from functools import cache
from typing import Any

import z3
from hypothesis import given, settings
from hypothesis import strategies as st

from salesflow.analysis.guard_nouns import Deal, Gap, Sight
from salesflow.analysis.guard_table import Table
from salesflow.expressions import Expression, FieldType, compile_expression, tree
from salesflow.expressions.evaluate import evaluate
from salesflow.expressions.types import NUMERIC
from tests.expressions.grammar import FIELDS, SCOPE, conditions

VALUES = sorted({value for field in FIELDS.values() for value in field.values})
LIMITS = {"discovery.fit": 2}
SIGHT = Sight(FIELDS, limits=LIMITS)

# Few fields and near bounds, so that conditions often touch; and anything that can be written.
NEAR = st.sampled_from(
    [
        "amount < 100",
        "amount <= 100",
        "amount > 100",
        "amount >= 100",
        "amount == 100",
        "amount != 100",
        "amount > 200",
        "amount < 200 and amount > 100",
        "amount < fee",
        "amount >= fee",
        "amount > fee",
        "amount + fee >= 150",
        "fee < 50",
        "discount <= 20%",
        "discount > 20%",
        "discount > 20% and amount < 100",
        "region == DACH",
        "region != DACH",
        "region == NORDICS or region == AMER",
        "region == territory",
        "reference",
        "not reference",
        "reference == pilot",
        "filled(contract)",
        "not filled(amount)",
        "filled(amount) and amount < 100",
        "visited(discovery)",
        "not visited(discovery)",
        "times(discovery.fit) >= 1",
        "times(discovery.fit) < 2",
        "times(discovery.fit) == 3",
        "true",
    ]
)
JOINED = st.recursive(
    NEAR,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" and ", " or "]), inner).map(
            lambda parts: f"({parts[0]}){parts[1]}({parts[2]})"
        ),
        inner.map(lambda text: f"not ({text})"),
    ),
    max_leaves=4,
)


def compiled(text: str) -> Expression:
    expression, problems = compile_expression(text, SCOPE)
    assert expression is not None, problems
    return expression


class Oracle:
    """Conditions as formulas over one deal."""

    def __init__(self) -> None:
        self.filled = {name: z3.Bool(f"filled {name}") for name in FIELDS}
        self.value = {name: self._variable(name, field) for name, field in FIELDS.items()}
        self.visited = {step: z3.Bool(f"visited {step}") for step in SCOPE.steps}
        self.times = {result: z3.Int(f"times {result}") for result in SCOPE.results}
        self.real = [
            *(
                z3.Or(*(self.value[n] == VALUES.index(v) for v in f.values))
                for n, f in FIELDS.items()
                if f.kind == "choice"
            ),
            *(count >= 0 for count in self.times.values()),
            *(self.times[result] <= most for result, most in LIMITS.items()),
            *(
                z3.Implies(count > 0, self.visited[step])
                for result, count in self.times.items()
                if (step := result.rpartition(".")[0]) in self.visited
            ),
        ]

        self.solver = z3.Solver()
        self.solver.add(*self.real)

    @staticmethod
    def _variable(name: str, field: FieldType) -> Any:
        if field.kind in NUMERIC:
            return z3.Real(name)
        return z3.Bool(name) if field.kind == "yes_no" else z3.Int(name)

    def number(self, node: tree.Node) -> Any:
        match node:
            case tree.Number():
                return z3.RealVal(str(Fraction(node.value)))
            case tree.Field():
                return self.value[node.name]
            case tree.Times():
                return z3.ToReal(self.times[node.result])
            case tree.Minus():
                return -self.number(node.value)
        value = self.number(node.first)
        for sign, part in node.rest:
            other = self.number(part)
            value = {
                "+": lambda a, b: a + b,
                "-": lambda a, b: a - b,
                "*": lambda a, b: a * b,
                "/": lambda a, b: a / b,
            }[sign](value, other)
        return value

    def side(self, node: tree.Node) -> Any:
        match node:
            case tree.Choice():
                return z3.IntVal(VALUES.index(node.value))
            case tree.Truth():
                return z3.BoolVal(node.value)
            case tree.Field():
                return self.value[node.name]
        return self.number(node)

    def says(self, node: tree.Node) -> Any:
        match node:
            case tree.And():
                return z3.And(*map(self.says, node.parts))
            case tree.Or():
                return z3.Or(*map(self.says, node.parts))
            case tree.Not():
                return z3.Not(self.says(node.condition))
            case tree.Filled():
                return self.filled[node.name]
            case tree.Visited():
                return self.visited[node.step]
            case tree.Truth():
                return z3.BoolVal(node.value)
            case tree.Field():
                return z3.And(self.filled[node.name], self.value[node.name])
        left, right = self.side(node.left), self.side(node.right)
        holds = {
            "==": lambda: left == right,
            "!=": lambda: left != right,
            "<": lambda: left < right,
            "<=": lambda: left <= right,
            ">": lambda: left > right,
            ">=": lambda: left >= right,
        }[node.sign]()
        return z3.And(holds, *(self.filled[name] for name in node.reads))

    def can(self, *formulas: Any) -> bool:
        found = self.solver.check(*formulas)
        assert found != z3.unknown
        return bool(found == z3.sat)

    def all_filled(self, conditions: list[Expression]) -> Any:
        mentioned = {name for condition in conditions for name in condition.mentions}
        return z3.And(*(self.filled[name] for name in mentioned))

    def off_bounds(self, conditions: list[Expression]) -> Any:
        """No comparison of numbers is exactly even."""
        return z3.And(
            *(
                self.number(node.left) != self.number(node.right)
                for condition in conditions
                for node in tree.every(condition.root)
                if isinstance(node, tree.Compare) and node.numeric and node.difference.fields
            )
        )


def raw(name: str, text: str) -> Any:
    kind = FIELDS[name].kind
    if kind in NUMERIC:
        return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
    return text == "true" if kind == "yes_no" else text


def holds(condition: Expression, deal: Deal) -> bool | None:
    """Whether the example fulfils a condition; what it does not tell must not matter."""
    if any("…" in value for _, value in deal.values):
        return None  # a third, say: it cannot be written
    values = {name: raw(name, text) for name, text in deal.values}
    times = dict(deal.taken)
    visited = {step for step, went in deal.visited if went}
    visited |= {result.rpartition(".")[0] for result, count in times.items() if count}
    return bool(evaluate(condition, values, visited=visited, times=times)[0])


@cache
def oracle_of_all() -> "Oracle":
    return Oracle()


def agree(texts: list[str]) -> None:
    whens = [compiled(text) for text in texts]
    oracle = oracle_of_all()
    says = [oracle.says(when.root) for when in whens]
    table = Table(tuple(whens), SIGHT)
    for at, when in enumerate(whens):
        assert table.can_hold(at) in (None, oracle.can(says[at]))
        filled = z3.And(*(oracle.filled[name] for name in when.reads))
        assert table.can_fail(at) in (None, oracle.can(filled, z3.Not(says[at])))
    agree_on_pairs(table, oracle, says)
    agree_on_gap(table, oracle, says)


def agree_on_pairs(table: Table, oracle: Oracle, says: list[Any]) -> None:
    pairs = table.pairs(tuple(range(len(says))))
    within, across = set(), set()
    for one in range(len(says)):
        for other in range(one + 1, len(says)):
            if not oracle.can(says[one], says[other]):
                continue
            left = oracle.can(says[one], z3.Not(says[other]))
            right = oracle.can(says[other], z3.Not(says[one]))
            if left == right:
                across.add((one, other))
            else:
                within.add((other, one) if left else (one, other))
    assert set(pairs.within) <= within
    assert set(pairs.across) <= across
    if pairs.decided:
        assert (set(pairs.within), set(pairs.across)) == (within, across)
    for one, other in {*pairs.within, *pairs.across}:
        found = table.deal((one, other), hold=True)
        assert found.deal is not None or not found.decided
        if found.deal is not None:
            assert holds(table.conditions[one], found.deal) is not False
            assert holds(table.conditions[other], found.deal) is not False


def agree_on_gap(table: Table, oracle: Oracle, says: list[Any]) -> None:
    gap = table.gap()
    if gap == "unknown":
        return
    none = [z3.Not(formula) for formula in says]
    whens = list(table.conditions)
    filled = oracle.all_filled(whens)
    assert (gap is not None) == oracle.can(*none)
    if not isinstance(gap, Gap):
        return
    assert (gap.filled is not None) == oracle.can(*none, filled)
    wide = oracle.can(*none, filled, oracle.off_bounds(whens))
    assert gap.bound == (gap.filled is not None and not wide)
    assert not any(holds(when, gap.deal) for when in whens)


@settings(max_examples=200)
@given(st.lists(JOINED, min_size=1, max_size=4))
def test_conditions_that_touch_are_judged_as_z3_does(texts: list[str]) -> None:
    agree(texts)


@settings(max_examples=100)
@given(st.lists(conditions(depth=2, numbers=1), min_size=1, max_size=3))
def test_all_conditions_are_judged_as_z3_does(texts: list[str]) -> None:
    agree(texts)
