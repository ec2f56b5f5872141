"""Documents of the language changed at random: what bytes alone would take years to arrive at.

A document is a valid one of ours (examples, cases, pages of the manual) after a few edits, each
decided by the fuzzer's bytes: something removed, doubled, moved, renamed, or replaced by what
stands under the same key elsewhere, by a name in sight or by something that should not be there.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from salesflow.source.read import read
from tests.fuzz.choices import Choices

ROOT = Path(__file__).parents[2]

STRANGE: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 10**18, 10**40, 0.5, 1e308, "", " ", [], {}, [[]], [{}], {"": ""},
    "2h", "0h", "-1h", "1000000d", "99999999999w", "20%", "0%", "100%", "101%", "rest", "1e9",
    "all", "any", "won", "lost", "done", "filled", "true", "not filled(amount)", "a < b < c",
    "amount > 0", "times(x) > 3", "visited(x)", "((((((", "1/0", "2026-02-30", "2026-11-28",
    "Mon-Fri 9:00-17:00", "Europe/Berlin", "Mars/Base", "../outside.yaml", "/etc/passwd", "sub.a.b",
    "a" * 65, "Ä", "\u202e", "\x1b[31m", "::error::x", "##[error]x", "a\n::warning::x", "\0", "=1+1",
    {"mean": "2h"}, {"min": "1h", "max": "9h"}, {"any_of": {"1h": "50%", "2h": "rest"}},
    {"to": "won", "when": "amount > 1"}, {"to": ["won", "lost"]}, {"otherwise": True}, ["x", "x"],
)  # fmt: skip


@cache
def documents() -> tuple[dict[str, Any], ...]:
    """The documents that all others come from, as plain data."""
    plain = (_plain(read(text, "seed").data) for text in texts())
    return tuple(data for data in plain if isinstance(data, dict) and "salesflow" in data)


@cache
def texts() -> tuple[str, ...]:
    """Their texts, with comments and all."""
    folders = (ROOT / "examples", ROOT / "tests" / "cases")
    files = sorted(file for folder in folders for file in folder.rglob("*.yaml"))
    pages = sorted((ROOT / "docs").rglob("*.md"))
    shown = (re.findall(r"```yaml\n(.*?)```", page.read_text(), re.DOTALL) for page in pages)
    return (*(file.read_text() for file in files), *(text for page in shown for text in page))


def _plain(data: Any) -> Any:
    if isinstance(data, dict):
        return {str(key): _plain(value) for key, value in data.items()}
    return [_plain(value) for value in data] if isinstance(data, list) else data


@cache
def under(key: str) -> tuple[Any, ...]:
    """What stands under a key anywhere."""
    found: dict[str, Any] = {}
    for document in documents():
        for _, name, value in places(document):
            if name == key:
                found.setdefault(repr(value), value)
    return tuple(found.values())


@cache
def keys() -> tuple[str, ...]:
    """All keys that occur."""
    found = {str(key) for each in documents() for _, key, _ in places(each)}
    return tuple(sorted(found))


def places(data: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Every place in some data: the container, the key or number, and what stands there."""
    items = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in list(items):
        yield data, key, value
        if isinstance(value, dict | list):
            yield from places(value)


def document(choices: Choices) -> dict[str, Any]:
    """A document after as many edits as there are bytes for, at most ten."""
    return edited(choices.one_of(documents()), choices)


def edited(data: dict[str, Any], choices: Choices) -> dict[str, Any]:
    """A copy with edits made."""
    copy: dict[str, Any] = json.loads(json.dumps(data))
    for _ in range(1 + choices.below(10)):
        found = list(places(copy))
        if choices.left <= 0 or not found:
            break
        _edit(copy, found, choices)
    return copy


def _edit(data: Any, found: list[tuple[Any, Any, Any]], choices: Choices) -> None:
    holder, key, value = choices.one_of(found)
    other = choices.one_of(found)
    change = choices.below(8)
    if change == 0:
        del holder[key]
    elif change == 1:
        holder[key] = _copy(choices.one_of(under(key)) if under(key) else other[2])
    elif change == 2:
        holder[key] = _copy(choices.one_of(STRANGE))
    elif change == 3:
        holder[key] = str(other[1])  # a name in sight
    elif change == 4 and isinstance(value, dict):
        new = choices.one_of(keys())
        value[new] = _copy(choices.one_of(under(new) or (None,)))
    elif change == 5:
        holder[key], other[0][other[1]] = _copy(other[2]), _copy(value)
    elif change == 6 and isinstance(holder, dict):
        holder[str(other[1]) if choices.below(2) else choices.text()] = holder.pop(key)
    elif change == 7:
        wrapped = ([value], {str(other[1]): value}, [value, value], choices.text())
        holder[key] = _copy(choices.one_of(wrapped))


def _copy(value: Any) -> Any:
    return json.loads(json.dumps(value))


def written(data: Any) -> str:
    """The data as a text: JSON, which YAML can read, a line for each entry."""
    return json.dumps(data, indent=1, ensure_ascii=False).replace("\x7f", "\\x7f")
