"""What a deal of a chain remembers: values drawn and as yet only known to lie in some part.

A memory is a tuple of pairs in order, so that deals which remember the same are one state. Keys
are ``(FIELD, name)``, ``(COUNT, path of a result)``, ``(VISIT, path of a step)`` and ``(DRAW,
name)``, the part of a distribution in which a value lies that was drawn there. What is not there is
unfilled, never taken, not visited, or of no matter any more.

A field holds a number, word or yes/no, ``UNSAID`` where it is filled and nobody says with what, or
a ``Spread``. Nothing is looked at before a condition asks: only then is a part cut in two.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

from salesflow.distributions import Distribution
from salesflow.expressions.exact import Exact, exact, product, total

FIELD, COUNT, VISIT, DRAW = "field", "count", "visit", "draw"

Key: TypeAlias = tuple[str, str]
Memory: TypeAlias = tuple[tuple[Key, Any], ...]

NOTHING: Memory = ()


class _Unsaid:
    """A value that a field has and nobody tells."""


UNSAID = _Unsaid()


class Unknown(Exception):
    """The chain cannot be told; the words say why."""


class TooMany(Unknown):
    """There are too many different deals to follow."""

    def __init__(self) -> None:
        """The words."""
        super().__init__("there are too many different deals to follow")


class Spread(NamedTuple):
    """A number: ``scale`` times what was drawn at ``draw``, plus ``shift``.

    A word or yes/no is what was drawn itself.
    """

    draw: str
    scale: Exact = 1
    shift: Exact = 0


class Between(NamedTuple):
    """The part of an interval's distribution between two numbers."""

    low: float
    high: float


Part: TypeAlias = Between | tuple[Any, ...]  # or those of a few values


def whole(drawn: Distribution) -> Part:
    """All values of a distribution."""
    support = drawn.support()
    if support is None:
        return Between(float(drawn.low), float(drawn.high))
    return tuple(support)


def weigh(drawn: Any, part: Part) -> tuple[float, float]:
    """The chance of a part of a distribution, and the sum of its values times their chances.

    The sum means nothing for words.
    """
    if isinstance(part, Between):
        share, mean = drawn.up_to(part.high)
        less, mean_less = drawn.up_to(part.low)
        return share - less, mean - mean_less
    if not hasattr(drawn, "shares"):
        (value,) = part
        return 1.0, value if isinstance(value, float) else 0.0
    chances = dict(zip(drawn.values, drawn.shares, strict=True))
    share = sum(chances[value] for value in part)
    if isinstance(part[0], str):
        return share, 0.0
    return share, sum(chances[value] * value for value in part)


class Past:
    """A memory opened for reading and writing; ``drawn`` are the distributions by draw."""

    def __init__(self, memory: Memory, drawn: Mapping[str, Distribution]) -> None:
        """Copy it."""
        self.known: dict[Key, Any] = dict(memory)
        self.drawn = drawn

    def field(self, name: str) -> Any:
        """What a field holds, None for nothing."""
        return self.known.get((FIELD, name))

    def part(self, draw: str) -> Part:
        """The part in which a drawn value lies."""
        part: Part = self.known[DRAW, draw]
        return part

    def draw(self, name: str, draw: str, drawn: Distribution | None) -> None:
        """Fill a field with a value of a distribution, or, if it is empty, with something."""
        if drawn is None:
            self.known.setdefault((FIELD, name), UNSAID)
            return
        key = FIELD, name
        if drawn.is_constant:
            self.known[key] = plain(whole(drawn)[0])
            return
        for other, value in self.known.items():
            if isinstance(value, Spread) and value.draw == draw and other != key:
                raise Unknown(f"`{other[1]}` was worked out from a `{name}` that is drawn anew")
        self.known[key] = Spread(draw)
        self.known[DRAW, draw] = whole(drawn)

    def narrow(self, draw: str, part: Part) -> None:
        """Know more of a drawn value; where only one is left, fields hold it."""
        self.known[DRAW, draw] = part
        if not isinstance(part, Between) and len(part) == 1:
            for key, held in self.known.items():
                if isinstance(held, Spread) and held.draw == draw:
                    self.known[key] = _worked_out(held, part[0])

    def mean(self, name: str) -> float:
        """The expected value of a field of numbers; not a number where nobody tells."""
        held = self.field(name)
        if isinstance(held, Spread):
            share, sum_ = weigh(self.drawn[held.draw], self.part(held.draw))
            return float(held.scale) * sum_ / share + float(held.shift) if share else 0.0
        return float("nan") if held is None or held is UNSAID else float(held)

    def closed(self) -> Memory:
        """The memory again, without draws that no field holds."""
        known = self.known
        held = {value.draw for value in known.values() if isinstance(value, Spread)}
        kept = [item for item in known.items() if item[0][0] != DRAW or item[0][1] in held]
        return tuple(sorted(kept, key=_key))


def only(memory: Memory, kept: frozenset[Key]) -> Memory:
    """A memory without what lies in none of the keys, and without draws that no field holds."""
    left = [item for item in memory if item[0] in kept or item[0][0] == DRAW]
    if len(left) == len(memory):
        return memory
    held = {value.draw for _, value in left if isinstance(value, Spread)}
    return tuple(item for item in left if item[0][0] != DRAW or item[0][1] in held)


def _key(item: tuple[Key, Any]) -> Key:
    return item[0]


def plain(value: Any) -> Any:
    """A drawn value as expressions have it: numbers exact."""
    return value if isinstance(value, str | bool) else exact(value)


def _worked_out(held: Spread, value: Any) -> Any:
    if isinstance(value, str | bool):
        return value
    return total(product(held.scale, exact(value)), held.shift)
