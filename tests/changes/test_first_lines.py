"""The first line that a department reads: nothing is lost in it, and the worst is in it."""

from hypothesis import given, settings

import salesflow as sf
from salesflow.changes.comparing import changed
from tests.changes.agreed import versions
from tests.changes.test_departments import MORNING, edited

_PROMISE = "    sla: {within: 2bd, target: 80%}\n"
_STEP_UP = "    escalate: {after: 3bd, by: manager}\n"
_LATER = ("escalate: {after: 3bd", "escalate: {after: 5bd")


def test_what_no_few_words_can_tell_is_told_in_sentences() -> None:
    sales = edited((_PROMISE, ""), _LATER).departments["sales"]
    assert sales == (
        "2 changes, to check. No time is promised for `call` any more; so far it was within 2bd in "
        "80% of visits. You (`manager`) may take `offer` too after 5bd now instead of 3bd.",
    )


def test_three_of_them_are_told_and_counted() -> None:
    sales = edited(
        (_PROMISE, ""), (_STEP_UP, ""), ("    name: Sales\n", "    name: Field sales\n")
    ).departments["sales"]
    assert sales[0] == f"3 changes, 2 to check. {sales[1]} And 2 more."
    assert len(sales) == 4


def test_the_worst_is_told_even_if_only_others_can_be_told_in_a_few_words() -> None:
    sales = edited(
        (_PROMISE, ""), (", max_open_deals: 30", ""), ("effort: 30min", "effort: 20min")
    ).departments["sales"]
    assert sales[0] == (
        "3 changes, 1 to check. No time is promised for `call` any more; so far it was within 2bd "
        "in 80% of visits. Besides, you work 20min instead of 30min on `call`, and 1 more."
    )


def test_few_words_with_a_list_in_them_are_told_apart() -> None:
    more = (
        "requires: [quote]\n    returns: [contract]",
        "requires: [quote, company, phone, amount]\n    returns: [contract]",
    )
    assert edited(more).departments["legal"][0] == (
        "3 changes, breaking: you get `amount`, `company` and `phone` from sales."
    )
    sooner = ("accept_within: 2bd", "accept_within: 1bd")
    assert edited(more, sooner).departments["legal"][0] == (
        "4 changes, 3 breaking: you get `amount`, `company` and `phone` from sales; and have 1bd "
        "instead of 2bd to begin with deals from sales."
    )
    assert edited(more, *MORNING[1:5]).departments["legal"][0] == (
        "7 changes, 3 breaking: you get `amount`, `company` and `phone` from sales; take over "
        "`papers.audit.check` from security; have 1bd instead of 2bd to begin with deals from "
        "sales; and 2 more."
    )


@given(versions())
@settings(max_examples=40)
def test_no_change_of_a_department_goes_untold(pair: tuple[sf.Process, sf.Process]) -> None:
    for lines in changed(*pair).departments.values():
        number = int(lines[0].split(" ", 1)[0])
        if len(lines) == 1:  # each one has a sentence of its own
            assert lines[0].count(". ") + lines[0].count(".) ") >= number
        else:
            assert len(lines) - 1 == number
