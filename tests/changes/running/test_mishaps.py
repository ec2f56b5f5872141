"""Deals that can go on, but worse than new ones: what goes wrong, and what can no longer be won."""

from salesflow.changes.running.budgets import Budget
from salesflow.changes.running.calm import Calm
from salesflow.process.net import Net
from tests.changes.running.pairs import at, judged, process, told
from tests.changes.running.test_wide import PLAIN, wide

SIGN = "sign: {next: {signed: won}}"
SIDE = process(
    "{call: {next: checks}, checks: {parallel: {law: {steps: {terms: {next: done}}}, safe: {steps: "
    f"{{audit: {{next: {{passed: done, failed: leave}}}}}}}}}}, next: {{done: sign, failed: lost}}}}, {SIGN}}}"
)
ROW = process(
    "{call: {next: audit}, audit: {next: {passed: terms, failed: lost}}, terms: {next: sign}, "
    f"{SIGN}}}"
)
INTO = {
    "steps.checks.parallel.law.steps.terms": "steps.terms",
    "steps.checks.parallel.safe.steps.audit": "steps.audit",
}


def test_a_step_that_begins_a_second_time() -> None:
    assert told(at(SIDE, ROW, "checks.law.terms", "checks.safe.audit", renamed=INTO)) == (
        "ambiguous / If `audit` ends before `terms`, `terms` begins a second time while it is "
        "open. / Finish `terms` first, or move them to `audit` alone."
    )
    assert at(SIDE, ROW, "call", renamed=INTO).verdict == "fine"


def test_what_the_new_version_does_wrong_by_itself_is_not_told() -> None:
    split = "call: {next: {go: {to: [one, two]}}}"
    new = process(
        f"{{{split}, one: {{next: {{ok: won, bad: lost}}}}, two: {{next: {{ok: won, bad: lost}}}}}}"
    )
    assert {told(at(new, new, *places)) for places in (["one"], ["one", "two"])} == {"fine"}


def test_a_deal_that_ends_while_work_is_left() -> None:
    split = "call: {next: {go: {to: [price, pilot]}}}, pilot: {next: {ok: meet, bad: lost}}"
    meet = "meet: {wait_for: [price, pilot], next: won}"
    old = process(f"{{{split}, price: {{next: meet}}, {meet}}}")
    new = process(
        "{call: {next: {go: price}}, price: {next: {ok: won}}, pilot: {next: {ok: won, bad: lost}}}"
    )
    assert told(at(old, new, "price", "pilot")) == (
        "ambiguous / If `pilot` ends first, `won` is reached while `price` is still open. / "
        "Move them to `pilot` alone."
    )


def test_deals_that_can_no_longer_be_won() -> None:
    old = process("{call: {next: sign}, sign: {next: {good: won, bad: lost}}}")
    new = process("{call: {next: {good: won, bad: sign}}, sign: {next: {bad: lost}}}")
    assert told(at(old, new, "sign")) == (
        "stranded / It can no longer be won: only `lost` is left."
    )
    assert told(at(old, new, "call")) == "fine"
    assert told(at(new, new, "sign")) == "fine"


def test_a_limit_that_is_spent_in_both_versions_strands_nobody() -> None:
    def limited(more: str) -> str:
        return f"{{call: {{next: {{again: {{to: sign, at_most: 1}}, bad: lost}}}}, sign: {{next: {{ok: won, back: call}}}}{more}}}"

    old, new = process(limited("")), process(limited(", spare: {next: won}"))
    assert {at(old, new, place).verdict for place in ("call", "sign")} == {"fine"}


def test_of_a_decision_that_is_gone_both_ways_are_left_open() -> None:
    old = process(
        "{call: {next: need}, need: {next: {big: {to: audit, when: vip}, small: {to: sign, "
        "otherwise: true}}}, audit: {next: sign}, sign: {next: won}}",
        data="{vip: {type: yes_no}}",
    )
    new = process("{call: {next: audit}, audit: {next: sign}, sign: {next: won}}")
    assert at(old, new, "need").suggestion == (
        "Move them to `audit` or `sign`, as `need` would have led them."
    )


def test_the_next_step_is_not_one_that_comes_before() -> None:
    old = process(
        "{offer: {next: approve}, approve: {next: {bad: offer, good: papers}}, papers: {next: won}}"
    )
    new = process(
        "{call: {next: offer}, offer: {next: {ok: papers, again: offer}}, papers: {next: won}}"
    )
    assert at(old, new, "approve").suggestion == (
        "Move them to `papers`, the next step that is still there."
    )


def test_a_block_that_is_one_step_now_begins_anew() -> None:
    new = process(f"{{call: {{next: checks}}, checks: {{next: sign}}, {SIGN}}}")
    assert told(at(SIDE, new, "checks.safe.audit")) == (
        "fine / Deals in `checks` begin there anew: it is built otherwise now."
    )
    assert told(at(SIDE, new, "call")) == "fine"


def test_wide_blocks_need_no_playing_for_it() -> None:
    net = Net(wide(*[PLAIN] * 14))
    calm = Calm(net, Budget(1_000))
    nodes = net.layout.nodes
    every = [node.active for path, node in nodes.items() if path.endswith("s0")]
    assert calm.surely([nodes["big"].active, *every])
    assert calm.surely([nodes["sign"].active])
    assert not calm.surely([nodes["call"].active, nodes["sign"].active])


def test_too_much_to_see_is_unknown() -> None:
    text = "deal,at\nA,checks.law.terms|checks.safe.audit\n"
    found = {
        judged(SIDE, ROW, text, renamed=INTO, budget=budget).groups[0].verdict
        for budget in range(1, 60)
    }
    assert found == {"unknown", "ambiguous"}
