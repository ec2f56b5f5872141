"""Versions of generated processes: edits on data, and texts in many layouts with comments."""

import copy
import re
import zlib
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from hypothesis import strategies as st

from salesflow.changes.merging.places import Members
from salesflow.source.write import one_line

Data: TypeAlias = dict[str, Any]
Draw: TypeAlias = Callable[[st.SearchStrategy[Any]], Any]
Edit: TypeAlias = tuple[tuple[str, ...], Any]  # a path, and what is to stand there; None: nothing


def chance(*what: Any) -> int:
    """A number that follows from these, the same on every machine."""
    return zlib.crc32(repr(what).encode())


def written(data: Data, *, layout: int = 0, notes: int = 0) -> str:
    """A text of the data: ``layout`` picks braces or lines, ``notes`` the comments; 0 has none."""
    return "".join(f"{row}\n" for row in _rows(data, layout, notes, ()))


def _rows(data: Data, layout: int, notes: int, path: tuple[str, ...]) -> Iterator[str]:
    step = 2 + 2 * (layout % 2)
    indent = " " * step * len(path)
    for key, value in data.items():
        here = (*path, key)
        draw = chance(notes, here) % 6 if notes else 9
        if draw == 0:
            yield f"{indent}# above {'.'.join(here)}"
        if draw == 1 and len(here) == 1 and key != "salesflow":
            yield from ("", f"{indent}# a chapter: {key}", "")
        aside = f"   # beside {'.'.join(here)}" if draw in (2, 3) else ""
        lines = isinstance(value, dict) and value and chance(layout, here) % 3 and len(here) < 6
        if lines:
            yield f"{indent}{key}:{aside}"
            yield from _rows(value, layout, notes, here)
        elif isinstance(value, list) and value and chance(layout, here) % 3 == 1:
            yield f"{indent}{key}:{aside}"
            yield from (f"{indent}  - {one_line(item)}" for item in value)
        else:
            yield f"{indent}{key}: {one_line(value)}{aside}"


def edited(data: Data, edits: list[Edit]) -> Data:
    """The data with edits made; those whose place is not there any more are passed over."""
    result = copy.deepcopy(data)
    for path, value in edits:
        holder: Any = result
        for part in path[:-1]:
            holder = holder.get(part) if isinstance(holder, dict) else None
        if not isinstance(holder, dict):
            continue
        if value is None:
            holder.pop(path[-1], None)
        else:
            holder[path[-1]] = value
    return result


def places(data: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The paths of all steps, sources, fields and outcomes, whatever the depth."""
    for key, value in data.items():
        if isinstance(value, dict):
            if path and path[-1] in ("steps", "sources", "data", "outcomes", "parallel"):
                yield (*path, key)
            yield from places(value, (*path, key))


@st.composite
def edits_of(draw: Draw, data: Data, side: str, elements: list[tuple[str, ...]]) -> list[Edit]:
    """Up to four edits, at or right below these elements; ids that are new carry the side's name."""
    return [draw(_edit(data, side, draw(st.sampled_from(elements)))) for _ in range(_few(draw))]


def _few(draw: Draw) -> int:
    return int(draw(st.integers(1, 4)))


@st.composite
def _edit(draw: Draw, data: Data, side: str, path: tuple[str, ...]) -> Edit:
    element: Any = data
    for part in path:
        element = element[part]
    value: Any = draw(st.sampled_from([f"said by {side}", f"{side}: #1, really", side]))
    kind = draw(st.integers(0, 7))
    if kind == 0:
        return (*path, "name"), value
    if kind == 1:
        return (*path, "x-told"), {"by": side, "when": [1, 2]}
    if kind == 2 and len(path) == 2 and path[0] in ("steps", "outcomes"):
        return (*path[:-1], f"new_{side}_{path[-1]}"[:60]), _new(path[0])
    if kind == 3 and "next" in element:
        return (*path, "next", f"by_{side}"), {"to": draw(st.sampled_from(["lost", "won"]))}
    if kind == 4 and "next" in element and len(element["next"]) > 1:
        return (*path, "next", draw(st.sampled_from(sorted(element["next"])))), None
    if kind == 5 and "captures" in element:
        return (*path, "captures"), [*element["captures"], f"field_{side}"]
    if kind == 6:
        return path, None
    return (*path, "description"), value


def _new(what: str) -> Data:
    return {"next": {"done": {"to": "won"}}} if what == "steps" else {"kind": "lost"}


def notes_in(text: str) -> list[str]:
    """The comments of a text written here."""
    return re.findall(r"# (?:above|beside|a chapter:) [\w.-]+", text)


def leaves(data: Any, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    """What the data says, one by one: values by path; members of a set are paths of their own."""
    found: dict[tuple[str, ...], Any] = {path: "a map"} if path else {}
    for key, value in data.items():
        here = (*path, key)
        if isinstance(value, dict):
            found.update(leaves(value, here))
        elif isinstance(value, Members):
            found.update({(*here, str(item)): "a member" for item in value})
        else:
            found[here] = value
    return found


def renamed(data: Data, old: str, new: str) -> Data:
    """The data with a step of the process itself called otherwise, wherever it is named."""
    result = copy.deepcopy(data)
    steps = {new if name == old else name: step for name, step in result["steps"].items()}
    steps[new] = {"was": old, **steps[new]}
    result["steps"] = steps
    for source in result["sources"].values():
        source["start"] = new if source["start"] == old else source["start"]
    for step in steps.values():
        if "wait_for" in step:
            step["wait_for"] = [new if name == old else name for name in step["wait_for"]]
        for way in step["next"].values():
            to = way["to"]
            way["to"] = (
                [new if name == old else name for name in to]
                if isinstance(to, list)
                else (new if to == old else to)
            )
    return result
