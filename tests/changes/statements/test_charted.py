"""What is said where a process runs others, has limits, or loses deals in blocks within blocks."""

from copy import deepcopy
from typing import Any

import pytest

from salesflow.changes.matching.match import match
from salesflow.changes.sheet import sheet_of
from salesflow.changes.statements.statements import statements
from salesflow.process.model import Process
from tests.changes.behaviour.test_parts import INNER, nested
from tests.changes.running.test_verdicts import RUN, running
from tests.changes.statements.test_statements import Data, block, flow, row, told


def said(old: Process, new: Process) -> tuple[str, ...]:
    return statements(old, new, match(sheet_of(old), sheet_of(new)))


def test_what_lies_in_a_run_is_told_by_the_step_that_runs_it() -> None:
    quick = INNER.replace("fine: rate,", "fine: rate, known: good,")
    assert said(running(INNER, RUN), running(quick, RUN)) == (
        "A deal can now be won without `check.rate`: inbound → call (done) → check.ask (known) → "
        "check (good) → won.",
    )
    assert said(running(quick, RUN), running(INNER, RUN)) == (
        "No deal is won any more without `check.rate`; before, one could be: inbound → call (done) → "
        "check.ask (known) → check (good) → won.",
    )


def test_what_lies_two_runs_deep() -> None:
    plain = "{dig: {next: sift}, sift: {next: found}}"
    quick = "{dig: {next: {done: sift, luck: found}}, sift: {next: found}}"
    assert said(nested(plain), nested(quick)) == (
        "A deal can now be won without `check.ask.sift`: inbound → call (done) → "
        "check.ask.dig (luck) → check.ask (found) → check (good) → won.",
    )


def test_a_deal_comes_back_to_a_run_and_to_what_lies_in_it() -> None:
    back = RUN.replace("bad: lost", "bad: call")
    (sentence, *_) = said(running(INNER, RUN), running(INNER, back))
    assert sentence.startswith("A deal can now come back to `call`")
    assert "`check`" in sentence


def test_a_run_that_loses_deals_where_it_did_not() -> None:
    old = RUN.replace("bad: lost", "bad: won")
    found = said(running(INNER, old), running(INNER, RUN))
    assert found[-1] == "A deal can now be lost at `check`."
    assert found[0].startswith("No deal is won any more without `check.rate`;")


def inner_block(leads: str) -> Data:
    """A block in a block; one of the inner branches may leave it, and so the outer one."""
    audit = {"steps": {"audit": {"next": {"passed": "done", "failed": "leave"}}}}
    deep = {
        "parallel": {"tech": audit, "law": {"steps": {"law_it": {"next": "done"}}}},
        "next": {"done": "done", "failed": "leave"},
    }
    papers = {
        "parallel": {
            "inner": {"steps": {"deep": deep}},
            "bank": {"steps": {"bank_it": {"next": "done"}}},
        },
        "next": {"done": "won", "failed": leads},
    }
    return flow({"call": {"next": "papers"}, "papers": papers})


def test_it_is_the_step_deep_inside_that_loses_the_deal() -> None:
    old = inner_block("call")
    new = inner_block("lost")
    assert told(old, new)[-1] == "A deal can now be lost at `papers.inner.deep.tech.audit`."
    assert told(new, old)[-1] == "A deal can no longer be lost at `papers.inner.deep.tech.audit`."


def test_disqualified_is_told_apart_from_lost() -> None:
    old = row("a", "b", b={"next": {"go": "won", "nope": "lost"}})
    old["outcomes"]["unfit"] = {"kind": "disqualified"}
    new = deepcopy(old)
    new["steps"]["b"]["next"]["nope"] = "unfit"
    assert told(old, new) == (
        "A deal can no longer be lost at `b`.",
        "A deal can now be disqualified at `b`.",
    )


def test_a_process_without_won_deals_is_about_those_that_are_done() -> None:
    old, new = row("a", "b", "c"), row("a", "b", "c", a={"next": {"go": "b", "fast": "c"}})
    for data in (old, new):
        data["outcomes"]["won"] = {"kind": "done"}
    assert statements_of(old, new) == (
        "A deal can now be done without `b`: inbound → a (fast) → c (go) → won.",
    )


def statements_of(old: Data, new: Data) -> tuple[str, ...]:
    import salesflow as sf

    return said(sf.load(old), sf.load(new))


@pytest.mark.parametrize(
    ("join", "timeout", "sentences"),
    [
        ("any", {}, 2),
        ({"at_least": 1}, {}, 2),
        ({"at_least": 2}, {}, 0),
        ("all", {"timeout": {"after": "3d", "result": "done"}}, 2),
    ],
)
def test_a_block_need_not_wait_for_all_of_its_branches(
    join: Any, timeout: Data, sentences: int
) -> None:
    start = {"captures": ["amount"], "next": {"small": "won", "large": "papers"}}
    old = flow({"ask": start, "papers": block("law", "tech")}, data={"amount": {"type": "money"}})
    new = deepcopy(old)
    new["steps"]["papers"] |= {"join": join, **timeout}
    found = [each for each in statements_of(old, new) if "can now be done without" in each]
    assert len(found) == sentences


def test_a_limit_on_the_way_back_is_no_limit_on_coming_back_once() -> None:
    old, new = (
        row("a", "b"),
        row("a", "b", b={"next": {"go": "won", "back": {"to": "a", "at_most": 1}}}),
    )
    assert told(old, new) == (
        "A deal can now come back to `a`: a.go → b.back → a.",
        "A deal can now come back to `b`: b.back → a.go → b.",
    )
