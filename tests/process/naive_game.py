"""The token game a second time, straight from its rules: slow, mutable, sharing nothing.

Tokens are tuples in a list, deals are dicts that are copied whenever something is chosen, and
values are numbers that stand for a range: the point itself or a point between two literals.
"""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

from salesflow.expressions.evaluate import evaluate
from salesflow.process.model import Process
from salesflow.process.steps import Block, Run, Work

# The fields of salesflow.testing; of numbers the one that stands for all below the first literal.
VALUES: dict[str, list[Any]] = {
    "amount": [0],
    "discount": [0.05],
    "region": ["dach", "amer"],
    "vip": [False, True],
    "urgent": [False, True],
    "contract": ["filled"],
}
NUMBERS = ("amount", "discount")
MOST_COUNTED = 3
PASSED = ("taken", "entered")  # results and nodes of the last move, tuples
Deal = dict[str, Any]


class NaiveGame:
    """All runs of a process: ``edges`` and ``flags`` once ``play`` is through."""

    def __init__(self, process: Process, *, exact: bool = False) -> None:
        self.exact = exact  # keep the very values, not those that stand for their range
        self.outcomes = process.outcomes
        self.sources = process.sources
        self.steps: dict[str, Any] = {}
        self.home: dict[str, tuple[str, str]] = {}  # step -> ("" | branch, prefix of its run)
        self.branches: dict[str, Any] = {}
        self.inner: dict[str, Process] = {}
        self.whens: list[tuple[str, str]] = []
        self.open_up(process, "")
        self.fields = {f for f in VALUES if any(re.search(rf"\b{f}\b", t) for _, t in self.whens)}
        self.fields |= self.read_for(self.fields)
        named = [(p, n) for p, t in self.whens for n in re.findall(r"times\(([\w.]+)\)", t)]
        self.counted = {p + n for p, n in named}
        for x, step in self.steps.items():
            self.counted |= {f"{x}.{r.id}" for r in step.next.values() if r.at_most is not None}
        seen = [(p, n) for p, t in self.whens for n in re.findall(r"visited\(([\w.]+)\)", t)]
        self.watched = {p + n for p, n in seen}
        self.cuts = {field: self.cuts_of(field) for field in NUMBERS}
        self.values = {field: self.values_of(field) for field in VALUES}

    def open_up(self, process: Process, prefix: str) -> None:
        for node, step in process.nodes.items():
            x = prefix + node
            self.steps[x] = step
            self.home[x] = (prefix + step.scope if step.scope else "", prefix)
            self.whens += [(prefix, str(r.when)) for r in step.next.values() if r.when]
            if isinstance(step, Block):
                for branch in step.branches.values():
                    self.branches[prefix + branch.node] = (x, branch)
                    if branch.when:
                        self.whens.append((prefix, str(branch.when)))
            if isinstance(step, Run):
                self.inner[x] = process.runs[step.process]
                self.open_up(self.inner[x], f"{x}.")

    def read_for(self, fields: set[str]) -> set[str]:
        """The fields from which some fields are set, at any remove."""
        sets = [r.set.items() for step in self.steps.values() for r in step.next.values()]
        texts = [(field, str(text)) for each in sets for field, text in each]
        found = set(fields)
        for _ in VALUES:
            for field, text in texts:
                if field in found:
                    found |= {f for f in VALUES if re.search(rf"\b{f}\b", text)}
        return found

    def cuts_of(self, field: str) -> list[float]:
        """The numbers that a field is compared with or set to."""
        compared = re.compile(rf"\b{field} (?:[=!<>]=|[<>]) ([0-9.]+)(%?)")
        found = {
            float(n) / (100 if p else 1) for _, t in self.whens for n, p in compared.findall(t)
        }
        sets = [r.set.get(field) for step in self.steps.values() for r in step.next.values()]
        constants = [evaluate(expression, {})[0] for expression in sets if expression is not None]
        return sorted(found | {float(value) for value in constants if value is not None})

    def values_of(self, field: str) -> list[Any]:
        """One value for every range: below the first literal, it, between two, above the last."""
        cuts = self.cuts.get(field, [])
        ends = [*cuts[1:], *(2 * cut + 1 for cut in cuts[-1:])]
        above = [(cut + end) / 2 for cut, end in zip(cuts, ends, strict=True)]
        return [*VALUES[field], *(v for pair in zip(cuts, above, strict=True) for v in pair)]

    # The rules

    def starts(self) -> Iterator[tuple[str, Deal]]:
        for source in self.sources.values():
            blank = {"M": [], "D": {}, "C": {}, "V": set(), "flags": set(), "seen": []}
            blank |= {"taken": (), "entered": ()}
            for deal in self.filled(blank, source.gives):
                self.enter(deal, source.start)
                for settled in self.settle(deal):
                    yield source.id, settled

    def moves(self, deal: Deal) -> Iterator[tuple[str, str, Deal]]:
        tokens = deal["M"]
        for x, step in self.steps.items():
            prefix = self.home[x][1]
            waits = [("from", prefix + u, x) for u in step.wait_for]
            if waits and all(token in tokens for token in waits):
                after = self.fresh(deal)
                for token in waits:
                    after["M"].remove(token)
                self.enter(after, x)
                for settled in self.settle(after):
                    yield "SYNC", x, settled
            if ("at", x) in tokens:
                for settled in self.ends(deal, x):
                    yield "END", x, settled
            held = [("at", x), ("stuck", x), ("open", x)]
            if step.timeout and any(token in tokens for token in held):
                after = self.fresh(deal)
                self.purge(after, x)
                for taken in self.take(after, x, step.timeout.result):
                    for settled in self.settle(taken):
                        yield "EXPIRE", x, settled

    def ends(self, deal: Deal, x: str) -> Iterator[Deal]:
        step = self.steps[x]
        before = self.fresh(deal)
        before["M"].remove(("at", x))
        for after in self.filled(before, step.captures):
            enabled = []
            for r in step.next.values():
                timed = step.timeout and step.timeout.result == r.id and r.share is None
                spent = r.at_most is not None and after["C"].get(f"{x}.{r.id}", 0) >= r.at_most
                if not (r.otherwise or timed or spent) and self.true(after, x, r.when, r.id):
                    enabled.append(r.id)
            if not enabled:
                enabled = [r.id for r in step.next.values() if r.otherwise]
            if not enabled:
                after["M"].append(("stuck", x))
                yield after
            for r in enabled:
                for taken in self.take(copied(after), x, r):
                    yield from self.settle(taken)

    def take(self, deal: Deal, x: str, r: str) -> Iterator[Deal]:
        """The results are deals with arrivals, ends of branches and of runs still ``due``."""
        step = self.steps[x]
        if r not in step.next:
            deal["flags"].add(("UNHANDLED", f"{x}.{r}", ""))
            yield deal
            return
        result = step.next[r]
        path = f"{x}.{r}"
        deal["taken"] = (*deal["taken"], path)
        if path in self.counted:
            deal["C"][path] = min(deal["C"].get(path, 0) + 1, MOST_COUNTED)
        old = dict(deal["D"])
        for field, expression in result.set.items():
            if field not in self.fields:
                continue
            value, missing = ("filled", ()) if expression is None else evaluate(expression, old)
            deal["flags"] |= {("UNFILLED", path, f) for f in missing}
            if value is not None:
                deal["D"][field] = value if self.exact else self.standing_for(field, value)
        for after in self.filled(deal, result.captures):
            for target in reversed(result.targets):
                after["M"].append(("due", x, target, r))
            yield after

    def settle(self, deal: Deal) -> Iterator[Deal]:
        """Do what is due, the last first."""
        due = [token for token in deal["M"] if token[0] in ("due", "start")]
        if not due:
            yield deal
            return
        token = due[-1]
        place = len(deal["M"]) - 1 - deal["M"][::-1].index(token)
        del deal["M"][place]
        for after in self.do(deal, token):
            yield from self.settle(after)

    def do(self, deal: Deal, token: tuple[str, ...]) -> Iterator[Deal]:
        if token[0] == "start":
            yield from self.entered(deal, token[1])
            return
        _, x, target, r = token
        branch, prefix = self.home[x]
        if target == "done" and branch:
            yield from self.finish(deal, branch)
        elif target == "leave" and branch:
            block = self.branches[branch][0]
            self.purge(deal, block)
            yield from self.take(deal, block, r)
        elif prefix + target in self.steps:
            y = prefix + target
            if self.steps[y].wait_for:
                if ("from", x, y) in deal["M"]:
                    deal["flags"].add(("PILE", y, ""))
                deal["M"].append(("from", x, y))
                yield deal
            else:
                yield from self.entered(deal, y)
        else:
            yield from self.reach(deal, prefix[:-1], target)

    def enter(self, deal: Deal, x: str) -> None:
        deal["M"].append(("start", x))

    def entered(self, deal: Deal, x: str) -> Iterator[Deal]:
        step = self.steps[x]
        if any((kind, x) in deal["M"] for kind in ("at", "stuck", "open")):
            deal["flags"].add(("TWICE", x, ""))
        deal["entered"] = (*deal["entered"], x)
        if x in self.watched:
            deal["V"].add(x)
        if isinstance(step, Work):
            deal["M"].append(("at", x))
            yield deal
        elif isinstance(step, Run):
            deal["M"].append(("open", x))
            (source,) = self.inner[x].sources.values()
            self.enter(deal, f"{x}.{source.start}")
            yield deal
        else:
            prefix = self.home[x][1]
            chosen = [
                branch
                for branch in step.branches.values()
                if self.true(deal, x, branch.when, branch.id)
            ]
            if chosen:
                deal["M"].append(("open", x))
                deal["M"].extend(("run", prefix + branch.node) for branch in chosen)
                for branch in reversed(chosen):
                    self.enter(deal, prefix + branch.start)
                yield deal
            elif (x, deal["D"], deal["C"], deal["V"]) in deal["seen"]:
                deal["M"].append(("stuck", x))  # it would go round for ever
                yield deal
            else:
                deal["seen"].append((x, dict(deal["D"]), dict(deal["C"]), set(deal["V"])))
                yield from self.take(deal, x, "done")

    def finish(self, deal: Deal, i: str) -> Iterator[Deal]:
        b, _ = self.branches[i]
        if any(self.lies_in(token, i) and token != ("run", i) for token in deal["M"]):
            deal["flags"].add(("UNFINISHED", i, ""))
        self.purge(deal, i)
        deal["M"] += [("run", i), ("fin", i)]
        ours = [name for name, (block, _) in self.branches.items() if block == b]
        ran = sum(("run", name) in deal["M"] for name in ours)
        finished = sum(("fin", name) in deal["M"] for name in ours)
        join = self.steps[b].join
        need = {"all": ran, "any": min(1, ran)}.get(join, min(self.steps[b].need, ran))
        if finished >= need:
            self.purge(deal, b)
            yield from self.take(deal, b, "done")
        else:
            yield deal

    def reach(self, deal: Deal, z: str, o: str) -> Iterator[Deal]:
        kind = (self.inner[z].outcomes if z else self.outcomes)[o].kind
        left = [t for t in deal["M"] if not z or (self.lies_in(t, z) and t != ("open", z))]
        if left and kind not in ("lost", "disqualified"):
            deal["flags"].add(("UNFINISHED", f"{z}.{o}" if z else o, ""))
        if z:
            self.purge(deal, z)
            yield from self.take(deal, z, o)
        else:
            deal["M"] = [("end", o)]
            yield deal

    # What the rules speak of

    def lies_in(self, token: tuple[str, ...], z: str) -> bool:
        """Whether a token lies in a scope; one that waits before a node lies where the node does."""
        kind = token[0]
        if kind == "from":
            return token[2].startswith(f"{z}.")
        if kind == "due":  # on its way from a step to another of the same scope
            return token[1].startswith(f"{z}.")
        return token[1] == z or token[1].startswith(f"{z}.")

    def purge(self, deal: Deal, z: str) -> None:
        deal["M"] = [token for token in deal["M"] if not self.lies_in(token, z)]

    def true(self, deal: Deal, x: str, when: Any, name: str) -> bool:
        if when is None:
            return True
        prefix = self.home[x][1]
        cut = len(prefix)
        outcome, missing = evaluate(
            when,
            deal["D"],
            visited={v[cut:] for v in deal["V"] if v.startswith(prefix)},
            times={c[cut:]: n for c, n in deal["C"].items() if c.startswith(prefix)},
        )
        deal["flags"] |= {("UNFILLED", f"{x}.{name}", field) for field in missing}
        return bool(outcome)

    def filled(self, deal: Deal, drawn: Any) -> Iterator[Deal]:
        """A deal for every way to fill fields."""
        fields = [field for field in drawn if field in self.fields]
        for values in product(*(self.possible(field, drawn[field]) for field in fields)):
            after = copied(deal)
            after["D"].update(zip(fields, values, strict=True))
            yield after

    def fresh(self, deal: Deal) -> Deal:
        return {**copied(deal), "flags": set(), "seen": [], "taken": (), "entered": ()}

    def possible(self, field: str, distribution: Any) -> list[Any]:
        """The values that stand for what a field can be filled with."""
        if distribution is None:
            return self.values[field]
        support = distribution.support()
        if support is not None:
            return list(dict.fromkeys(self.standing_for(field, value) for value in support))
        tries = [distribution.quantile(n / 997) for n in range(1, 997)]
        points = [cut for cut in self.cuts[field] if distribution.low < cut < distribution.high]
        return list(dict.fromkeys(self.standing_for(field, value) for value in [*tries, *points]))

    def standing_for(self, field: str, value: Any) -> Any:
        """The one of ``values`` in the same range."""
        if field not in NUMBERS:
            return value
        below = sum(cut < value for cut in self.cuts[field])
        return self.values[field][2 * below + any(cut == float(value) for cut in self.cuts[field])]


def copied(deal: Deal) -> Deal:
    """A deal that can be changed without changing the first; what it holds is never changed."""
    return {key: value if key in PASSED else value.copy() for key, value in deal.items()}
