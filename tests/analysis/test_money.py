"""Amounts of money in a process, and those that a change of currency leaves as they were."""

from salesflow import api
from salesflow.analysis.money import amounts, left_behind

TEXT = """salesflow: 1
process: deal
departments: {sales: {roles: {ae: {cost_per_hour: 80}, intern: {cost_per_hour: 0}, boss: {}}}}
data: {amount: {type: money}, fee: {type: money}, size: {type: number}, rate: {type: percent}}
sources:
  web: {start: a, cost: 12, gives: {amount: {min: 100, max: 900}, size: 7}}
  fair: {start: a, cost: 0, gives: {amount: 50, size: {min: 1, max: 9}}}
steps:
  a:
    by: ae
    captures: {fee: {mean: 30}, rate: 5%}
    next:
      big: {to: b, when: amount > 500}
      plain: {to: b, when: amount > 0 and size > 3, set: {fee: amount * 10%}}
      other: {to: b, otherwise: true, set: {fee: amount * 0.1 + 15, size: size + 4}}
  b:
    by: boss
    captures: [amount]
    next: {ok: {to: won, captures: {fee: 99}}, no_go: {to: lost, set: {fee: 0}}, drop: {to: lost, set: {fee: 25}}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


def told(text: str) -> list[tuple[str, str]]:
    return [(found.element.path, found.key) for found in amounts(api.loads(text))]


def test_every_amount_is_told_where_it_is_written() -> None:
    assert told(TEXT) == [
        ("departments.sales.roles.ae", "cost_per_hour"),
        ("sources.web", "cost"),
        ("sources.web", "gives.amount"),
        ("sources.fair", "gives.amount"),
        ("steps.a", "captures.fee"),
        ("steps.b.next.ok", "captures.fee"),
        ("steps.a.next.big", "when"),
        ("steps.a.next.other", "set"),
        ("steps.b.next.drop", "set"),
    ]


def test_what_is_what_it_was_is_left_behind() -> None:
    new = TEXT.replace("amount > 500", "amount > 550").replace("cost: 12", "cost: 14")
    new = new.replace("mean: 30", "mean: 33").replace("fee: 25", "fee: 28")
    left = left_behind(api.loads(TEXT), api.loads(new))
    assert [(found.element.path, found.key) for found in left] == [
        ("departments.sales.roles.ae", "cost_per_hour"),
        ("sources.web", "gives.amount"),
        ("sources.fair", "gives.amount"),
        ("steps.b.next.ok", "captures.fee"),
        ("steps.a.next.other", "set"),
    ]
    assert [*left_behind(api.loads(TEXT.replace("mean: 30", "mean: 33")), api.loads(new))] != []


def test_an_amount_that_moves_elsewhere_is_another_one() -> None:
    new = TEXT.replace("cost: 12", "cost: 80").replace("cost_per_hour: 80", "cost_per_hour: 12")
    left = left_behind(api.loads(TEXT), api.loads(new))
    assert not {"cost", "cost_per_hour"} & {found.key for found in left}
