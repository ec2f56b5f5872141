"""Conditions and values as postfix code."""

from collections.abc import Iterable, Mapping
from math import lcm
from sys import float_info
from typing import NamedTuple

from salesflow.expressions import Expression, tree
from salesflow.expressions.evaluate import SIGNS, sign
from salesflow.expressions.exact import Exact, product, quotient
from salesflow.expressions.linear import Linear
from salesflow.simulation import codes
from salesflow.simulation.codes import Code

_COMPARED = {
    "==": codes.EQUAL,
    "!=": codes.NOT_EQUAL,
    "<": codes.LESS,
    "<=": codes.LESS_EQUAL,
    ">": codes.GREATER,
    ">=": codes.GREATER_EQUAL,
}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_ARITHMETIC = {
    "+": codes.ADD,
    "-": codes.SUBTRACT,
    "*": codes.MULTIPLY,
    "/": codes.DIVIDE,
}

Steps = list[tuple[int, float]]


class Known(NamedTuple):
    """A field in sight: its number, and its values if it is a choice."""

    number: int
    values: tuple[str, ...] = ()


class Names(NamedTuple):
    """What the names in a process's expressions stand for; ``prefix`` is the run they stand in."""

    fields: Mapping[str, Known]
    counters: Mapping[str, int]  # result path -> number
    visits: Mapping[str, int]  # node path -> number
    prefix: str = ""


def condition_code(expression: Expression, names: Names) -> Code:
    """A condition: 1 where it holds, else 0.

    A number compared with one field comes down to the exact point where that field cuts it
    (``Compare.difference``), and several fields are brought to whole factors first: so that 10% of
    30 is no more than 3, as it is for people.
    """
    return tuple(_Writer(names).condition(expression.root))


def value_code(expression: Expression, names: Names, target: Known) -> Code:
    """A value that a field is set to; unfilled where it reads something unfilled."""
    return tuple(_Writer(names).value(expression.root, target.values))


class _Writer:
    def __init__(self, names: Names) -> None:
        self.names = names

    def condition(self, node: tree.Node) -> Steps:
        if isinstance(node, tree.Several):
            operation = codes.OR if node.decides else codes.AND
            return _joined([self.condition(part) for part in node.parts], operation)
        if isinstance(node, tree.Not):
            return [*self.condition(node.condition), (codes.NOT, 0.0)]
        if isinstance(node, tree.Compare):
            return self._number_compared(node) if node.numeric else self._word_compared(node)
        if isinstance(node, tree.Filled):
            return [self._filled(node.name)]
        if isinstance(node, tree.Visited):
            at = self.names.visits.get(self.names.prefix + node.step)
            return [_push(0)] if at is None else [(codes.VISITED, float(at))]
        if isinstance(node, tree.Truth):
            return [_push(node.value)]
        if isinstance(node, tree.Field):  # yes or no: an unfilled one is not true
            return [self._field(node.name), _push(1), (codes.EQUAL, 0.0)]
        raise NotImplementedError(node)

    # numbers

    def _number_compared(self, node: tree.Compare) -> Steps:
        difference = node.difference
        sides = self._sides(difference, node.sign)
        lost = [name for name in node.reads if name not in difference.fields]
        return _joined([sides, *([self._filled(name)] for name in lost)], codes.AND)

    def _sides(self, difference: Linear, compared: str) -> Steps:
        terms = self._terms(difference)
        if not terms:
            return [_push(sign(difference.constant) in SIGNS[compared])]
        if len(terms) == 1:
            ((read, factor),) = terms
            cut = quotient(-difference.constant, factor)
            sense = compared if factor > 0 else _TURNED.get(compared, compared)
            return [read, _push(cut), (_COMPARED[sense], 0.0)]
        factors = [difference.constant, *(factor for _, factor in terms)]
        whole = lcm(*(factor.denominator for factor in factors))
        left = _sum((read, product(f, whole)) for read, f in terms if f > 0)
        right = _sum((read, product(f, -whole)) for read, f in terms if f < 0)
        constant = product(difference.constant, whole)
        if constant > 0:
            left = _joined([part for part in (left, [_push(constant)]) if part], codes.ADD)
        elif constant < 0:
            right = _joined([part for part in (right, [_push(-constant)]) if part], codes.ADD)
        return [*(left or [_push(0)]), *(right or [_push(0)]), (_COMPARED[compared], 0.0)]

    def _terms(self, difference: Linear) -> list[tuple[tuple[int, float], Exact]]:
        fields = [(self._field(name), factor) for name, factor in difference.fields.items()]
        counts = [(self._count(name), factor) for name, factor in difference.counts.items()]
        return fields + counts

    # words, yes and no

    def _word_compared(self, node: tree.Compare) -> Steps:
        left, right = node.left, node.right
        ours, theirs = self._values(left), self._values(right)
        if isinstance(left, tree.Field) and isinstance(right, tree.Field) and ours != theirs:
            return self._words_compared(left.name, right.name, node.sign)
        return [
            *self.value(left, ours or theirs),
            *self.value(right, theirs or ours),
            (_COMPARED[node.sign], 0.0),
        ]

    def _words_compared(self, left: str, right: str, compared: str) -> Steps:
        """Two choices of different values: alike where both are the same word."""
        ours, theirs = self.names.fields[left].values, self.names.fields[right].values
        alike = [
            [
                *(self._field(left), _push(number), (codes.EQUAL, 0.0)),
                *(self._field(right), _push(theirs.index(word)), (codes.EQUAL, 0.0)),
                (codes.AND, 0.0),
            ]
            for number, word in enumerate(ours)
            if word in theirs
        ]
        equal = _joined(alike, codes.OR) if alike else [_push(0)]
        if compared == "==":
            return equal
        different = [*equal, (codes.NOT, 0.0)]
        return _joined([[self._filled(left)], [self._filled(right)], different], codes.AND)

    def _values(self, node: tree.Node) -> tuple[str, ...]:
        return self.names.fields[node.name].values if isinstance(node, tree.Field) else ()

    # values

    def value(self, node: tree.Node, values: tuple[str, ...]) -> Steps:
        """A value; a word stands as its index in ``values``."""
        if isinstance(node, tree.Number | tree.Truth):
            return [_push(node.value)]
        if isinstance(node, tree.Choice):
            return [_push(values.index(node.value) if node.value in values else -1)]
        if isinstance(node, tree.Field):
            own = self.names.fields[node.name].values
            return [self._field(node.name)] if own == values else self._moved(node.name, values)
        if isinstance(node, tree.Minus):
            return [*self.value(node.value, values), (codes.NEGATE, 0.0)]
        if isinstance(node, tree.Chain):
            steps = self.value(node.first, values)
            for operator, part in node.rest:
                steps += [*self.value(part, values), (_ARITHMETIC[operator], 0.0)]
            return steps
        raise NotImplementedError(node)

    def _moved(self, name: str, values: tuple[str, ...]) -> Steps:
        """A word of one choice field as a word of another, unfilled where it is."""
        parts: list[Steps] = [[self._field(name), _push(0), (codes.MULTIPLY, 0.0)]]
        for number, word in enumerate(self.names.fields[name].values):
            is_it = [self._field(name), _push(number), (codes.EQUAL, 0.0)]
            parts.append([*is_it, _push(values.index(word)), (codes.MULTIPLY, 0.0)])
        return _joined(parts, codes.ADD)

    # what is read

    def _field(self, name: str) -> tuple[int, float]:
        return codes.FIELD, float(self.names.fields[name].number)

    def _filled(self, name: str) -> tuple[int, float]:
        return codes.FILLED, float(self.names.fields[name].number)

    def _count(self, name: str) -> tuple[int, float]:
        return codes.COUNT, float(self.names.counters[self.names.prefix + name])


def _push(value: Exact) -> tuple[int, float]:
    """A number as the float nearest to it; beyond all of them the last one."""
    try:
        return codes.PUSH, float(value)
    except OverflowError:
        return codes.PUSH, float_info.max if value > 0 else -float_info.max


def _sum(terms: Iterable[tuple[tuple[int, float], Exact]]) -> Steps:
    parts = [
        [read] if factor == 1 else [read, _push(factor), (codes.MULTIPLY, 0.0)]
        for read, factor in terms
    ]
    return _joined(parts, codes.ADD)


def _joined(parts: list[Steps], operation: int) -> Steps:
    """The parts, from left to right, with an operation between them; none of none."""
    steps: Steps = []
    for number, part in enumerate(parts):
        steps += part
        if number:
            steps.append((operation, 0.0))
    return steps
