"""What an expression gives for one deal."""

from collections.abc import Container, Mapping
from typing import Any

from salesflow.expressions.exact import Exact, exact, product, total
from salesflow.expressions.expression import Expression
from salesflow.expressions.linear import Linear
from salesflow.expressions.tree import (
    Choice,
    Compare,
    Field,
    Filled,
    Node,
    Not,
    Several,
    Truth,
    Visited,
    linear,
)

SIGNS = {  # for which signs of left less right a comparison holds
    "==": frozenset({0}),
    "!=": frozenset({-1, 1}),
    "<": frozenset({-1}),
    "<=": frozenset({-1, 0}),
    ">": frozenset({1}),
    ">=": frozenset({0, 1}),
}


def evaluate(
    expression: Expression,
    values: Mapping[str, Any],
    *,
    visited: Container[str] = (),
    times: Mapping[str, int] | None = None,
) -> tuple[Any, frozenset[str]]:
    """The outcome for a deal, and the fields that were read though unfilled.

    ``values`` holds what is filled: numbers as int, float (taken as the decimal it shows) or
    Fraction, percents as fractions of 1, choices as str, yes and no as bool; None or no entry is
    unfilled. ``visited`` holds short paths of steps, ``times`` counts per result, none = 0.

    A condition gives True or False: a comparison that reads an unfilled field is false, and
    ``and`` and ``or`` stop at the part that decides. A value gives an exact int or Fraction, str or
    bool; it is None where a field it reads is unfilled: then nothing is written and the field set
    keeps what it had.

    TypeError and ValueError where a value is not of its field's type, such as a text for money.
    """
    deal = Deal(values, visited, times or {})
    if expression.type == "condition":
        return deal.holds(expression.root), frozenset(deal.missed)
    missing = deal.unfilled(expression.reads)
    outcome = None if missing else deal.value(expression.root)
    return outcome, frozenset(missing)


class Deal:
    """A deal's data while one expression is judged; ``missed`` are fields read while unfilled."""

    def __init__(
        self, values: Mapping[str, Any], visited: Container[str], times: Mapping[str, int]
    ) -> None:
        """Nothing is missed yet."""
        self.values = values
        self.visited = visited
        self.times = times
        self.missed: set[str] = set()

    def unfilled(self, fields: frozenset[str] | tuple[str, ...]) -> list[str]:
        """Those of the fields that are not filled."""
        return [name for name in fields if self.values.get(name) is None]

    def holds(self, node: Node) -> bool:
        """Whether a condition is true."""
        if isinstance(node, Several):
            for part in node.parts:
                if self.holds(part) == node.decides:
                    return node.decides
            return not node.decides
        if isinstance(node, Not):
            return not self.holds(node.condition)
        if isinstance(node, Compare):
            return self._compared(node)
        if isinstance(node, Filled):
            return self.values.get(node.name) is not None
        if isinstance(node, Visited):
            return node.step in self.visited
        if isinstance(node, Field) and self._missing((node.name,)):
            return False
        return self.value(node) is True

    def _missing(self, fields: tuple[str, ...]) -> bool:
        """Note the fields that are not filled; whether there are any."""
        missing = self.unfilled(fields)
        self.missed.update(missing)
        return bool(missing)

    def _compared(self, node: Compare) -> bool:
        """Whether a comparison holds."""
        if self._missing(node.reads):
            return False
        if not node.numeric:
            equal = bool(self.value(node.left) == self.value(node.right))
            return equal == (node.sign == "==")
        return sign(self._sum(node.difference)) in SIGNS[node.sign]

    def value(self, node: Node) -> Any:
        """The value of a checked node whose fields are filled."""
        if isinstance(node, Choice | Truth):
            return node.value
        if isinstance(node, Field) and not node.numeric:
            found, kind = self.values[node.name], {"choice": str, "yes_no": bool}.get(node.kind)
            if kind is not None and not isinstance(found, kind):
                raise TypeError(f"{node.name} is {node.kind}, {found!r} is not")
            return found
        return self._sum(linear(node))

    def _sum(self, value: Linear) -> Exact:
        """The sum for this deal."""
        found = value.constant
        for name, factor in value.fields.items():
            found = total(found, product(exact(self.values[name]), factor))
        for name, factor in value.counts.items():
            found = total(found, product(self.times.get(name, 0), factor))
        return found


def sign(number: Exact) -> int:
    """-1, 0 or 1."""
    return (number.numerator > 0) - (number.numerator < 0)
