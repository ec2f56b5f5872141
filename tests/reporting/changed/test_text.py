"""The report for a terminal: what stands where, what is cut, what is said once."""

import pytest

from salesflow.changes.behaviour.nouns import Behaviour
from salesflow.changes.difference import Diff
from salesflow.changes.edit import Level
from salesflow.changes.running.nouns import Group, RunningDeals
from salesflow.nouns import FrozenMap
from salesflow.reporting.changed.text import text
from salesflow.reporting.widths import width
from tests.reporting.changed.diffs import EVIL, edits, evil, lone, nothing, rich
from tests.reporting.reports import commands


def flat(report: str) -> str:
    return " ".join(report.split())


def test_the_first_line_is_the_verdict() -> None:
    first = text([rich()]).splitlines()[0]
    assert first == (
        "new_business 1.0.0 → 1.1.0: breaking. "
        "8 changes: 3 breaking, 2 to check, 1 safe, 1 cosmetic, 1 waived."
    )


def test_departments_come_before_anything_else_and_external_ones_last() -> None:
    rows = text([rich()]).splitlines()
    start = rows.index("For whom something changes")
    assert all(not row or row.startswith("  ") for row in rows[1:start])
    names = [row[4:20].strip() for row in rows[start + 1 : start + 10] if row[4:5].isalpha()]
    assert names == [
        "Legal",
        "Sales",
        "Security",
        "Buyer (external)",
        "Running deals",
        "Reporting",
        "Customers",
    ]


def test_parts_stand_in_the_order_of_what_readers_ask() -> None:
    report = text([rich()])
    titles = [
        "For whom something changes",
        "What deals can do",
        "Running deals (",
        "What it does to the figures",
        "New findings",
        "Repaired findings",
        "Details",
        "Waived",
        "Notes",
    ]
    places = [report.index(f"\n{title.removesuffix(' (')}") for title in titles]
    assert places == sorted(places)


def test_colours_change_nothing_but_colour() -> None:
    plain, coloured = text([rich()]), text([rich()], colour=True)
    assert "\x1b" not in plain
    assert "\x1b[1;31mnew_business 1.0.0 → 1.1.0: breaking.\x1b[0m" in coloured
    for code in ("1", "2", "32", "33", "1;31", "0"):
        coloured = coloured.replace(f"\x1b[{code}m", "")
    assert coloured == plain


def test_sentences_fit_a_terminal() -> None:
    rows = [row for row in text([rich()]).splitlines() if "yaml:" not in row]
    assert max(map(width, rows)) <= 105


def test_nothing_changed_is_one_clear_sentence() -> None:
    assert text([nothing()]) == "new_business 1.0.0: nothing changed.\n"
    assert text([]) == "No process changed.\n"
    assert text([nothing(), nothing()]) == "No process changed.\n"


def test_several_processes_are_told_the_worst_first() -> None:
    report = text([lone(added=True), lone(added=False), nothing()])
    assert report.startswith("2 of 3 processes changed: 1 breaking, 1 safe.\n")
    gone, new = report.index("is removed: breaking."), report.index("is new: safe.")
    assert gone < new < report.index("Unchanged: new_business.")


def test_a_new_name_of_the_process_is_told() -> None:
    diff = rich()
    assert diff.new is not None
    renamed = diff.replace(new=diff.new.replace(id="growth", version="1.0.0"))
    assert text([renamed]).startswith("new_business 1.0.0 → growth 1.0.0: breaking.")
    same = diff.replace(new=diff.new.replace(version="1.0.0"))
    assert text([same]).startswith("new_business 1.0.0: breaking.")


def test_what_is_waived_does_not_count() -> None:
    waived = tuple(edit.replace(waived="agreed") for edit in edits())
    report = text([Diff(old=rich().old, new=rich().new, edits=waived)])
    assert report.startswith("new_business 1.0.0 → 1.1.0: none. 8 changes: all waived.")
    assert "Details" not in report
    assert "Waived: agreed" in flat(report)


def test_an_objective_says_what_of_the_deals_it_counts() -> None:
    after = rich().impact
    assert after is not None
    (goal,) = after.objectives.values()
    assert goal.old is not None
    assert goal.new is not None
    counted = [one.replace(counted="from call") for one in (goal.old, goal.new)]
    goals = FrozenMap({"win_rate": goal._replace(old=counted[0], new=counted[1])})
    said = flat(text([rich().replace(impact=after.replace(objectives=goals))]))
    assert "win_rate (from call), at least 30%: met before, missed now." in said
    assert "win_rate, at least 30%: met before, missed now." in flat(text([rich()]))


def test_what_is_inferred_says_how_sure_and_what_to_write() -> None:
    assert "`check` is now `inspect` (92% sure: add `was: check` to say so)." in text([rich()])
    sure = tuple(edit.replace(confidence=0.999) for edit in edits())
    assert "(99% sure: add" in text([rich().replace(edits=sure)])
    announced = tuple(edit.replace(announced=True) for edit in edits())
    assert "sure" not in text([Diff(old=rich().old, new=rich().new, edits=announced)])


def test_what_two_edits_say_by_the_same_words_is_said_once() -> None:
    twice = tuple(edit.replace(path=f"runs.a.{edit.path}") for edit in edits())
    once = text([Diff(old=rich().old, new=rich().new, edits=edits())])
    assert text([Diff(old=rich().old, new=rich().new, edits=(*edits(), *twice))]) == once


def test_long_lists_are_cut_and_say_so() -> None:
    many = tuple(
        edits()[2].replace(path=f"steps.s{n}", message=f"{n} changed.") for n in range(103)
    )
    report = text([rich().replace(edits=many, introduced=rich().introduced * 25)])
    assert "and 23 more changes (--format json has all)" in report
    assert "and 5 more findings (--format json has all)" in report
    ways = Behaviour(verdict="less", only_old=tuple((f"w{n}",) for n in range(9)))
    assert "and 3 more ways" in text([rich().replace(behaviour=ways)])
    crowd = RunningDeals(
        file="d.csv", groups=tuple(Group((f"s{n}",), 1, "stranded") for n in range(30))
    )
    assert "and 10 more places" in text([rich().replace(deals=crowd)])


def test_a_long_way_is_cut_in_the_middle() -> None:
    run = tuple(f"s{n}.ok" for n in range(40))
    report = flat(text([rich().replace(behaviour=Behaviour(verdict="less", only_old=(run,)))]))
    assert "s0 (ok) → s1 (ok) → s2 (ok) → s3 (ok) → … → s30 (ok) →" in report
    assert "s39 (ok)" in report
    assert "s10 (ok)" not in report


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("same", "Deals can do exactly what they could before."),
        ("more", "Deals can do all that they could before, and more."),
        ("less", "Deals can do less than before"),
        ("different", "Some ways that deals could take are gone, and others are new."),
        ("unknown", "is not known"),
    ],
)
def test_behaviour_has_a_sentence_for_each_verdict(verdict: str, said: str) -> None:
    report = flat(text([rich().replace(behaviour=Behaviour(verdict=verdict))]))  # type: ignore[arg-type]
    assert said in report
    assert ("exactly" in report) is (verdict == "same")


def test_stranded_deals_and_new_errors_alarm_whatever_the_level() -> None:
    mild = Diff(old=rich().old, new=rich().new, edits=edits()[3:4])
    assert text([mild], colour=True).startswith("\x1b[32m")
    for worse in (mild.replace(deals=rich().deals), mild.replace(introduced=rich().introduced)):
        assert text([worse], colour=True).startswith("\x1b[1;31m")
    warned = mild.replace(introduced=(rich().introduced[0]._replace(severity="warning"),))
    assert text([warned], colour=True).startswith("\x1b[32m")


def test_what_is_known_of_the_deals_comes_before_what_may_become_of_them() -> None:
    def row(diff: Diff) -> str:
        (found,) = [r for r in text([diff]).splitlines() if r[4:17] == "Running deals"]
        return " ".join(found.split())

    said = "2,118 of 3,000 deals can go on; 850 stranded, 30 waiting, 2 unknown."
    assert row(rich()) == f"! Running deals {said}"
    unknown = row(rich().replace(deals=None))
    assert unknown.startswith("! Running deals, reporting `call` can no longer end with `later`.")
    fine = RunningDeals(groups=(Group(at=("a",), count=1, verdict="fine"),))
    mild = Diff(old=rich().old, new=rich().new, edits=edits()[3:4], deals=fine)
    assert row(mild) == "✓ Running deals 1 deal: all can go on."
    doubt = RunningDeals(groups=(Group(at=("a",), count=1, verdict="waiting"),))
    assert row(mild.replace(deals=doubt)) == "• Running deals 0 of 1 deal can go on; 1 waiting."


def test_the_deals_add_up_in_the_summary() -> None:
    assert (
        "3,000 deals in deals.csv: 2,118 fine, 850 stranded, 30 waiting for what cannot come any "
        "more, 2 unknown."
    ) in flat(text([rich()]))
    none = rich().replace(deals=RunningDeals(file="d.csv"))
    assert "There are no deals in d.csv." in text([none])


@pytest.mark.parametrize("level", ["breaking", "check", "safe", "cosmetic"])
def test_levels_are_words_not_only_colours(level: Level) -> None:
    edit = edits()[1].replace(level=level)
    assert f"\n    {level:8}  `call` can" in text([rich().replace(edits=(edit,))])


def test_nothing_in_a_name_moves_the_cursor_or_commands_a_ci_system() -> None:
    report = text([evil()])
    assert commands(report) == []
    assert commands(text([evil(), nothing()])) == []
    assert EVIL[-20:] in report


@pytest.mark.parametrize("start", range(70, 100))
def test_a_broken_line_begins_with_no_command(start: int) -> None:
    message = f"{'x' * start} ::error::y ##[group]z"
    diff = rich().replace(edits=(edits()[1].replace(message=message),), notes=(message,))
    assert commands(text([diff])) == []


def test_a_breaking_change_says_when_the_version_stays() -> None:
    diff = rich()
    assert diff.old is not None
    same = diff.replace(old=diff.old.replace(version="1.1.0"))
    assert "Its version is still 1.1.0." in text([same])
    assert "still" not in text([diff])
    assert "still" not in text([diff.replace(old=diff.old.replace(version=""))])
    assert "still" not in text([same.replace(edits=edits()[2:4])])
    assert "still" not in text([lone(added=False)])


def test_a_department_called_as_an_audience_is_told_once() -> None:
    named = rich().replace(departments=FrozenMap({"reporting": ("You count otherwise.",)}))
    rows = [row for row in text([named]).splitlines() if row.startswith("  ! Reporting")]
    assert len(rows) == 1
    assert "You count otherwise." in rows[0]


def test_the_same_ways_for_other_deals_are_not_called_the_same() -> None:
    same = rich().replace(behaviour=Behaviour(verdict="same", same_deals=False))
    assert "but not the same deals take them" in flat(text([same]))
    assert "exactly what they could" not in flat(text([same]))


def test_fewer_ways_may_still_be_those_of_other_deals() -> None:
    fewer = Behaviour(verdict="less", only_old=(("inbound", "call.later"),), same_deals=False)
    report = flat(text([rich().replace(behaviour=fewer)]))
    assert "none is new. Conditions or data that decide have changed too" in report
