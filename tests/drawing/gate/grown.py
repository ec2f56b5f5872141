"""Processes for pictures: those of ``salesflow.testing`` with departments and long names on top,
and large ones that look like a company's.
"""

from collections.abc import Callable, Iterator
from random import Random
from typing import Any, TypeAlias

from hypothesis import strategies as st

from salesflow.testing import processes, sound_processes

Data: TypeAlias = dict[str, Any]
Draw: TypeAlias = Callable[[st.SearchStrategy[Any]], Any]

DEPARTMENTS = ("marketing", "sales", "presales", "legal", "finance", "success")
NAMES = (
    "Call",
    "Ask for the signature of somebody who is entitled to sign",
    "Datenschutzgrundverordnungsprüfung",
    "<b>offer</b> & “quotes”",
    "見積もりを送る",
    "W" * 60,
    "a\u202eb\u200bc",
)


@st.composite
def staffed(draw: Draw, *, sound: bool) -> Data:
    """A process whose steps are done by up to six departments, some with long or odd names."""
    data: Data = draw(sound_processes() if sound else processes())
    count = draw(st.integers(0, len(DEPARTMENTS)))
    if not count:
        return data
    names = DEPARTMENTS[:count]
    data["departments"] = {name: {"roles": {f"{name}_team": {}}} for name in names}
    for source in data["sources"].values():
        if draw(st.booleans()):
            source["department"] = draw(st.sampled_from(names))
    for step in _steps(data["steps"]):
        kind = draw(st.integers(0, 9))
        if "parallel" not in step and "run" not in step and kind:
            step["by"] = f"{draw(st.sampled_from(names))}_team"
        if kind > 7:
            step["name"] = draw(st.sampled_from(NAMES))
    return data


def _steps(steps: Data) -> Iterator[Data]:
    for step in steps.values():
        yield step
        for branch in step.get("parallel", {}).values():
            yield from _steps(branch["steps"])


def company(count: int, *, departments: int = 6, seed: int = 1) -> Data:
    """So many steps: a main line that changes hands every few steps, with side steps that come
    back, decisions that skip ahead, rework, ways out, time limits and blocks of branches.
    """
    return _Company(Random(seed), DEPARTMENTS[:departments]).document(count)


class _Company:
    def __init__(self, random: Random, departments: tuple[str, ...]) -> None:
        self.random = random
        self.departments = departments
        self.here = departments[0]
        self.steps: Data = {}

    def document(self, count: int) -> Data:
        main: list[str] = []
        while len(self.steps) < count:
            main.append(self.write(f"step_{len(self.steps) + 1}", count))
        for at, name in enumerate(main):
            self.lead(main, at, name)
        return {
            "salesflow": 1,
            "process": f"company_{count}",
            "departments": {name: {"roles": {f"{name}_team": {}}} for name in self.departments},
            "sources": {"inbound": {"department": self.departments[0], "start": main[0]}},
            "steps": self.steps,
            "outcomes": {"won": {"kind": "won"}, "lost": {"kind": "lost"}},
        }

    def write(self, name: str, count: int) -> str:
        """The next step of the main line, or a block."""
        if self.random.random() < 0.3:
            self.here = self.random.choice(self.departments)
        if self.random.random() < 0.04 and len(self.steps) + 5 < count:
            self.steps[name] = self.block(name)
        else:
            self.steps[name] = {"by": f"{self.here}_team"}
        return name

    def block(self, name: str) -> Data:
        parallel: Data = {}
        for branch in ("one", "two", "three")[: self.random.randint(2, 3)]:
            by = f"{self.random.choice(self.departments)}_team"
            first, then = f"{name}_{branch}", f"{name}_{branch}_then"
            parallel[branch] = {
                "start": first,
                "steps": {first: {"by": by, "next": then}, then: {"by": by, "next": "done"}},
            }
        return {"parallel": parallel}

    def lead(self, main: list[str], at: int, name: str) -> None:
        step = self.steps[name]
        on = main[at + 1] if at + 1 < len(main) else "won"
        if "parallel" in step:
            step["next"] = on
            return
        chance = self.random.random()
        ways: Data = {"agreed": {"to": on, "share": "70%"}}
        if chance < 0.15 and at > 3:
            ways["rework"] = {"to": main[at - self.random.randint(1, 3)], "at_most": 2}
            ways["agreed"] = {"to": on, "otherwise": True}
        elif chance < 0.3 and at + 3 < len(main):
            ways["short_cut"] = {"to": main[at + self.random.randint(2, 3)], "share": "rest"}
        elif chance < 0.5:
            ways["no_deal"] = {"to": "lost", "share": "rest"}
        elif chance < 0.55:
            ways = {"agreed": {"to": on}, "too_late": "lost"}
            step["timeout"] = {"after": "30d", "result": "too_late"}
        else:
            ways = {"done": {"to": on}}
        step["next"] = ways
