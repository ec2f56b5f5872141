"""What one process told already is not told again of another: variants repeat what they are of."""

from salesflow.changes.difference import Diff
from salesflow.changes.edit import Edit
from salesflow.process.model import Original
from salesflow.reporting.changed.concerns import concerns, together
from salesflow.reporting.changed.github import github
from salesflow.reporting.changed.markdown import markdown
from salesflow.reporting.changed.once import grouped, told
from salesflow.reporting.changed.page import page
from salesflow.reporting.changed.repeats import tellings
from salesflow.reporting.changed.text import text
from tests.reporting.changed.diffs import edits, finding, rich


def variant(*more: Edit, name: str = "a_variant") -> Diff:
    """The same changes in a variant, and more of them."""
    diff = rich().replace(deals=None, edits=(*edits(), *more))
    assert diff.old is not None
    assert diff.new is not None
    base = Original(diff.new, ())
    return diff.replace(
        old=diff.old.replace(id=name, base=base), new=diff.new.replace(id=name, base=base)
    )


MORE = edits()[3].replace(path="steps.more", message="`more` is new: `rep` does it.")


def test_a_variant_says_that_it_changes_the_same() -> None:
    for order in ([rich(), variant()], [variant(), rich()]):
        report = text(order)
        assert report.startswith("2 of 2 processes changed: 2 breaking.\n")
        one, other = report.split("─" * 60)[1:]
        assert one.startswith("\nnew_business 1.0.0 → 1.1.0: breaking. 8 changes: ")
        assert other == (
            "\na_variant 1.0.0 → 1.1.0: breaking. The same changes as in `new_business`.\n"
        )


def test_only_what_differs_is_told() -> None:
    diff = variant(MORE).replace(
        introduced=(finding(), finding("stuck", "A deal stays at `more`."))
    )
    report = text([rich(), diff]).split("─" * 60)[2]
    said = " ".join(report.split())
    assert "9 changes: 3 breaking, 2 to check, 2 safe, 1 cosmetic, 1 waived." in said
    assert "8 of them are those of `new_business`; only the other one is told here." in said
    assert "`more` is new" in said
    assert "`demo` is new" not in said
    assert "A deal stays at `more`." in said
    assert "A deal in `demo` cannot go on." not in said
    assert "What deals can do" not in said
    assert "What it does to the figures" not in said


def test_many_variants_that_only_repeat_are_named_once() -> None:
    names = ["a_variant", "b_variant", "c_variant"]
    diffs = [rich(), *(variant(name=name) for name in names)]
    for report in (text(diffs), markdown(diffs), page(diffs)):
        assert "4 of 4 processes changed: 4 breaking" in report
        for name in names:
            assert report.count(name) == 1
    said = (
        "Its variants `a_variant`, `b_variant` and `c_variant` have the same changes and no others."
    )
    assert said in " ".join(text(diffs).split())


def test_a_variant_says_what_does_not_reach_it() -> None:
    report = text([rich(), variant().replace(edits=edits()[1:])]).split("─" * 60)[2]
    said = " ".join(report.split())
    assert "7 of the 8 changes in `new_business` reach it." in said
    assert f"Not this, as it has its own: {edits()[0].message}" in said


def test_a_process_that_shares_few_changes_is_told_in_full() -> None:
    few = variant().replace(
        edits=(*edits()[:1], *(MORE.replace(message=f"{n}.") for n in range(3)))
    )
    report = text([rich(), few]).split("─" * 60)[2]
    assert "those of" not in report
    assert "The version is `1.1.0` instead of `1.0.0`." in report


def test_lines_of_departments_that_only_a_variant_has_are_told() -> None:
    lines = {**rich().departments, "sales": (*rich().departments["sales"], "`more` is yours.")}
    diff = variant(MORE).replace(departments=lines)
    (_, second), _ = tellings([rich(), diff])
    assert dict(second.shown.departments) == {"sales": ("Besides: `more` is yours.",)}


def test_every_report_tells_it_once() -> None:
    once = "35% of <code>call</code> now end with <code>interested</code> instead of 40%."
    both = [rich(), variant()]
    comment, html = markdown(both), page(both)
    assert comment.count(once) == markdown([rich()]).count(once)
    assert html.count(once) == page([rich()]).count(once)
    for report in (comment, html):
        assert "The same changes as in <code>new_business</code>." in report
    assert github(both) == github([rich()])


def test_a_was_is_told_with_the_rename_that_it_announces() -> None:
    renamed = edits()[4]
    was = renamed.replace(
        kind="changed", field="was", old=None, new="check", message="It was `check`."
    )
    assert told((was, renamed)) == (renamed,)
    assert told((was,)) == (was,)


def test_what_is_said_of_several_is_said_once_and_names_them() -> None:
    moved = [
        edits()[1].replace(
            path=f"steps.{name}", message=f"`{name}` moves out of `papers`.", audience=("legal",)
        )
        for name in ("draft", "check", "sign")
    ]
    (one,) = grouped(moved)
    assert one.message == "`draft` moves out of `papers`. The same for `check` and `sign`."
    assert grouped(moved[:2]) == tuple(moved[:2])
    other = edits()[2]
    assert grouped([other, *moved]) == (other, one)
    apart = [
        moved[0].replace(level="check"),
        moved[0].replace(audience=("sales",)),
        moved[0].replace(confidence=0.9),
        moved[0].replace(waived="agreed"),
        moved[0].replace(message="`draft` moves out of `sign`."),
    ]
    for strange in apart:
        assert grouped([strange, *moved[1:]]) == (strange, *moved[1:])


def test_one_line_for_all_that_it_is_the_same_for() -> None:
    whom = ("running deals", "reporting", "customers")
    shared = edits()[1].replace(audience=whom, message="`call` is gone.")
    diff = rich().replace(edits=(shared,), departments={}, deals=None)
    assert len(concerns(diff)) == 3
    (row,) = together(concerns(diff))
    assert row.title == "Running deals, reporting, customers"
    assert row.line == "`call` is gone."
    other = edits()[2].replace(audience=("reporting",), message="`call` is slower.")
    (row,) = together(concerns(diff.replace(edits=(shared, other))))
    assert row.line == "`call` is gone. (and 1 more)"
    assert row.lines == ("`call` is slower.",)
