"""No report contradicts itself, and none says a thing twice."""

import pytest

from salesflow.changes.behaviour.nouns import Behaviour
from salesflow.changes.difference import Diff
from salesflow.changes.edit import Edit
from salesflow.changes.running.nouns import Group, RunningDeals
from salesflow.nouns import FrozenMap
from salesflow.reporting.changed.text import text
from tests.reporting.changed.diffs import edits, rich


def flat(report: str) -> str:
    return " ".join(report.split())


def test_ways_that_count_otherwise_are_not_called_the_same() -> None:
    kind = Edit(
        kind="changed",
        what="outcome",
        path="outcomes.lost",
        field="kind",
        old="lost",
        new="disqualified",
    )
    told = ("A deal can no longer be lost at `call`.",)
    same = rich().replace(behaviour=Behaviour(verdict="same", statements=told), edits=(kind,))
    report = flat(text([same]))
    said = "take the same ways as before, but they count otherwise: `lost` is `disqualified` now."
    assert said in report
    assert "exactly" not in report
    others = Behaviour(verdict="same", same_deals=False)
    both = flat(text([same.replace(behaviour=others)]))
    assert "not the same deals take them" in both
    assert "They also count otherwise: `lost` is `disqualified` now." in both
    assert "exactly" not in flat(text([same.replace(edits=edits()[:1])]))


def test_where_statements_say_it_one_way_of_each_version_is_enough() -> None:
    runs = tuple((f"w{n}", f"s{n}.ok") for n in range(3))
    ways = Behaviour(verdict="different", only_old=runs, only_new=runs[:1], statements=("So.",))
    report = flat(text([rich().replace(behaviour=ways)]))
    assert "Only the old version: w0 → s0 (ok) Only the new version: w0 → s0 (ok)" in report
    assert "and 2 more ways (--format json has all)" in report
    bare = flat(text([rich().replace(behaviour=ways.replace(statements=()))]))
    assert "Only the old version: w2 → s2 (ok)" in bare


def test_a_rename_that_says_how_sure_it_is_says_it_once() -> None:
    said = "The step `check` seems to be `inspect` now (92% sure), but no `was:` says so."
    told = tuple(edit.replace(message=said) if edit.kind == "renamed" else edit for edit in edits())
    for diff in (rich().replace(edits=told), Diff(old=None, new=rich().new, edits=told)):
        report = text([diff])
        assert flat(report[report.index("\nDetails") :]).count("92% sure") == 1
    alone = tuple(edit for edit in told if edit.kind != "renamed")
    assert "(92% sure: add `was: check` to say so)." in flat(text([rich().replace(edits=alone)]))


def test_deals_that_stand_at_a_guess_say_so_once() -> None:
    at = Group(("papers.audit.check", "call"), 2, "fine")
    diff = rich().replace(deals=RunningDeals(file="d.csv", groups=(at, at)))
    said = "Takes `papers.audit.inspect` for the former `papers.audit.check` (92% sure)."
    assert flat(text([diff])).count(said) == 1
    elsewhere = RunningDeals(file="d.csv", groups=(at._replace(at=("call",)),))
    assert "Takes" not in text([diff.replace(deals=elsewhere)])
    inside = RunningDeals(file="d.csv", groups=(at._replace(at=("check",)),))
    assert said in flat(text([diff.replace(deals=inside)]))


@pytest.mark.parametrize(
    ("old", "new", "back"),
    [
        ("2.1.0", "2.0.0", True),
        ("1.10", "1.9", True),
        ("v3", "2", True),
        ("1.9", "1.10", False),
        ("1.0", "1", False),
        ("1", "1.0.1", False),
        ("2026-spring", "1", False),
        ("", "1", False),
    ],
)
def test_a_version_that_goes_back_asks_whether_they_are_swapped(
    old: str, new: str, *, back: bool
) -> None:
    diff = rich()
    assert diff.old is not None
    assert diff.new is not None
    turned = diff.replace(old=diff.old.replace(version=old), new=diff.new.replace(version=new))
    said = f"Its version goes back from {old} to {new}. Are OLD and NEW swapped?"
    assert (said in flat(text([turned]))) is back


def test_departments_that_read_the_same_line_share_it() -> None:
    same = ("1 change, breaking. `lost` counts as disqualified now.",)
    lines = dict.fromkeys(("legal", "sales", "security", "buyer"), same)
    rows = text([rich().replace(departments=FrozenMap(lines))]).splitlines()
    start = rows.index("For whom something changes")
    assert [" ".join(row.split()) for row in rows[start + 1 : start + 3]] == [
        f"! Legal, Sales, Security {same[0]}",
        f"Buyer (external) {same[0]}",
    ]
    told = ("2 changes: you a and b.", "You a.", "You b.")
    two = {"legal": told, "sales": (*told[:2], "You c."), "security": told}
    report = flat(text([rich().replace(departments=FrozenMap(two))]))
    assert f"! Legal, Security {told[0]}" in report
    assert f"! Sales {told[0]}" in report
    many = {f"department_{n}": same for n in range(9)}
    report = text([rich().replace(departments=FrozenMap(many))])
    assert all(f"department {n}" in flat(report) for n in range(9))
    assert flat(report).count("`lost` counts") == 1


def test_what_the_customers_department_reads_is_not_told_to_customers_too() -> None:
    demo = edits()[3]
    assert "\n  ✓ Customers" in text([rich().replace(edits=(demo,))])
    theirs = demo.replace(audience=("buyer", "sales", "customers"))
    assert "Customers" not in text([rich().replace(edits=(theirs,))])
    assert "\n  ✓ Customers" in text([rich().replace(edits=(theirs, demo.replace(message="x.")))])
