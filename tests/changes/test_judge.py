"""Laws of the verdicts, whatever changed, and what a configuration does to them."""

import pytest
from hypothesis import given, settings

import salesflow as sf
from salesflow.changes.catalogue.example import BASE
from salesflow.changes.catalogue.parties import known_department
from salesflow.changes.catalogue.row import Case
from salesflow.changes.catalogue.rules import GROUPS, by_name, rule_for
from salesflow.changes.catalogue.shown import run_by_another
from salesflow.changes.comparing import changed
from salesflow.changes.difference import Diff
from salesflow.changes.edit import CUSTOMERS, LEVELS, REPORTING, RUNNING, Edit
from salesflow.changes.levels import Levels, Waiver
from salesflow.nouns import FrozenMap
from tests.changes.agreed import versions
from tests.changes.catalogue.examples import compared
from tests.changes.catalogue.test_people_and_contracts import OURS
from tests.changes.edited import versions as flow_versions

_WORDS = [RUNNING, REPORTING, CUSTOMERS]
_BACKWARDS = {"added": "removed", "removed": "added"}


def backwards(edit: Edit) -> Edit:
    """The same edit seen from the new version."""
    there = edit.old_path if edit.old_path and edit.kind != "removed" else edit.path
    back = {"added": edit.path, "removed": ""}.get(edit.kind, edit.path)
    return edit.replace(
        kind=_BACKWARDS.get(edit.kind, edit.kind),
        path=there,
        old_path=back,
        old=edit.new,
        new=edit.old,
    )


def judge_well(diff: Diff) -> None:
    """Every edit has a verdict that can be read, and the mirror rule judges it backwards."""
    old, new = diff.old, diff.new
    assert old is not None
    assert new is not None
    for edit in diff.edits:
        assert edit.message.endswith("."), edit
        assert "None" not in edit.message, edit
        assert "\n" not in edit.message, edit
        assert edit.level in LEVELS
        rule = by_name()[edit.rule]
        back = Case(backwards(edit), new, old, diff.matching.mirrored())
        assert rule_for(back).name == rule.mirror, edit
        assert by_name()[rule.mirror].mirror == rule.name
        assert rule_for(back).message(back).endswith("."), edit
        departments = [name for name in edit.audience if name not in _WORDS]
        others = [name for name in edit.audience if name in _WORDS]
        assert [*edit.audience] == sorted(departments) + [w for w in _WORDS if w in others]
        for name in departments:
            assert known_department(new, name) or known_department(old, name), edit
    ranks = [LEVELS.index(edit.level) for edit in diff.edits]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize("group", OURS)
def test_every_example_backwards(group: str) -> None:
    for rule in GROUPS[group]:
        judge_well(compared(rule))


@given(versions())
@settings(max_examples=100)
def test_changes_of_what_departments_agree_on(pair: tuple[sf.Process, sf.Process]) -> None:
    judge_well(changed(*pair))


@given(versions())
@settings(max_examples=30)
def test_changes_within_a_process_that_is_run(pair: tuple[sf.Process, sf.Process]) -> None:
    old, new = (run_by_another(process) for process in pair)
    assert old is not None
    assert new is not None
    diff = changed(old, new)
    judge_well(diff)
    assert all(edit.path.startswith("runs.new_business") for edit in diff.edits)


@given(flow_versions())
@settings(max_examples=40)
def test_changes_of_the_flow(pair: tuple[sf.Process, sf.Process]) -> None:
    judge_well(changed(*pair))


BUSY = (
    BASE.replace("accept_within: 2bd", "accept_within: 1bd")
    .replace("effort: 3h", "effort: 5h")
    .replace("requires: [quote]\n    returns", "requires: [quote, company]\n    returns")
    .replace("    name: Sales\n", "    name: Field sales\n")
)


BASE_ID = sf.loads(BASE).id


def busy(levels: Levels) -> Diff:
    return changed(sf.loads(BASE), sf.loads(BUSY), levels=levels)


def test_the_worst_comes_first_then_the_order_of_the_new_process() -> None:
    assert [edit.rule for edit in busy(Levels()).edits] == [
        "touchpoint-requires-more",
        "step-effort-more",
        "touchpoint-accept-shorter",
        "department-name",
    ]


def test_a_configured_level_counts_and_sorts() -> None:
    levels = Levels(
        levels=FrozenMap({"touchpoint-requires-more": "safe", "department-name": "breaking"})
    )
    diff = busy(levels)
    assert [(edit.rule, edit.level) for edit in diff.edits] == [
        ("department-name", "breaking"),
        ("step-effort-more", "check"),
        ("touchpoint-accept-shorter", "check"),
        ("touchpoint-requires-more", "safe"),
    ]
    assert diff.level == "breaking"


def waived(*waivers: Waiver) -> Diff:
    return busy(Levels(waivers=waivers, file="/a/b/salesflow.toml"))


def test_a_waiver_says_why_and_takes_the_weight() -> None:
    diff = waived(Waiver("touchpoint-requires-more", "touchpoints.to_legal", "Agreed."))
    assert {edit.rule: edit.waived for edit in diff.edits if edit.waived} == {
        "touchpoint-requires-more": "Agreed."
    }
    assert diff.level == "check"
    assert diff.notes == ()
    below = waived(Waiver("step-effort-more", "steps.papers.*", "Agreed."))
    assert [edit.rule for edit in below.edits if edit.waived] == ["step-effort-more"]


def test_a_waiver_of_another_rule_element_or_process_does_nothing() -> None:
    diff = waived(
        Waiver("touchpoint-requires-less", "touchpoints.to_legal", "so"),
        Waiver("touchpoint-requires-more", "touchpoints.to_security", "so"),
        Waiver("touchpoint-requires-more", "touchpoints.to_legal", "so", "renewals"),
        Waiver("step-effort-more", "steps.papers", "so"),
    )
    assert not any(edit.waived for edit in diff.edits)


def test_a_waiver_with_a_mistyped_path_says_what_was_meant() -> None:
    said = "in salesflow.toml matches nothing: there is no such element. Did you mean"
    for rule, path, meant in (
        ("touchpoint-requires-more", "touchpoints.to_leagl", "touchpoints.to_legal"),
        ("step-effort-more", "steps.paper.*", "steps.papers.*"),
    ):
        diff = waived(Waiver(rule, path, "so"))
        assert diff.notes == (f"The waiver for `{rule}` at `{path}` {said} `{meant}`?",)
        assert not any(edit.waived for edit in diff.edits)
        assert waived(Waiver(rule, meant, "so")).notes == ()
        assert waived(Waiver("step-removed", path, "so")).notes == ()  # of another process, perhaps


def test_a_waiver_that_names_its_process_is_told_where_that_has_no_such_element() -> None:
    said = "in salesflow.toml matches nothing:"
    diff = waived(
        Waiver("step-removed", "steps.singn", "so", BASE_ID),
        Waiver("step-removed", "steps.long_gone", "so", BASE_ID),
        Waiver("step-removed", "steps.long_gone.*", "so", "renewals"),
    )
    assert diff.notes == (
        f"The waiver for `step-removed` at `steps.singn` {said} there is no such element. "
        "Did you mean `steps.sign`?",
        f"The waiver for `step-removed` at `steps.long_gone` {said} neither version of "
        f"`{BASE_ID}` has such an element. Mend the path, or remove it.",
    )


def test_a_waiver_that_hits_nothing_is_noted_where_it_could_have() -> None:
    said = "matches nothing any more: remove it."
    diff = waived(
        Waiver("touchpoint-requires-less", "touchpoints.to_legal", "so"),
        Waiver("step-effort-more", "steps.sign.*", "so"),
        Waiver("step-effort-more", "steps.of_another_process", "so"),
        Waiver("step-effort-more", "steps.sign", "so", "renewals"),
        Waiver("step-effort-more", "steps.papers.*", "so"),
    )
    assert diff.notes == (
        f"The waiver for `touchpoint-requires-less` at `touchpoints.to_legal` in salesflow.toml {said}",
        f"The waiver for `step-effort-more` at `steps.sign.*` in salesflow.toml {said}",
    )
    process = sf.loads(BASE)
    same = changed(
        process, process, levels=Levels(waivers=(Waiver("step-removed", "steps.call", "so"),))
    )
    assert same.notes == (
        f"The waiver for `step-removed` at `steps.call` in the configuration {said}",
    )
    assert same.edits == ()
