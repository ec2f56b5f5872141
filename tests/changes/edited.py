"""Processes and what became of them: random edits of what salesflow.testing writes."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

import salesflow as sf
from salesflow.testing import processes

Data = dict[str, Any]
_CONDITIONS = ("amount >= 100", "amount > 200", "vip", "region == dach", "filled(contract)")


def scopes(steps: Data) -> Iterator[tuple[Data, bool]]:
    """The steps of each scope, and whether that is a branch."""
    waiting = [(steps, False)]
    while waiting:
        here, branch = waiting.pop()
        yield here, branch
        for spec in here.values():
            waiting += [(b["steps"], True) for b in spec.get("parallel", {}).values()]


@st.composite
def edited(draw: Any, data: Data, *, most: int = 3) -> Data:
    """The data with some edits made; it need not load."""
    data = deepcopy(data)
    for _ in range(draw(st.integers(1, most))):
        here, branch = draw(st.sampled_from([*scopes(data["steps"])]))
        name = draw(st.sampled_from(sorted(here)))
        _edit(draw, data, here, name, branch=branch)
    return data


def _edit(draw: Any, data: Data, here: Data, name: str, *, branch: bool) -> None:
    spec = here[name]
    result = draw(st.sampled_from(sorted(spec["next"])))
    way = spec["next"][result]
    targets = [*sorted(here), *(["done"] if branch else sorted(data["outcomes"]))]
    kind = draw(st.sampled_from(["to", "when", "limit", "add", "drop", "join", "branch", "name"]))
    if kind == "to" and way["to"] != "leave":
        way["to"] = draw(st.sampled_from(targets))
    elif kind == "when":
        way.pop("when", None) or way.update(when=draw(st.sampled_from(_CONDITIONS)))
    elif kind == "limit":
        way.pop("at_most", None) or way.update(at_most=draw(st.integers(1, 2)))
    elif kind == "add" and "parallel" not in spec:
        spec["next"]["extra"] = {"to": draw(st.sampled_from(targets))}
    elif kind == "drop" and len(spec["next"]) > 1 and result != "done":
        del spec["next"][result]
    elif kind == "join" and "parallel" in spec:
        spec["join"] = draw(st.sampled_from(["all", "any"]))
    elif kind == "branch" and len(spec.get("parallel", {})) > 1:
        del spec["parallel"][draw(st.sampled_from(sorted(spec["parallel"])))]
    elif kind == "name":
        spec["name"] = draw(st.sampled_from(["Talk", "Draft"]))


@st.composite
def versions(draw: Any, *, steps: int = 4, depth: int = 1) -> tuple[sf.Process, sf.Process]:
    """Two versions of a process that both load."""
    data = draw(processes(steps=steps, depth=depth))
    try:
        pair = sf.load(data), sf.load(draw(edited(data)))
    except sf.LoadError:
        assume(False)
        raise
    return pair
