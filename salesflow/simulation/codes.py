"""Conditions and values as postfix code: what a stack machine does, one instruction at a time.

An instruction is (operation, operand). Values are floats; true is 1, false 0, unfilled is NaN, a
choice its index. A comparison with an unfilled value is false, arithmetic with one unfilled.
"""

import operator
from collections.abc import Callable
from typing import Any, TypeAlias

PUSH, FIELD, COUNT, VISITED, FILLED = range(
    5
)  # operands: a value, a field, a counter, a node's number
ADD, SUBTRACT, MULTIPLY, DIVIDE, NEGATE = range(5, 10)
LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, EQUAL, NOT_EQUAL = range(10, 16)
AND, OR, NOT = range(16, 19)

Code: TypeAlias = tuple[tuple[int, float], ...]
Value: TypeAlias = Callable[[Any], float]  # of a deal with `values`, `counts`, `visited`

_ARITHMETIC = {
    ADD: operator.add,
    SUBTRACT: operator.sub,
    MULTIPLY: operator.mul,
    DIVIDE: operator.truediv,
}
_COMPARISONS = {
    LESS: operator.lt,
    LESS_EQUAL: operator.le,
    GREATER: operator.gt,
    GREATER_EQUAL: operator.ge,
    EQUAL: operator.eq,
}


def value_of(code: Code) -> Value:
    """A function that gives the value of a code for a deal."""
    stack: list[Value] = []
    for operation, operand in code:
        if operation <= FILLED:
            stack.append(_leaf(operation, operand))
        elif operation in (NEGATE, NOT):
            stack.append(_single(operation, stack.pop()))
        else:
            right = stack.pop()
            stack.append(_double(operation, stack.pop(), right))
    (whole,) = stack
    return whole


def _leaf(operation: int, operand: float) -> Value:
    at = int(operand)
    if operation == FIELD:
        return lambda deal: float(deal.values[at])
    if operation == COUNT:
        return lambda deal: float(deal.counts[at])
    if operation == VISITED:
        return lambda deal: float(deal.visited[at])
    if operation == FILLED:
        return lambda deal: float(deal.values[at] == deal.values[at])  # NaN is not itself
    return lambda _: operand


def _single(operation: int, inner: Value) -> Value:
    if operation == NEGATE:
        return lambda deal: -inner(deal)
    return lambda deal: float(not inner(deal))


def _double(operation: int, left: Value, right: Value) -> Value:
    if operation == AND:
        return lambda deal: float(bool(left(deal)) and bool(right(deal)))
    if operation == OR:
        return lambda deal: float(bool(left(deal)) or bool(right(deal)))
    if operation == NOT_EQUAL:
        return lambda deal: float(left(deal) < right(deal) or left(deal) > right(deal))
    if operation in _ARITHMETIC:
        arithmetic = _ARITHMETIC[operation]
        return lambda deal: arithmetic(left(deal), right(deal))
    compare = _COMPARISONS[operation]
    return lambda deal: float(compare(left(deal), right(deal)))
