"""What a change adds to a section or a map of ids that the base leaves out is as if written there."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import salesflow as sf
from salesflow.process.dump import dump
from salesflow.schema.expand import expand
from salesflow.schema.kinds import KINDS, PROCESS, below, gathers, kind_at
from salesflow.schema.overlay import overlay
from salesflow.source.located import Map
from salesflow.source.read import read
from tests.process.everything import TEXT
from tests.schema.test_overlay import found, laid, plain, shown

LOCKED = "locked"  # an overlay does not judge whether locks hold something


def located(data: Any, file: str) -> Map:
    """Plain data as if read from a file."""
    made = read(json.dumps(data), file).data
    assert made is not None
    return expand(made)


def everything() -> dict[str, Any]:
    """A process that uses every word of the language, written out, as plain data."""
    data: dict[str, Any] = plain(expand(read(TEXT, "base.yaml").data or Map()))
    del data[LOCKED]
    return data


def gathered(
    data: dict[str, Any], kind: str = PROCESS, way: tuple[str, ...] = ()
) -> Iterator[tuple[str, ...]]:
    """The paths of all maps of ids."""
    for key, value in data.items():
        if isinstance(value, dict):
            if gathers(kind, key):
                yield (*way, key)
            yield from gathered(value, below(kind, key), (*way, key))


PATHS = [*gathered(everything())]


def without(data: dict[str, Any], path: tuple[str, ...]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The data without what stands at a path, and that."""
    base = json.loads(json.dumps(data))
    holder = base
    for part in path[:-1]:
        holder = holder[part]
    return base, holder.pop(path[-1])


def nested(path: tuple[str, ...], value: Any) -> dict[str, Any]:
    """A value in the shape of the process."""
    for part in reversed(path):
        value = {part: value}
    made: dict[str, Any] = value
    return made


def test_every_map_of_ids_is_tried() -> None:
    kinds = {(kind_at(PROCESS, path[:-1]), path[-1]) for path in PATHS}
    known = {(kind, key) for kind, table in KINDS.items() for key in table if gathers(kind, key)}
    assert kinds == known


@pytest.mark.parametrize("path", PATHS, ids=".".join)
@pytest.mark.parametrize("form", ["whole", "nested", "each dotted"])
def test_what_is_added_is_as_if_it_stood_in_the_base(path: tuple[str, ...], form: str) -> None:
    data = everything()
    base, part = without(data, path)
    name = ".".join(path)
    change = {
        "whole": {name: part},
        "nested": nested(path, part),
        "each dotted": {f"{name}.{key}": value for key, value in part.items()},
    }[form]
    variant = {"salesflow": 1, "variant": data[PROCESS], "of": "base.yaml", "change": change}
    result, findings = overlay(
        located(base, "base.yaml"), located(variant, "v.yaml"), binds_locks=True
    )
    assert findings == ()
    assert plain(result) == data


BASE = """\
salesflow: 1
process: smb
sources: {inbound: {start: call}}
steps:
  call: {by: sales, next: {interested: demo, not_a_fit: lost}}
  demo: {by: sales, next: {buys: won, passes: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
ADDED = {
    "stages.lead": "{}",
    "data.budget": "{type: money}",
    "calendars.emea": "{timezone: Europe/Berlin, hours: {mon-fri: '09:00-18:00'}}",
    "departments.sales": "{}",
    "policies.once": "{at_most_once: demo}",
    "objectives.wins": "{measure: win_rate, at_least: 20%}",
}


@pytest.mark.parametrize("path", ADDED)
def test_it_loads_and_is_judged_as_in_the_base(path: str, tmp_path: Path) -> None:
    section, name = path.split(".")
    loaded = []
    for file, text in {
        "smb": BASE,
        "whole": BASE + f"{section}: {{{name}: {ADDED[path]}}}\n",
        "dotted": f"change:\n  {path}: {ADDED[path]}\n",
        "map": f"change: {{{section}: {{{name}: {ADDED[path]}}}}}\n",
    }.items():
        head = "" if text.startswith("salesflow") else f"salesflow: 1\nvariant: {file}\nof: smb\n"
        where = tmp_path / f"{file}.salesflow.yaml"
        where.write_text(head.replace("of: smb", "of: smb.salesflow.yaml") + text)
        process = sf.load(where)
        told = sorted((f.rule, f.path, f.message) for f in sf.check(process))
        loaded.append((dump(process) | {PROCESS: ""}, told))
    bare, *same = loaded
    assert same == [same[0]] * 3
    assert same[0] != bare


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "change:\n  policies.once.never: lost\n",
            "5:3: change-hits-nothing at policies.once.never: `smb` has no `policies`, so this "
            "change hits nothing. It has `departments`, `locked`, `name`, `objectives`, "
            "`outcomes`, `process`, `salesflow`, `sources` and 3 more. "
            "To add `once`, write `policies.once: {…}`.",
        ),
        (
            "change:\n  steps.papers.captures.need.mean: 3\n",
            "5:3: change-hits-nothing at steps.papers.captures.need.mean: `steps.papers` has no "
            "`captures`, so this change hits nothing. It has `join`, `next` and `parallel`. "
            "To add `need`, write `steps.papers.captures.need: {…}`.",
        ),
        (
            "change:\n  steps.call.stage.x: early\n",
            "5:3: change-hits-nothing at steps.call.stage.x: `steps.call` has no `stage`, so "
            "this change hits nothing. It has `by`, `captures`, `effort`, `next`, `requires` and "
            "`sla`. To add `stage`, write `steps.call.stage: {…}`.",
        ),
        (
            "remove: [data]\n",
            "4:10: change-hits-nothing at data: `smb` has no `data`, so this removal hits "
            "nothing. It has `departments`, `locked`, `name`, `objectives`, `outcomes`, "
            "`process`, `salesflow`, `sources` and 3 more.",
        ),
    ],
)
def test_a_word_of_the_language_is_not_mistyped(body: str, expected: str) -> None:
    assert found(body) == [f"south.yaml:{expected}"]


@pytest.mark.parametrize("kind", ["variant", "scenario"])
@pytest.mark.parametrize(
    ("body", "column", "path"),
    [
        ("steps.call.captures: {}", 24, "steps.call.captures"),
        ("steps: {call: {next: {}}}", 24, "steps.call.next"),
        ("steps.call: {next.not_a_fit.set: {}}", 36, "steps.call.next.not_a_fit.set"),
        ("departments.sales.roles: {}", 28, "departments.sales.roles"),
        ("objectives: {}", 15, "objectives"),
    ],
)
def test_an_empty_map_that_would_empty_nothing_is_found(
    kind: str, body: str, column: int, path: str
) -> None:
    data, findings = laid(f"change:\n  {body}\n", kind=kind)
    assert shown(findings) == [
        f"south.yaml:5:{column}: change-hits-nothing at {path}: `{path}` has something already, "
        "and `{}` changes nothing of it: maps merge. Write what is different, or leave this out. "
        f"To take all of it out, write `remove: [{path}]` beside `change`."
    ]
    assert plain(data) == plain(laid("", kind=kind)[0])
    assert laid(f"remove: [{path}]\n", kind=kind)[1] == ()


def test_an_empty_map_says_nothing_where_nothing_is() -> None:
    assert found("change: {data: {}, policies: {}, steps.papers.captures: {}}\n") == []


def test_an_empty_map_in_a_locked_part_crosses_the_lock() -> None:
    (finding,) = laid("change: {steps.papers.parallel.legal.steps: {}}\n")[1]
    assert (finding.rule, finding.path, finding.column) == (
        "locked-change",
        "steps.papers.parallel.legal.steps",
        10,
    )
