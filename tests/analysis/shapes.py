"""Processes of the shapes that random graphs rarely have, as hypothesis strategies.

Each is a family: the frame is given, what goes where in it is drawn, and most of what is drawn is
wrong in some way. Data of the language by file name, the process itself first. Fields and literals
are those of salesflow.testing, so that the second token game knows their ranges.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from hypothesis import strategies as st

Data: TypeAlias = dict[str, Any]
Files: TypeAlias = dict[str, Data]
Draw: TypeAlias = Callable[[st.SearchStrategy[Any]], Any]

FIELDS: Data = {
    "amount": {"type": "money"},
    "region": {"type": "choice", "values": ["dach", "amer"]},
    "vip": {"type": "yes_no"},
    "urgent": {"type": "yes_no"},
    "contract": {"type": "document"},
}
OUTCOMES: Data = {
    "won": {"kind": "won"},
    "lost": {"kind": "lost"},
    "dropped": {"kind": "disqualified"},
}
ENDS = ("won", "lost", "dropped")
# Conditions in pairs of which exactly one is true once the field is filled.
PAIRS = (
    ("vip", "not vip"),
    ("amount >= 100", "amount < 100"),
    ("amount > 200", "amount <= 200"),
    ("region == dach", "region != dach"),
    ("filled(contract)", "not filled(contract)"),
    ("urgent and vip", "not urgent or not vip"),
)
SETS: tuple[Data, ...] = (
    {"vip": True},
    {"vip": False},
    {"amount": 50},
    {"amount": 250},
    {"region": "amer"},
    {"contract": "filled"},
    {"urgent": "vip"},
)
GIVES: Data = {"amount": {"min": 80, "max": 250}, "vip": "50%", "urgent": "40%", "region": "dach"}


class Pen:
    """What is drawn, in few words."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw

    def one(self, *options: Any) -> Any:
        return self.draw(st.sampled_from(options))

    def some(self, options: Any, least: int, most: int) -> list[Any]:
        """Different ones of some options, in their order."""
        most = min(most, len(options))
        picked = st.lists(
            st.sampled_from(range(len(options))), min_size=least, max_size=most, unique=True
        )
        return [options[at] for at in sorted(self.draw(picked))]

    def number(self, least: int, most: int) -> int:
        return int(self.draw(st.integers(least, most)))

    def seldom(self) -> bool:
        return self.number(0, 3) == 3

    def often(self) -> bool:
        return self.number(0, 3) > 0

    def way(self, *targets: Any, **more: Any) -> Data:
        """A result that may set a field or be limited."""
        way = {"to": self.one(*targets), **more}
        if self.seldom():
            way["set"] = self.one(*SETS)
        if "otherwise" not in way and self.seldom():
            way["at_most"] = self.number(1, 2)
        return way

    def decision(self, yes: tuple[Any, ...], no: tuple[Any, ...]) -> Data:
        """A step with two results, most often of a condition and its opposite."""
        one, other = self.one(*PAIRS)
        kind = self.number(0, 5)
        closing: Data = {"otherwise": True} if kind > 3 else {"when": other}
        if kind == 0:
            closing = {"when": self.one(*self.one(*PAIRS))}
        return {"next": {"fits": self.way(*yes, when=one), "misses": self.way(*no, **closing)}}

    def work(self, *targets: Any, most: int = 2) -> Data:
        """A step with free results."""
        names = [f"r{n}" for n in range(self.number(1, most))]
        return self.filling({"next": {name: self.way(*targets) for name in names}})

    def filling(self, step: Data) -> Data:
        if self.seldom():
            step["captures"] = self.one(["vip"], ["amount"], ["contract"], {"vip": "100%"})
        return step

    def timed(self, step: Data, *targets: Any) -> Data:
        if self.seldom():
            step["timeout"] = {"after": "2d", "result": "late"}
            step["next"]["late"] = {"to": self.one(*targets)}
        return step


def process(steps: Data, *, sources: Data | None = None, use: bool = False, **more: Any) -> Data:
    """A document; whoever arrives at a step that waits is waited for."""
    meet(steps)
    first = next(iter(steps))
    return {
        "salesflow": 1,
        "process": more.get("name", "shaped"),
        **({"use": ["inner.salesflow.yaml"]} if use else {}),
        "data": FIELDS,
        "sources": sources or {"inbound": {"start": first, "gives": more.get("gives", GIVES)}},
        "steps": steps,
        "outcomes": more.get("outcomes", OUTCOMES),
    }


def meet(steps: Data) -> None:
    """Write for each step that waits whom it waits for: all that lead there."""
    for name, step in steps.items():
        for branch in step.get("parallel", {}).values():
            meet(branch["steps"])
        if "wait_for" in step:
            step["wait_for"] = [o for o, other in steps.items() if name in leads_to(other)]
            if not step["wait_for"]:
                del step["wait_for"]


def leads_to(step: Data) -> set[str]:
    """All targets of a step."""
    to = [way["to"] if isinstance(way, dict) else way for way in step["next"].values()]
    return {t for target in to for t in ([target] if isinstance(target, str) else target)}


def alone(main: Data) -> Files:
    return {"main.salesflow.yaml": main}


@st.composite
def livelocks(draw: Draw) -> Files:
    """A ring whose ways out are conditional, limited, missing, or only another thread's."""
    pen = Pen(draw)
    ring = [f"ring{n}" for n in range(pen.number(1, 3))]
    steps: Data = {"ask": pen.decision((ring[0], "other"), (*ENDS, "other"))}
    for at, name in enumerate(ring):
        on = ring[(at + 1) % len(ring)]
        step: Data = {"next": {"go": {"to": on}}}
        kind = pen.number(0, 5)
        if kind == 1:
            step = pen.decision(("won", "other"), (on,))
        elif kind == 2:
            step["next"]["out"] = {"to": pen.one("won", "other"), "at_most": 1}
        elif kind == 3:
            step["next"]["go"] |= {"at_most": pen.number(1, 2), "set": pen.one(*SETS)}
            step["next"]["out"] = {"to": pen.one("lost", "other"), "otherwise": True}
        elif kind == 4:
            asked = pen.one("visited(other)", f"times({name}.go) >= 2")
            step["next"]["out"] = {"to": "won", "when": asked}
        steps[name] = pen.timed(pen.filling(step), "lost", on)
    steps["other"] = pen.work(*ENDS, ring[-1], "ask")
    if pen.seldom():  # one thread goes round, the other waits for it or ends the deal
        steps["ask"] = {"next": {"both": {"to": [ring[0], "other"]}}}
        steps["other"] = pen.work("met", "lost", "won")
        steps["met"] = {"wait_for": [], **pen.work("won", "lost")}
    return alone(process(steps, gives=pen.one(GIVES, {"vip": "50%"})))


@st.composite
def correlated(draw: Draw) -> Files:
    """Decisions one behind another on few fields: many of their results are never taken."""
    pen = Pen(draw)
    names = [f"d{n}" for n in range(pen.number(2, 4))]
    steps: Data = {}
    for at, name in enumerate(names):
        ahead = (*names[at + 1 : at + 3], *ENDS[:2]) if at + 1 < len(names) else ENDS
        back = (names[0], name) if pen.seldom() else ()
        steps[name] = pen.filling(pen.decision(ahead, (*ahead, *back)))
    return alone(process(steps, gives=pen.one(GIVES, {"vip": "50%", "amount": 150})))


@st.composite
def unfinished(draw: Draw) -> Files:
    """Threads that meet, or one of which ends the deal while others are at work."""
    pen = Pen(draw)
    threads = [f"t{n}" for n in range(pen.number(2, 3))]
    steps: Data = {"split": {"next": {"go": {"to": list(threads)}}}}
    for name in threads:
        kind = pen.number(0, 4)
        if kind == 0:
            steps[name] = pen.decision(("met",), ("met", f"{name}b"))
        else:
            steps[name] = pen.filling(pen.work("met", "met", f"{name}b", pen.one(*ENDS)))
        if kind == 1:
            steps[name]["next"]["again"] = {"to": ["met", f"{name}b"]}
        steps[f"{name}b"] = pen.timed(pen.work("met", name, pen.one(*ENDS)), "met", "lost")
    steps["met"] = {**pen.work("won", "lost", "split"), **({"wait_for": []} if pen.often() else {})}
    return alone(process(steps))


@st.composite
def loops_through_splits(draw: Draw) -> Files:
    """From behind the meeting point back to the split, to one of its threads, or into the middle."""
    pen = Pen(draw)
    steps: Data = {
        "begin": pen.work("split", "left", "won"),
        "split": {"next": {"go": {"to": ["left", "right"]}}},
        "left": pen.work("met", "met", "deep"),
        "right": pen.filling(pen.work("met", "met", "right")),
        "deep": {"next": {"go": {"to": pen.one(["met", "left"], ["d1", "d2"])}}},
        "d1": pen.work("d3", "d3", "d1"),
        "d2": pen.timed(pen.work("d3"), "d3"),
        "d3": {"wait_for": [], "next": {"go": {"to": "met"}}},
        "met": {"wait_for": [], **pen.decision(("split", "left", "right"), ENDS)},
    }
    if pen.seldom():
        steps["met"]["next"]["fits"]["to"] = ["left", "right"]
    if steps["deep"]["next"]["go"]["to"] != ["d1", "d2"]:
        for name in ("d1", "d2", "d3"):
            del steps[name]
    return alone(process(steps))


@st.composite
def blocks(draw: Draw, *, runs: bool = False) -> Files:
    """A block in a loop: branches that read what others write, leave, are late, run, are nested."""
    pen = Pen(draw)
    steps: Data = {
        "ask": pen.filling(pen.work("block")),
        "block": _block(pen, 1, runs),
        "judge": pen.decision(("won",), ("block", "lost", "ask", "block")),
    }
    for way in steps["block"]["next"].values():
        way["to"] = pen.one("judge", "judge", *ENDS, "ask")
    main = process(steps, use=runs)
    return {**alone(main), **({"inner.salesflow.yaml": _inner(pen)} if runs else {})}


@st.composite
def runs(draw: Draw) -> Files:
    """Sub-processes in the branches of a block, in threads and in loops."""
    pen = Pen(draw)
    if pen.often():
        return dict(draw(blocks(runs=True)))
    running: Data = {"run": "inner", "next": {}}
    threads: Data = {}
    for name in ("one", "two"):
        ways = {o: pen.way("met", "met", "lost", name) for o in ("agreed", "refused")}
        for way in ways.values():
            way.pop("at_most", None)
        threads[name] = pen.timed({**running, "next": ways}, "met", name)
    steps: Data = {
        "ask": {"next": {"both": {"to": ["one", "two"]}, "none": {"to": "met2"}}},
        **threads,
        "met": {"wait_for": [], **pen.decision(("won",), ("met2", "ask"))},
        "met2": pen.work("won", "lost", "one"),
    }
    return {**alone(process(steps, use=True)), "inner.salesflow.yaml": _inner(pen)}


@st.composite
def sources(draw: Draw) -> Files:
    """Several sources, each with its own start and its own values."""
    pen = Pen(draw)
    names = [f"d{n}" for n in range(3)]
    steps: Data = {
        name: pen.filling(pen.decision((*names, *ENDS), (*ENDS, names[-1]))) for name in names
    }
    known: Data = {"vip": "0%"}
    given = [GIVES, known, {"vip": "100%", "amount": 150}, {"amount": {"min": 10, "max": 60}}]
    return alone(
        process(
            steps,
            sources={
                f"from_{name}": {"start": name, "gives": pen.one(*given)}
                for name in names[: pen.number(2, 3)]
            },
        )
    )


@st.composite
def parallel_captures(draw: Draw) -> Files:
    """What is decided behind a meeting point hangs on what its threads filled, or did not."""
    pen = Pen(draw)
    fields = pen.some(("vip", "amount", "contract", "urgent"), 2, 3)
    threads: Data = {}
    for field in fields:
        way: Data = {"to": "met"}
        skip: Data = {"skip": {"to": "met", **({"when": "vip"} if pen.seldom() else {})}}
        filled = {"captures": [field], "next": {"got": way}}
        late = {"next": {"got": {**way, "captures": [field]}}}
        step = filled if pen.often() else late
        threads[f"get_{field}"] = {**step, "next": step["next"] | (skip if pen.seldom() else {})}
    after: Data = {
        "decide": pen.decision(("check", "won"), ("check", "lost")),
        "check": pen.decision(("won",), ("decide", "lost")),
    }
    gives = pen.one({}, {"urgent": "40%"})
    if pen.often():
        steps = {"split": {"next": {"go": {"to": list(threads)}}}, **threads}
        steps["met"] = {"wait_for": [], "next": {"done": {"to": "decide"}}}
        return alone(process({**steps, **after}, gives=gives))
    parallel: Data = {}
    for name, step in threads.items():
        for way in step["next"].values():
            way["to"] = "done"
        parallel[name] = {"steps": {name: step}}
        if pen.seldom():
            parallel[name]["when"] = pen.one("urgent", "not urgent", "vip")
    join = pen.one("all", "any", {"at_least": 2})
    block = {"parallel": parallel, "join": join, "next": {"done": {"to": "decide"}}}
    return alone(process({"block": block, **after}, gives=gives))


def _block(pen: Pen, depth: int, runs: bool) -> Data:
    """A block whose ``next`` names what it needs, or something else; all lead to ``lost``."""
    parallel: Data = {}
    for name in ("b0", "b1", "b2")[: pen.number(2, 2 + depth)]:
        steps: Data = {}
        for at in range(pen.number(1, 2)):
            targets = ("done", "done", "leave", f"{name}s1" if at == 0 else f"{name}s0")
            steps[f"{name}s{at}"] = _inside(pen, depth, runs, targets)
        named = {t for step in steps.values() for t in leads_to(step)}
        if f"{name}s1" in named | steps.keys():
            steps.setdefault(f"{name}s1", {"next": {"go": {"to": "done"}}})
        parallel[name] = {"start": f"{name}s0", "steps": steps}
        if pen.seldom():
            parallel[name]["when"] = pen.one(*pen.one(*PAIRS))
    left = sorted(
        result
        for branch in parallel.values()
        for step in branch["steps"].values()
        for result, way in step["next"].items()
        if way["to"] == "leave"
    )
    named_results = ["done", *dict.fromkeys(left)]
    if len(named_results) > 1 and pen.number(0, 7) == 7:
        named_results.pop()
    join = pen.one("all", "all", "any", {"at_least": pen.number(1, len(parallel))})
    block = {
        "parallel": parallel,
        "join": join,
        "next": {result: {"to": "lost"} for result in named_results},
    }
    return pen.timed(block, "lost")


def _inside(pen: Pen, depth: int, runs: bool, targets: tuple[str, ...]) -> Data:
    """A step of a branch."""
    kind = pen.number(0, 5)
    if kind == 0 and depth:
        block = _block(pen, depth - 1, runs)
        for result, way in block["next"].items():
            way["to"] = pen.one(*(t for t in targets if t != "leave" or result != "done"))
        return block
    if kind == 1 and runs:
        ways = {"agreed": {"to": "done"}, "refused": {"to": pen.one(*targets)}}
        return pen.timed({"run": "inner", "next": ways}, *targets)
    if kind <= 3:
        return pen.timed(pen.filling(pen.decision(targets, targets)), *targets)
    return pen.timed(pen.work(*targets), *targets)


def _inner(pen: Pen) -> Data:
    """A process to run: a decision, or a split one thread of which may end it."""
    outcomes = {"agreed": {"kind": "done"}, "refused": {"kind": "failed"}}
    ends = tuple(outcomes)
    steps: Data = {"first": pen.decision((*ends, "second"), ("second", *ends))}
    steps["second"] = pen.work(*ends, "first")
    if pen.seldom():
        steps["second"] = {"next": {"go": {"to": ["third", "fourth"]}}}
        steps["third"] = pen.work("last", "last", "agreed")
        steps["fourth"] = pen.work("last")
        steps["last"] = {"wait_for": [], "next": {"go": {"to": "agreed"}}}
    return process(steps, name="inner", outcomes=outcomes)
