"""Policies hold in real deals too."""

import pytest

import salesflow as sf

FLOW = """
salesflow: 1
process: p
departments: {sales: {roles: {rep: {people: 3}}}}
data: {amount: {type: money}}
sources: {inbound: {start: a}}
steps:
  a: {by: rep, next: {b: b, c: c, stop: lost}}
  b: {by: rep, next: {back: a, onto: c}}
  c: {by: rep, next: {back: a, win: won, stop: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
policies: {rule: POLICY}
"""


def start(policy: str, amount: int | None = None) -> sf.Deal:
    return sf.Deal.start(sf.loads(FLOW.replace("POLICY", policy)), data={"amount": amount})


def walk(deal: sf.Deal, *results: str) -> sf.Deal:
    for result in results:
        deal = deal.take(result)
    return deal


@pytest.mark.parametrize(
    ("policy", "allowed", "refused", "told"),
    [
        (
            "{precedence: [b, won]}",
            ["a.b", "b.onto", "c.win"],
            ["a.c", "c.win"],
            "`b` comes before `won`, and it has not happened yet (policy `rule`).",
        ),
        (
            "{response: [a.c, b]}",
            ["a.c", "c.back", "a.b", "b.back", "a.stop"],
            ["a.c", "c.stop"],
            "`a.c` is followed by `b`, and that is still to happen (policy `rule`).",
        ),
        (
            "{never: b.onto}",
            ["a.c", "c.win"],
            ["a.b", "b.onto"],
            "`b.onto` never happens (policy `rule`).",
        ),
        (
            "{at_most_once: b}",
            ["a.b", "b.back", "a.c"],
            ["a.b", "b.back", "a.b", "b.back"],
            "`b` happens at most once (policy `rule`).",
        ),
        (
            "{not_both: [b, c.win]}",
            ["a.c", "c.win"],
            ["a.b", "b.onto", "c.win"],
            "`b` and `c.win` do not both happen (policy `rule`).",
        ),
    ],
)
def test_each_kind(policy: str, allowed: list[str], refused: list[str], told: str) -> None:
    walk(start(policy), *allowed)
    before = walk(start(policy), *refused[:-1])
    with pytest.raises(sf.Refused) as problem:
        before.take(refused[-1])
    assert [(r.kind, r.message) for r in problem.value.reasons] == [("policy", told)]
    assert told in [r.message for o in before.options() for r in o.missing]


def test_a_condition_is_judged_when_it_obliges() -> None:
    policy = "{precedence: [b, won], when: amount >= 100}"
    assert walk(start(policy, 99), "a.c", "c.win").ended == "won"
    with pytest.raises(sf.Refused, match="where `amount >= 100`"):
        walk(start(policy, 100), "a.c", "c.win")


def test_a_condition_of_never_is_judged_at_the_end() -> None:
    policy = "{never: b.onto, when: amount >= 100}"
    deal = walk(start(policy, 100), "a.b", "b.onto")
    with pytest.raises(sf.Refused, match="never happens where"):
        deal.take("c.win")
    assert walk(deal.fill({"amount": 5}), "c.win").ended == "won"


def test_two_persons() -> None:
    deal = start("{different_person: [b, c]}").take("a.b").take("onto", person="ada")
    with pytest.raises(sf.Refused, match="`b` and `c` are done by different persons") as refused:
        deal.take("win", person="ada")
    assert refused.value.reasons[0].kind == "person"
    assert deal.take("win", person="bob").ended == "won"
    begun = deal.begin("c", person="ada")
    with pytest.raises(sf.Refused):
        begun.take("win")
    assert sf.Deal.from_dict(deal.process, begun.to_dict()) == begun


def test_a_response_that_is_due_is_kept_in_the_record() -> None:
    deal = walk(start("{response: [a.c, b]}"), "a.c", "c.back")
    again = sf.Deal.from_dict(deal.process, deal.to_dict())
    with pytest.raises(sf.Refused, match="still to happen"):
        again.take("a.stop")
