"""The JSON Schema accepts exactly the documents in which `validate` finds nothing."""

import copy
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from salesflow.schema.homes import records
from salesflow.schema.json_schema import json_schema
from salesflow.schema.language import KINDS, document
from salesflow.schema.shapes import (
    Anything,
    Either,
    Id,
    ListOf,
    MapOf,
    Number,
    Record,
    Shape,
    Text,
    Whole,
    Word,
    YesNo,
    resolved,
)
from salesflow.schema.validate import validate
from tests.schema.written import ALL, plain


def ecma_pattern(_validator: Any, pattern: str, instance: Any, _schema: Any) -> Iterator[Any]:
    """`pattern` as ECMA 262 means it: `$` is the end of the text, not before a last newline."""
    if isinstance(instance, str) and not compiled(pattern).search(instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern for Python."""
    return re.compile(pattern.replace("$", r"\Z"))


SCHEMA = json_schema()
JUDGE = extend(Draft202012Validator, {"pattern": ecma_pattern})(SCHEMA)


def agree(data: dict[str, Any]) -> bool:
    """Whether the document is right, once both have been asked and say the same."""
    _, findings = validate(data)  # type: ignore[arg-type]
    accepted = JUDGE.is_valid(data)
    assert accepted == (not findings), (findings, [e.message for e in JUDGE.iter_errors(data)])
    return accepted


# --- documents out of the tables ---------------------------------------------------------------

FREE = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=8)


def values(shape: Shape, depth: int = 5) -> st.SearchStrategy[Any]:
    """Right values of a shape (nearly: rules over several keys are not thought of)."""
    shape = resolved(shape)
    if isinstance(shape, Text | Id):
        return st.from_regex(shape.pattern, fullmatch=True) if shape.pattern else FREE
    if isinstance(shape, Word):
        return st.sampled_from(shape.words)
    if isinstance(shape, Whole):
        return st.integers(shape.least, shape.most if shape.most is not None else 10**18)
    if isinstance(shape, Number):
        return st.integers(0, 10**18) | st.floats(0, 1e9)
    if isinstance(shape, YesNo):
        return st.booleans() if shape.only is None else st.just(shape.only)
    if isinstance(shape, ListOf):
        return st.lists(
            values(shape.item, depth),
            min_size=shape.least,
            max_size=shape.least + 2 if shape.most is None else shape.most,
            unique=shape.different,
        )
    if isinstance(shape, MapOf):
        size = shape.least + (1 if depth > 0 else 0)
        inner = st.deferred(lambda: values(shape.value, depth - 1))
        return st.dictionaries(values(shape.key), inner, min_size=shape.least, max_size=size)
    if isinstance(shape, Either):
        options = [o.shape for o in shape.options if depth > 0 or o.having != ("parallel",)]
        return st.one_of([st.deferred(lambda o=o: values(o, depth)) for o in options])
    if isinstance(shape, Record):
        needed = {name for name, key in shape.keys.items() if key.required}
        return st.fixed_dictionaries(
            {name: values(shape.keys[name].shape, depth - 1) for name in needed},
            optional={
                name: st.deferred(lambda key=key: values(key.shape, depth - 1))
                for name, key in shape.keys.items()
                if name not in needed
            },
        )
    assert isinstance(shape, Anything)
    return st.none() | FREE | st.integers() | st.lists(FREE, max_size=2)


STRANGE: tuple[Any, ...] = (
    "", "x", "discovery", "Discovery", "some-id", "done", "leave", "next", "rest", "filled", "source",
    "a" * 64, "a" * 65, "3h", "3 h", "2bd", "2d", "30%", "101%", "0%", "-5%", "30 per week", "all",
    "2026-02-29", "2028-02-29", "1.2.3", "2d\n", "саll", "true", "09:00-18:00", "mon-fri", "x-note",
    0, 1, 2, -1, 1.0, 0.5, 10**17, True, False, [], ["a", "a"], ["a", "b"], [[]], {}, {"to": "a"},
    {"x-note": 1}, {"at_least": 2}, {"median": "3d", "p90": "10d"}, {"any_of": {"1d": "rest"}},
)  # fmt: skip


def holders(data: Any) -> list[Any]:
    """Every map and list of a document."""
    found = [data]
    for holder in found:
        inner = holder.values() if isinstance(holder, dict) else holder
        found.extend(each for each in inner if isinstance(each, dict | list))
    return found


@st.composite
def mutated(draw: st.DrawFn, data: dict[str, Any]) -> dict[str, Any]:
    """The document with some mistakes made in it, or what may be mistakes."""
    data = copy.deepcopy(data)
    words = sorted({key for record in ALL_RECORDS for key in record.keys})
    for _ in range(draw(st.integers(1, 3))):
        holder = draw(st.sampled_from(holders(data)))
        if isinstance(holder, list):
            holder.insert(0, copy.deepcopy(draw(st.sampled_from(STRANGE))))
            continue
        keys = list(holder)
        kind = draw(st.sampled_from(["drop", "change", "add", "rename"]))
        if kind == "add" or not keys:
            key = draw(
                st.sampled_from(words) | st.sampled_from([s for s in STRANGE if type(s) is str])
            )
            holder[key] = copy.deepcopy(draw(st.sampled_from(STRANGE)))
            continue
        key = draw(st.sampled_from(keys))
        value = holder.pop(key)
        if kind == "rename":
            holder[draw(st.sampled_from(words) | FREE)] = value
        if kind == "change":
            holder[key] = copy.deepcopy(draw(st.sampled_from(STRANGE)))
    return data


ALL_RECORDS = [record for kind in KINDS for record in records(document(kind))]


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_generated_documents(kind: str, data: st.DataObject) -> None:
    """Both say the same of documents made from the tables, and of the same with mistakes."""
    made = data.draw(values(document(kind)))
    agree(made)
    agree(data.draw(mutated(made)))


@pytest.mark.parametrize("name", ALL)
def test_written_documents_are_right(name: str) -> None:
    """Every form of the language is accepted by both."""
    assert agree(plain(ALL[name]))


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=30)
@given(data=st.data())
def test_written_documents_with_mistakes(name: str, data: st.DataObject) -> None:
    """Both say the same of a written document in which something was changed."""
    agree(data.draw(mutated(plain(ALL[name]))))


def places(data: Any) -> list[tuple[Any, Any]]:
    """Every key of every map and every index of every list."""
    return [
        (holder, key)
        for holder in holders(data)
        for key in (list(holder) if isinstance(holder, dict) else range(len(holder)))
    ]


def parts() -> list[dict[str, Any]]:
    """The great document in parts: the small one with one key, or one step, of the great one."""
    great = plain(ALL["process"])
    steps = [("steps", {name: step}) for name, step in great.pop("steps").items()]
    return [{**plain(ALL["small"]), key: value} for key, value in [*great.items(), *steps]]


def test_every_key_left_out() -> None:
    """Both say the same of every part without any one of its entries."""
    said = []
    for part in parts():
        for index in range(len(places(part))):
            data = copy.deepcopy(part)
            holder, key = places(data)[index]
            del holder[key]
            said.append(agree(data))
    assert 100 < said.count(False) < len(said) / 2  # what is required, and no more


@pytest.mark.parametrize("wrong", [{"strange": {}}, ["Not An Id"]])
def test_every_value_of_a_wrong_kind(wrong: Any) -> None:
    """Nearly nowhere in the great document may such a map or such a list stand."""
    accepted = []
    count = 0
    for part in parts():
        for index in range(len(places(part))):
            data = copy.deepcopy(part)
            holder, key = places(data)[index]
            holder[key] = copy.deepcopy(wrong)
            count += 1
            if agree(data):
                accepted.append(key)
    # Right is it only in metadata, among files, and as an element in a map of ids.
    assert len(accepted) < count / 3
    assert not {"effort", "share", "to", "by", "next", "arrivals", "kind", "when"} & set(accepted)


def test_schema_is_a_schema() -> None:
    """It holds to its own draft, and every key has texts for an editor to show."""
    Draft202012Validator.check_schema(SCHEMA)
    for record in ALL_RECORDS:
        for name, key in record.keys.items():
            assert key.title, (record.name, name)
            assert key.description.endswith("."), (record.name, name)
            assert key.examples, (record.name, name)


def test_examples_are_right() -> None:
    """What the hover texts show as examples is accepted where it is shown."""
    for record in ALL_RECORDS:
        for name, key in record.keys.items():
            for example in key.examples:
                assert fits(key.shape, example), (record.name, name, example)
        for example in record.examples:
            assert fits(record, example), (record.name, example)


def fits(shape: Shape, value: Any) -> bool:
    """Whether the value is right by its definition in the schema."""
    from salesflow.schema.accept import accepts

    return accepts(resolved(shape))(value)
