"""The same few steps in ever other arrangements: what two versions of a process may be at worst."""

from random import Random
from typing import Any

Data = dict[str, Any]


def arranged(names: list[str], random: Random) -> Data:
    """Steps in rows, choices, loops, threads and blocks in each other."""
    names = random.sample(names, len(names))
    steps: Data = {}
    start = _arrange(steps, names, "won", random)
    first = {"captures": ["vip"], "next": {"go": start}}
    return {
        "salesflow": 1,
        "process": "flow",
        "data": {"vip": {"type": "yes_no"}},
        "sources": {"inbound": {"start": "begin"}},
        "steps": {"begin": first, **steps},
        "outcomes": {"won": {"kind": "won"}, "lost": {"kind": "lost"}},
    }


def _arrange(steps: Data, names: list[str], to: str, random: Random) -> str:
    """Where the arranged steps begin; they lead to ``to``."""
    if len(names) == 1:
        ways: Data = {"go": {"to": to}}
        if "won" in (to, random.choice(["won", "", ""])) and random.random() < 0.3:
            ways["nope"] = {"to": "lost" if to == "won" else to}
        steps[names[0]] = {"next": ways}
        return names[0]
    cut = random.randint(1, len(names) - 1)
    one, other = names[:cut], names[cut:]
    mark = "".join(sorted(names))
    kind = random.choice(["row", "row", "choice", "loop", "threads", "block"])
    if kind == "row":
        return _arrange(steps, one, _arrange(steps, other, to, random), random)
    if kind == "choice":
        guard = random.choice([{}, {"when": "vip"}])
        ways = {"left": {"to": _arrange(steps, one, to, random), **guard}}
        ways["right"] = {"to": _arrange(steps, other, to, random)}
        if guard:
            ways["right"]["otherwise"] = True
        steps[f"c_{mark}"] = {"next": ways}
        return f"c_{mark}"
    if kind == "loop":
        start = _arrange(steps, names[:-1], names[-1], random)
        limit = random.choice([{}, {"at_most": 1}])
        steps[names[-1]] = {"next": {"again": {"to": start, **limit}, "ahead": {"to": to}}}
        return start
    if kind == "threads" and to != "done":
        ends = [f"e_{mark}_{n}" for n in range(2)]
        starts = [
            _arrange(steps, part, end, random) for part, end in zip((one, other), ends, strict=True)
        ]
        meet = f"m_{mark}"
        steps.update({end: {"next": {"go": {"to": meet}}} for end in ends})
        steps[meet] = {"wait_for": ends, "next": {"go": {"to": to}}}
        steps[f"t_{mark}"] = {"next": {"go": {"to": starts}}}
        return f"t_{mark}"
    parallel: Data = {}
    for name, part in (("left", one), ("right", other)):
        inner: Data = {}
        start = _arrange(inner, part, "done", random)
        parallel[name] = {"start": start, "steps": inner}
    if random.random() < 0.3:
        parallel["left"]["when"] = "vip"
    join = random.choice(["all", "all", "any"])
    steps[f"b_{mark}"] = {"parallel": parallel, "join": join, "next": {"done": {"to": to}}}
    return f"b_{mark}"
