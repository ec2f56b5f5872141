"""Processes in which nothing is wrong: grown from whole blocks, each with one way in and one on.

As structured programs cannot jump into the middle of a loop, what is nested like this cannot
deadlock, come twice, leave work over or go round for ever: sequence, exclusive choice, loop with a
way out, threads that all meet again, blocks of branches, sub-processes. Conditions part all values
of a field that the deciding step has just captured, ``at_most`` goes with an ``otherwise``, and
what a step requires was captured on every way to it.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from hypothesis import strategies as st

Data: TypeAlias = dict[str, Any]
Draw: TypeAlias = Callable[[st.SearchStrategy[Any]], Any]
Known: TypeAlias = frozenset[str]  # fields that are filled on every way here

_FIELDS: Data = {
    "amount": {"type": "money"},
    "region": {"type": "choice", "values": ["dach", "amer"]},
    "vip": {"type": "yes_no"},
    "contract": {"type": "document"},
    "budget": {"type": "money"},
    "champion": {"type": "person"},
}
# Field -> a condition and its opposite.
_PARTED = {
    "amount": ("amount >= 100", "amount < 100"),
    "region": ("region == dach", "region != dach"),
    "vip": ("vip", "not vip"),
    "budget": ("budget > 250", "budget <= 250"),
}
_OUTCOMES: Data = {"won": {"kind": "won"}, "lost": {"kind": "lost"}}
_INNER_OUTCOMES: Data = {"agreed": {"kind": "done"}, "refused": {"kind": "failed"}}


@st.composite
def sound_processes(draw: Draw, *, depth: int = 3) -> Data:
    """A process as data in which nothing is wrong, of blocks in blocks to ``depth``."""
    return _Grower(draw).process("sound", depth, _OUTCOMES, "won", "lost")


@st.composite
def sound_families(draw: Draw, *, depth: int = 2) -> dict[str, Data]:
    """A process and one that it may run, by file name; the first is ``main.salesflow.yaml``."""
    inner = _Grower(draw).process("inner", 1, _INNER_OUTCOMES, "agreed", "")
    main = _Grower(draw, runs=True).process("main", depth, _OUTCOMES, "won", "lost")
    main["use"] = ["inner.salesflow.yaml"]
    return {"main.salesflow.yaml": main, "inner.salesflow.yaml": inner}


class _Scope:
    """The steps of a process or branch under way; ``exit`` is where deals may be given up."""

    def __init__(self, leave: str) -> None:
        self.steps: Data = {}
        self.exit = leave
        self.left: list[str] = []  # results that leave the branch

    def step(self, name: str, step: Data, ways: Data) -> str:
        """Write a step with the targets of its results; its name."""
        self.steps[name] = {**step, "next": ways}
        return name


Grow: TypeAlias = Callable[[_Scope, int, str, Known], tuple[str, Known]]


class _Grower:
    """Grows a process backwards: each part is told where it leads and says where it begins."""

    def __init__(self, draw: Draw, *, runs: bool = False) -> None:
        self.draw = draw
        self.runs = runs
        self.count = 0

    def process(self, name: str, depth: int, outcomes: Data, good: str, bad: str) -> Data:
        given = frozenset(self.some(["champion", "contract"]))
        scope = _Scope(bad)
        end = self.name()
        start, known = self.part(scope, depth, end, given)
        ways = dict(zip(("first", "second"), (good, next(reversed(outcomes))), strict=True))
        scope.step(end, self.requiring(known), {r: {"to": t} for r, t in ways.items()})
        gives = dict.fromkeys(sorted(given), "filled")
        return {
            "salesflow": 1,
            "process": name,
            "data": _FIELDS,
            "sources": {"inbound": {"start": start, "gives": gives}},
            "steps": scope.steps,
            "outcomes": outcomes,
        }

    def part(self, scope: _Scope, depth: int, to: str, known: Known) -> tuple[str, Known]:
        """Any part that leads to ``to``; where it begins, and what is filled behind it."""
        kinds: list[Grow] = [self.work]
        if depth:
            kinds += [self.sequence, self.sequence, self.choice, self.loop, self.block]
            kinds += [self.threads] if to != "done" else []
            kinds += [self.run] if self.runs else []
        grow: Grow = self.draw(st.sampled_from(kinds))
        return grow(scope, depth - 1, to, known)

    def work(self, scope: _Scope, _: int, to: str, known: Known) -> tuple[str, Known]:
        """One step, which may capture, require, be late, give a deal up or be limited."""
        name = self.name()
        captured = self.some(sorted(_FIELDS))
        step = {**self.requiring(known), **({"captures": captured} if captured else {})}
        ways: Data = {"go": {"to": to}}
        kind = self.draw(st.integers(0, 5))
        if kind == 1:
            ways = {"soon": {"to": to, "at_most": 1}, "then": {"to": to, "otherwise": True}}
        elif kind == 2 and scope.exit:
            ways[self.giving_up(scope)] = {"to": scope.exit}
        elif kind == 3:
            step["timeout"] = {"after": "9d", "result": "late"}
            ways["late"] = {"to": to}
        return scope.step(name, step, ways), known | (set() if kind == 3 else set(captured))

    def giving_up(self, scope: _Scope) -> str:
        result = f"stop{self.count}"
        scope.left.append(result)
        return result

    def sequence(self, scope: _Scope, depth: int, to: str, known: Known) -> tuple[str, Known]:
        """One part behind the other. What the first fills the second may require."""
        between = self.name()
        start, known = self.part(scope, depth, between, known)
        first, known = self.part(scope, depth, to, known)
        scope.step(between, {}, {"go": {"to": first}})
        return start, known

    def choice(self, scope: _Scope, depth: int, to: str, known: Known) -> tuple[str, Known]:
        """A decision on a field just captured, or a free one, with a part on each way."""
        name = self.name()
        field = self.draw(st.sampled_from(sorted(_PARTED)))
        one, other = _PARTED[field]
        behind = known | {field}
        starts = [self.part(scope, depth, to, behind) for _ in range(2)]
        yes: Data = {"to": starts[0][0], "when": one}
        no: Data = {"to": starts[1][0], "when": other}
        kind = self.draw(st.integers(0, 2))
        if kind == 1:
            no = {"to": starts[1][0], "otherwise": True}
        elif kind == 2:
            yes, no = {"to": starts[0][0]}, {"to": starts[1][0]}
        step = {**self.requiring(known), "captures": [field]}
        return scope.step(name, step, {"fits": yes, "misses": no}), starts[0][1] & starts[1][1]

    def loop(self, scope: _Scope, depth: int, to: str, known: Known) -> tuple[str, Known]:
        """A part and a check behind it, from which it may begin again."""
        check = self.name()
        start, known = self.part(scope, depth, check, known)
        field = self.draw(st.sampled_from(sorted(_PARTED)))
        one, other = _PARTED[field]
        again: Data = {"to": start}
        out: Data = {"to": to}
        kind = self.draw(st.integers(0, 2))
        if kind == 1:
            again, out = {**again, "at_most": 2}, {**out, "otherwise": True}
        elif kind == 2:
            again, out = {**again, "when": one}, {**out, "when": other}
        step = {**self.requiring(known), "captures": [field]}
        scope.step(check, step, {"again": again, "ahead": out})
        return start, known | {field}

    def threads(self, scope: _Scope, depth: int, to: str, known: Known) -> tuple[str, Known]:
        """Several targets, and a step that waits for the last of each thread."""
        split, meeting = self.name(), self.name()
        ends = [self.name() for _ in range(self.draw(st.integers(2, 3)))]
        starts = [self.part(scope, depth, end, known) for end in ends]
        for end in ends:
            scope.step(end, {}, {"go": {"to": meeting}})
        scope.step(split, self.requiring(known), {"both": {"to": [start for start, _ in starts]}})
        behind = known.union(*(after for _, after in starts))
        scope.step(meeting, {**self.requiring(behind), "wait_for": ends}, {"go": {"to": to}})
        return split, behind

    def block(self, scope: _Scope, depth: int, to: str, known: Known) -> tuple[str, Known]:
        """Branches; one may leave, the whole may be late, a branch may not run."""
        name, behind = self.name(), self.name()
        parallel: Data = {}
        left: list[str] = []
        filled = known
        for branch in range(self.draw(st.integers(2, 3))):
            inner = _Scope("leave")
            first, after = self.part(inner, depth, "done", known)
            parallel[f"b{branch}"] = {"start": first, "steps": inner.steps}
            left += inner.left
            filled |= after
        join = self.draw(st.sampled_from(["all", "all", "any", {"at_least": 2}]))
        start = name
        if self.draw(st.booleans()):
            field = self.draw(st.sampled_from(sorted(_PARTED)))
            parallel["b0"]["when"] = _PARTED[field][0]
            start = scope.step(self.name(), {"captures": [field]}, {"go": {"to": name}})
            filled |= {field}
            known |= {field}
        ways = {result: {"to": behind} for result in ("done", *left)}
        step: Data = {"parallel": parallel, "join": join}
        if self.draw(st.booleans()):
            step["timeout"] = {"after": "30d", "result": "late"}
            ways["late"] = {"to": behind}
        scope.step(name, step, ways)
        scope.step(behind, {}, {"go": {"to": to}})
        whole = join == "all" and len(ways) == 1 and "when" not in parallel["b0"]
        return start, filled if whole else known

    def run(self, scope: _Scope, _: int, to: str, known: Known) -> tuple[str, Known]:
        """A sub-process, after a step that captures what it asks for."""
        name, before = self.name(), self.name()
        needed = ["champion", "contract"]
        scope.step(before, {"captures": needed}, {"go": {"to": name}})
        step = {"run": "inner"}
        scope.step(name, step, {"agreed": {"to": to}, "refused": {"to": to}})
        return before, known.union(needed)

    def requiring(self, known: Known) -> Data:
        """What a step may require."""
        required = self.some(sorted(known))
        return {"requires": required} if required else {}

    def some(self, names: list[str]) -> list[str]:
        """Up to two of some names."""
        if not names:
            return []
        return sorted(self.draw(st.sets(st.sampled_from(names), max_size=2)))

    def name(self) -> str:
        self.count += 1
        return f"s{self.count}"
