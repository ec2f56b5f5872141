"""Small edits of a process as people make them: a step put in, taken out, or given another name."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, TypeAlias

Data: TypeAlias = dict[str, Any]


def _scopes(steps: Data) -> Iterator[Data]:
    """All groups of steps that may lead to each other, the outermost first."""
    yield steps
    for step in steps.values():
        for branch in step.get("parallel", {}).values():
            yield from _scopes(branch["steps"])


def _led_elsewhere(ways: Any, old: str, new: str) -> Any:
    """The ``next`` of a step with one target put for another."""
    if isinstance(ways, list):
        return [_led_elsewhere(way, old, new) for way in ways]
    if isinstance(ways, dict):
        return {
            k: _led_elsewhere(v, old, new) if k == "to" or not _is_way(ways) else v
            for k, v in ways.items()
        }
    return new if ways == old else ways


def _is_way(ways: Data) -> bool:
    return "to" in ways


def inserted(data: Data) -> Iterator[tuple[str, Data]]:
    """A new step in front of each step, of the same people, once for each step."""
    for name in [*data["steps"]]:
        new = deepcopy(data)
        steps = new["steps"]
        for step in steps.values():
            step["next"] = _led_elsewhere(step["next"], name, "put_in")
        for source in new["sources"].values():
            source["start"] = _led_elsewhere(source["start"], name, "put_in")
        by = {key: steps[name][key] for key in ("by", "stage") if key in steps[name]}
        steps["put_in"] = {**by, "effort": "1h", "next": name}
        yield f"before {name}", new


def removed(data: Data) -> Iterator[tuple[str, Data]]:
    """Each step of the main flow gone that leads to one place only."""
    for name, gone in data["steps"].items():
        to = gone["next"] if isinstance(gone["next"], str) else None
        if isinstance(gone["next"], dict) and len(gone["next"]) == 1:
            (to,) = gone["next"].values()
        if not isinstance(to, str) or "parallel" in gone:
            continue
        new = deepcopy(data)
        del new["steps"][name]
        for step in new["steps"].values():
            step["next"] = _led_elsewhere(step["next"], name, to)
        for source in new["sources"].values():
            source["start"] = _led_elsewhere(source["start"], name, to)
        yield f"without {name}", new


def renamed(data: Data) -> Iterator[tuple[str, Data]]:
    """Each step with a longer name."""
    for place in range(len([*_all(data)])):
        new = deepcopy(data)
        name, step = [*_all(new)][place]
        step["name"] = f"{step.get('name', name)}, with the team"
        yield f"{name} renamed", new


def _all(data: Data) -> Iterator[tuple[str, Data]]:
    for steps in _scopes(data["steps"]):
        yield from steps.items()
