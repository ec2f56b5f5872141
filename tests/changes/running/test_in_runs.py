"""Deals in processes that are run: found by the step that runs them, in both versions."""

import pytest

from salesflow.process.model import Process
from tests.changes.running.pairs import HEAD, at, told
from tests.changes.running.test_verdicts import NO_STEP
from tests.process.written import process_of

OUTER = "{call: {next: check}, check: {run: credit, next: {good: won, bad: lost}}}"
DATA = "data: {vip: {type: yes_no}, note: {type: text}}\n"


def version(inner: str, *, outer: str = OUTER, data: str = DATA, start: str = "ask") -> Process:
    """A process that runs another one, which has fields of its own."""
    credit = (
        f"salesflow: 1\nprocess: credit\n{data}sources: {{in: {{start: {start}}}}}\n"
        f"outcomes: {{good: {{kind: done}}, bad: {{kind: failed}}}}\nsteps: {inner}\n"
    )
    head = f"{HEAD}use: [credit.yaml]\nsources: {{inbound: {{start: call}}}}\nsteps: "
    return process_of(head + outer, credit=credit)


ASKED = "{ask: {captures: [vip], next: judge}, judge: {next: {fine: good, poor: bad}}}"
DECIDED = "{ask: {captures: [vip], next: judge}, judge: {next: {fine: {to: good, when: vip}}}}"


def test_a_field_of_the_process_that_is_run_decides() -> None:
    old, new = version(ASKED), version(DECIDED)
    assert told(at(old, new, "check.judge")) == (
        "ambiguous / It hangs on `vip`, which the file does not tell. Deals get stuck at "
        "`check.judge`, where they can take no result. / Add a column `vip` to the file."
    )
    assert at(old, new, "credit.judge", column="vip", cell="yes").verdict == "fine"
    assert at(old, new, "check.judge", column="vip", cell="no").verdict == "stranded"
    assert told(at(old, new, "check.ask")) == "fine"  # it is filled there, whatever with


def test_a_field_that_is_called_otherwise_within_the_run() -> None:
    new = version(DECIDED.replace("vip", "key_account"), data=DATA.replace("vip", "key_account"))
    renamed = {"runs.credit.data.vip": "runs.credit.data.key_account"}
    for column in ("vip", "key_account"):
        for cell, verdict in (("yes", "fine"), ("no", "stranded")):
            group = at(
                version(ASKED), new, "check.judge", renamed=renamed, column=column, cell=cell
            )
            assert group.verdict == verdict


def test_a_step_that_is_called_otherwise_within_the_run() -> None:
    new = version(ASKED.replace("judge", "weigh"))
    renamed = {
        "runs.credit.steps.judge": "runs.credit.steps.weigh",
        "runs.credit.steps.judge.next.fine": "runs.credit.steps.weigh.next.fine",
    }
    assert told(at(version(ASKED), new, "check.judge", renamed=renamed)) == "fine"
    assert told(at(version(ASKED), new, "check.judge")) == (
        f"stranded / `check.judge` is {NO_STEP} / "
        "Move them to `check.weigh`, where deals go now instead."
    )


BLOCK = (
    "{{ask: {{next: papers}}, papers: {{parallel: {{law: {{steps: {{draft: {{next: done}}}}}}, {}}}, next: sign}}, "
    "sign: {{next: good}}}}"
)
SAFE = "safe: {steps: {assess: {next: done}}}"
TECH = "tech: {steps: {test: {next: done}}}"


def test_a_branch_that_is_gone_within_the_run() -> None:
    old, new = version(BLOCK.format(f"{SAFE}, {TECH}")), version(BLOCK.format(TECH))
    assert told(at(old, new, "check.papers.safe.assess")) == (
        f"stranded / `check.papers.safe` is {NO_STEP} / "
        "Take them out of `check.papers.safe`: the rest of `check.papers` goes on."
    )
    assert told(at(old, new, "check.papers.tech.test")) == "fine"
    assert told(at(new, old, "check.papers.law.draft")) == (
        "fine / `check.papers.safe` does not begin for deals that are in `check.papers` already."
    )


def test_the_step_that_runs_it_is_called_otherwise() -> None:
    outer = OUTER.replace("next: check", "next: rating").replace("check: {run", "rating: {run")
    renamed = {
        "steps.check": "steps.rating",
        "steps.check.next.good": "steps.rating.next.good",
        "steps.check.next.bad": "steps.rating.next.bad",
    }
    new = version(ASKED, outer=outer)
    assert told(at(version(ASKED), new, "check.judge", renamed=renamed)) == "fine"
    assert told(at(version(ASKED), new, "check.judge")).startswith(
        f"stranded / `check` is {NO_STEP}"
    )


def test_two_steps_run_the_same_process() -> None:
    """Each has deals of its own; what the process calls a step means both."""
    twice = (
        "{call: {next: check}, check: {run: credit, next: {good: again, bad: lost}}, "
        "again: {run: credit, next: {good: won, bad: lost}}}"
    )
    old = version(ASKED, outer=twice)
    once = version(ASKED)
    assert told(at(old, once, "check.judge")) == "fine"
    assert told(at(old, once, "again.judge")).startswith(f"stranded / `again` is {NO_STEP}")
    assert at(old, once, "credit.judge").verdict == "ambiguous"
    assert told(at(old, old, "credit.judge")) == "fine"


@pytest.mark.parametrize(
    ("outer", "verdict"),
    [
        ("{call: {next: check}, check: {run: credit, next: {good: won, bad: won}}}", "fine"),
        ("{call: {next: {ok: check, no_fit: lost}}, check: {run: credit, next: {good: lost, bad: lost}}}", "stranded"),
        ("{call: {next: {ok: check, far: won}}, check: {run: credit, next: {good: check, bad: check}}}", "stranded"),
    ],
)  # fmt: skip
def test_where_the_run_leads_now_counts(outer: str, verdict: str) -> None:
    assert at(version(ASKED), version(ASKED, outer=outer), "check.judge").verdict == verdict
