"""Where amounts of money are written in a process: what has to change with its currency."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from salesflow.analysis.data_use import expressions
from salesflow.distributions import Distribution
from salesflow.expressions import Expression
from salesflow.process.model import Process
from salesflow.process.people import Element
from salesflow.process.steps import Work


class Amount(NamedTuple):
    """An amount in an element: under which key, and its value, which only serves to compare."""

    element: Element
    key: str
    value: Any


def amounts(process: Process) -> Iterator[Amount]:
    """Costs, drawn values and what conditions compare with or results set, in the order written.

    Zero is the same in every currency, and so are shares of an amount (``amount * 1.2``).
    """
    money = {name for name, field in process.data.items() if field.type == "money"}
    for role in process.roles.values():
        if role.cost_per_hour:
            yield Amount(role, "cost_per_hour", role.cost_per_hour)
    for source in process.sources.values():
        if source.cost:
            yield Amount(source, "cost", source.cost)
        yield from _drawn(source, "gives", source.gives, money)
    for step in process.nodes.values():
        if isinstance(step, Work):
            yield from _drawn(step, "captures", step.captures, money)
        for result in step.next.values():
            yield from _drawn(result, "captures", result.captures, money)
    for element, _, key, expression in expressions(process):
        if _written(expression, money):
            yield Amount(element, key, str(expression))


def _drawn(
    element: Element, key: str, values: Mapping[str, Distribution | None], money: set[str]
) -> Iterator[Amount]:
    for name, drawn in values.items():
        if name in money and drawn is not None:
            yield Amount(element, f"{key}.{name}", drawn)


def _written(expression: Expression, money: set[str]) -> bool:
    """Whether an amount stands in an expression."""
    if expression.type == "condition":
        return any(any(values) for name, values in expression.literals.items() if name in money)
    if expression.type != "money":
        return False
    from salesflow.expressions.tree import linear  # few expressions give money

    return bool(linear(expression.root).constant)


def left_behind(old: Process, new: Process) -> Iterator[Amount]:
    """The amounts of a process that has another currency than before, and are what they were."""
    before = {(a.element.path, a.key, str(a.value)) for a in amounts(old)}
    for amount in amounts(new):
        if (amount.element.path, amount.key, str(amount.value)) in before:
            yield amount
