"""The types of numbers: what may be added, multiplied and divided."""

from abc import abstractmethod

from salesflow.expressions.exact import in_digits, product, total
from salesflow.expressions.names import Names, Typed
from salesflow.expressions.tree import (
    MULTIPLIED,
    Broken,
    Field,
    Minus,
    Node,
    Number,
    Product,
    Sum,
    Times,
    Truth,
    Word,
    broken,
    linear,
)
from salesflow.expressions.types import NUMERIC

PLAIN = frozenset({"number", "money"})  # a literal is whichever is needed
PERCENT = frozenset({"percent"})
CONDITION = frozenset({"condition"})
COUNT = frozenset({"count"})

SHOWN = {
    "money": "money",
    "number": "a number",
    "percent": "a percent",
    "choice": "a choice",
    "yes_no": "yes or no",
    "count": "a count",
    "condition": "a condition",
}


def shown(kinds: frozenset[str]) -> str:
    """Kinds in words, for a sentence: ``a number``."""
    if len(kinds) > 1:
        return "a number"
    (kind,) = kinds
    return SHOWN.get(kind, f"a {kind}")


class Values(Names):
    """Gives every value its kinds; ``Checker`` completes it with conditions."""

    @abstractmethod
    def condition(self, node: Node) -> Node:
        """A condition, checked."""

    def value(self, node: Node) -> Typed:
        """A value, checked."""
        if isinstance(node, Number):
            return Typed(node, PERCENT if node.percent else PLAIN, constant=True)
        if isinstance(node, Truth):
            return Typed(node, frozenset({"yes_no"}), constant=True)
        if isinstance(node, Word):
            return self.field(node)
        if isinstance(node, Minus):
            typed = self.number(node.value)
            return typed._replace(node=node.replace(value=typed.node))
        if isinstance(node, Sum):
            return self._sum(node)
        if isinstance(node, Product):
            return self._product(node)
        if isinstance(node, Broken):
            return Typed(node)
        if isinstance(node, Times):
            found = self.question(node)
            return Typed(found, COUNT if found is node else frozenset())
        found = self.condition(node)
        return Typed(found, CONDITION)

    def number(self, node: Node) -> Typed:
        """A value to calculate with; a problem if it is none."""
        typed = self.value(node)
        if typed.kinds <= NUMERIC:
            return typed
        if typed.kinds == COUNT:
            hint = "Write it alone on one side: `times(…) >= 2`."
            return self.wrong(node, f"`{node}` is not calculated with.", hint)
        message = f"`{node}` is {shown(typed.kinds)}: it cannot be calculated with."
        return self.wrong(node, message)

    def _sum(self, node: Sum) -> Typed:
        """Numbers of one kind, added."""
        typed = self.number(node.first)
        kinds, constant, known = typed.kinds, typed.constant, bool(typed.kinds)
        first, rest = typed.node, []
        for sign, part in node.rest:
            more = self.number(part)
            known &= bool(more.kinds)
            if kinds and more.kinds and not kinds & more.kinds:
                kinds = self._unlike(node, typed, more, sign).kinds
                known = False
            if more.kinds and not (typed.kinds and typed.kinds <= more.kinds):
                typed = more  # says more exactly what the sum is of
            kinds = kinds & more.kinds or kinds or more.kinds
            constant &= more.constant
            rest.append((sign, more.node))
        checked = node.replace(first=first, rest=tuple(rest))
        return Typed(checked, kinds if known else frozenset(), constant)

    def _unlike(self, node: Sum, one: Typed, other: Typed, sign: str) -> Typed:
        """Report two numbers of different kinds in one sum."""
        message = (
            f"`{one.node}` is {shown(one.kinds)} and `{other.node}` {shown(other.kinds)}: "
            f"`{sign}` needs two of one kind."
        )
        return self.wrong(node, message, _sum_hint(one, other, sign) or percent_hint(one, other))

    def _product(self, node: Product) -> Typed:
        """Numbers multiplied and divided."""
        typed = self.number(node.first)
        kinds, constant, rest = typed.kinds, typed.constant, []
        for sign, part in node.rest:
            more = self.number(part)
            rest.append((sign, more.node))
            if not (kinds and more.kinds):
                kinds = frozenset()
            elif sign == "/":
                kinds = self._divided(kinds, more)
            elif constant or more.constant:
                kinds = multiplied(kinds, more.kinds)
            else:
                hint = "Write a number or a percent on one side: `amount * 20%`."
                kinds = self.wrong(node, "Two fields cannot be multiplied.", hint).kinds
            constant &= more.constant
        return Typed(node.replace(first=typed.node, rest=tuple(rest)), kinds, constant)

    def _divided(self, kinds: frozenset[str], divisor: Typed) -> frozenset[str]:
        """The kinds of a number divided; a problem unless by a number other than 0."""
        if not divisor.constant:
            message = f"`/` divides by a number, not by `{divisor.node}`."
            hint = "Compare a product instead: `a > b * 3`."
            return self.wrong(divisor.node, message, hint).kinds
        if linear(divisor.node).constant == 0:
            return self.wrong(divisor.node, "Nothing can be divided by 0.").kinds
        return kinds


def multiplied(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """The kinds of a product: money times number or percent is money.

    A literal may scale a percent (``discount * 2``) or be what a percent is taken of
    (``1000 * discount``).
    """
    kinds = set()
    for a in one:
        for b in other:
            pair = {a, b}
            if pair == {"number", "percent"}:
                kinds |= pair if PLAIN in (one, other) else {"number"}
            elif pair != {"money"}:
                kinds |= {"money"} if "money" in pair else pair
    return frozenset(kinds)


def _sum_hint(one: Typed, other: Typed, sign: str) -> str:
    """What to write for ``1 - discount``, which is meant as a whole, and ``amount + 10%``."""
    whole, part = one.node, other.node
    if isinstance(whole, Number) and whole.value == 1 and other.kinds == PERCENT:
        return "Write `100%`."
    if one.kinds <= PLAIN and isinstance(part, Number) and part.percent and not broken(whole):
        factor = total(1, part.value if sign == "+" else -part.value)
        if isinstance(whole, Field) and factor.numerator > 0:
            return f"Write `{whole} * {in_digits(product(factor, 100))}%`."
    return ""


def percent_hint(one: Typed, other: Typed) -> str:
    """What to write where a percent meets a literal without ``%``, or the other way round."""
    for literal, beside in ((one, other), (other, one)):
        node = literal.node
        if not isinstance(node, Number):
            continue
        if not node.percent and beside.kinds == PERCENT:
            meant = abs(node.value.numerator) >= node.value.denominator
            whole = node.value if meant else product(node.value, 100)
            return f"Write `{in_digits(whole)}%`."
        if node.percent and beside.kinds == {"number"}:
            return f"Write `{in_digits(node.value)}`."
        if node.percent and beside.kinds == {"money"}:
            of = "amount" if broken(beside.node) else beside.node.within(MULTIPLIED)
            return f"A percent is taken of something: `{of} * {node}`."
    return ""
