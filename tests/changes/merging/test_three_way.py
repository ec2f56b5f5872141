"""Data merged by place: what goes together, what does not, and what is called how."""

from typing import Any

import pytest

from salesflow.changes.merging.places import GONE, Members, plain, root_of, same, shortest
from salesflow.changes.merging.three_way import Merged, three_way
from salesflow.changes.merging.twice import put_elsewhere_twice

CALL: dict[str, Any] = {"by": "sales", "next": {"fit": "demo", "no": "lost"}}
STEPS: dict[str, Any] = {"call": CALL, "demo": {"by": "sales", "next": "won"}}


def merged(base: Any, ours: Any, theirs: Any, kind: str = "process") -> Merged:
    said = [value if value is GONE else plain(value, kind) for value in (base, ours, theirs)]
    return three_way(*said, kind)  # type: ignore[call-arg]


def steps(base: Any, ours: Any, theirs: Any) -> Merged:
    return merged({"steps": base}, {"steps": ours}, {"steps": theirs})


def clashing(merge: Merged) -> list[str]:
    return [clash.path for clash in merge.clashes]


def test_each_side_may_change_something_else() -> None:
    merge = steps(
        STEPS,
        {**STEPS, "call": {**CALL, "effort": "1h"}},
        {**STEPS, "call": {**CALL, "next": {"fit": "demo", "no": "lost", "later": "call"}}},
    )
    assert merge.clashes == ()
    assert merge.data["steps"]["call"]["effort"] == "1h"
    assert merge.data["steps"]["call"]["next"]["later"] == {"to": "call"}
    assert [taken.path for taken in merge.taken] == ["steps.call.next.later"]


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "data"),
    [
        ({"a": "1h"}, {"a": "2h"}, {"a": "2h"}, {"a": "2h"}),
        ({"a": "1h"}, {}, {}, {}),
        ({"a": "1h", "b": 1}, {"b": 1}, {"a": "1h", "b": 2}, {"b": 2}),
        ({}, {"a": {"x": 1}}, {"a": {"x": 1}, "b": 2}, {"a": {"x": 1}, "b": 2}),
        ({"requires": ["a"]}, {"requires": ["b", "a"]}, {"requires": []}, {"requires": ["b"]}),
        ({}, {"requires": ["b"]}, {"requires": ["a"]}, {"requires": ["b", "a"]}),
        ({"captures": ["a"]}, {"captures": ["a", "b"]}, {"captures": ["c", "a"]}, {"captures": ["a", "b", "c"]}),
    ],
)  # fmt: skip
def test_what_goes_together(base: Any, ours: Any, theirs: Any, data: Any) -> None:
    for one, two in ((ours, theirs), (theirs, ours)):
        merge = merged(base, one, two, "step")
        assert merge.clashes == ()
        assert same(merge.data, plain(data, "step"))


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "path"),
    [
        ({"effort": "1h"}, {"effort": "2h"}, {"effort": "3h"}, "effort"),
        ({"effort": "1h"}, {}, {"effort": "3h"}, "effort"),
        ({}, {"effort": "2h"}, {"effort": "3h"}, "effort"),
        # value maps are one value each, and so are lists with an order
        ({"sla": {"within": "1d"}}, {"sla": {"within": "2d"}}, {"sla": {"within": "1d", "target": "9%"}}, "sla"),
        ({"wait": {"mean": "2d"}}, {"wait": {"median": "2d"}}, {"wait": {"mean": "2d", "sd": "1d"}}, "wait"),
        ({"next": {"a": ["x", "y"]}}, {"next": {"a": ["x", "z"]}}, {"next": {"a": ["x", "y", "q"]}}, "next.a.to"),
        ({"captures": ["a"]}, {"captures": {"a": 1}}, {"captures": ["a", "b"]}, "captures"),
        ({"x-note": {"a": 1}}, {"x-note": {"a": 2}}, {"x-note": {"a": 1, "b": 1}}, "x-note"),
        ({"requires": [["a"]]}, {"requires": [["b"]]}, {"requires": []}, "requires"),
        ({"requires": ["a"]}, {"requires": ["a", "a"]}, {"requires": []}, "requires"),
        ({"keeps_deal": 0}, {"keeps_deal": True}, {"keeps_deal": 1}, "keeps_deal"),
    ],
)  # fmt: skip
def test_what_does_not_go_together(base: Any, ours: Any, theirs: Any, path: str) -> None:
    for one, two in ((ours, theirs), (theirs, ours)):
        merge = merged(base, one, two, "step")
        assert clashing(merge) == [path]
        assert same(merge.data, plain(one, "step"))


def test_nothing_is_taken_that_ours_has_already() -> None:
    merge = merged(
        {"requires": ["a"]}, {"requires": ["a", "b", "c"]}, {"requires": ["a", "b"]}, "step"
    )
    assert merge.taken == ()
    assert merge.data == {"requires": ["a", "b", "c"]}


def test_a_short_form_and_its_long_one_are_the_same_place() -> None:
    merge = merged(
        {"next": "demo"}, {"next": "won"}, {"next": {"done": {"to": "demo", "share": 1}}}, "step"
    )
    assert merge.clashes == ()
    assert merge.data == {"next": {"done": {"to": "won", "share": 1}}}
    assert shortest(merge.data, "step") == merge.data
    assert shortest(plain({"next": {"a": "b"}}, "step"), "step") == {"next": {"a": "b"}}


def test_maps_of_ids_need_not_have_been_there_but_elements_must() -> None:
    one, two = {"by": "sales"}, {"by": "legal"}
    assert merged({}, {"steps": {"a": one}}, {"steps": {"b": two}}).data == {
        "steps": {"a": one, "b": two}
    }
    assert clashing(merged({}, {"steps": {"a": one}}, {"steps": {"a": two}})) == ["steps.a"]


# --------------------------------------------------------------------------------- other names


def test_a_renamed_step_is_followed_by_what_the_other_side_changed() -> None:
    renamed = {"trial": {"was": "demo", **STEPS["demo"]}, "call": CALL}
    changed = {**STEPS, "demo": {**STEPS["demo"], "effort": "2h"}}
    for ours, theirs in ((renamed, changed), (changed, renamed)):
        merge = steps(STEPS, ours, theirs)
        assert merge.clashes == ()
        assert merge.data["steps"]["trial"] == plain(
            {"was": "demo", "by": "sales", "next": "won", "effort": "2h"}, "step"
        )
        assert "demo" not in merge.data["steps"]
    assert ("steps.demo", "demo", "trial") in merge.taken
    both = steps(STEPS, renamed, {**renamed, "trial": {**renamed["trial"], "effort": "1h"}})
    assert both.clashes == ()
    assert both.data["steps"]["trial"]["effort"] == "1h"


def test_without_was_it_is_a_removal_that_clashes_with_a_change() -> None:
    renamed = {"trial": STEPS["demo"], "call": CALL}
    changed = {**STEPS, "demo": {"by": "legal", "next": "won"}}
    assert clashing(steps(STEPS, renamed, changed)) == ["steps.demo"]
    assert clashing(steps(STEPS, changed, renamed)) == ["steps.demo"]


@pytest.mark.parametrize(
    "ours",
    [
        {"call": CALL, "trial": {"was": "demo"}, "pilot": {"was": "demo"}},  # which of the two?
        {**STEPS, "trial": {"was": "demo"}},  # it is still there
        {"call": {"was": "demo"}},  # a known one claims to have been it
        {"call": CALL, "trial": {"was": ["demo"]}},
        {"call": CALL, "trial": "demo"},
    ],
)
def test_uncertain_names_are_not_followed(ours: Any) -> None:
    theirs = {**STEPS, "demo": {**STEPS["demo"], "effort": "2h"}}
    merge = steps(STEPS, ours, theirs)
    assert merge.clashes or "demo" in merge.data["steps"]
    assert "effort" not in merge.data["steps"].get("trial", {})


def test_one_step_with_two_new_names_is_a_clash() -> None:
    ours = {"call": CALL, "trial": {"was": "demo", **STEPS["demo"]}}
    theirs = {"call": CALL, "pilot": {"was": "demo", **STEPS["demo"]}}
    merge = steps(STEPS, ours, theirs)
    assert [(c.path, c.ours, c.theirs, c.note) for c in merge.clashes] == [
        ("steps.demo", "trial", "pilot", "both sides renamed it")
    ]


def test_a_name_that_the_other_side_took_for_something_else() -> None:
    ours = {"call": CALL, "trial": {"was": "demo", **STEPS["demo"]}}
    theirs = {**STEPS, "trial": {"by": "legal", "next": "lost"}}
    for one, two in ((ours, theirs), (theirs, ours)):
        assert clashing(steps(STEPS, one, two)) == ["steps.trial"]


# ------------------------------------------------------------------------- put elsewhere twice


def elsewhere(base: Any, ours: Any, theirs: Any) -> list[tuple[str, Any, Any]]:
    said = [plain({"steps": value}, "process") for value in (base, ours, theirs)]
    return [
        (clash.path, clash.ours, clash.theirs)
        for clash in put_elsewhere_twice(*said, "process")  # type: ignore[call-arg]
    ]


def block(*names: str) -> dict[str, Any]:
    return {"parallel": {name: {"steps": {"demo": STEPS["demo"]}} for name in names}}


def test_both_sides_move_a_step_elsewhere() -> None:
    base = {**STEPS, "papers": block()}
    ours, theirs = ({"call": CALL, "papers": block(name)} for name in ("one", "two"))
    parts = "steps.papers.parallel"
    assert elsewhere(base, ours, theirs) == [
        ("steps.demo", f"{parts}.one.steps.demo", f"{parts}.two.steps.demo")
    ]
    assert elsewhere(base, ours, ours) == []
    assert elsewhere(base, ours, base) == []
    assert elsewhere(base, {"call": CALL}, theirs) == []


def test_both_sides_rename_a_step_without_saying_so() -> None:
    ours, theirs = ({"call": CALL, name: STEPS["demo"]} for name in ("trial", "pilot"))
    assert elsewhere(STEPS, ours, theirs) == [("steps.demo", "steps.trial", "steps.pilot")]
    said = {"call": CALL, "pilot": {"was": "demo", "by": "legal", "next": "lost"}}
    assert elsewhere(STEPS, ours, said) == [("steps.demo", "steps.trial", "steps.pilot")]
    other = {"call": CALL, "pilot": {"by": "legal", "next": "lost"}}
    assert elsewhere(STEPS, ours, other) == []


def test_too_many_to_compare_are_left_to_people(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = ({"call": CALL, name: {"by": name}} for name in ("trial", "pilot"))
    assert elsewhere(STEPS, ours, theirs) == []
    monkeypatch.setattr("salesflow.changes.merging.twice.MOST", 1)
    assert elsewhere(STEPS, ours, theirs) == [("steps.demo", GONE, GONE)]
    assert elsewhere(STEPS, ours, {"call": CALL}) == []


# --------------------------------------------------------------------------- other documents


def test_changes_of_variants_merge_by_dotted_key() -> None:
    base = {
        "variant": "v",
        "change": {"steps.call.requires": ["a"], "steps": {"call": {"by": "x"}}},
    }
    ours = {
        "variant": "v",
        "change": {"steps.call.requires": ["a", "b"], "steps": {"call": {"by": "y"}}},
    }
    theirs = {
        "variant": "v",
        "change": {"steps.call.requires": ["c"], "steps": {"call": {"by": "x", "next.fit": "won"}}},
        "remove": ["steps.old"],
    }
    root = root_of(base)
    merge = merged(base, ours, theirs, root)
    assert merge.clashes == ()
    assert merge.data["change"]["steps.call.requires"] == ["b", "c"]
    assert merge.data["change"]["steps"]["call"] == {"by": "y", "next.fit": {"to": "won"}}
    clash = merged(base, ours, {"variant": "v", "change": {"steps.call.sla.within": 1}}, root)
    assert "change.steps.call.requires" in clashing(clash)


def test_cases_of_tests_merge_by_field() -> None:
    root = root_of({"tests": "t"})
    base = {
        "tests": "t",
        "cases": {"small": {"deal": {"amount": 1}, "never": ["a"], "with": {"x": 1}}},
    }
    ours = {
        "tests": "t",
        "cases": {"small": {"deal": {"amount": 2}, "never": ["a", "b"], "with": {"x": 1}}},
    }
    theirs = {
        "tests": "t",
        "cases": {
            "small": {"deal": {"amount": 1, "region": "x"}, "never": [], "with": {"x": 1, "y": 2}}
        },
    }
    merge = merged(base, ours, theirs, root)
    assert merge.clashes == ()
    assert merge.data["cases"]["small"] == {
        "deal": {"amount": 2, "region": "x"},
        "never": ["b"],
        "with": {"x": 1, "y": 2},
    }


def test_what_is_no_document_has_no_root() -> None:
    assert root_of({"salesflow": 1}) == ""
    assert root_of({"process": "a", "tests": "b"}) == ""
    assert root_of({"organization": "a"}) == "process"


def test_equal_means_the_same_to_a_reader() -> None:
    assert not same(True, 1)
    assert same(Members(["a", "b"]), Members(["b", "a"]))
    assert not same(["a", "b"], ["b", "a"])
    assert not same(Members(["a"]), ["b"])
    assert not same({"a": 1}, {"b": 1})
    assert not same({"a": 1}, ["a"])
    assert not same(["a"], "a")
    assert not same(GONE, {})
    assert repr(GONE) == "GONE"
