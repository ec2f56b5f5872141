"""What each department reads: word for word on Monday morning, and laws for any morning."""

import pytest
from hypothesis import given, settings

import salesflow as sf
from salesflow.changes.catalogue.example import BASE
from salesflow.changes.catalogue.row import Case
from salesflow.changes.catalogue.rules import GROUPS
from salesflow.changes.catalogue.shown import versions as versions_of
from salesflow.changes.comparing import changed, lone
from salesflow.changes.departments import per_department
from salesflow.changes.difference import Diff
from salesflow.changes.edit import CUSTOMERS, REPORTING, RUNNING
from salesflow.changes.levels import Levels, Waiver
from salesflow.changes.terms.of_edits import term
from salesflow.process.dump import dump
from tests.changes.agreed import versions

_WORDS = {RUNNING, REPORTING, CUSTOMERS}


def edited(*changes: tuple[str, str], levels: Levels | None = None) -> Diff:
    text = BASE
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return changed(sf.loads(BASE), sf.loads(text), levels=levels)


MORNING = (
    (
        "requires: [quote]\n    returns: [contract]",
        "requires: [quote, company]\n    returns: [contract]",
    ),
    ("accept_within: 2bd", "accept_within: 1bd"),
    ("draft: {by: counsel, effort: 3h", "draft: {by: counsel, effort: 5h"),
    ("check: {by: security, effort: 4h", "check: {by: counsel, effort: 4h"),
    ("counsel: {people: 2", "counsel: {people: 1"),
    ("at_most: 80%}", "at_most: 70%}"),
    ("    name: Sales\n", "    name: Field sales\n"),
)


def test_monday_morning() -> None:
    departments = edited(*MORNING).departments
    assert list(departments) == ["legal", "sales", "security"]
    assert departments["legal"] == (
        "6 changes, 1 breaking: you get `company` from sales, take over `papers.audit.check` from "
        "security, have 1bd instead of 2bd to begin with deals from sales, and 3 more.",
        "You now get `company` too with the deals from sales (`to_legal`).",
        "You take over `papers.audit.check` as `counsel`; so far security did it.",
        "You now have 1bd instead of 2bd to begin with a deal from sales (`to_legal`).",
        "`papers.contract.draft` takes 5h of effort now instead of 3h.",
        "You (`counsel`) now have 1 person instead of 2.",
        "`counsel_load` now has to be at most 70% instead of 80%.",
    )
    assert departments["sales"] == (
        "3 changes, 1 breaking: you owe `company` to legal, wait at most 1bd instead of 2bd for "
        "legal to begin, and 1 more.",
        "You now have to fill `company` before you hand a deal to legal (`to_legal`).",
        "Deals that you hand to legal are now to be taken up within 1bd instead of 2bd "
        "(`to_legal`).",
        "The name of `sales` is now “Field sales” instead of “Sales”.",
    )
    assert departments["security"] == (
        "1 change, to check. You hand over `papers.audit.check`: legal (`counsel`) does it now.",
    )


def test_who_is_outside_comes_last_and_is_spoken_of() -> None:
    departments = edited(
        ("  buyer: {external", "  a_buyer: {was: buyer, external"),
        ("  sign: {by: buying_team, wait: 3d", "  sign: {by: buying_team, wait: 9d"),
        ("accept_within: 2bd", "accept_within: 1bd"),
    ).departments
    assert list(departments) == ["legal", "sales", "a_buyer"]
    assert departments["a_buyer"][0].startswith("2 changes, 1 to check: they ")
    assert not any(line.startswith("You") for line in departments["a_buyer"])


def test_a_renamed_department_reads_under_its_new_id() -> None:
    departments = edited(
        ("  legal: {name: Legal,", "  law: {was: legal, name: Legal,"),
        (
            "    to: legal\n    requires: [quote]\n    returns: [contract]\n",
            "    to: law\n    requires: [quote, company]\n",
        ),
    ).departments
    assert list(departments) == ["law", "sales"]
    assert departments["law"][1:3] == (
        "You now get `company` too with the deals from sales (`to_legal`).",
        "You no longer owe `contract` back to sales (`to_legal`).",
    )


def test_the_removed_contract_of_a_renamed_department() -> None:
    to_legal = BASE[BASE.index("  to_legal:\n") : BASE.index("  to_security:")]
    departments = edited(
        ("  legal: {name: Legal,", "  law: {was: legal, name: Legal,"), (to_legal, "")
    ).departments
    assert departments["law"][1] == (
        "`to_legal` is gone, and this is agreed no more: sales hands you deals with `quote` "
        "filled, you begin within 2bd with 80% of them and you give `contract` back."
    )


def test_what_was_agreed_comes_last_and_says_so() -> None:
    waiver = Waiver("touchpoint-requires-more", "touchpoints.to_legal", "By mail of 20 November.")
    legal = edited(*MORNING[:3], levels=Levels(waivers=(waiver,))).departments["legal"]
    assert legal == (
        "3 changes, 2 to check: you have 1bd instead of 2bd to begin with deals from sales, work "
        "5h instead of 3h on `papers.contract.draft` and get `company` from sales.",
        "You now have 1bd instead of 2bd to begin with a deal from sales (`to_legal`).",
        "`papers.contract.draft` takes 5h of effort now instead of 3h.",
        "You now get `company` too with the deals from sales (`to_legal`). "
        "(Agreed: By mail of 20 November.)",
    )


def test_a_department_that_gets_roles() -> None:
    roles = "  security: {calendar: office, roles: {analyst: {people: 2}}}\n"
    text = BASE.replace("  security: {calendar: office, people: 1}\n", roles)
    text = text.replace("by: security", "by: analyst")
    old, new = sf.loads(BASE), sf.loads(text)
    assert set(changed(old, new).departments["security"][1:]) == {
        "You take over `papers.audit.check` as `analyst`; so far security did it.",
        "`security` has its people in roles now; `people` was 1 for all.",
        "`analyst` is a new role of security, with 2 people.",
    }
    assert (
        "`security` has no roles any more; `people` is 1 for all."
        in changed(new, old).departments["security"]
    )


BESIDE = """\
salesflow: 1
process: renewals
departments:
  sales: {people: 3}
  legal: {roles: {counsel: {people: 1}}}
  security: {roles: {analyst: {people: 2}}}
data: {quote: {type: document}, champion: {type: person}, contract: {type: document}}
sources: {inbound: {start: talk, department: sales, gives: {champion: filled}}}
steps:
  talk: {by: sales, captures: [quote], next: {wants: checks, declined: lost}}
  checks:
    parallel:
      legal: {steps: {draft: {by: counsel, captures: [contract], next: {ok: done}}}}
      security: {steps: {audit: {by: analyst, next: {ok: done}}}}
    next: {done: close}
  close: {by: sales, next: {signed: won, refused: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
touchpoints:
  to_legal: {from: sales, to: legal, requires: [quote], accept_within: 2d}
"""
_DRAFT = "  draft: {by: counsel, captures: [contract], next: {ok: close}}\n"
_BLOCK = BESIDE[BESIDE.index("  checks:") : BESIDE.index("  close:")]
BEHIND = (
    BESIDE.replace(_BLOCK, "  audit: {by: analyst, next: {ok: draft}}\n" + _DRAFT)
    .replace("wants: checks", "wants: audit")
    .replace("{from: sales", "{from: security")
    .replace("accept_within: 2d", "accept_within: 1d")
    .replace("requires: [quote]", "requires: [quote, champion]")
)


def test_side_by_side_becomes_one_behind_the_other() -> None:
    departments = changed(sf.loads(BESIDE), sf.loads(BEHIND)).departments
    assert {name: lines[0] for name, lines in departments.items()} == {
        "legal": "8 changes, 4 breaking: you do `draft` after `audit` instead of beside it, get "
        "deals from security instead of sales (`to_legal`), get `champion` from security, and 5 "
        "more.",
        "sales": "4 changes, 1 breaking: you are no party to `to_legal` any more, send deals from "
        "`talk.wants` to `audit`, get no deals from `audit.ok` any more, and 1 more.",
        "security": "7 changes, 4 breaking: you do `audit` before `draft` instead of beside it, "
        "have an agreement with legal (`to_legal`), owe `champion` to legal, and 4 more.",
    }


def test_where_the_work_lies_now() -> None:
    departments = changed(sf.loads(BESIDE), sf.loads(BEHIND)).departments
    back = changed(sf.loads(BEHIND), sf.loads(BESIDE)).departments
    assert departments["legal"][1] == (
        "You now do `draft` (so far `checks.legal.draft`) after `audit` instead of beside it."
    )
    assert "You now do `checks.security.audit` (so far `audit`) in `checks`." in back["security"]


def test_who_is_no_party_any_more_hears_no_details_of_the_contract() -> None:
    departments = changed(sf.loads(BESIDE), sf.loads(BEHIND)).departments
    assert [line for line in departments["sales"][1:] if "to_legal" in line] == [
        "You owe legal nothing by `to_legal` any more: it is now about security.",
    ]


def test_a_day_more_and_a_day_less() -> None:
    saturday = BASE.replace(
        'mon-fri: "09:00-17:00"}}', 'mon-fri: "09:00-17:00", sat: "09:00-12:00"}}'
    )
    old, new = sf.loads(BASE), sf.loads(saturday)
    assert changed(old, new).departments["legal"] == (
        "1 change. You now also work sat 09:00-12:00: 43h a week instead of 40h "
        "(calendar `office`).",
    )
    assert changed(new, old).departments["legal"] == (
        "1 change, to check. You no longer work sat 09:00-12:00: 40h a week instead of 43h "
        "(calendar `office`).",
    )


def test_a_process_that_comes_or_goes_as_a_whole() -> None:
    process = sf.loads(BASE)
    come, gone = (
        per_department(lone(process, added=added).edits, process, process)
        for added in (True, False)
    )
    assert come["legal"] == (
        "1 change. `new_business` is a new process, and you do `papers.contract.draft` in it.",
    )
    assert gone["sales"] == (
        "1 change, breaking. The process `new_business` is gone, and with it your steps there: "
        "`call` and `offer`.",
    )


def test_nothing_changed_for_nobody() -> None:
    process = sf.loads(BASE)
    assert changed(process, process).departments == {}


@given(versions())
@settings(max_examples=60)
def test_whoever_is_concerned_has_lines_and_nobody_else(
    pair: tuple[sf.Process, sf.Process],
) -> None:
    diff = changed(*pair)
    concerned = {name for edit in diff.edits for name in edit.audience} - _WORDS
    assert set(diff.departments) == concerned
    for name, lines in diff.departments.items():
        about = [edit for edit in diff.edits if name in edit.audience]
        assert len(set(lines)) == len(lines)
        assert len(lines) <= len(about) + 1
        assert all(line.endswith((".", ")")) and "None" not in line for line in lines)


@given(versions())
@settings(max_examples=20)
def test_the_order_of_the_files_means_nothing(pair: tuple[sf.Process, sf.Process]) -> None:
    old, new = pair
    turned = sf.load(reversed_maps(dump(old))), sf.load(reversed_maps(dump(new)))
    lines, others = changed(old, new).departments, changed(*turned).departments
    assert list(lines) == list(others)
    for name, told in lines.items():
        assert sorted(told[1:]) == sorted(others[name][1:])  # the first line tells the first few


def reversed_maps(data: object) -> object:
    if isinstance(data, dict):
        return {key: reversed_maps(data[key]) for key in reversed(list(data))}
    return [reversed_maps(each) for each in data] if isinstance(data, list) else data


@pytest.mark.parametrize("group", [group for group in GROUPS if group != "process"])
def test_each_kind_of_change_has_a_few_words_for_each_department(group: str) -> None:
    for rule in GROUPS[group]:
        old, new = versions_of(rule)
        assert old is not None
        assert new is not None
        for before, after in ((old, new), (new, old)):
            diff = changed(before, after)
            for edit in diff.edits:
                case = Case(edit, before, after, diff.matching)
                for department in set(edit.audience) - _WORDS:
                    said = term(case, department)
                    assert "None" not in said.says, edit
                    assert ("{}" in said.says) == bool(said.about), edit


@pytest.mark.parametrize(
    ("before", "after", "read", "read_back"),
    [
        (
            "sources:\n",
            "sources:\n  fair: {department: sales, start: call}\n",
            "get deals from `fair` too",
            "get no deals from `fair` any more",
        ),
        (
            "arrivals: 10 per week",
            "arrivals: 12 per week",
            "get deals from `web` at 12 per week instead of 10 per week",
            "get deals from `web` at 10 per week instead of 12 per week",
        ),
        (
            "{company: filled, amount",
            "{company: filled, phone: filled, amount",
            "get `phone` with deals from `web`",
            "no longer get `phone` with deals from `web`",
        ),
    ],
)
def test_where_deals_come_from_is_read_by_those_who_get_them(
    before: str, after: str, read: str, read_back: str
) -> None:
    both = BASE.replace(before, after).replace("accept_within: 2bd", "accept_within: 1bd")
    old, new = sf.loads(BASE), sf.loads(both)  # a second change: the head sums up in few words
    there, back = (sf.diff(*each).departments["sales"][0] for each in ((old, new), (new, old)))
    assert read in there
    assert read_back in back
    assert read_back not in there
