"""No document and no set of files makes assembling crash; what it finds has a place."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from salesflow.findings import Finding, syntax_finding
from salesflow.schema.assemble import Assembly, assemble
from salesflow.source.read import Reading, read
from salesflow.spans import NOWHERE

FILES: dict[str, Any] = {
    "acme.yaml": {
        "salesflow": 1,
        "organization": "acme",
        "currency": "EUR",
        "calendars": {"emea": {"timezone": "Europe/Berlin", "hours": {"mon-fri": "09:00-18:00"}}},
        "departments": {
            "sales": {"calendar": "emea", "roles": {"rep": {"people": 3}}},
            "desk": {"people": 2},
        },
        "data": {"amount": {"type": "money"}, "why": {"type": "choice", "values": ["a", "b"]}},
    },
    "sub.yaml": {
        "salesflow": 1,
        "process": "sub",
        "use": ["acme.yaml"],
        "sources": {"ask": {"start": "form", "gives": {"amount": "filled"}}},
        "steps": {"form": {"by": "desk", "next": {"fine": "good", "bad": "poor"}}},
        "outcomes": {"good": {"kind": "done"}, "poor": {"kind": "failed"}},
    },
    "main.yaml": {
        "salesflow": 1,
        "process": "main",
        "use": ["acme.yaml", "sub.yaml"],
        "sources": {"inbound": {"start": "call", "arrivals": "30 per week"}},
        "steps": {
            "call": {
                "by": "rep",
                "captures": ["amount"],
                "sla": {"within": "1bd"},
                "next": {"go": {"to": "papers", "share": "40%"}, "stop": {"to": "lost"}},
            },
            "papers": {
                "parallel": {
                    "legal": {"steps": {"draft": {"by": "desk", "next": "done"}}},
                    "money": {"steps": {"check": {"run": "sub", "next": {"good": "done"}}}},
                },
                "next": {"done": "won"},
            },
        },
        "outcomes": {"won": {"kind": "won"}, "lost": {"kind": "lost"}},
        "locked": ["steps.papers.parallel.legal"],
    },
    "south.yaml": {
        "salesflow": 1,
        "variant": "south",
        "of": "main.yaml",
        "change": {
            "steps.call.sla": {"within": "2bd"},
            "steps.papers.parallel.legal.steps.draft.effort": "1h",
            "steps": {"visit": {"next": "papers"}},
        },
        "remove": ["steps.call.next.stop"],
        "locked": ["steps.call"],
    },
    "deep.yaml": {
        "salesflow": 1,
        "variant": "deep",
        "of": "south.yaml",
        "change": {"departments.sales.roles.rep.people": 4},
    },
    "what_if.yaml": {
        "salesflow": 1,
        "scenario": "what_if",
        "of": "deep.yaml",
        "change": {"steps.call": {"by": "desk"}},
        "expect": {"wins": {"measure": "win_rate", "at_least": "20%"}},
    },
    "tests.yaml": {
        "salesflow": 1,
        "tests": "tests",
        "of": "deep.yaml",
        "cases": {"one": {"deal": {"amount": 3}, "ends": "won"}},
    },
}

SCALARS = ("", "a", "call", "steps", "next", 0, -3, 2.5, True, *FILES)
Place = tuple[str | int, ...]


def places(data: Any) -> list[Place]:
    """Every place in plain data."""
    found: list[Place] = []
    waiting: list[tuple[Place, Any]] = [((), data)]
    for place, value in waiting:
        found.append(place)
        inner: Any = enumerate(value) if isinstance(value, list) else ()
        inner = value.items() if isinstance(value, dict) else inner
        waiting.extend(((*place, key), each) for key, each in inner)
    return found[1:]


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    """The files with a few places removed, renamed or replaced by anything, or by each other."""
    files: dict[str, Any] = json.loads(json.dumps(FILES))
    for _ in range(draw(st.integers(1, 4))):
        all_places = [place for place in places(files) if len(place) > 1]
        *way, last = draw(st.sampled_from(all_places))
        holder: Any = files
        for key in way:
            holder = holder[key]
        doing = draw(st.sampled_from(["remove", "rename", "scalar", "move", "nest"]))
        value: Any = holder.pop(last)
        if doing == "rename":
            last = draw(st.sampled_from(["a", "x.y", "steps.call.next", "x-a", "process"]))
        if doing == "scalar":
            value = draw(st.sampled_from(SCALARS))
        if doing == "move":
            value = json.loads(json.dumps(FILES))
            for key in draw(st.sampled_from(places(FILES))):
                value = value[key]
        if doing == "nest":
            value = draw(st.sampled_from([[value], {"a": value}, [], {}]))
        if doing != "remove":
            holder.insert(0, value) if isinstance(holder, list) else holder.update({last: value})
    return files


def assembled(files: dict[str, Any], name: str) -> Assembly:
    """The assembly of one of the files."""

    def reader(reference: str, relative_to: str) -> Reading | Finding:
        assert relative_to in files
        if reference not in files:
            return syntax_finding("unknown-name", NOWHERE, "There is no such file.")
        return read(json.dumps(files[reference]), reference)

    return assemble(read(json.dumps(files[name]), name), read=reader)


def test_the_files_are_fine_but_for_the_lock() -> None:
    found = {name: [f.rule for f in assembled(FILES, name).findings] for name in FILES}
    assert found == {
        "acme.yaml": [],
        "sub.yaml": [],
        "main.yaml": [],
        "south.yaml": ["locked-change"],
        "deep.yaml": ["locked-change"],
        "what_if.yaml": ["locked-change"],
        "tests.yaml": ["locked-change"],
    }


@settings(max_examples=60)
@given(mutated())
def test_whatever_is_wrong_is_found_and_nothing_crashes(files: dict[str, Any]) -> None:
    for name in files:
        assembly = assembled(files, name)
        assert assembly.file == name
        assert len(set(assembly.findings)) == len(assembly.findings)
        assert list(assembly.findings) == sorted(assembly.findings, key=lambda f: f.place)
        assert {finding.file for finding in assembly.findings} <= assembly.readings.keys()
        assert assembly.readings.keys() <= files.keys()


@settings(max_examples=20)
@given(mutated(), st.permutations(list(FILES)))
def test_findings_do_not_depend_on_what_was_assembled_before(
    files: dict[str, Any], order: list[str]
) -> None:
    once = {name: assembled(files, name).findings for name in FILES}
    again = {name: assembled(files, name).findings for name in order}
    assert once == again


@given(st.recursive(
    st.sampled_from(SCALARS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["process", "variant", "of", "use", "change", "remove", "steps", "next",
                         "locked", "expect", "departments", "a.b", "x-a", "tests", "a"]),
        inner, max_size=4),
    max_leaves=20,
))  # fmt: skip
def test_any_data_at_all(data: Any) -> None:
    assembly = assembled({"any.yaml": data}, "any.yaml")
    assert assembly.file == "any.yaml"
    assert {finding.file for finding in assembly.findings} <= {"any.yaml"}
