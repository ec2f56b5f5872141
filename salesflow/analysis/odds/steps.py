"""How a visit of a step ends: what it fills, which result is chosen how likely, what that sets."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from salesflow.analysis.odds.judging import assign, judge
from salesflow.analysis.odds.memory import COUNT, FIELD, UNSAID, VISIT, Memory, Past
from salesflow.analysis.odds.scopes import STUCK, Spot
from salesflow.analysis.odds.view import Views
from salesflow.distributions import Distribution
from salesflow.expressions import Expression
from salesflow.process.steps import Result, Work

NAN = float("nan")


class Worth(NamedTuple):
    """What becomes of the deal's worth: ``scale`` times what it was, plus ``shift``."""

    scale: float = 1.0
    shift: float = 0.0

    def then(self, other: "Worth") -> "Worth":
        """One change after the other; what is not known is forgotten where it is written anew."""
        if not other.scale:
            return other
        return Worth(self.scale * other.scale, self.shift * other.scale + other.shift)


SAME = Worth()


class End(NamedTuple):
    """A visit's end: how likely, the result taken (None: stuck), what is remembered then."""

    share: float
    result: Result | None
    memory: Memory
    worth: Worth = SAME


class Ends:
    """The ends of visits of steps that are work."""

    def __init__(self, views: Views) -> None:
        """Nothing has been drawn, nothing is missing yet."""
        self.views = views
        self.drawn: dict[str, Distribution] = {}
        self.missing: dict[str, None] = {}
        matters = views.fields if views.value is None else views.fields | {views.value}
        self.matters: frozenset[str] = frozenset(matters)  # fields whose values are followed

    def of(self, spot: Spot, memory: Memory) -> Iterator[End]:
        """All ends of a visit."""
        step = spot.step
        worth = SAME
        if isinstance(step, Work) and not self.matters.isdisjoint(step.captures):
            past = Past(memory, self.drawn)
            worth = self.fill(past, step.captures, spot.path)
            memory = past.closed()
        for share, known, enabled in self._enabled(spot, memory):
            results = enabled or self._else(spot)
            for chance, result in self._shared(spot, results):
                after, more = self.take(spot, result, known)
                yield End(share * chance, result, after, worth.then(more))
            if not results:
                yield End(share, None, known, worth)

    def _else(self, spot: Spot) -> tuple[Result, ...]:
        """What is taken where nothing is enabled: ``otherwise``, or the timer's in the end."""
        result = spot.otherwise
        if result is None and spot.step.timeout is not None:
            result = spot.step.next.get(spot.step.timeout.result)
        return () if result is None else (result,)

    def named(self, spot: Spot, name: str, end: End) -> End:
        """A block or run ends with a result of this name; stuck, it waits for its timer."""
        result = spot.step.next.get(name)
        if name == STUCK and spot.step.timeout is not None:
            result = spot.step.next.get(spot.step.timeout.result)
        if result is None:
            return end
        after, more = self.take(spot, result, end.memory)
        return End(end.share, result, after, end.worth.then(more))

    def plain(self, spot: Spot) -> tuple[tuple[float, Result], ...]:
        """The ends of a step where nothing but shares decides."""
        return tuple(self._shared(spot, spot.chosen))

    def _enabled(
        self, spot: Spot, memory: Memory
    ) -> Iterator[tuple[float, Memory, tuple[Result, ...]]]:
        """Which results are enabled, how likely, and what is known of the deal then."""
        cases: list[tuple[float, Memory, tuple[Result, ...]]] = [(1.0, memory, ())]
        for result in spot.chosen:
            following: list[tuple[float, Memory, tuple[Result, ...]]] = []
            for share, known, enabled in cases:
                if self._spent(spot, result, known):
                    following.append((share, known, enabled))
                elif result.when is None:
                    following.append((share, known, (*enabled, result)))
                else:
                    what = f"`{spot.scope.prefix}{result.node}`"
                    for part in judge(
                        result.when, known, self.drawn, prefix=spot.scope.prefix, what=what
                    ):
                        more = (*enabled, result) if part.true else enabled
                        following.append((share * part.share, part.memory, more))
            cases = following
        yield from cases

    def _spent(self, spot: Spot, result: Result, memory: Memory) -> bool:
        limit = spot.scope.view.limit(result.node) if result.at_most is not None else None
        if limit is None:
            return False
        key = COUNT, spot.scope.prefix + result.node
        return any(known == key and count >= limit for known, count in memory)

    def _shared(self, spot: Spot, enabled: tuple[Result, ...]) -> Iterator[tuple[float, Result]]:
        """The chances of results that are enabled together."""
        if len(enabled) == 1:
            yield 1.0, enabled[0]
            return
        shares = [result.share for result in enabled]
        known = [share for share in shares if share is not None]
        total = sum(known)
        if enabled and (len(known) < len(shares) or not total):
            self.missing[f"`share` at the results of `{spot.path}`"] = None
            known, total = [1.0] * len(shares), len(shares)
        for result, share in zip(enabled, known, strict=True):
            if share:
                yield share / total, result

    def take(self, spot: Spot, result: Result, memory: Memory) -> tuple[Memory, Worth]:
        """Count a result, set what it sets, fill what it fills."""
        counted = result.node in spot.scope.view.watched
        matters = self.matters
        sets, fills = (not matters.isdisjoint(names) for names in (result.set, result.captures))
        if not (counted or sets or fills):
            return memory, SAME
        past = Past(memory, self.drawn)
        worth = SAME
        if counted:
            key = COUNT, spot.scope.prefix + result.node
            most = spot.scope.view.watched[result.node]
            past.known[key] = min(past.known.get(key, 0) + 1, most)
        if sets:
            worth = self._set(past, result.set)
        if fills:
            worth = worth.then(self.fill(past, result.captures, f"{spot.path}.{result.id}"))
        return past.closed(), worth

    def visit(self, spot: Spot, memory: Memory) -> Memory:
        """Remember that a step was entered, where that is asked for."""
        if spot.step.node not in spot.scope.view.looked_for:
            return memory
        past = Past(memory, self.drawn)
        past.known[VISIT, spot.path] = True
        return past.closed()

    def fill(self, past: Past, captures: Mapping[str, Distribution | None], where: str) -> Worth:
        """Fill fields, and tell what the deal is worth where that is not remembered."""
        worth = SAME
        for name, drawn in captures.items():
            if name in self.views.fields:
                draw = f"{where}:{name}"
                if drawn is not None:
                    self.drawn[draw] = drawn
                past.draw(name, draw, drawn)
            elif name == self.views.value and drawn is not None:
                worth = Worth(0.0, drawn.mean)
        return worth

    def _set(self, past: Past, values: Mapping[str, Expression | None]) -> Worth:
        """Set fields, all from what was known before."""
        old = Past(past.closed(), self.drawn)
        worth = SAME
        for name, value in values.items():
            if name in self.views.fields:
                new = UNSAID if value is None else assign(old, value)
                if value is None and old.field(name) is not None:
                    new = None
                if new is not None:
                    past.known[FIELD, name] = new
            elif name == self.views.value and value is not None:
                worth = self._worth(old, value)
        return worth

    def _worth(self, old: Past, value: Expression) -> Worth:
        """What a deal is worth that is set to a sum."""
        from salesflow.expressions.tree import linear

        sum_ = linear(value.root)
        scale, shift = 0.0, float(sum_.constant)
        for name, factor in sum_.fields.items():
            if name == self.views.value:
                scale = float(factor)
            else:
                shift += float(factor) * old.mean(name)
        return Worth(scale, shift)


__all__ = ["NAN", "SAME", "STUCK", "End", "Ends", "Worth"]
