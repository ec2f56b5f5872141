"""Large processes as people write them, and changes to them of which it is known what became what.

All is data of the language. Steps are drawn from a few departments, roles and fields, so that many
of them look much alike, as in life.
"""

from copy import deepcopy
from random import Random
from typing import Any

Data = dict[str, Any]

ROLES = [f"role_{n}" for n in range(12)]
FIELDS = [f"field_{n}" for n in range(40)]
EFFORTS = ["15min", "30min", "1h", "2h", "4h", {"min": "1h", "usual": "3h", "max": "9h"}]
WAITS = ["1d", "2d", {"median": "5d", "p90": "15d"}]
RESULTS = ["done", "fit", "approved", "sent", "agreed", "ready"]


def process(count: int, random: Random) -> Data:
    """So many steps: mostly forward, with choices, ways back and exits."""
    names = [f"step_{n}" for n in range(count)]
    steps = {name: _step(n, names, random) for n, name in enumerate(names)}
    return {
        "salesflow": 1,
        "process": "large",
        "departments": {
            f"dep_{n}": {"roles": {role: {"people": 2 + n} for role in ROLES[n::4]}}
            for n in range(4)
        },
        "data": {field: {"type": "text"} for field in FIELDS},
        "sources": {"inbound": {"start": names[0]}},
        "steps": steps,
        "outcomes": {"won": {"kind": "won"}, "lost": {"kind": "lost"}},
    }


def _step(number: int, names: list[str], random: Random) -> Data:
    step = content(random)
    following = names[number + 1] if number + 1 < len(names) else "won"
    ways: Data = {random.choice(RESULTS): {"to": following}}
    if random.random() < 0.4:
        ways["refused"] = {"to": "lost"}
    if random.random() < 0.2:
        ways["back"] = {"to": names[max(0, number - random.randint(1, 6))]}
    if random.random() < 0.2 and number + 4 < len(names):
        ways["skipped"] = {"to": names[number + random.randint(2, 4)]}
    step["next"] = ways
    return step


def content(random: Random) -> Data:
    """What a step says besides where it leads."""
    step: Data = {}
    if random.random() < 0.9:
        step["by"] = random.choice(ROLES)
        step["effort"] = random.choice(EFFORTS)
    if random.random() < 0.4:
        step["wait"] = random.choice(WAITS)
    if random.random() < 0.6:
        step["captures"] = sorted(random.sample(FIELDS, random.randint(1, 2)))
    if random.random() < 0.5:
        step["requires"] = sorted(random.sample(FIELDS, random.randint(1, 2)))
    return step


def renamed(data: Data, names: dict[str, str]) -> Data:
    """The same with steps of other names, everywhere."""
    new = deepcopy(data)
    new["steps"] = {names.get(name, name): step for name, step in new["steps"].items()}
    for step in new["steps"].values():
        if "wait_for" in step:
            step["wait_for"] = _renamed(step["wait_for"], names)
        for way in step["next"].values():
            way["to"] = _renamed(way["to"], names)
    for source in new["sources"].values():
        source["start"] = names.get(source["start"], source["start"])
    return new


def _renamed(nodes: Any, names: dict[str, str]) -> Any:
    if isinstance(nodes, str):
        return names.get(nodes, nodes)
    return [names.get(node, node) for node in nodes]


def touch(data: Data, name: str, random: Random) -> None:
    """Change one thing about a step: what it says, a way, or where one leads."""
    step = data["steps"][name]
    kind = random.randrange(5)
    if kind == 0:
        step["effort"] = random.choice(EFFORTS)
        step.setdefault("by", random.choice(ROLES))
    elif kind == 1:
        step["captures"] = sorted({*step.get("captures", []), random.choice(FIELDS)})
    elif kind == 2:
        step["next"]["stopped"] = {"to": "lost"}
    elif kind == 3:
        old = next(iter(step["next"]))
        step["next"] = {f"{old}_now" if key == old else key: v for key, v in step["next"].items()}
    else:
        step.pop("requires", None)


def neighbours(data: Data, name: str) -> list[str]:
    """The steps right before and behind one."""
    steps = data["steps"]
    behind = [way["to"] for way in steps[name]["next"].values()]
    before = [s for s, step in steps.items() if any(w["to"] == name for w in step["next"].values())]
    return [other for other in (*before, *behind) if other in steps and other != name]


def insert(data: Data, name: str, before: str, random: Random) -> None:
    """A new step of any content on all ways to another one."""
    for step in data["steps"].values():
        for way in step["next"].values():
            if way["to"] == before:
                way["to"] = name
    data["steps"][name] = {**content(random), "next": {random.choice(RESULTS): {"to": before}}}


def remove(data: Data, name: str) -> None:
    """Take a step out: what led there leads where its first result led."""
    step = data["steps"].pop(name)
    to = next(iter(step["next"].values()))["to"]
    to = "lost" if to == name else to
    for other in data["steps"].values():
        for way in other["next"].values():
            if way["to"] == name:
                way["to"] = to
    for source in data["sources"].values():
        source["start"] = to if source["start"] == name else source["start"]
