"""Deals where versions differ in odd ways: what is found, what is advised, and what is left unsaid."""

from pathlib import Path

import pytest

from salesflow.changes.running.budgets import Budget
from salesflow.changes.running.calm import Calm
from salesflow.changes.running.reading import read_deals
from salesflow.errors import UsageError
from salesflow.process.net import Net
from tests.changes.running.pairs import HEAD, at, judged, process, told
from tests.changes.running.test_mishaps import INTO, ROW, SIDE
from tests.changes.running.test_verdicts import LINE, NO_STEP, RUN, SPLIT, WRITE, running
from tests.changes.running.test_wide import LOST, PLAIN, wide
from tests.process.written import process_of


def test_where_nothing_counts_as_won_any_more_nothing_is_lost_by_it() -> None:
    old = process("{call: {next: sign}, sign: {next: won}}")
    text = f"{HEAD}sources: {{inbound: {{start: call}}}}\nsteps: {{call: {{next: sign}}, sign: {{next: won}}}}\n"
    new = process_of(text.replace("won: {kind: won}", "won: {kind: done}"))
    assert told(at(old, new, "sign")) == "fine"


def test_of_a_decision_that_is_gone_only_a_way_that_leads_on_is_left() -> None:
    old = process(
        "{call: {next: need}, need: {next: {big: audit, small: sign}}, audit: {next: sign}, sign: {next: won}}"
    )
    new = process(
        "{call: {next: {ok: sign, odd: audit}}, audit: {next: {round: audit}}, sign: {next: won}}"
    )
    assert (
        at(old, new, "need").suggestion == "Move them to `sign`, the next step that is still there."
    )


def test_behind_steps_that_are_gone_in_a_circle_the_next_one_is_found() -> None:
    old = process(
        "{call: {next: one}, one: {next: {ahead: two, back: call}}, two: {next: {again: one, ok: sign}}, sign: {next: won}}"
    )
    new = process("{call: {next: {ok: won, no_fit: lost}}, sign: {next: won}}")
    assert (
        at(old, new, "one").suggestion == "Move them to `sign`, the next step that is still there."
    )
    assert (
        at(old, new, "two").suggestion == "Move them to `sign`, the next step that is still there."
    )


def test_what_is_waited_for_is_not_begun_where_that_does_not_help() -> None:
    new = process(
        "{call: {next: {fit: {to: [price, pilot]}}}, price: {next: {round: price, ok: {to: commit, when: vip}}}, "
        "pilot: {next: commit}, commit: {wait_for: [price, pilot], next: won}}",
        data="{vip: {type: yes_no}}",
    )
    assert told(at(LINE, new, "pilot")) == (
        "waiting / `commit` waits for `price`, which can no longer come."
    )


def test_a_branch_and_a_step_beside_the_block_that_are_gone_at_once() -> None:
    def version(branches: str, other: str) -> str:
        return (
            f"{{call: {{next: {{go: {{to: [papers, {other}]}}}}}}, papers: {{parallel: {{{branches}}}, next: meet}}, "
            f"{other}: {{next: meet}}, meet: {{wait_for: [papers, {other}], next: won}}}}"
        )

    law, safe = "law: {steps: {draft: {next: done}}}", "safe: {steps: {assess: {next: done}}}"
    old, new = process(version(f"{law}, {safe}", "price")), process(version(law, "cost"))
    assert told(at(old, new, "papers.safe.assess", "price")) == (
        f"stranded / `papers.safe` and `price` are {NO_STEP} / "
        "Take them out of `papers.safe` and move them from `price` to `cost`."
    )


def test_a_name_of_a_step_and_an_outcome_means_both() -> None:
    steps = "steps: {call: {next: close}, close: {name: Closed, next: won}}\n"
    text = f"{HEAD}sources: {{inbound: {{start: call}}}}\n{steps}"
    named = process_of(text.replace("won: {kind: won}", "won: {kind: won, name: Closed}"))
    assert told(at(named, named, "closed")) == "fine"


def test_a_branch_of_which_all_is_gone_that_nobody_has_begun_begins_anew() -> None:
    def papers(x: str) -> str:
        return (
            "{call: {next: papers}, papers: {parallel: {x: " + x + ", "
            "z: {steps: {b: {next: done}}}}, next: sign}, sign: {next: won}}"
        )

    inner = "{p: {steps: {a: {next: done}}}, q: {steps: {c: {next: done}}}}"
    old = process(
        papers(f"{{steps: {{in: {{parallel: {inner}, next: done}}}}}}".replace("in:", "deep:"))
    )
    new = process(papers("{steps: {simple: {next: done}}}"))
    assert told(at(old, new, "papers.z.b")) == "fine"
    stuck = process(papers("{steps: {simple: {next: {round: simple}}}}"))
    assert at(old, stuck, "papers.z.b").verdict != "fine"


def test_a_block_that_is_done_may_end_the_deal_at_once() -> None:
    def papers(join: str) -> str:
        return (
            "{call: {next: papers}, papers: {parallel: {x: {steps: {a: {next: done}}}, "
            "z: {steps: {b: {next: done}}}}, join: " + join + ", next: won}}"
        )

    assert told(at(process(papers("all")), process(papers("any")), "papers.z.b")) == "fine"


# ------------------------------------------------------------------------------ what goes wrong


def test_a_step_to_which_two_threads_come_one_by_one() -> None:
    new = process(
        "{call: {next: {fit: price, misfit: pilot}}, price: {next: commit}, pilot: {next: commit}, "
        "commit: {next: {ok: won, no_fit: lost}}}"
    )
    assert told(at(SPLIT, new, "pilot", "price")) == (
        "ambiguous / If `commit` ends first, `won` is reached while `price` is still open. / "
        "Finish `price` first, or move them to `pilot` alone."
    )
    one_end = process(
        "{call: {next: {fit: price, misfit: pilot}}, price: {next: commit}, pilot: {next: commit}, "
        "commit: {next: {again: commit}}, sign: {next: won}}"
    )
    assert at(SPLIT, one_end, "pilot", "price").verdict == "stranded"


def test_threads_that_come_to_one_step_begin_it_a_second_time() -> None:
    new = process(
        "{call: {next: {fit: {to: [price, other]}, misfit: {to: [pilot, other]}}}, price: {next: quote}, "
        "pilot: {next: quote}, quote: {next: {ok: commit, no_fit: lost}}, other: {next: commit}, "
        "commit: {wait_for: [quote, other], next: won}}"
    )
    assert told(at(SPLIT, new, "pilot", "price")) == (
        "ambiguous / `quote` can begin a second time while it is open: deals come there from "
        "`pilot` and `price`."
    )


def test_deals_known_by_their_stage_are_to_be_written_by_their_steps() -> None:
    stages = "stages: {lead: {}, checks: {}}"
    side = (
        "{call: {stage: lead, next: checks}, checks: {stage: checks, parallel: {law: {steps: {terms: "
        "{next: done}}}, safe: {steps: {audit: {next: {passed: done, failed: leave}}}}}, "
        "next: {done: sign, failed: lost}}, sign: {next: {signed: won}}}"
    )
    row = (
        "{call: {stage: lead, next: audit}, audit: {stage: checks, next: {passed: terms, failed: lost}}, "
        "terms: {next: sign}, sign: {next: {signed: won}}}"
    )
    old, new = process(side, more=stages), process(row, more=stages)
    assert told(at(old, new, "checks", renamed=INTO)) == (
        "ambiguous / If `audit` ends before `terms`, `terms` begins a second time while it is open. "
        f"/ {WRITE}"
    )


def test_what_cannot_be_seen_to_the_end_is_unknown_never_fine() -> None:
    text = "deal,at\nA,checks.law.terms|checks.safe.audit\n"
    found = {
        judged(SIDE, ROW, text, renamed=INTO, budget=budget).groups[0].verdict
        for budget in range(60, 160, 4)
    }
    assert found <= {"unknown", "ambiguous"}


def test_a_proof_that_would_take_too_long_proves_nothing() -> None:
    net = Net(SPLIT)
    nodes = net.layout.nodes
    here = [nodes["price"].active, nodes["pilot"].active]
    assert Calm(net, Budget(1_000)).surely(here)
    assert not Calm(net, Budget(1)).surely(here)


def test_what_is_not_handled_is_never_calm() -> None:
    inner = "{ask: {next: {fine: good, poor: bad}}}"
    for steps, calm in ((RUN, True), (RUN.replace("good: won, bad: lost", "good: won"), False)):
        net = Net(running(inner, steps))
        assert Calm(net, Budget(1_000)).surely([net.layout.nodes["call"].active]) is calm


def test_a_wide_block_that_goes_round_for_ever() -> None:
    old, new = wide(*[PLAIN] * 5), wide(*[PLAIN] * 4, LOST)
    group = at(old, new, "big.b4.s1")
    assert (group.verdict, group.why) == (
        "stranded",
        "From there no outcome can be reached any more.",
    )


def test_it_may_hang_on_whether_a_branch_has_run() -> None:
    """Which deals go through the branch nobody asks any more: what is left is that it was."""

    def version(asked: str) -> str:
        return (
            "{call: {captures: [vip], next: papers}, papers: {parallel: {x: {when: vip, steps: {a: "
            "{next: done}}}, z: {steps: {b: {next: done}}}}, next: sign}, "
            "sign: {next: {ok: {to: won" + asked + "}}}}"
        )

    data = "{vip: {type: yes_no}}"
    old, new = (process(version(asked), data=data) for asked in ("", ", when: visited(papers.x.a)"))
    assert told(at(old, new, "papers.z.b")) == (
        "ambiguous / It hangs on `vip`, which the file does not tell. Deals get stuck at `sign`, "
        "where they can take no result. / Add a column `vip` to the file."
    )
    free = process(version("").replace("when: vip, ", "").replace("captures: [vip], ", ""))
    assert told(at(free, free, "papers.z.b")) == "fine"


def test_a_file_of_deals_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "deals.csv"
    monkeypatch.setattr("salesflow.changes.running.reading._MOST", 1 << 20)
    file.write_bytes(b"x" * (1 << 20))
    assert len(read_deals(str(file))) == 1 << 20
    file.write_bytes(b"x" * ((1 << 20) + 1))
    with pytest.raises(UsageError, match="has more than 1 MB: split it"):
        read_deals(str(file))


def test_with_limits_too_what_cannot_be_seen_to_the_end_is_unknown() -> None:
    """First without limits, then with them: whichever is too much, nobody is told that all is well."""
    call = "call: {next: {again: {to: call, at_most: 2}, go: %s, no_fit: lost}}"
    side = process(
        "{"
        + call % "checks"
        + ", checks: {parallel: {law: {steps: {terms: {next: done}}}, safe: {steps: "
        "{audit: {next: {passed: done, failed: leave}}}}}, next: {done: sign, failed: lost}}, "
        "sign: {next: {signed: won, back: {to: call, at_most: 1}}}}"
    )
    row = process(
        "{"
        + call % "audit"
        + ", audit: {next: {passed: terms, failed: lost}}, terms: {next: sign}, "
        "sign: {next: {signed: won, back: {to: call, at_most: 1}}}}"
    )
    text = "deal,at\nA,checks.law.terms|checks.safe.audit\n"
    told_ = {
        budget: judged(side, row, text, renamed=INTO, budget=budget).groups[0]
        for budget in (*range(1, 60, 4), 100, 200, 400, 5_000)
    }
    assert {group.verdict for group in told_.values()} == {"unknown", "ambiguous"}
    assert told_[5_000].why == (
        "If `audit` ends before `terms`, `terms` begins a second time while it is open."
    )
    few = "deal,at\nA,call\nB,checks.safe.audit\n"
    for budget in range(1, 60, 7):
        for group in judged(side, row, few, renamed=INTO, budget=budget).groups:
            assert group.verdict != "stranded"
