"""What holds of every kind of change: each edit has one, and backwards it is its mirror."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings

import salesflow as sf
from salesflow.changes.catalogue.example import BASE
from salesflow.changes.catalogue.row import ChangeRule
from salesflow.changes.catalogue.rules import GROUPS, RULES, by_edit, by_name, rule_for
from salesflow.changes.catalogue.shown import loaded, texts, versions, whole
from salesflow.changes.comparing import changed, lone
from salesflow.changes.edit import LEVELS, Edit
from salesflow.changes.matching.certain import MOVABLE
from salesflow.changes.sheet import CHILDREN
from salesflow.schema import language_bridges as bridges
from salesflow.schema import language_organization as organization
from salesflow.schema import language_process as head
from salesflow.schema import language_results as results
from salesflow.schema import language_roles as people
from salesflow.schema import language_steps as steps
from salesflow.schema.language_sources import source
from salesflow.schema.shapes import Record
from tests.changes.edited import versions as pairs

BACK = {"added": "removed", "removed": "added"}
EVERY = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)

# ------------------------------------------------------------------------------------- every edit has one

# Every kind of element, and the records of the language that say its keys.
RECORDS: dict[str, tuple[Record, ...]] = {
    "process": (head.process(),),
    "run": (head.process(),),
    "stage": (head.stage(),),
    "source": (source(),),
    "outcome": (head.outcome(),),
    "step": (steps.work(), steps.block(), steps.run()),
    "branch": (steps.branch(),),
    "result": (results.result(), results.inner_result()),
    "touchpoint": (bridges.touchpoint(),),
    "policy": (bridges.policy(),),
    "objective": (bridges.objective(),),
    "department": tuple(option.shape for option in people.department().options),
    "role": (people.role(),),
    "field": (organization.field(),),
    "calendar": (organization.calendar(),),
}
UNSEEN = frozenset({"salesflow", "process", "use"})  # what a document begins with
OWN = {"process": {"declared"}, "run": {"declared", "organization"}}  # keys only sheets have


def keys(what: str) -> set[str]:
    """All keys of an element that hold no elements of their own."""
    found = {key for record in RECORDS[what] for key in record.keys}
    inner = CHILDREN.get("process" if what == "run" else what, {})
    unseen = UNSEEN if what in ("process", "run") else frozenset()
    return found - inner.keys() - unseen | OWN.get(what, set())


def triples() -> Iterator[tuple[str, str, str]]:
    for what in RECORDS:
        yield from ((kind, what, "") for kind in ("added", "removed", "renamed"))
        if what in MOVABLE:
            yield ("moved", what, "")
        for key in keys(what):
            yield ("moved" if (what, key) == ("step", "stage") else "changed", what, key)
    yield ("moved", "step", "by")


def test_every_key_of_the_language_has_a_rule_and_no_rule_is_idle() -> None:
    assert set(by_edit()) == set(triples())


def test_every_kind_of_element_is_known() -> None:
    kinds = {kind for inner in CHILDREN.values() for kind in inner.values()}
    assert set(RECORDS) == kinds | {"process", "run"}


def test_the_last_rule_for_an_edit_always_holds() -> None:
    for triple, rules in by_edit().items():
        *some, last = rules
        assert last.holds is None, triple
        assert all(rule.holds is not None for rule in some), triple


# --------------------------------------------------------------------------------------- each is a rule


def test_no_two_rules_share_a_name() -> None:
    assert len(by_name()) == len(RULES) == len({rule.name for rule in RULES})
    assert list(GROUPS) == list(dict.fromkeys(GROUPS))


@EVERY
def test_a_rule_is_whole(rule: ChangeRule) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert rule.level in LEVELS
    assert rule.level != "none"
    assert rule.why.endswith(".")
    assert rule.why[0].isupper() or rule.why[0] == "`"
    assert rule.why.count(". ") + rule.why.count("? ") >= 1, "why, and what to do"
    assert 60 < len(rule.why) < 400


@EVERY
def test_a_rule_is_the_mirror_of_its_mirror(rule: ChangeRule) -> None:
    mirror = by_name()[rule.mirror]
    assert mirror.mirror == rule.name
    assert (mirror.what, mirror.field) == (rule.what, rule.field)
    assert mirror.kind == BACK.get(rule.kind, rule.kind)
    assert (mirror.name == rule.name) <= (mirror.level == rule.level)


# ------------------------------------------------------------------------------------ each has an example


def judged(old: sf.Process | None, new: sf.Process | None) -> tuple[Edit, ...]:
    """The edits between two versions, of which one may be missing."""
    if old is not None and new is not None:
        return changed(old, new).edits
    process = old or new
    assert process is not None
    return lone(process, added=old is None).edits


def backwards(edit: Edit) -> tuple[object, ...]:
    """What the same edit is, seen from the other version."""
    kind = BACK.get(edit.kind, edit.kind)
    lonely = kind in BACK
    path = edit.path if lonely else edit.old_path
    return (by_name()[edit.rule].mirror, kind, path, edit.field, edit.new, edit.old)


def forwards(edit: Edit) -> tuple[object, ...]:
    return (edit.rule, edit.kind, edit.path, edit.field, edit.old, edit.new)


@EVERY
def test_its_example_is_judged_by_the_rule_and_backwards_by_its_mirror(rule: ChangeRule) -> None:
    old, new = versions(rule)
    there, back = judged(old, new), judged(new, old)
    assert rule.name in {edit.rule for edit in there}
    assert sorted(map(str, map(backwards, there))) == sorted(map(str, map(forwards, back)))


@EVERY
def test_its_example_is_said_in_whole_sentences(rule: ChangeRule) -> None:
    for edit in judged(*versions(rule)):
        message = edit.message
        assert message.endswith("."), message
        assert message[0] != " ", message
        assert "  " not in message, message
        assert not re.search(r"\bNone\b|\{'|nothing instead of|instead of nothing", message), (
            message
        )
        assert message.count("`") % 2 == 0, message
        assert "``" not in message, message


def test_an_example_changes_little() -> None:
    for rule in RULES:
        if whole(rule):
            continue
        before, after = texts(rule)
        assert before != after
        assert BASE in (before, after)


def test_the_example_of_all_examples_loads() -> None:
    assert loaded(BASE).id == "new_business"


# -------------------------------------------------------------------------------------- whatever is changed


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(pairs(depth=2))
def test_whatever_changes_is_judged_and_backwards_by_the_mirror(
    pair: tuple[sf.Process, sf.Process],
) -> None:
    old, new = pair
    there, back = changed(old, new).edits, changed(new, old).edits
    assert sorted(map(str, map(backwards, there))) == sorted(map(str, map(forwards, back)))
    assert all(edit.message.endswith(".") and "None" not in edit.message for edit in there)


def test_an_edit_of_an_unknown_kind_has_no_rule() -> None:
    with pytest.raises(KeyError):
        by_edit()["changed", "step", "colour"]
    assert rule_for is not None
