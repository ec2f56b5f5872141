"""Runs and branches: what is the same in both versions is not looked into, what differs is told."""

import pytest

import salesflow as sf
from salesflow.changes.behaviour.judge import behaviour
from salesflow.changes.behaviour.nouns import Behaviour
from salesflow.changes.catalogue.example import BASE
from salesflow.changes.matching.match import match
from salesflow.changes.sheet import sheet_of
from salesflow.process.model import Process
from tests.changes.running.pairs import HEAD, process
from tests.changes.running.test_verdicts import RUN, running
from tests.process.written import process_of

INNER = "{ask: {next: {fine: rate, poor: bad}}, rate: {next: {high: good, low: bad}}}"
ASKED = ("inbound", "call.done")
RATED = (*ASKED, "check.ask.fine")


def judged(old: Process, new: Process) -> Behaviour:
    """What is found there; back it is the same the other way round."""
    there = behaviour(old, new, match(sheet_of(old), sheet_of(new)))
    back = behaviour(new, old, match(sheet_of(new), sheet_of(old)))
    turned = {"more": "less", "less": "more"}
    assert back.verdict == turned.get(there.verdict, there.verdict)
    assert (back.only_old, back.only_new) == (there.only_new, there.only_old)
    return there


def test_a_process_that_is_run_alike_in_both_versions_hides_no_change_around_it() -> None:
    old = running(INNER, RUN)
    new = running(
        INNER, RUN.replace("call: {next: check}", "call: {next: {done: check, no_fit: lost}}")
    )
    known = judged(old, new)
    assert (known.verdict, known.only_old) == ("more", ())
    assert known.only_new == (("inbound", "call.no_fit"),)


def test_what_comes_behind_a_run_is_told_with_a_way_through_it() -> None:
    old = running(INNER, RUN)
    new = running(
        INNER, RUN.replace("good: won", "good: sign").replace("}}}", "}}, sign: {next: won}}")
    )
    known = judged(old, new)
    assert known.verdict == "different"
    assert known.only_old == ((*RATED, "check.rate.high", "check.good", "won"),)
    assert known.only_new == ((*RATED, "check.rate.high", "check.good", "sign.done"),)


def test_a_result_within_a_run_is_told_by_the_step_that_runs_it() -> None:
    more = INNER.replace("fine: rate,", "fine: rate, known: good,")
    known = judged(running(INNER, RUN), running(more, RUN))
    assert known.verdict == "more"
    assert known.only_new == ((*ASKED, "check.ask.known"),)


def test_each_version_calls_what_lies_in_a_run_by_its_own_ids() -> None:
    """A step is called otherwise and has one result less; another one has one more."""
    other = INNER.replace(
        "rate: {next: {high: good, low: bad}}", "weigh: {was: rate, next: {high: good}}"
    )
    other = other.replace("fine: rate", "fine: weigh, redo: ask")
    known = judged(running(INNER, RUN), running(other, RUN))
    assert known.verdict == "different"
    assert known.only_old == ((*RATED, "check.rate.low"),)
    assert known.only_new == ((*ASKED, "check.ask.redo"),)


def test_the_same_within_a_run_is_the_same() -> None:
    renamed = INNER.replace("rate: {next", "weigh: {was: rate, next").replace(
        "fine: rate", "fine: weigh"
    )
    assert judged(running(INNER, RUN), running(renamed, RUN)) == Behaviour(verdict="same")
    timed = INNER.replace("ask: {next", "ask: {effort: 2h, next")
    assert judged(running(INNER, RUN), running(timed, RUN)) == Behaviour(verdict="same")


def nested(inner: str, call: str = "{next: check}") -> Process:
    """A process that runs one that runs another one."""
    deep = (
        "salesflow: 1\nprocess: deep\nsources: {in: {start: dig}}\n"
        "outcomes: {found: {kind: done}}\nsteps: " + inner
    )
    credit = (
        "salesflow: 1\nprocess: credit\nuse: [deep.yaml]\nsources: {in: {start: ask}}\n"
        "outcomes: {good: {kind: done}, bad: {kind: failed}}\n"
        "steps: {ask: {run: deep, next: {found: good}}}\n"
    )
    head = f"{HEAD}use: [credit.yaml]\nsources: {{inbound: {{start: call}}}}\n"
    steps = f"steps: {{call: {call}, check: {{run: credit, next: {{good: won, bad: lost}}}}}}\n"
    return process_of(head + steps, credit=credit, deep=deep)


def test_a_change_two_runs_deep_is_found_and_none_is_found_where_there_is_none() -> None:
    plain, quick = (
        "{dig: {next: sift}, sift: {next: found}}",
        "{dig: {next: {done: sift, luck: found}}, sift: {next: found}}",
    )
    known = judged(nested(plain), nested(quick))
    assert (known.verdict, known.only_new) == ("more", ((*ASKED, "check.ask.dig.luck"),))
    around = judged(nested(plain), nested(plain, "{next: {done: check, no_fit: lost}}"))
    assert (around.verdict, around.only_new) == ("more", (("inbound", "call.no_fit"),))


def block(
    x: str,
    z: str,
    *,
    ends: str = "{done: won, failed: lost}",
    when: str = "",
    call: str = "{next: papers}",
    more: str = "",
) -> Process:
    asked = f"when: {when}, " if when else ""
    return process(
        f"{{call: {call}, papers: {{parallel: {{x: {{{asked}start: a, steps: {x}}}, "
        f"z: {{steps: {{b: {{next: {z}}}}}}}}}, next: {ends}}}{more and ', '}{more}}}",
        data="{vip: {type: yes_no}, amount: {type: money}}",
    )


AUDIT = "{a: {next: {fine: c, failed: leave}}, c: {next: done}}"
IN = ("inbound", "call.done")


@pytest.mark.parametrize(
    ("x", "fewer", "more", "told"),
    [
        # a branch beside, alike in both: it can end, leave its block, or both
        (AUDIT, "{ok: done}", "{ok: done, maybe: done}", ("papers.z.b.maybe",)),
        ("{a: {next: {failed: leave}}}", "{ok: done}", "{ok: done, maybe: done}", ("papers.z.b.maybe",)),
        ("{a: {next: done}}", "{ok: done}", "{ok: done, maybe: done}", ("papers.z.b.maybe",)),
        (AUDIT, "{ok: done}", "{ok: done, failed: leave}", ("papers.z.b.failed",)),
    ],
)  # fmt: skip
def test_a_branch_that_is_alike_in_both_versions_is_left_out(
    x: str, fewer: str, more: str, told: tuple[str, ...]
) -> None:
    ends = "{done: won, failed: lost}"
    known = judged(block(x, fewer, ends=ends), block(x, more, ends=ends))
    assert (known.verdict, known.only_old) == ("more", ())
    assert known.only_new == ((*IN, *told),)


def test_where_a_block_is_left_to_is_told_with_the_way_out_of_the_branch_that_is_alike() -> None:
    old, new = (
        block(AUDIT, "{ok: done}", ends=f"{{done: won, failed: {there}}}")
        for there in ("lost", "call")
    )
    known = judged(old, new)
    assert known.verdict == "different"
    assert known.only_old == ((*IN, "papers.x.a.failed", "papers.failed", "lost"),)
    assert known.only_new[0][:4] == (*IN, "papers.x.a.failed", "papers.failed")


def test_what_decides_elsewhere_is_looked_into_though_it_is_alike() -> None:
    """The branch beside fills a field, or is asked for later: it is part of what deals can do."""
    for x, asked in (
        ("{a: {captures: [vip], next: done}}", "vip"),
        ("{a: {next: {ok: {to: done, set: {vip: true}}}}}", "vip"),
        ("{a: {next: done}}", "visited(papers.x.a)"),
        ("{a: {next: {ok: done, other: done}}}", "times(papers.x.a.other) > 0"),
    ):
        sign = f"sign: {{next: {{ok: {{to: won, when: '{asked}'}}, none: {{to: lost, otherwise: true}}}}}}"
        old, new = (
            block(x, z, ends="{done: sign}, join: all", more=sign)
            for z in ("{ok: done}", "{ok: done, maybe: done}")
        )
        known = judged(old, new)
        assert known.verdict == "more", asked
        assert known.only_new == ((*IN, "papers.z.b.maybe"),), asked


def test_a_condition_on_the_branch_itself_counts() -> None:
    call = "{captures: [vip], next: papers}"
    always = block("{a: {next: done}}", "{ok: done}", call=call)
    some = block("{a: {next: done}}", "{ok: done}", call=call, when="vip")
    known = judged(always, some)
    assert known.verdict == "more"
    assert not known.same_deals
    assert known.only_new == ((*IN, "papers.z.b.ok", "papers.done"),)


def test_what_happens_at_once_is_compared_word_for_word() -> None:
    """A result that ends a run, that of the step that runs it, and the end of the deal."""
    outer = RUN.replace("good: won, bad: lost", "good: won, bad: won")
    old = running("{ask: {next: {fine: good, slow: bad}}}", outer)
    new = running("{ask: {next: {fine: bad, slow: bad}}}", outer)
    known = judged(old, new)
    assert known.verdict == "different"
    assert known.only_old == ((*ASKED, "check.ask.fine", "check.good"),)
    assert known.only_new == ((*ASKED, "check.ask.fine", "check.bad"),)


@pytest.mark.parametrize(
    ("before", "after", "same_deals"),
    [
        ("amount: {type: money}", "amount: {type: number}", False),
        ("region: {type: choice, values: [emea, amer]}", "region: {type: choice, values: [emea, amer, apac]}", False),
        ("reason: {type: choice, values: [price, timing]}", "reason: {type: choice, values: [timing, price]}", True),
        ("phone: {type: text, sensitive: true}", "phone: {type: text}", True),
        ("share: 80%, captures: [amount]", "share: 80%", False),
        ("captures: [report], next", "next", True),
        ("p90: 150000", "p90: 250000", False),
        ("region: {emea: 60%", "region: {emea: 50%", True),
        ("gives: {company: filled, ", "gives: {", True),
        ("lost, share: rest, set: {reason: timing}", "lost, share: rest, set: {reason: price}", True),
        ("{sent: review}", "{sent: {to: review, set: {amount: 5}}}", False),
        ("amount >= 20000\n        steps", "amount >= 9000\n        steps", False),
    ],
)  # fmt: skip
def test_the_same_ways_may_be_those_of_other_deals(
    before: str, after: str, same_deals: bool
) -> None:
    assert BASE.count(before) == 1
    old, new = sf.loads(BASE), sf.loads(BASE.replace(before, after))
    known = judged(old, new)
    assert known.same_deals is same_deals
    if same_deals:
        assert known.verdict == "same"
