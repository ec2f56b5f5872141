"""Nouns behave as frozen dataclasses would, and frozen maps as dicts that never change."""

import copy
import pickle

import pytest

from salesflow.nouns import FrozenMap, Noun


class Place(Noun):
    unequal = frozenset({"line"})

    city: str
    line: int = 0


class Office(Place):
    people: int = 1


def test_fields_come_by_name_with_defaults_and_bases() -> None:
    office = Office(city="Bonn", people=3)
    assert (office.city, office.line, office.people) == ("Bonn", 0, 3)


@pytest.mark.parametrize(
    ("values", "message"),
    [({}, "Place needs city"), ({"city": "Bonn", "lin": 1}, "Place has no lin")],
)
def test_missing_and_unknown_fields_are_refused(values: dict[str, object], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        Place(**values)  # type: ignore[arg-type]


def test_a_noun_never_changes() -> None:
    place = Place(city="Bonn")
    with pytest.raises(AttributeError, match="Place is frozen: city cannot be set"):
        place.city = "Köln"  # type: ignore[misc]
    with pytest.raises(AttributeError, match="Place is frozen: city cannot be deleted"):
        del place.city
    assert place.replace(city="Köln") == Place(city="Köln")
    assert place.city == "Bonn"


def test_equality_hash_and_text_leave_out_where_things_stand() -> None:
    one, other = Place(city="Bonn", line=1), Place(city="Bonn", line=2)
    assert one == other
    assert hash(one) == hash(other)
    assert repr(one) == "Place(city='Bonn')"
    assert repr(Office(city="Bonn", people=2)) == "Office(city='Bonn', people=2)"
    assert one != Place(city="Köln")


def test_nouns_of_different_classes_are_never_equal() -> None:
    assert Place(city="Bonn") != Office(city="Bonn")
    assert Place(city="Bonn") != "Bonn"


def test_a_frozen_map_is_equal_and_hashed_whatever_its_order() -> None:
    one, other = FrozenMap({"a": 1, "b": 2}), FrozenMap({"b": 2, "a": 1})
    assert one == other
    assert hash(one) == hash(other)
    assert one == {"a": 1, "b": 2}
    assert [*one] == [*one.keys()] == ["a", "b"]
    assert [*one.values()] == [1, 2]
    assert [*one.items()] == [("a", 1), ("b", 2)]
    assert (len(one), one["a"], one.get("c"), one.get("c", 3), "b" in one) == (2, 1, None, 3, True)
    assert repr(one) == "FrozenMap({'a': 1, 'b': 2})"
    assert FrozenMap() == {}


def test_a_frozen_map_keeps_no_hold_on_what_it_was_made_from() -> None:
    items = {"a": 1}
    frozen = FrozenMap(items)
    items["a"] = 2
    assert frozen["a"] == 1
    with pytest.raises(TypeError):
        frozen["a"] = 2  # type: ignore[index]


def test_nouns_and_maps_travel() -> None:
    office = Office(city="Bonn", line=7)
    nested = FrozenMap({"a": office})
    for other in (pickle.loads(pickle.dumps(nested)), copy.deepcopy(nested)):
        assert other == nested
        assert other["a"].line == 7
