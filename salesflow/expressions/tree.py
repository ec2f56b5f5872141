"""The tree of an expression: what was written, without its spelling.

Nodes are equal when they mean the same text apart from spaces and needless parentheses; ``str``
gives that text. ``start`` and ``end`` are the characters a node takes in the text it came from.
"""

from functools import cached_property
from typing import Any, ClassVar

from salesflow.expressions.exact import Exact, in_digits, product
from salesflow.expressions.linear import Linear
from salesflow.expressions.types import NUMERIC
from salesflow.nouns import Noun

LOOSEST, ALL, NEGATED, COMPARED, ADDED, MULTIPLIED, SIGNED, WHOLE = range(1, 9)


class Node(Noun):
    """Any part of an expression; ``binds`` says how tightly, for parentheses in ``str``."""

    unequal = frozenset({"start", "end"})
    binds: ClassVar[int] = WHOLE

    start: int = 0
    end: int = 0

    def within(self, level: int) -> str:
        """The text, in parentheses where it binds more loosely than ``level``."""
        return f"({self})" if self.binds < level else str(self)


class Number(Node):
    """A number as written; ``20%`` has the value 1/5 and ``percent``."""

    value: Exact
    percent: bool = False

    def __str__(self) -> str:
        """``20%`` or ``100000``."""
        if self.percent:
            return f"{in_digits(product(self.value, 100))}%"
        return in_digits(self.value)


class Truth(Node):
    """``true`` or ``false``."""

    value: bool

    def __str__(self) -> str:
        """``true`` or ``false``."""
        return "true" if self.value else "false"


class Word(Node):
    """A bare word, before it is known whether it is a field or a value. Not in checked trees."""

    word: str

    def __str__(self) -> str:
        """The word."""
        return self.word


class Broken(Node):
    """A place where something unreadable stands; its problem is reported. Not in checked trees."""

    def __str__(self) -> str:
        """A mark that no expression has."""
        return "?"


class Field(Node):
    """The value of a deal's field; ``kind`` is the field's."""

    name: str
    kind: str

    @property
    def numeric(self) -> bool:
        """Whether it is one of numbers."""
        return self.kind in NUMERIC

    def __str__(self) -> str:
        """The field's id."""
        return self.name


class Choice(Node):
    """One of the values of a choice field."""

    value: str

    def __str__(self) -> str:
        """The value."""
        return self.value


class Filled(Node):
    """Whether a field is filled."""

    name: str

    def __str__(self) -> str:
        """``filled(amount)``."""
        return f"filled({self.name})"


class Visited(Node):
    """Whether the deal ever entered a step, by its short path."""

    step: str

    def __str__(self) -> str:
        """``visited(discovery)``."""
        return f"visited({self.step})"


class Times(Node):
    """How often the deal took a result, by its short path."""

    result: str

    def __str__(self) -> str:
        """``times(discovery.fit)``."""
        return f"times({self.result})"


class Minus(Node):
    """The negative of a value; of a literal it is a ``Number``."""

    binds = SIGNED

    value: Node

    def __str__(self) -> str:
        """``-amount``."""
        return f"-{self.value.within(SIGNED)}"


class Chain(Node):
    """``first`` and then, from left to right, pairs of an operator and a node; at least one."""

    first: Node
    rest: tuple[tuple[str, Node], ...]

    def __str__(self) -> str:
        """``amount + 100 - fee``."""
        more = (f" {sign} {node.within(self.binds + 1)}" for sign, node in self.rest)
        return self.first.within(self.binds + 1) + "".join(more)


class Sum(Chain):
    """Values added (``+``) and taken away (``-``)."""

    binds = ADDED


class Product(Chain):
    """Values multiplied (``*``) and divided (``/``)."""

    binds = MULTIPLIED


class Compare(Node):
    """Two values compared by ``== != < <= > >=``."""

    binds = COMPARED

    left: Node
    sign: str
    right: Node

    def __str__(self) -> str:
        """``amount >= 100000``."""
        return f"{self.left.within(ADDED)} {self.sign} {self.right.within(ADDED)}"

    @cached_property
    def numeric(self) -> bool:
        """Whether both sides are numbers (else choices, or yes and no)."""
        left = self.left
        if isinstance(left, Field):
            return left.numeric
        return not isinstance(left, Choice | Truth)

    @cached_property
    def difference(self) -> Linear:
        """Left less right, of two numbers."""
        return linear(self.left).plus(linear(self.right), -1)

    @cached_property
    def reads(self) -> tuple[str, ...]:
        """The fields on both sides, also those that cancel out, in the order written."""
        return fields_read(self)


class Not(Node):
    """A condition turned round."""

    binds = NEGATED

    condition: Node

    def __str__(self) -> str:
        """``not filled(amount)``."""
        return f"not {self.condition.within(NEGATED)}"


class Several(Node):
    """Two or more conditions; none is of the same class, since ``a and (b and c)`` is one row."""

    decides: ClassVar[bool]  # the outcome of one that decides for all

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        """The parts with ``and`` or ``or`` between them."""
        word = " or " if self.decides else " and "
        return word.join(part.within(self.binds + 1) for part in self.parts)


class And(Several):
    """All conditions; the first false one decides."""

    binds = ALL
    decides = False


class Or(Several):
    """Any condition; the first true one decides."""

    binds = LOOSEST
    decides = True


def inner(node: Node) -> tuple[Node, ...]:
    """The nodes right below a node, from left to right."""
    if isinstance(node, Several):
        return node.parts
    if isinstance(node, Compare):
        return (node.left, node.right)
    if isinstance(node, Chain):
        return (node.first, *(part for _, part in node.rest))
    if isinstance(node, Not):
        return (node.condition,)
    return (node.value,) if isinstance(node, Minus) else ()


def every(node: Node) -> list[Node]:
    """The node and all below it, each before those below it."""
    found, waiting = [], [node]
    while waiting:
        found.append(waiting.pop())
        waiting.extend(reversed(inner(found[-1])))
    return found


def broken(node: Node) -> bool:
    """Whether part of the tree could not be read."""
    return any(isinstance(part, Broken) for part in every(node))


def fields_read(node: Node) -> tuple[str, ...]:
    """The fields whose value is read in a tree, once each, in the order written."""
    return tuple(dict.fromkeys(part.name for part in every(node) if isinstance(part, Field)))


def linear(node: Any) -> Linear:
    """A checked tree of numbers as a sum; every product there has one side without fields."""
    if isinstance(node, Number):
        return Linear(node.value)
    if isinstance(node, Field):
        return Linear(0, {node.name: 1})
    if isinstance(node, Times):
        return Linear(0, {}, {node.result: 1})
    if isinstance(node, Minus):
        return linear(node.value).times(-1)
    value = linear(node.first)
    for sign, part in node.rest:
        if isinstance(node, Sum):
            value = value.plus(linear(part), 1 if sign == "+" else -1)
        elif sign == "/":
            value = value.over(linear(part).constant)
        else:
            value = value.product(linear(part))
    return value
