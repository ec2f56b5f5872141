"""The family ``policies``: exact messages, edges, and silence where all is well."""

from typing import Any

import pytest

from salesflow.analysis.flow import Flow
from salesflow.analysis.judgement import UNDECIDED
from salesflow.analysis.policies import judge_policies
from salesflow.checking.facts import Facts
from salesflow.checking.rules import policy_vacuous, policy_violated
from salesflow.findings import Finding
from salesflow.process.model import Process
from tests.process.written import process_of

HEAD = """\
salesflow: 1
process: smb
sources: {inbound: {start: call}}
data: {amount: {type: money}, vip: {type: yes_no}}
"""
STEPS = """\
steps:
  call: {by: ae, captures: [amount, vip], next: {small: sign, large: approval, not_a_fit: lost}}
  approval: {by: finance, next: {approved: sign, refused: lost, again: {to: call, at_most: 1}}}
  sign: {by: ae, timeout: {after: 9d, result: silent}, next: {signed: won, silent: chase}}
  chase: {by: ae, next: {reached: sign, gone: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


def written(policy: str, *, steps: str = STEPS, more: str = "") -> Process:
    return process_of(f"{HEAD}{more}{steps}policies: {{p: {policy}}}\n")


def found(process: Process) -> list[Finding]:
    facts = Facts(process)
    return [*policy_violated.find(facts), *policy_vacuous.find(facts)]


def told(process: Process) -> list[str]:
    return [f"{f.severity} {f.rule}: {f.message} | {f.help}" for f in found(process)]


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        (
            "{precedence: [approval.approved, won], when: amount >= 50000}",
            "error policy-violated: `p` is violated: a deal can come to `won` without "
            "`approval.approved` before it, though `amount >= 50000` (for example `amount: 50000`). "
            "A deal gets there by inbound → call (small) → sign (signed). "
            "| Lead every way to `won` through `approval.approved`.",
        ),
        (
            "{response: [approval, sign]}",
            "error policy-violated: `p` is violated: a deal can end without `sign` after "
            "`approval`. A deal gets there by inbound → call (large) → approval (refused). "
            "| Lead every way from `approval` to the end through `sign`, or narrow the policy with "
            "`when`.",
        ),
        (
            "{never: chase, when: vip}",
            "error policy-violated: `p` is violated: a deal can come to `chase`, though `vip` (for "
            "example `vip: true`). A deal gets there by inbound → call (small) → sign (silent) → "
            "chase (gone). | Take away the way to `chase`.",
        ),
        (
            "{at_most_once: sign}",
            "error policy-violated: `p` is violated: `sign` can happen twice to a deal. A deal gets "
            "there by inbound → call (small) → sign (silent) → chase (reached) → sign (signed). "
            "| Give the result that leads back to `sign` a limit (`at_most: 1`), or narrow the "
            "policy with `when`.",
        ),
        (
            "{not_both: [chase.reached, won]}",
            "error policy-violated: `p` is violated: both `chase.reached` and `won` can happen to "
            "one deal. A deal gets there by inbound → call (small) → sign (silent) → chase (reached) "
            "→ sign (signed). | Part the ways of `chase.reached` and `won`, or narrow the policy "
            "with `when`.",
        ),
    ],
)
def test_a_policy_that_is_violated_is_told_with_the_way(policy: str, message: str) -> None:
    assert told(written(policy)) == [message]


@pytest.mark.parametrize(
    "policy",
    [
        "{precedence: [call, won]}",
        "{precedence: [sign.signed, won], when: amount >= 50000}",
        "{precedence: [approval, approval.again]}",
        "{response: [approval.approved, sign]}",
        "{response: [approval.again, call]}",
        "{at_most_once: approval.again}",
        "{not_both: [won, lost]}",
        "{never: chase, when: times(sign.silent) == 0}",
        "{response: [sign.silent, chase], when: vip}",
        "{not_both: [call.not_a_fit, sign]}",
        "{different_person: [call, approval]}",
        "{different_person: [call, sign]}",
    ],
)
def test_a_policy_that_is_kept_is_silent(policy: str) -> None:
    assert told(written(policy)) == []


def test_the_place_is_the_policy_and_the_way_ends_there() -> None:
    (finding,) = found(written("{never: chase}"))
    assert (finding.path, finding.line, finding.column) == ("policies.p", 11, 12)
    assert finding.witness == ("inbound", "call.small", "sign.silent", "chase.gone", "lost")


PEOPLE = """\
departments:
  sales: {roles: {ae: {people: 4, keeps_deal: true}, boss: {people: 1}}}
  finance: {people: 2}
"""


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        (
            "{different_person: [call, sign]}",
            "error policy-violated: `p` is violated: `call` and `sign` are both for `ae`, whose "
            "person keeps the deal to its end. A deal gets there by inbound → call (small) → sign "
            "(signed). | Let another role do `sign`, or take `keeps_deal` away from `ae`.",
        ),
        (
            "{different_person: [call, sign], when: amount > 7}",
            "error policy-violated: `p` is violated: `call` and `sign` are both for `ae`, whose "
            "person keeps the deal to its end, in deals with `amount > 7` (for example `amount: 8`"
            "). A deal gets there by inbound → call (small) → sign (signed). "
            "| Let another role do `sign`, or take `keeps_deal` away from `ae`.",
        ),
        ("{different_person: [call, approval]}", ""),
    ],
)
def test_different_people(policy: str, message: str) -> None:
    assert told(written(policy, more=PEOPLE)) == [message] * bool(message)


def test_one_person_is_not_two() -> None:
    steps = STEPS.replace("by: ae", "by: boss")
    assert told(written("{different_person: [sign, chase]}", steps=steps, more=PEOPLE)) == [
        "error policy-violated: `p` is violated: `sign` and `chase` are both for `boss`, which has "
        "one person. A deal gets there by inbound → call (small) → sign (silent) → chase (gone)"
        ". | Let another role do `chase`, or give `boss` more people."
    ]


BLOCK = """\
steps:
  call: {by: ae, captures: [amount], next: papers}
  papers:
    parallel:
      law: {steps: {draft: {by: ae, next: {ready: done, refused: leave}}}}
      buy: {when: amount >= 100, steps: {order: {by: ae, next: done}}}
    timeout: {after: 9d, result: late}
    next: {done: won, refused: lost, late: won}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


@pytest.mark.parametrize(
    ("policy", "way"),
    [
        # a block is done, not timed out and not left
        ("{precedence: [papers, won]}", "inbound call.done papers.late won"),
        ("{response: [papers.refused, papers]}", "inbound call.done papers.law.draft.refused"),
        ("{precedence: [papers.buy, papers.done], when: amount >= 100}", ""),
        ("{precedence: [papers.buy, papers], when: amount > 99}", "inbound call.done"),
        ("{precedence: [papers.law, papers.done]}", ""),
        ("{precedence: [papers.law.draft.ready, papers.law]}", ""),
        ("{precedence: [papers.law, papers.law.draft.ready]}", "inbound call.done"),
        ("{precedence: [papers.law.draft, papers.law.draft.ready]}", ""),
        ("{not_both: [papers.buy, lost]}", "inbound call.done papers.buy.order.done"),
        ("{never: papers.buy, when: amount < 100}", ""),
    ],
)
def test_what_happens_in_a_block(policy: str, way: str) -> None:
    findings = found(written(policy, steps=BLOCK))
    assert bool(way) == bool(findings)
    for finding in findings:
        assert " ".join(finding.witness).startswith(way)


def test_a_block_whose_time_is_up_is_not_done_whatever_its_result_is_called() -> None:
    timed = BLOCK.replace("result: late", "result: done").replace(", late: won", "")
    (finding,) = found(written("{precedence: [papers, won]}", steps=timed))
    assert finding.witness == ("inbound", "call.done", "papers.done", "won")
    assert found(written("{precedence: [papers.done, won]}", steps=timed)) == []
    (finding,) = found(written("{response: [papers.law, papers]}", steps=timed))
    assert finding.witness[-2:] == ("papers.done", "won")


@pytest.mark.parametrize(
    ("policy", "why"),
    [
        (
            "{precedence: [call, sign], when: amount > amount}",
            "`amount > amount` never holds at `sign`.",
        ),
        (
            "{never: chase, when: times(approval.again) > 5}",
            "`times(approval.again) > 5` never holds when a deal ends.",
        ),
        ("{different_person: [call, approval]}", "nobody does `approval`."),
        ("{response: [spare.never, won]}", "`spare.never` never happens."),
    ],
)
def test_a_policy_that_says_nothing_is_told(policy: str, why: str) -> None:
    steps = STEPS.replace("by: finance, ", "").replace("refused: lost,", "refused: spare,")
    steps = steps.replace(
        "  chase:",
        "  spare: {next: {never: {to: lost, when: amount > amount}, ever: lost}}\n  chase:",
    )
    findings = found(written(policy, steps=steps))
    assert [f.message for f in findings] == [f"`p` says nothing: {why}"]
    assert {f.severity for f in findings} == {"warning"}


def test_no_deal_has_both() -> None:
    process = written("{different_person: [one, two]}", steps=(
        "steps:\n  call: {by: finance, next: {a: one, b: two}}\n"
        "  one: {by: boss, next: lost}\n  two: {by: boss, next: won}\n"
        "outcomes: {won: {kind: won}, lost: {kind: lost}}\n"
    ), more=PEOPLE)  # fmt: skip
    assert [f.message for f in found(process)] == [
        "`p` says nothing: no deal has both `one` and `two`."
    ]


def test_what_hangs_on_values_within_a_range_is_a_warning() -> None:
    steps = STEPS.replace("small: sign", "small: {to: sign, set: {amount: amount * 1.1}}")
    (finding,) = found(written("{never: sign.signed, when: amount > 100}", steps=steps))
    assert finding.severity == "error"  # any amount may be captured, large ones too
    cheap = steps.replace("captures: [amount, vip]", "captures: {amount: 95}")
    (finding,) = found(written("{never: sign.signed, when: amount > 100}", steps=cheap))
    assert finding.severity == "warning"
    assert "`p` is perhaps violated" in finding.message


def many(branches: int, policies: dict[str, Any]) -> str:
    rows = "".join(
        f"      b{n}: {{start: a, steps: {{a: {{by: x, next: {{p: done, q: c}}}}, "
        "c: {by: x, next: done}}}\n"
        for n in range(branches)
    )
    written_policies = "".join(f"  {name}: {policy}\n" for name, policy in policies.items())
    return (
        f"{HEAD}steps:\n  call: {{by: ae, next: side_by_side}}\n"
        f"  side_by_side:\n    parallel:\n{rows}    next: {{done: sign}}\n"
        "  sign: {by: ae, next: {signed: hand_over, refused: lost}}\n"
        "  hand_over: {by: ae, next: won}\n"
        f"outcomes: {{won: {{kind: won}}, lost: {{kind: lost}}}}\npolicies:\n{written_policies}"
    )


def test_side_by_side_work_hides_nothing() -> None:
    policies = {
        "kept": "{response: [sign.signed, hand_over]}",
        "first": "{precedence: [side_by_side.b7, won]}",
        "lost_too": "{not_both: [side_by_side.b3.c, sign.refused]}",
        "refused": "{never: sign.refused}",
    }
    process = process_of(many(40, policies))
    findings = found(process)
    assert [f.path for f in findings] == ["policies.lost_too", "policies.refused"]
    for finding in findings:
        assert finding.witness[0] == "inbound"
        assert finding.witness[-1] in ("lost", "sign.refused")
    assert "side_by_side.b3.c.done" in findings[0].witness


def test_what_is_too_much_is_said_to_be_undecided() -> None:
    both = (
        "{not_both: [side_by_side.b3.c, side_by_side.b4.a.p], when: times(side_by_side.b5.a.q) > 7}"
    )
    process = process_of(many(12, {"p": both}))
    (judgement,) = judge_policies(process, Flow(process), budget=50)
    assert judgement.verdict == UNDECIDED


def test_a_process_without_policies_costs_nothing() -> None:
    facts = Facts(process_of(HEAD + STEPS))
    assert facts.policies == ()
    assert "behaviour" not in vars(facts)
