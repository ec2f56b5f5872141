"""What departments read where an example of the catalogue does not show it, there and back.

After a wanted change: ``python -m tests.changes.test_told_to_departments`` writes the golden anew;
read the difference aloud before you commit it.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

import salesflow as sf
from salesflow.changes.catalogue.example import BASE
from salesflow.changes.comparing import changed

PARTED = BASE.replace("    effort: 30min\n    sla", "    sla").replace(
    "    sla: {within: 2bd, target: 80%}\n", ""
)
PARTED = PARTED.replace("    timeout: {after: 30d, result: silent}\n", "")
PARTED = PARTED.replace("      silent: {to: lost, set: {reason: timing}}\n", "")


def lines(old: str, new: str) -> set[str]:
    """Every line of every department, with its name in front."""
    departments = changed(sf.loads(old), sf.loads(new)).departments
    return {f"{name}: {line}" for name, told in departments.items() for line in told}


def edited(before: str, after: str, text: str = BASE) -> str:
    assert text.count(before) == 1, before
    return text.replace(before, after)


@pytest.mark.parametrize(
    ("before", "after", "read", "read_back"),
    [
        (
            "    target: 80%\n",
            "",
            {
                "legal: 1 change, breaking. Nothing says any more how many of the deals from sales you have to take up in time; it was 80% (`to_legal`).",
                "sales: 1 change, breaking. Nothing says any more how many of the deals that you hand to legal are taken up in time; it was 80% (`to_legal`).",
            },
            {
                "legal: 1 change, to check. You now have to take up 80% of the deals from sales in time; so far it was not said how many (`to_legal`).",
                "sales: 1 change, to check. Now 80% of the deals that you hand to legal are to be taken up in time; so far it was not said how many (`to_legal`).",
            },
        ),
        (
            "    target: 80%\n",
            "    target: 90%\n",
            {
                "legal: 1 change, to check. You now have to take up 90% of the deals from sales in time, instead of 80% (`to_legal`).",
                "sales: 1 change, to check. Now 90% of the deals that you hand to legal are to be taken up in time, instead of 80% (`to_legal`).",
            },
            {
                "legal: 1 change, breaking. You now have to take up 80% of the deals from sales in time, instead of 90% (`to_legal`).",
                "sales: 1 change, breaking. Now 80% of the deals that you hand to legal are to be taken up in time, instead of 90% (`to_legal`).",
            },
        ),
    ],
)  # fmt: skip
def test_a_promise(before: str, after: str, read: set[str], read_back: set[str]) -> None:
    other = edited(before, after)
    assert lines(BASE, other) == read
    assert lines(other, BASE) == read_back


def messages(old: str, new: str) -> list[str]:
    return [edit.message for edit in changed(sf.loads(old), sf.loads(new)).edits]


def test_another_former_name() -> None:
    old, new = (
        edited("80%}\n    timeout", f"80%}}\n    was: {name}\n    timeout")
        for name in ("talk", "ring")
    )
    assert messages(old, new) == ["`call` now says that it was called `ring` instead of `talk`."]


def test_a_holiday_on_a_day_on_which_people_work_now_is_no_holiday_on_a_closed_day() -> None:
    """The calendar is closed on saturdays before, and open then."""
    hours = 'office: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}'
    open_ = 'office: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00", sat: "09:00-12:00"}'
    holiday = ", holidays: [2026-05-02]"
    closed = changed(sf.loads(BASE), sf.loads(edited(hours, hours + holiday)))
    opened = changed(sf.loads(BASE), sf.loads(edited(hours, open_ + holiday)))
    assert {edit.rule for edit in closed.edits} == {"calendar-holiday-on-closed-day"}
    assert {edit.rule for edit in opened.edits} == {"calendar-hours-more", "calendar-holiday-added"}


def test_work_that_others_or_nobody_did() -> None:
    nobody = edited("    by: rep\n    stage: talking\n", "    stage: talking\n", PARTED)
    counsel = edited(
        "    by: rep\n    stage: talking\n", "    by: counsel\n    stage: talking\n", PARTED
    )
    assert lines(nobody, counsel) == {
        "legal: 1 change, to check. `call` is done by you (`counsel`) now; so far nobody worked on it."
    }
    assert lines(counsel, nobody) == {
        "legal: 1 change, to check. Nobody works on `call` any more; so far legal (`counsel`) did it."
    }


def test_a_goal_of_a_touchpoint_is_both_sides_own() -> None:
    of = "counsel_load: {measure: utilization, of: counsel, at_most: 80%}"
    old, new = (
        edited(of, f"counsel_load: {{measure: attainment, of: to_legal, at_least: {n}}}")
        for n in ("80%", "90%")
    )
    (edit,) = changed(sf.loads(old), sf.loads(new)).edits
    assert edit.audience == ("legal", "sales", "reporting")


def test_a_field_that_is_new_or_gone_is_read_by_who_fills_it() -> None:
    more = edited("captures: [quote]", "captures: [quote, code]").replace(
        "data:\n", "data:\n  code: {type: text}\n"
    )
    there, back = changed(sf.loads(BASE), sf.loads(more)), changed(sf.loads(more), sf.loads(BASE))
    assert there.departments["sales"][0].endswith(
        "you fill `code` in `offer` and have the new field `code`."
    )
    assert back.departments["sales"][0].endswith(
        "you no longer fill `code` in `offer` and have no field `code` any more."
    )


def test_departments_need_not_be_declared_for_work_to_change_hands() -> None:
    old = (
        "salesflow: 1\nprocess: p\nsources: {web: {start: call}}\n"
        "steps: {call: {by: sales, next: won}}\noutcomes: {won: {kind: won}}\n"
    )
    assert messages(old, old.replace("sales,", "legal,")) == [
        "`call` is taken over by legal; so far sales did it."
    ]


GOLDEN = Path(__file__).with_name("golden_told_to_departments.txt")
HEAD = """salesflow: 1
process: p
departments:
  sales: {roles: {rep: {people: 1}}}
  legal: {roles: {counsel: {people: 1}, clerk: {people: 1}}}
  tax: {people: 1}
data: {a: {type: text}, b: {type: text}, vip: {type: yes_no}}
sources: {web: {start: call, department: sales}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
touchpoints: {deal: {from: sales, to: legal}}
steps: """
LAW = "law: {steps: {draft: {by: counsel, next: done}}}"
TAXES = "taxes: {steps: {levy: {by: tax, next: done}}}"
LOOK = "x: {steps: {look: {by: clerk, next: done}}}"
DOES = "do_it: {by: counsel, next: won}"


def then(next_: str, *steps: str) -> str:
    """A first call and what comes behind it."""
    first = f"call: {{by: rep, captures: [vip, a], next: {next_}}}"
    return f"{{{', '.join((first, *steps))}}}"


CASES = {
    "a branch goes to another block": (
        then("one", f"one: {{parallel: {{{LAW}, {LOOK}}}, next: two}}, two: {{parallel: {{{TAXES}}}, next: won}}"),
        then("one", f"one: {{parallel: {{{LOOK}}}, next: two}}, two: {{parallel: {{{TAXES}, {LAW}}}, next: won}}"),
    ),
    "a step leaves a block and is in no order with it": (
        then("one", f"one: {{parallel: {{{LAW}, {TAXES}}}, next: won}}"),
        then("{x1: draft, x2: one}", f"draft: {{by: counsel, next: won}}, one: {{parallel: {{{TAXES}}}, next: won}}"),
    ),
    "a step goes from one block to another": (
        then("one", f"one: {{parallel: {{{LAW}, {LOOK}}}, next: two}}, two: {{parallel: {{{TAXES}}}, next: won}}"),
        then("one", f"one: {{parallel: {{{LOOK}}}, next: two}}, two: {{parallel: {{{TAXES.replace('next: done', 'next: draft').replace('}}}', '}, draft: {by: counsel, next: done}}, start: levy}')}}}, next: won}}"),
    ),
    "a block goes into a block": (
        then("do_it", f"do_it: {{parallel: {{{LAW}}}, next: won}}"),
        then("big", f"big: {{parallel: {{inner: {{steps: {{do_it: {{parallel: {{{LAW}}}, next: done}}}}}}, {TAXES}}}, next: won}}"),
    ),
    "a department without roles has a step more, or none": (
        then("won"),
        then("levy", "levy: {by: tax, effort: {mean: 1h, sd: 1h}, next: won}"),
    ),
    "nobody does it any more": (then("do_it", DOES), then("do_it", DOES.replace("by: counsel, ", ""))),
    "another role of the department does it": (then("do_it", DOES), then("do_it", DOES.replace("counsel", "clerk"))),
    "another department does it": (then("do_it", DOES), then("do_it", DOES.replace("counsel", "tax"))),
    "a field is asked for": (then("do_it", DOES), then("do_it", DOES.replace("next", "requires: [a], next"))),
    "a field is filled by several": (
        then("do_it", DOES.replace("next", "with: [rep], next")),
        then("do_it", DOES.replace("next", "with: [rep], captures: [b], next")),
    ),
    "somebody else helps": (
        then("do_it", DOES.replace("next", "with: [clerk], next")),
        then("do_it", DOES.replace("next", "with: [rep], next")),
    ),
    "one step waits for two": (
        then("{go: {to: [do_it, levy]}}", "do_it: {by: counsel, next: meet}, levy: {by: tax, next: meet}, meet: {by: clerk, wait_for: [do_it, levy], next: won}"),
        then("{go: {to: [do_it, levy, look]}}", "do_it: {by: counsel, next: meet}, levy: {by: tax, next: meet}, look: {by: rep, next: meet}, meet: {by: clerk, wait_for: [do_it, levy, look], next: won}"),
    ),
}  # fmt: skip


def told() -> Iterator[str]:
    for title, (one, other) in CASES.items():
        old, new = (sf.loads(f"{HEAD}{steps}\n") for steps in (one, other))
        yield f"{title}:"
        for sign, before, after in ((">", old, new), ("<", new, old)):
            for department, lines_ in changed(before, after).departments.items():
                yield from (f"  {sign} {department} | {line}" for line in lines_)


def test_what_is_read_word_for_word() -> None:
    assert [*told()] == GOLDEN.read_text(encoding="utf-8").splitlines()


if __name__ == "__main__":
    GOLDEN.write_text("".join(f"{line}\n" for line in told()), encoding="utf-8", newline="\n")
