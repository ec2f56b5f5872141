"""Processes of any size in the shapes that are hard to prove right, as data of the language."""

import json
from random import Random
from typing import Any

Data = dict[str, Any]
OUTCOMES: Data = {"won": {"kind": "won"}, "lost": {"kind": "lost"}}


def document(steps: Data, start: str) -> Data:
    return {
        "salesflow": 1,
        "process": "shaped",
        "sources": {"inbound": {"start": start}},
        "steps": steps,
        "outcomes": {name: OUTCOMES[name] for name in OUTCOMES if f'"{name}"' in json.dumps(steps)},
    }


def sequence(count: int) -> Data:
    """So many steps in a row, each of which may also end lost."""
    steps = {
        f"s{n}": {"next": {"good": f"s{n + 1}" if n + 1 < count else "won", "bad": "lost"}}
        for n in range(count)
    }
    return document(steps, "s0")


def branches(count: int, *, choice: bool = False) -> Data:
    """One block of so many branches of one step, or of a choice between two."""
    chosen: Data = {
        "ask": {"next": {"small": "one", "large": "other"}},
        "one": {"next": "done"},
        "other": {"next": "done"},
    }
    branch: Data = (
        {"start": "ask", "steps": chosen} if choice else {"steps": {"s": {"next": "done"}}}
    )
    block = {"parallel": {f"b{n}": branch for n in range(count)}, "next": {"done": "won"}}
    return document({"papers": block}, "papers")


def threads(count: int, *, choice: bool = False) -> Data:
    """One step with so many targets that all lead to a meeting point, straight or by a choice."""
    starts = [f"t{n}" for n in range(count)]
    steps: Data = {"split": {"next": {"go": {"to": starts}}}}
    for start in starts:
        steps[start] = {"next": "meet"}
        if choice:
            steps[start] = {"next": {"small": f"{start}_a", "large": f"{start}_b"}}
            steps[f"{start}_a"] = {"next": f"{start}_c"}
            steps[f"{start}_b"] = {"next": f"{start}_c"}
            steps[f"{start}_c"] = {"next": "meet"}
    arriving = [f"{start}_c" for start in starts] if choice else starts
    steps["meet"] = {"wait_for": arriving, "next": "won"}
    return document(steps, "split")


def nested(tasks: int, *, seed: int = 315) -> Data:
    """So many tasks in sequences, choices, loops and blocks within each other."""
    return _Nest(Random(seed)).document(tasks)


class _Nest:
    """Written backwards: each part is told where it leads and says where it begins."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.count = 0

    def document(self, tasks: int) -> Data:
        steps: Data = {}
        start = self.part(steps, tasks, "won")
        return document(steps, start)

    def name(self, kind: str) -> str:
        self.count += 1
        return f"{kind}{self.count}"

    def part(self, steps: Data, tasks: int, to: str) -> str:
        if tasks == 1:
            name = self.name("task")
            steps[name] = {"next": to}
            return name
        kind = self.random.choice(("sequence", "sequence", "choice", "loop", "block"))
        parts = self.shares(tasks)
        if kind == "sequence":
            for size in reversed(parts):
                to = self.part(steps, size, to)
            return to
        name = self.name(kind)
        if kind == "choice":
            starts = [self.part(steps, size, to) for size in parts]
            steps[name] = {"next": {f"way{n}": start for n, start in enumerate(starts)}}
        elif kind == "loop":
            start = self.part(steps, tasks, name)
            steps[name] = {"next": {"again": start, "ahead": to}}
            return start
        else:
            parallel = {}
            for number, size in enumerate(parts):
                inner: Data = {}
                start = self.part(inner, size, "done")
                parallel[f"b{number}"] = {"start": start, "steps": inner}
            steps[name] = {"parallel": parallel, "next": {"done": to}}
        return name

    def shares(self, tasks: int) -> list[int]:
        """A number in two or three parts."""
        count = min(tasks, self.random.randint(2, 3))
        cuts = sorted(self.random.sample(range(1, tasks), count - 1))
        return [b - a for a, b in zip([0, *cuts], [*cuts, tasks], strict=True)]
