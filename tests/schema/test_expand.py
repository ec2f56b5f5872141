"""Short forms written out: every one, at every depth, in place, once."""

import json
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesflow.schema.expand import expand
from salesflow.source.located import Map, Seq, key_span, value_span
from salesflow.source.read import read


def document(text: str) -> Map:
    """The data of a text that has nothing wrong with it."""
    reading = read(dedent(text), "a.yaml")
    assert reading.findings == ()
    assert reading.data is not None
    return reading.data


def plain(value: Any) -> Any:
    """Located data as ordinary dicts and lists."""
    if isinstance(value, Map):
        return {key: plain(inner) for key, inner in value.items()}
    return [plain(item) for item in value] if isinstance(value, Seq) else value


def process(step: str) -> Map:
    """A process with one step, written in one line."""
    return document(f"salesflow: 1\nprocess: p\nsteps:\n  a: {step}\n")


INNER = {"steps": {"c": {"next": {"z": {"to": "leave"}}}}}


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("{next: b}", {"next": {"done": {"to": "b"}}}),
        ("{next: [b, c]}", {"next": {"done": {"to": ["b", "c"]}}}),
        ("{next: {fit: b}}", {"next": {"fit": {"to": "b"}}}),
        ("{next: {fit: [b, c]}}", {"next": {"fit": {"to": ["b", "c"]}}}),
        ("{next: {fit: {to: b, share: 3%}}}", {"next": {"fit": {"to": "b", "share": "3%"}}}),
        ("{next: {fit: b, bad: {to: c}}}", {"next": {"fit": {"to": "b"}, "bad": {"to": "c"}}}),
        (
            "{parallel: {x: {steps: {b: {next: done}}}}}",
            {"parallel": {"x": {"steps": {"b": {"next": {"done": {"to": "done"}}}}}}},
        ),
        (
            "{parallel: {x: {steps: {b: {parallel: {w: {steps: {c: {next: {z: leave}}}}}}}}}}",
            {"parallel": {"x": {"steps": {"b": {"parallel": {"w": INNER}}}}}},
        ),
        ("{captures: [x]}", {"captures": ["x"]}),
        ("{effort: 3h, wait: {mean: 2d}}", {"effort": "3h", "wait": {"mean": "2d"}}),
        ("{x-next: b}", {"x-next": "b"}),
        ("nonsense", "nonsense"),
    ],
)
def test_a_step_is_written_out(short: str, full: Any) -> None:
    assert plain(expand(process(short)))["steps"]["a"] == full


def test_arrivals_are_written_out() -> None:
    source = document(
        """
        salesflow: 1
        process: p
        sources:
          a: {start: s, arrivals: 30 per week}
          b: {start: s, arrivals: {every: 2w, batch: 3}}
        """
    )
    sources = plain(expand(source))["sources"]
    assert sources["a"]["arrivals"] == {"rate": "30 per week"}
    assert sources["b"]["arrivals"] == {"every": "2w", "batch": 3}


@pytest.mark.parametrize("kind", ["variant", "scenario"])
@pytest.mark.parametrize(
    ("key", "short", "full"),
    [
        ("steps.a.next", "b", {"done": {"to": "b"}}),
        ("steps.a.next.fit", "b", {"to": "b"}),
        ("steps.a.next.fit.to", "b", "b"),
        ("steps.a.parallel.x.steps.b.next", "done", {"done": {"to": "done"}}),
        ("steps.a.parallel.x.steps.b.next.done", "done", {"to": "done"}),
        ("steps.a.parallel.x", "{steps: {b: {next: done}}}",
         {"steps": {"b": {"next": {"done": {"to": "done"}}}}}),
        ("steps.a", "{next: b}", {"next": {"done": {"to": "b"}}}),
        ("steps", "{a: {next: b}}", {"a": {"next": {"done": {"to": "b"}}}}),
        ("steps", "{a.next: b, a.x-next: b}", {"a.next": {"done": {"to": "b"}}, "a.x-next": "b"}),
        ("sources.s.arrivals", "1 per day", {"rate": "1 per day"}),
        ("sources.s.arrivals.rate", "1 per day", "1 per day"),
        ("departments.legal.next", "b", "b"),
        ("nowhere.at.all", "b", "b"),
    ],
)  # fmt: skip
def test_a_change_is_written_out_by_what_lies_at_its_path(
    kind: str, key: str, short: str, full: Any
) -> None:
    text = f"salesflow: 1\n{kind}: v\nof: p.yaml\nchange:\n  {key}: {short}\n"
    assert plain(expand(document(text)))["change"] == {key: full}


@pytest.mark.parametrize(
    "text",
    [
        "salesflow: 1\ntests: t\nof: p.yaml\ncases: {next: b}",
        "salesflow: 1\nvariant: v\nof: p.yaml",
        "salesflow: 1\nvariant: v\nof: p.yaml\nchange: nonsense",
        "salesflow: 1\nsteps: nonsense\nsources: [a]",
        "salesflow: 1\norganization: o\ndepartments: {legal: {people: 2}}",
    ],
)
def test_what_has_no_short_form_stays_as_it_is(text: str) -> None:
    data = document(text)
    assert expand(data) is data


def test_what_stands_for_a_short_form_keeps_its_place() -> None:
    data = document("salesflow: 1\nprocess: p\nsteps:\n  a: {next: b}\n  c: {next: {fit: d}}\n")
    steps = expand(data)["steps"]
    done = steps["a"]["next"]
    assert key_span(done, "done")[:3] == ("a.yaml", 4, 7)
    assert value_span(done["done"], "to")[:3] == ("a.yaml", 4, 13)
    fit = steps["c"]["next"]
    assert key_span(fit, "fit")[:3] == ("a.yaml", 5, 14)
    assert value_span(fit["fit"], "to")[:3] == ("a.yaml", 5, 19)
    assert key_span(steps, "c")[:3] == ("a.yaml", 5, 3)


def test_the_input_stays_and_what_has_no_short_form_is_shared() -> None:
    data = process("{next: b, effort: {mean: 2h}}")
    before = plain(data)
    full = expand(data)
    assert plain(data) == before
    assert full is not data
    assert full["steps"]["a"]["effort"] is data["steps"]["a"]["effort"]


ids = st.sampled_from(["a", "b", "next", "steps", "parallel", "done", "to", "arrivals", "sources"])
values = st.recursive(
    st.sampled_from(["b", 3, True, "30 per week"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ids, inner, max_size=4),
    max_leaves=25,
)


def anything(value: Any) -> Map:
    """Plain data as if read from a file, right or wrong: JSON is YAML."""
    data = read(json.dumps(value), "a.yaml").data
    assert data is not None
    return data


@given(st.dictionaries(ids | st.just("steps.a.next"), values, max_size=5))
def test_expanding_twice_changes_nothing_more(body: dict[str, Any]) -> None:
    for head in ({"process": "p", **body}, {"variant": "v", "change": body}):
        once = expand(anything(head))
        assert plain(expand(once)) == plain(once)


@given(st.dictionaries(ids, values, max_size=5))
def test_the_order_of_keys_never_matters(body: dict[str, Any]) -> None:
    def reverse(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: reverse(value[key]) for key in reversed(value)}
        return value

    one = expand(anything({"process": "p", **body}))
    other = expand(anything(reverse({"process": "p", **body})))
    assert plain(one) == plain(other)
