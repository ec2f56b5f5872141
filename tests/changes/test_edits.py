"""Edits as values, and made on a process that they may not fit."""

import pytest

import salesflow as sf
from salesflow.changes.apply import apply
from salesflow.changes.catalogue.example import BASE
from salesflow.changes.comparing import changed, lone
from salesflow.changes.difference import Diff, overall
from salesflow.changes.edit import Edit, worst
from salesflow.changes.luck import drawn_as
from salesflow.changes.translation import translated
from salesflow.process.dump import dump
from tests.changes.behaviour.test_parts import INNER, nested
from tests.changes.running.test_verdicts import RUN, running

LIMIT = BASE.replace("accept_within: 2bd", "accept_within: 1bd").replace("name: Sales", "name: Us")


def limits() -> Diff:
    return changed(sf.loads(BASE), sf.loads(LIMIT))


def test_edits_are_values_whatever_data_they_carry() -> None:
    edit = Edit(kind="added", what="step", path="steps.x", new={"next": {"done": {"to": "won"}}})
    same = Edit(kind="added", what="step", path="steps.x", new={"next": {"done": {"to": "won"}}})
    assert {edit, same} == {edit}
    assert {edit, edit.replace(new={})} != {edit}
    assert {edit, edit.replace(path="steps.z")} == {edit.replace(path="steps.z"), edit}


def test_a_diff_is_told_in_a_line() -> None:
    assert repr(limits()) == "Diff(new_business: 2 changes, check)"
    process = sf.loads(BASE)
    assert repr(lone(process, added=False)) == "Diff(new_business: 1 changes, breaking)"
    assert repr(Diff(old=None, new=None)) == "Diff(: 0 changes, none)"


def test_of_several_diffs_the_worst_counts() -> None:
    process = sf.loads(BASE)
    gone = lone(process, added=False)
    assert overall([limits(), gone, changed(process, process)]) == "breaking"
    assert overall([changed(process, process)]) == overall([]) == worst([]) == "none"
    assert worst(["cosmetic", "safe"]) == "safe"


def test_in_json_each_edit_has_its_places_and_none_where_it_is_not() -> None:
    edit = Edit(kind="changed", what="step", path="steps.x", old_path="steps.x", field="effort")
    data = edit.to_dict()
    assert (data["old_place"], data["new_place"]) == (None, None)
    (limit, name) = limits().to_dict()["edits"]
    assert (limit["rule"], name["rule"]) == ("touchpoint-accept-shorter", "department-name")
    line = next(n for n, row in enumerate(BASE.splitlines(), 1) if row.startswith("  to_legal:"))
    assert limit["old_place"] == limit["new_place"] == {"file": "<text>", "line": line, "column": 3}
    assert limit["confidence"] == 1.0
    assert limit["audience"] == ["legal", "sales"]


def test_edits_of_what_is_not_there_are_refused() -> None:
    (edit, _) = limits().edits
    gone = edit.replace(path="touchpoints.to_tax", old_path="touchpoints.to_tax")
    with pytest.raises(sf.UsageError, match=r"no `touchpoints\.to_tax` in `new_business`"):
        apply([gone], sf.loads(BASE))


def test_edits_that_leave_no_process_are_refused() -> None:
    step = "steps.call"
    edit = Edit(kind="changed", what="step", path=step, old_path=step, field="effort", new="soon")
    with pytest.raises(sf.LoadError, match="`soon` is not hands-on time"):
        apply([edit], sf.loads(BASE))


def test_runs_in_runs_are_put_together_again() -> None:
    old = nested("{dig: {next: sift}, sift: {next: found}}")
    new = nested("{dig: {effort: 2h, next: {done: sift, luck: found}}, sift: {next: found}}")
    diff = changed(old, new)
    assert {edit.path for edit in diff.edits} == {
        "runs.deep.steps.dig",
        "runs.deep.steps.dig.next.luck",
    }
    made = diff.apply(old)
    assert changed(made, new).edits == ()
    assert {run.file for run in made.runs.values()} == {run.file for run in old.runs.values()}


def test_a_run_that_comes_with_edits_stands_beside_the_process() -> None:
    """So the whole can be written as files, each under its own name."""
    old = running(INNER, RUN.replace("run: credit, next: {good: won, bad: lost}", "next: won"))
    made = changed(old, running(INNER, RUN)).apply(old)
    assert [run.file for run in made.runs.values()] == ["credit.salesflow.yaml"]
    assert dump(made)["use"] == ["credit.salesflow.yaml"]


def test_what_lies_in_a_run_that_is_new_draws_no_luck_of_old() -> None:
    old = running(INNER, "{call: {next: won}}")
    new = running(INNER, RUN)
    diff = changed(old, new)
    was, paths = translated(old, diff.matching)
    assert not [path for path in drawn_as(was, new, diff.matching, paths) if "check." in path]


@pytest.mark.parametrize(
    "condition",
    [
        "%s > 5",
        "%s + 3 * %s >= 10 - %s",
        "-%s < -5",
        "not (%s >= 2 and %s <= 9)",
        "filled(%s) or %s == 4",
    ],
)
def test_a_field_with_another_name_changes_no_condition(condition: str) -> None:
    text = BASE.replace("when: amount < 20000}", "when: @}").replace("amount", "budget")
    text = text.replace("budget: {type", "budget: {was: amount, type")
    old = BASE.replace("when: amount < 20000}", f"when: '{condition.replace('%s', 'amount')}'}}")
    new = text.replace("@", f"'{condition.replace('%s', 'budget')}'")
    found = changed(sf.loads(old), sf.loads(new)).edits
    assert {edit.rule for edit in found} == {"field-renamed", "field-was"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("captures: [quote]", "captures: [quote, report]"),
        ("captures: [quote]", "captures: {report: filled, amount: 5}"),
        ("{company: filled, amount", "{company: filled, phone: filled, amount"),
        ("not_a_fit: {to: lost, share: rest, set: {reason: timing}}", "not_a_fit: {to: lost, share: rest, set: {region: emea}}"),
        ("crm: {salesforce: Discovery}", "crm: {hubspot: Talks}"),
        ("holidays: [2026-05-01]", "holidays: [2026-05-01, 2026-12-25]"),
        ("requires: [quote]\n    returns: [contract]", "requires: [quote, company]"),
        ("[high, low]", "[high, low, middle]"),
        ("with: [manager]", "with: [counsel, clerk]"),
        ("locked: [steps.papers]", "locked: [steps.call, outcomes.won]"),
        ("{to: papers, when: amount < 20000}", "{to: [papers, call], when: amount < 20000, at_most: 3}"),
    ],
)  # fmt: skip
def test_edits_of_what_is_kept_by_id_make_the_new_version(before: str, after: str) -> None:
    assert BASE.count(before) == 1
    old, new = sf.loads(BASE), sf.loads(BASE.replace(before, after))
    there, back = changed(old, new), changed(new, old)
    assert there.edits
    assert there.apply(old) == new
    assert back.apply(new) == old


def test_what_is_called_otherwise_is_followed_into_every_value_that_names_it() -> None:
    """A calendar of arrivals, the role that a step goes up to, the result of a time limit, …"""
    old = BASE.replace("arrivals: 10 per week", "arrivals: {rate: 10 per week, calendar: office}")
    new = (
        old.replace("  office: {timezone", "  desk: {was: office, timezone")
        .replace("calendar: office", "calendar: desk")
        .replace("      manager: {people", "      boss: {was: manager, people")
        .replace("with: [manager]", "with: [boss]")
        .replace("by: manager", "by: boss")
        .replace("result: silent", "result: mute")
        .replace("      silent: {to: lost,", "      mute: {was: silent, to: lost,")
        .replace("  closing: {win", "  ending: {was: closing, win")
        .replace("stage: closing", "stage: ending")
    )
    kinds = {(edit.kind, edit.field) for edit in changed(sf.loads(old), sf.loads(new)).edits}
    assert kinds == {("renamed", ""), ("changed", "was")}
