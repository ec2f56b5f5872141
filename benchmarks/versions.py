"""Two versions of a believable process, and which of its elements are only renamed."""

import re
from copy import deepcopy
from random import Random
from typing import Any, NamedTuple

from believable import FIELDS, ROLES, Data, process

_ALIKE = {
    "draft": "write",
    "review": "read",
    "check": "inspect",
    "send": "deliver",
    "price": "quote",
}
_OTHERS = ("handshake", "milestone", "homework", "gate", "touch_base")


class Pair(NamedTuple):
    """Both versions as data, and the renamed elements: old path -> new path."""

    old: Data
    new: Data
    renamed: dict[str, str]


def pair(steps: int, *, edits: int = 50, seed: int = 5) -> Pair:
    """A process of so many steps and one with so many edits; two of five are renames.

    Of a renamed step every third has nothing of its id left, every second has another name too, and
    every fourth other effort.
    """
    old = process(steps, seed=seed)
    changing = _Changing(deepcopy(old), Random(seed))
    for number in range(edits):
        changing.edit(number)
    return Pair(old, changing.done(), changing.renamed)


class _Changing:
    """Edits on data, each at another step."""

    def __init__(self, data: Data, random: Random) -> None:
        self.data = data
        self.random = random
        self.renamed: dict[str, str] = {}
        self.ids: dict[str, str] = {}  # to be renamed at the end
        self.places = dict(_places(data["steps"], "steps"))
        self.free = [path for path, step in self.places.items() if "parallel" not in step]
        random.shuffle(self.free)
        self.fields = random.sample(FIELDS, len(FIELDS))

    def edit(self, number: int) -> None:
        kind = number % 10
        step = self.places[path := self.free.pop()]
        if kind < 3:
            self.rename(path, step, number)
        elif kind == 3:
            self.rename_more(path, step, number)
        elif kind == 4:
            self.insert(number)
        elif kind == 5:
            self.remove()
        elif kind == 6:
            step["requires"] = sorted({*step.get("requires", ()), self.random.choice(FIELDS)})
        elif kind == 7:
            step["by"] = self.random.choice([role for role in ROLES if role != step["by"]])
        else:
            step["effort"] = f"{self.random.randint(17, 40)}h"

    def rename(self, path: str, step: Data, number: int) -> None:
        """A step with another verb, as somebody would who finds a better word."""
        old = path.rpartition(".")[2]
        verb, _, thing = old.partition("_")
        new = f"{_ALIKE.get(verb, f're{verb}')}_{thing}"
        if number % 10 == 2:  # another word altogether: what it does and where it stands is left
            new = f"{self.random.choice(_OTHERS)}_{number}"
        self.ids[old] = new
        if number % 2:
            step["name"] = new.replace("_", " ").capitalize()
        if number % 4 == 1:
            step["effort"] = f"{self.random.randint(17, 40)}h"

    def rename_more(self, path: str, step: Data, number: int) -> None:
        """A field, a touchpoint, a role, a result."""
        if number % 20 == 3:
            old = self.fields.pop()
            self.ids[old] = old.replace("_status", "_state")
        elif number % 40 == 13:
            self.ids["counsel"] = "attorney"
        else:
            way = next(iter(step["next"]))
            step["next"] = {
                f"well_{name}" if name == way else name: to for name, to in step["next"].items()
            }
            self.renamed[f"{path}.next.{way}"] = f"{path}.next.well_{way}"

    def insert(self, number: int) -> None:
        """A step between two of the main line."""
        line = [path for path in self.free if path.count(".") == 1]
        before = self.places[self.random.choice(line)]
        way = next(iter(before["next"].values()))
        name = f"double_check_{number}"
        self.data["steps"][name] = {
            "name": "Double-check",
            "by": "controller",
            "next": {"fine": way["to"]},
        }
        way["to"] = name

    def remove(self) -> None:
        """A step of the main line; what led to it leads on."""
        line = [path for path in self.free if path.count(".") == 1][1:]
        path = self.random.choice(line)
        self.free.remove(path)
        name = path.partition(".")[2]
        on = next(iter(self.data["steps"].pop(name)["next"].values()))["to"]
        for _, step in _places(self.data["steps"], "steps"):
            for way in step["next"].values():
                if isinstance(way, dict) and way["to"] == name:
                    way["to"] = on
            step["next"] = {key: on if way == name else way for key, way in step["next"].items()}
        source = self.data["sources"]["inbound"]
        source["start"] = on if source["start"] == name else source["start"]

    def done(self) -> Data:
        """The new version; paths of what lies in something renamed follow it."""
        old_paths = [*_paths(self.data)]
        new = _called(self.data, self.ids)
        for path in old_paths:
            last = path.rpartition(".")[2]
            if last in self.ids:
                self.renamed[path] = ".".join(self.ids.get(part, part) for part in path.split("."))
        self.renamed = {
            old: ".".join(self.ids.get(part, part) for part in there.split("."))
            for old, there in self.renamed.items()
        }
        return new


def _places(steps: Data, above: str) -> Any:
    """Every step by its path."""
    for name, step in steps.items():
        yield f"{above}.{name}", step
        for branch, inner in step.get("parallel", {}).items():
            yield from _places(inner["steps"], f"{above}.{name}.parallel.{branch}.steps")


def _paths(data: Data) -> Any:
    """The paths of what may be renamed."""
    yield from (path for path, _ in _places(data["steps"], "steps"))
    yield from (f"data.{name}" for name in data["data"])
    for department, inner in data["departments"].items():
        yield from (f"departments.{department}.roles.{role}" for role in inner["roles"])


def _called(value: Any, ids: dict[str, str]) -> Any:
    """Data in which some ids, as keys or as values, are others; names stay."""
    if isinstance(value, dict):
        return {
            ids.get(key, key): inner if key == "name" else _called(inner, ids)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_called(inner, ids) for inner in value]
    return (
        ids.get(value, value) if isinstance(value, str) and re.fullmatch(r"\w+", value) else value
    )
