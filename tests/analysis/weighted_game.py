"""The token game a third time, with chances: every deal of a small process is followed, all values.

Straight from the rules, shares nothing with the chain it judges. Tokens are tuples in a list;
``last`` says which of several threads moves first. Timers only fire where nothing else can happen.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

from salesflow.expressions.evaluate import evaluate
from salesflow.process.model import Process
from salesflow.process.steps import Block, Run, Work

State = dict[str, Any]
MOST_STATES = 150
LEFT = 1e-10
Weighed = Iterator[tuple[float, State]]


class WeightedGame:
    """What becomes of the deals of one source: numbers per deal, ``left`` still on the way."""

    def __init__(self, process: Process, source: str, *, last: bool, rounds: int = 60) -> None:
        self.process = process
        self.last = last
        self.steps: dict[str, Any] = {}
        self.home: dict[str, tuple[str, str]] = {}
        self.branches: dict[str, tuple[str, Any]] = {}
        self.inner: dict[str, Process] = {}
        self.counted: set[str] = set()  # no limit here is above 3
        self.open_up(process, "")
        self.outcomes: dict[str, float] = dict.fromkeys(process.outcomes, 0.0)
        self.visits: dict[str, float] = {}
        self.value: float | None = 0.0
        self.stuck = self.left = 0.0
        self.play(source, rounds)

    def open_up(self, process: Process, prefix: str) -> None:
        for node, step in process.nodes.items():
            self.steps[prefix + node] = step
            for r in step.next.values():
                self.counted |= {prefix + r.node} if r.at_most is not None else set()
                asked = r.when.results if r.when is not None else ()
                self.counted |= {prefix + name for name in asked}
            self.home[prefix + node] = (prefix + step.scope if step.scope else "", prefix)
            if isinstance(step, Block):
                for branch in step.branches.values():
                    self.branches[prefix + branch.node] = (prefix + node, branch)
            if isinstance(step, Run):
                self.inner[prefix + node] = process.runs[step.process]
                self.open_up(process.runs[step.process], f"{prefix}{node}.")

    def play(self, source: str, rounds: int) -> None:
        known = self.process.sources[source]
        blank: State = {"M": [], "D": {"source": source}, "C": {}, "V": frozenset(), "seen": ()}
        now: dict[Any, tuple[float, State]] = {}
        for chance, deal in self.filled(blank, known.gives):
            for more, entered in self.enter(deal, known.start):
                self.note(now, chance * more, entered)
        for _ in range(rounds):
            then: dict[Any, tuple[float, State]] = {}
            for weight, deal in now.values():
                for chance, after in self.move(deal):
                    self.note(then, weight * chance, after)
            now = then
            if len(now) > MOST_STATES or sum(weight for weight, _ in now.values()) < LEFT:
                break
        self.left = sum((weight for weight, _ in now.values()), 0.0)

    def note(self, states: dict[Any, tuple[float, State]], weight: float, deal: State) -> None:
        for path in deal["seen"]:
            self.visits[path] = self.visits.get(path, 0.0) + weight
        deal = {**deal, "seen": ()}
        ends = [token[1] for token in deal["M"] if token[0] == "end"]
        if ends:
            self.outcomes[ends[0]] += weight
            if self.process.outcomes[ends[0]].kind == "won":
                worth = deal["D"].get(self.process.value)
                if self.value is not None:
                    told = isinstance(worth, int | float | Fraction)
                    self.value = self.value + weight * float(worth) if told else None
            return
        if ("dead", "") in deal["M"]:
            self.stuck += weight
            return
        parts = (frozenset(deal["D"].items()), frozenset(deal["C"].items()), deal["V"])
        key = (tuple(deal["M"]), parts)
        before = states.get(key, (0.0, deal))[0]
        states[key] = (before + weight, deal)

    def move(self, deal: State) -> Weighed:
        running = [token for token in deal["M"] if token[0] == "at"]
        if running:
            yield from self.end(deal, running[-1 if self.last else 0][1])
            return
        timed = [t[1] for t in deal["M"] if t[0] in ("open", "stuck") and self.steps[t[1]].timeout]
        if timed:
            x = max(timed, key=len)
            after = self.purged(deal, x)
            yield from self.take(after, x, self.steps[x].timeout.result)
            return
        yield 1.0, {**deal, "M": [("dead", "")]}

    def end(self, deal: State, x: str) -> Weighed:
        step = self.steps[x]
        tokens = [*deal["M"]]
        tokens.remove(("at", x))
        captures = step.captures if isinstance(step, Work) else {}
        for chance, after in self.filled({**deal, "M": tokens}, captures):
            enabled = []
            for r in step.next.values():
                timed = step.timeout and step.timeout.result == r.id and r.share is None
                spent = r.at_most is not None and after["C"].get(f"{x}.{r.id}", 0) >= r.at_most
                if not (r.otherwise or timed or spent) and self.true(after, x, r.when):
                    enabled.append(r)
            if not enabled:
                enabled = [r for r in step.next.values() if r.otherwise]
            if not enabled:
                yield chance, {**after, "M": [*after["M"], ("stuck", x)]}
            whole = sum(float(r.share) for r in enabled) if len(enabled) > 1 else 0
            for r in enabled:
                share = float(r.share) / whole if len(enabled) > 1 else 1.0
                if share:
                    for more, taken in self.take(after, x, r.id):
                        yield chance * share * more, taken

    def take(self, deal: State, x: str, r: str) -> Weighed:
        result = self.steps[x].next[r]
        path = f"{x}.{r}"
        data = dict(deal["D"])
        for field, expression in result.set.items():
            value = data.get(field, "filled")
            if expression is not None:
                value, _ = evaluate(expression, deal["D"])
            if value is not None:
                data[field] = value
        counts = deal["C"]
        if path in self.counted:
            counts = {**counts, path: min(counts.get(path, 0) + 1, 3)}
        for chance, after in self.filled({**deal, "D": data, "C": counts}, result.captures):
            states = [(chance, after)]
            for target in result.targets:
                states = [
                    (before * more, later)
                    for before, state in states
                    for more, later in self.arrive(state, x, target, r)
                ]
            yield from states

    def arrive(self, deal: State, x: str, target: str, r: str) -> Weighed:
        branch, prefix = self.home[x]
        if target == "done" and branch:
            yield from self.finish(deal, branch)
        elif target == "leave" and branch:
            block = self.branches[branch][0]
            yield from self.take(self.purged(deal, block), block, r)
        elif prefix + target in self.steps:
            y = prefix + target
            waits = [("from", prefix + u, y) for u in self.steps[y].wait_for]
            if not waits:
                yield from self.enter(deal, y)
                return
            tokens = [*deal["M"], ("from", x, y)]
            if all(token in tokens for token in waits):
                for token in waits:
                    tokens.remove(token)
                yield from self.enter({**deal, "M": tokens}, y)
            else:
                yield 1.0, {**deal, "M": tokens}
        elif prefix:
            yield from self.take(self.purged(deal, prefix[:-1]), prefix[:-1], target)
        else:
            yield 1.0, {**deal, "M": [("end", target)]}

    def enter(self, deal: State, x: str) -> Weighed:
        step = self.steps[x]
        deal = {**deal, "V": deal["V"] | {x}, "seen": (*deal["seen"], x)}
        if isinstance(step, Work):
            yield 1.0, {**deal, "M": [*deal["M"], ("at", x)]}
        elif isinstance(step, Run):
            (source,) = self.inner[x].sources.values()
            opened = {**deal, "M": [*deal["M"], ("open", x)]}
            yield from self.enter(opened, f"{x}.{source.start}")
        else:
            prefix = self.home[x][1]
            chosen = [b for b in step.branches.values() if self.true(deal, x, b.when)]
            if not chosen:
                yield from self.take(deal, x, "done")
                return
            runs = [("run", prefix + branch.node) for branch in chosen]
            states = [(1.0, {**deal, "M": [*deal["M"], ("open", x), *runs]})]
            for branch in chosen:
                states = [
                    (before * more, later)
                    for before, state in states
                    for more, later in self.enter(state, prefix + branch.start)
                ]
            yield from states

    def finish(self, deal: State, branch: str) -> Weighed:
        block, _ = self.branches[branch]
        deal = self.purged(deal, branch)
        tokens = [*deal["M"], ("run", branch), ("fin", branch)]
        ours = [name for name, (b, _) in self.branches.items() if b == block]
        ran = sum(("run", name) in tokens for name in ours)
        finished = sum(("fin", name) in tokens for name in ours)
        step = self.steps[block]
        need = {"all": ran, "any": 1}.get(step.join, min(step.need, ran))
        deal = {**deal, "M": tokens}
        if finished >= need:
            yield from self.take(self.purged(deal, block), block, "done")
        else:
            yield 1.0, deal

    def purged(self, deal: State, z: str) -> State:
        def lies(token: tuple[str, ...]) -> bool:
            at = token[2] if token[0] == "from" else token[-1]
            return at.startswith(f"{z}.") or (at == z and token[0] != "from")

        return {**deal, "M": [token for token in deal["M"] if not lies(token)]}

    def true(self, deal: State, x: str, when: Any) -> bool:
        if when is None:
            return True
        prefix = self.home[x][1]
        cut = len(prefix)
        outcome, _ = evaluate(
            when,
            deal["D"],
            visited={v[cut:] for v in deal["V"] if v.startswith(prefix)},
            times={c[cut:]: n for c, n in deal["C"].items() if c.startswith(prefix)},
        )
        return bool(outcome)

    def filled(self, deal: State, drawn: Any) -> Weighed:
        ways = []
        for field, distribution in drawn.items():
            if distribution is None:
                ways.append([(1.0, field, deal["D"].get(field, "filled"))])
                continue
            values = distribution.support()
            shares = getattr(distribution, "shares", (1,))
            known = getattr(distribution, "values", values)
            pairs = zip(known, shares, strict=True)
            ways.append([(float(share), field, v) for v, share in pairs if share])
        for way in product(*ways):
            chance = 1.0
            data = dict(deal["D"])
            for share, field, value in way:
                chance *= share
                data[field] = value
            yield chance, {**deal, "D": data}
