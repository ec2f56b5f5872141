"""What the drawing alone proves of policies, and what it must leave to the game."""

import pytest

from salesflow.analysis.flow import Flow
from salesflow.analysis.foregone import foregone, sequential
from tests.process.written import process_of

BLOCK = """\
steps:
  call: {by: x, next: papers}
  papers:
    parallel:
      law: {start: draft, steps: {draft: {next: {ready: check, refused: leave}}, check: {next: done}}}
      buy: {WHEN steps: {order: {next: done}}}
    join: JOIN
    TIMER
    next: {done: sign, refused: lost, LATE}
  sign: {by: x, next: won}
"""
SPLIT = """\
steps:
  call: {by: x, next: {to_both: {to: [left, right]}}}
  left: {next: {ready: meet, poor: meet, gone: lost}}
  right: {next: meet}
  meet: {wait_for: [left, right], next: {signed: won, torn: lost}}
"""
PLAIN = """\
steps:
  call: {by: x, next: {fit: offer, unfit: lost}}
  offer: {by: x, timeout: {after: 2d, result: quiet}, next: {yes_please: sign, again: call, quiet: chase}}
  chase: {by: x, next: {reached: offer, gone: lost}}
  sign: {by: x, next: {signed: won, torn: lost}}
"""


def proved(steps: str, policy: str) -> bool:
    process = process_of(
        "salesflow: 1\nprocess: tried\ndata: {amount: {type: money}}\nsources: {web: {start: call}}\n"
        f"{steps}outcomes: {{won: {{kind: won}}, lost: {{kind: lost}}}}\npolicies: {{p: {policy}}}\n"
    )
    return foregone(process.policies["p"], process, Flow(process))


def block(*, when: str = "", join: str = "all", timer: str = "", late: str = "") -> str:
    steps = BLOCK.replace("WHEN", f"when: {when}," if when else "").replace("JOIN", join)
    steps = steps.replace("    TIMER\n", f"    {timer}\n" if timer else "")
    return steps.replace(", LATE", f", {late}" if late else "")


@pytest.mark.parametrize(
    ("policy", "answer"),
    [
        ("{precedence: [call, won]}", True),
        ("{precedence: [papers.law, sign]}", True),
        ("{precedence: [papers.buy, sign]}", True),
        ("{precedence: [papers.buy.order.done, won]}", True),
        ("{precedence: [papers.law.draft, papers.refused]}", True),
        ("{precedence: [papers.law.check, papers.law.draft]}", False),
        ("{precedence: [papers.buy, lost]}", False),
        ("{precedence: [papers, won]}", True),
        ("{precedence: [papers, lost]}", False),
        ("{precedence: [papers.done, papers]}", False),
        ("{precedence: [papers, papers.done]}", True),
        ("{response: [call, papers]}", False),  # for the game to say: work runs side by side
        ("{at_most_once: sign}", False),
    ],
)
def test_all_branches_of_a_block_must_finish(policy: str, answer: bool) -> None:
    assert proved(block(), policy) == answer


@pytest.mark.parametrize(
    "steps",
    [
        block(join="any"),
        block(join="{at_least: 1}"),
        block(when="amount > 5"),
        block(timer="timeout: {after: 9d, result: late}", late="late: sign"),
        block(timer="timeout: {after: 9d, result: done}"),
    ],
)
def test_a_branch_that_may_be_left_out_proves_nothing(steps: str) -> None:
    assert not proved(steps, "{precedence: [papers.buy, sign]}")
    assert proved(steps, "{precedence: [call, sign]}")


def test_a_branch_that_always_runs_does_so_beside_one_that_may_not() -> None:
    assert proved(block(when="amount > 5"), "{precedence: [papers.law, sign]}")
    assert not proved(block(when="amount > 5"), "{precedence: [papers.buy, sign]}")


@pytest.mark.parametrize(
    ("policy", "answer"),
    [
        ("{precedence: [left, meet]}", True),
        ("{precedence: [right, won]}", True),
        ("{precedence: [right, lost]}", False),
        ("{precedence: [left.ready, meet]}", False),
        ("{precedence: [meet.signed, won]}", True),
        ("{not_both: [left, right]}", False),
    ],
)
def test_a_meeting_point_needs_all_it_waits_for(policy: str, answer: bool) -> None:
    assert proved(SPLIT, policy) == answer


@pytest.mark.parametrize(
    ("policy", "answer"),
    [
        ("{precedence: [offer.yes_please, sign]}", True),
        ("{precedence: [chase, won]}", False),
        ("{response: [offer.yes_please, sign]}", True),
        ("{response: [offer, sign]}", False),
        ("{response: [offer.quiet, offer]}", False),
        ("{response: [offer.quiet, chase]}", True),
        ("{response: [sign.signed, won]}", True),
        ("{response: [sign, sign]}", False),
        ("{response: [call.unfit, call]}", False),
        ("{response: [call, call.unfit]}", False),
        ("{response: [sign.signed, sign]}", False),
        ("{at_most_once: sign}", True),
        ("{at_most_once: won}", True),
        ("{at_most_once: offer}", False),
        ("{never: sign}", False),
        ("{not_both: [won, lost]}", True),
        ("{not_both: [call.unfit, sign]}", True),
        ("{not_both: [offer.again, sign]}", False),
        ("{not_both: [sign.torn, won]}", True),
        ("{not_both: [chase.gone, sign]}", True),
        ("{not_both: [sign, sign.torn]}", False),
    ],
)
def test_a_deal_in_one_place(policy: str, answer: bool) -> None:
    steps = PLAIN
    if policy == "{not_both: [chase.gone, sign]}":
        steps = PLAIN.replace("again: call, ", "")
    assert proved(steps, policy) == answer


def test_what_is_not_reached_breaks_nothing() -> None:
    lonely = PLAIN + "  lonely: {by: x, next: {left: won}}\n"
    assert proved(lonely, "{never: lonely}")
    assert proved(lonely, "{not_both: [lonely, won]}")
    assert proved(lonely, "{response: [lonely, won]}")
    assert proved(lonely, "{precedence: [won, lonely]}")
    assert not proved(lonely, "{response: [won, lonely]}")


@pytest.mark.parametrize(("steps", "answer"), [(PLAIN, True), (SPLIT, False), (block(), False)])
def test_where_a_deal_is_in_one_place_only(steps: str, answer: bool) -> None:
    process = process_of(
        "salesflow: 1\nprocess: tried\ndata: {amount: {type: money}}\nsources: {web: {start: call}}\n"
        f"{steps}outcomes: {{won: {{kind: won}}, lost: {{kind: lost}}}}\n"
    )
    assert sequential(process) == answer
