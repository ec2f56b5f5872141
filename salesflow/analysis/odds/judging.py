"""Conditions over a memory: how likely each is, with what is known of the deal afterwards."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from salesflow.analysis.odds.memory import (
    COUNT,
    DRAW,
    FIELD,
    UNSAID,
    VISIT,
    Between,
    Memory,
    Part,
    Past,
    Spread,
    Unknown,
    weigh,
)
from salesflow.expressions import Expression
from salesflow.expressions.evaluate import SIGNS, sign
from salesflow.expressions.exact import Exact, exact, product, total
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


class Split(NamedTuple):
    """The answer hangs on in which of these parts a drawn value lies."""

    draw: str
    parts: tuple[Part, ...]


class Judged(NamedTuple):
    """How likely (``share``) a condition is true or not, and what is known of the deal then."""

    share: float
    memory: Memory
    true: bool


def judge(
    condition: Expression, memory: Memory, drawn: Any, *, prefix: str = "", what: str = ""
) -> list[Judged]:
    """What a condition is for deals of a memory; ``prefix`` is the run it stands in.

    Unknown, naming ``what``, where a field's values are not told.
    """
    found: list[Judged] = []
    waiting = [(1.0, memory)]
    while waiting:
        share, known = waiting.pop()
        past = Past(known, drawn)
        answer = _Judge(past, prefix, what).truth(condition.root)
        if isinstance(answer, bool):
            found.append(Judged(share, known, answer))
            continue
        for chance, part in reversed([*split(past, answer)]):
            narrowed = Past(known, drawn)
            narrowed.narrow(answer.draw, part)
            waiting.append((share * chance, narrowed.closed()))
    return found


def split(past: Past, at: Split) -> Iterator[tuple[float, Part]]:
    """The parts that can be, with their chances within the part known before."""
    drawn = past.drawn[at.draw]
    before, _ = weigh(drawn, past.part(at.draw))
    for part in at.parts:
        share, _ = weigh(drawn, part)
        if share > 0 and before > 0:
            yield min(share / before, 1.0), part


class _Judge:
    def __init__(self, past: Past, prefix: str, what: str) -> None:
        self.past = past
        self.prefix = prefix
        self.what = what

    def truth(self, node: Node) -> bool | Split:
        if isinstance(node, Several):
            for part in node.parts:
                answer = self.truth(part)
                if isinstance(answer, Split) or answer == node.decides:
                    return answer
            return not node.decides
        if isinstance(node, Not):
            answer = self.truth(node.condition)
            return answer if isinstance(answer, Split) else not answer
        if isinstance(node, Filled):
            return self.past.field(node.name) is not None
        if isinstance(node, Visited):
            return (VISIT, self.prefix + node.step) in self.past.known
        if isinstance(node, Compare):
            if any(self.past.field(name) is None for name in node.reads):
                return False
            return self._numbers(node) if node.numeric else self._words(node)
        return self._word(node)

    def _word(self, node: Node) -> bool | Split:
        """A yes/no by itself."""
        held = self._held(node)
        if isinstance(held, Spread):
            return self._apart(held, lambda value: value)
        return held is True

    def _held(self, node: Node) -> Any:
        if isinstance(node, Choice | Truth):
            return node.value
        if isinstance(node, Field):
            return self._value(node.name)
        return None

    def _value(self, name: str) -> Any:
        held = self.past.field(name)
        if held is UNSAID:
            raise Unknown(f"{self.what} asks for `{name}`, and its values are not drawn")
        return held

    def _words(self, node: Compare) -> bool | Split:
        left, right = self._held(node.left), self._held(node.right)
        equal = node.sign == "=="
        if isinstance(left, Spread) and isinstance(right, Spread):
            if left.draw == right.draw:
                return equal
            return self._points(left)
        if isinstance(right, Spread):
            left, right = right, left
        if isinstance(left, Spread):
            return self._apart(left, lambda value: (value == right) == equal)
        return bool(left == right) == equal

    def _apart(self, held: Spread, test: Any) -> bool | Split:
        """Whether all values that a word can have pass a test."""
        part = self.past.part(held.draw)
        yes = tuple(value for value in part if test(value))
        if not yes or len(yes) == len(part):
            return bool(yes)
        return Split(held.draw, (yes, tuple(value for value in part if value not in yes)))

    def _points(self, held: Spread) -> Split:
        return Split(held.draw, tuple((value,) for value in self.past.part(held.draw)))

    def _numbers(self, node: Compare) -> bool | Split:
        wanted = SIGNS[node.sign]
        constant, factors = self._sum(node)
        factors = {draw: factor for draw, factor in factors.items() if factor}
        if not factors:
            return sign(constant) in wanted
        if len(factors) > 1:
            for draw in factors:
                if not isinstance(self.past.part(draw), Between):
                    return self._points(Spread(draw))
            raise Unknown(f"{self.what} compares several drawn values: `{node}`")
        ((draw, factor),) = factors.items()
        part = self.past.part(draw)
        if isinstance(part, Between):
            return self._between(draw, part, factor, constant, wanted)

        def test(value: Any) -> bool:
            return sign(total(product(factor, exact(value)), constant)) in wanted

        return self._apart(Spread(draw), test)

    def _sum(self, node: Compare) -> tuple[Exact, dict[str, Exact]]:
        """Left less right: what is known of it, and factors of what was drawn."""
        difference = node.difference
        constant = difference.constant
        factors: dict[str, Exact] = {}
        for name, factor in difference.fields.items():
            held = self._value(name)
            if isinstance(held, Spread):
                constant = total(constant, product(held.shift, factor))
                more = product(held.scale, factor)
                factors[held.draw] = total(factors.get(held.draw, 0), more)
            else:
                constant = total(constant, product(held, factor))
        for name, factor in difference.counts.items():
            count = self.past.known.get((COUNT, self.prefix + name), 0)
            constant = total(constant, product(count, factor))
        return constant, factors

    def _between(
        self, draw: str, part: Between, factor: Exact, constant: Exact, wanted: frozenset[int]
    ) -> bool | Split:
        """A comparison of something that fills an interval: a single point has no chance."""
        cut = -float(constant) / float(factor)
        if part.low < cut < part.high:
            return Split(draw, (Between(part.low, cut), Between(cut, part.high)))
        above = (cut <= part.low) == (factor > 0)
        return (1 if above else -1) in wanted


def assign(past: Past, value: Expression) -> Any:
    """What a field is set to; None where a field read is unfilled: it keeps its own.

    Of several drawn values a sum is not told: UNSAID.
    """
    if any(past.field(name) is None for name in value.reads):
        return None
    root = value.root
    if isinstance(root, Choice | Truth):
        return root.value
    if isinstance(root, Field):
        return past.field(root.name)
    sum_ = linear(root)
    constant, spread = sum_.constant, None
    for name, factor in sum_.fields.items():
        held = past.field(name)
        if held is UNSAID or (isinstance(held, Spread) and spread is not None):
            return UNSAID
        if isinstance(held, Spread):
            spread = Spread(held.draw, product(held.scale, factor))
            constant = total(constant, product(held.shift, factor))
        else:
            constant = total(constant, product(held, factor))
    return constant if spread is None else spread._replace(shift=constant)


__all__ = ["DRAW", "FIELD", "Judged", "Split", "assign", "judge", "split"]
