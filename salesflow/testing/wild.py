"""Processes and families of them in which anything may be wrong with how deals go."""

from collections.abc import Callable
from typing import Any, TypeAlias

from hypothesis import strategies as st

Data: TypeAlias = dict[str, Any]
Draw: TypeAlias = Callable[[st.SearchStrategy[Any]], Any]

_FIELDS: Data = {
    "amount": {"type": "money"},
    "discount": {"type": "percent"},
    "region": {"type": "choice", "values": ["dach", "amer"]},
    "vip": {"type": "yes_no"},
    "urgent": {"type": "yes_no"},
    "contract": {"type": "document"},
}
_CONDITIONS = (
    "amount >= 100",
    "amount < 100",
    "amount > 200",
    "amount == 100",
    "discount <= 20%",
    "discount > 20%",
    "region == dach",
    "region != dach",
    "vip",
    "not vip",
    "filled(contract)",
    "filled(amount) and amount >= 100",
    "not filled(discount) or discount < 10%",
    "vip or region == amer",
    "urgent and not vip",
)
_SETS: tuple[Data, ...] = (
    {"amount": 50},
    {"amount": 250},
    {"discount": "25%"},
    {"region": "amer"},
    {"vip": True},
    {"contract": "filled"},
    {"vip": False, "amount": 100},
    {"vip": "urgent", "urgent": "vip"},
)
_ARITHMETIC: tuple[Data, ...] = ({"amount": "amount * 1.5"}, {"amount": "amount - 60"})
_CAPTURES: tuple[Any, ...] = (
    ["amount"],
    ["contract"],
    ["region", "vip"],
    {"amount": {"any_of": {"60": "50%", "150": "rest"}}},
    {"amount": {"min": 80, "max": 120}},
    {"discount": {"any_of": {"0%": "60%", "25%": "rest"}}},
    {"vip": "30%"},
    {"urgent": "100%", "vip": "0%"},
    {"contract": "filled", "region": {"dach": "100%"}},
)
_GIVES = tuple(given for given in _CAPTURES if isinstance(given, dict))
_OUTCOMES: Data = {
    "won": {"kind": "won"},
    "lost": {"kind": "lost"},
    "dropped": {"kind": "disqualified"},
}
_DIAMOND = 4  # steps of a split, its two threads and their meeting point
_INNER_OUTCOMES: Data = {"agreed": {"kind": "done"}, "refused": {"kind": "failed"}}


@st.composite
def processes(draw: Draw, *, steps: int = 5, depth: int = 2, arithmetic: bool = False) -> Data:
    """A process as data: at most ``steps`` steps a scope, blocks in blocks to ``depth``.

    With ``arithmetic`` results also set fields to what is worked out from them.
    """
    return _Writer(draw, arithmetic=arithmetic).process("generated", steps, depth, _OUTCOMES)


@st.composite
def families(draw: Draw, *, steps: int = 4, depth: int = 1) -> dict[str, Data]:
    """A process and one that it may run, by file name; the first is ``main.salesflow.yaml``."""
    inner = _Writer(draw).process("inner", steps, depth, _INNER_OUTCOMES, sources=1)
    writer = _Writer(draw, runs=True)
    main = writer.process("main", steps, depth, _OUTCOMES)
    main["use"] = ["inner.salesflow.yaml"]
    return {"main.salesflow.yaml": main, "inner.salesflow.yaml": inner}


class _Writer:
    """Writes one process; everything is drawn in the order written, simplest first."""

    def __init__(self, draw: Draw, *, arithmetic: bool = False, runs: bool = False) -> None:
        self.draw = draw
        self.sets = (*_SETS, *_ARITHMETIC) if arithmetic else _SETS
        self.runs = runs
        self.paths: list[str] = []

    def process(
        self, name: str, steps: int, depth: int, outcomes: Data, *, sources: int = 2
    ) -> Data:
        written = self.scope("", steps, depth, list(outcomes))
        self.conditions(written)
        starts = [step for step, spec in written.items() if "wait_for" not in spec]
        count = min(self.number(1, sources), len(starts))
        return {
            "salesflow": 1,
            "process": name,
            "data": _FIELDS,
            "sources": {
                f"source_{n}": self.maybe({"start": starts[n]}, {"gives": self.one(_GIVES)})
                for n in range(count)
            },
            "steps": written,
            "outcomes": outcomes,
        }

    def scope(self, prefix: str, most: int, depth: int, exits: list[str]) -> Data:
        """The steps of a process or branch, the first of which nothing is waited for at."""
        names = [f"s{n}" for n in range(self.number(min(most, 2), most))]
        targets = [*names[1:], *exits, *names[:1]]
        steps = {name: self.step(f"{prefix}{name}", targets, depth) for name in names}
        if self.chance(len(names) >= _DIAMOND):
            _split_and_meet(steps, names, again=self.chance(True))
        for name in names[1:]:
            arriving = [s for s, spec in steps.items() if name in _targets(spec)]
            waits = "wait_for" in steps[name] or self.number(0, 5) == 5
            if arriving and waits:
                steps[name]["wait_for"] = arriving
        return steps

    def step(self, path: str, targets: list[str], depth: int) -> Data:
        kind = self.number(0, 9)
        if kind >= 8 and depth:
            return self.block(path, targets, depth)
        if kind == 7 and self.runs:
            return self.timed(
                {"run": "inner", "next": self.ways(_INNER_OUTCOMES, targets)}, targets
            )
        return self.work(path, targets)

    def work(self, path: str, targets: list[str]) -> Data:
        results = [f"r{n}" for n in range(self.number(1, 3))]
        step = self.maybe({"next": self.ways(results, targets)}, {"captures": self.one(_CAPTURES)})
        self.paths.append(path)
        for result in results[:-1]:
            self.limit(step["next"][result])
        if self.chance(len(results) > 1):
            step["next"][results[-1]]["otherwise"] = True
        else:
            self.limit(step["next"][results[-1]])
        if self.chance(self.number(0, 3) == 3):
            step["timeout"] = {"after": "2d", "result": "late"}
            step["next"]["late"] = self.way(targets)
            if self.chance(True):
                step["next"]["late"]["share"] = "30%"
        return step

    def block(self, path: str, targets: list[str], depth: int) -> Data:
        parallel: Data = {}
        left: set[str] = set()
        for name in [f"b{n}" for n in range(self.number(1, 3))]:
            inner = self.scope(f"{path}.{name}.", 3, depth - 1, ["done", "leave"])
            parallel[name] = {"start": next(iter(inner)), "steps": inner}
            left |= {
                result
                for spec in inner.values()
                for result, way in spec["next"].items()
                if way["to"] == "leave" and result != "done"
            }
        joins = ["all", "any", {"at_least": self.number(1, len(parallel))}]
        block = {"parallel": parallel, "join": self.one(joins)}
        if left and self.number(0, 3) == 3:
            left.pop() if len(left) == 1 else left.remove(min(left))
        block["next"] = self.ways(["done", *sorted(left)], targets)
        return self.timed(block, targets)

    def timed(self, step: Data, targets: list[str]) -> Data:
        if self.chance(self.number(0, 2) == 2):
            step["timeout"] = {"after": "2d", "result": "late"}
            step["next"]["late"] = self.way(targets)
        return step

    def ways(self, results: Any, targets: list[str]) -> Data:
        """Where results lead; what is done is not left."""
        staying = [target for target in targets if target != "leave"]
        return {name: self.way(staying if name == "done" else targets) for name in results}

    def way(self, targets: list[str]) -> Data:
        """Where a result leads; one step on is the simplest."""
        steps = [target for target in targets if target.startswith("s")]
        to: Any = self.one(targets)
        if len(steps) > 1 and self.number(0, 9) == 9:
            to = sorted(self.draw(st.permutations(steps))[:2])
        way = self.maybe({"to": to}, {"set": self.one(self.sets)})
        return self.maybe(way, {"captures": self.one(_CAPTURES)}, rarely=True)

    def limit(self, way: Data) -> None:
        kind = self.number(0, 5)
        if kind >= 3:
            way["when"] = ""  # written once all steps are known
        if kind in (2, 3):
            way["at_most"] = self.number(1, 2)

    def conditions(self, steps: Data) -> None:
        """Write the conditions of a scope's results and branches, and of those within."""
        waiting = [steps]
        while waiting:
            for spec in waiting.pop().values():
                for way in spec["next"].values():
                    if "when" in way:
                        way["when"] = self.condition()
                for branch in spec.get("parallel", {}).values():
                    if self.chance(True):
                        branch["when"] = self.condition()
                    waiting.append(branch["steps"])

    def condition(self) -> str:
        kind = self.number(0, 7)
        if kind == 6 and self.paths:
            return f"visited({self.one(self.paths)})"
        if kind == 7 and self.paths:
            return f"times({self.one(self.paths)}.r0) {self.one(['<', '>='])} {self.number(1, 2)}"
        return str(self.one(_CONDITIONS))

    def maybe(self, data: Data, more: Data, *, rarely: bool = False) -> Data:
        """The data with more keys, or without."""
        return {**data, **more} if self.number(0, 5 if rarely else 2) == 2 else data

    def chance(self, worth: bool) -> bool:
        return worth and bool(self.draw(st.booleans()))

    def number(self, least: int, most: int) -> int:
        return int(self.draw(st.integers(least, most)))

    def one(self, options: Any) -> Any:
        return self.draw(st.sampled_from(options))


def _split_and_meet(steps: Data, names: list[str], *, again: bool) -> None:
    """Let the first step start two that lead to the last, which waits for both.

    ``again``: one of the two also starts itself again, and so arrives more than once.
    """
    one, other, meeting = names[-3:]
    next(iter(steps[names[0]]["next"].values()))["to"] = [one, other]
    for name in (one, other):
        next(iter(steps[name]["next"].values()))["to"] = meeting
    if again:
        next(iter(steps[one]["next"].values()))["to"] = [meeting, one]
    steps[meeting]["wait_for"] = []


def _targets(spec: Data) -> set[str]:
    """All targets of a step's results."""
    to = [way["to"] for way in spec["next"].values()]
    return {t for target in to for t in ([target] if isinstance(target, str) else target)}
