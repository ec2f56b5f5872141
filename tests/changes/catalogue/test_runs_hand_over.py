"""Who hands deals over, and who gets them, where a step runs another process of the same people."""

from salesflow.changes.comparing import changed
from salesflow.process.model import Process
from tests.process.written import process_of

PEOPLE = """salesflow: 1
organization: acme
departments:
  sales: {roles: {rep: {people: 1}}}
  legal: {roles: {counsel: {people: 1}}}
  tax: {roles: {clerk: {people: 1}}}
data: {a: {type: text}, b: {type: text}}
"""
CREDIT = """salesflow: 1
process: credit
use: [acme.yaml]
sources: {in: {start: ask}}
outcomes: {good: {kind: done}, bad: {kind: failed}}
steps:
  ask: {by: counsel, next: {fine: rate, poor: bad}}
  rate: {by: clerk, next: {high: good, low: bad}}
"""
MAIN = """salesflow: 1
process: main
use: [acme.yaml, credit.yaml]
sources: {web: {start: call, department: sales}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
steps:
  call: {by: rep, captures: [a], next: {go: check, late: lost}}
  check: {run: credit, next: {good: sign, bad: lost}}
  sign: {by: rep, next: won}
"""


def main(*changes: tuple[str, str], credit: str = CREDIT) -> Process:
    text = MAIN
    for before, after in changes:
        assert (text + credit).count(before) == 1, before
        text, credit = text.replace(before, after), credit.replace(before, after)
    return process_of(text, credit=credit, acme=PEOPLE)


def read(*changes: tuple[str, str]) -> dict[str, tuple[str, ...]]:
    return dict(changed(main(), main(*changes)).departments)


def test_whoever_ends_a_process_that_is_run_hands_its_deals_over() -> None:
    told = read(("sign: {by: rep, next", "sign: {by: rep, requires: [a], next"))
    assert set(told) == {"legal", "sales", "tax"}
    for department in ("legal", "tax"):
        assert told[department] == (
            "1 change, breaking. You now have to see that `a` is filled before a deal comes to "
            "`sign`.",
        )
    assert told["sales"] == (
        "1 change, breaking. You can count on `a` at `sign` now: no deal comes without it.",
    )


def test_where_a_run_leads_is_read_by_who_works_behind_it() -> None:
    told = read(("good: sign", "good: won"))
    assert told["sales"] == (
        "1 change, to check. You get no deals from `check` any more: `check.good` leads to `won` "
        "now instead of to `sign`.",
    )


def test_what_changes_within_a_run_is_read_by_its_people_only() -> None:
    told = read(("rate: {by: clerk, next", "rate: {by: clerk, effort: 2h, next"))
    assert list(told) == ["tax"]
    told = read(("fine: rate, poor: bad", "fine: good, poor: bad"))
    assert told["tax"] == (
        "1 change, to check. You get no deals from `credit.ask` any more: `credit.ask.fine` leads to "
        "`good` now instead of to `rate`.",
    )


def test_deals_that_begin_elsewhere_are_read_by_both() -> None:
    told = read(("start: call", "start: check"))
    assert set(told) >= {"sales"}
    assert any("begin at `check` now instead of `call`" in line for line in told["sales"])
