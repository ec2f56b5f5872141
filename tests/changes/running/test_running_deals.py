"""Whole files of deals: the five verdicts add up, whatever is in the file."""

import json
import random

from salesflow.changes.running.nouns import VERDICTS, Group, RunningDeals
from tests.changes.running.pairs import judged, process

OLD = process(
    "{call: {captures: [amount], next: legal}, legal: {next: price}, price: {next: sign}, "
    "sign: {next: won}}",
    data="{amount: {type: money}}",
)
NEW = process(
    "{call: {captures: [amount], next: price}, price: {next: {big: {to: sign, when: amount >= 100}}}, "
    "sign: {next: won}}",
    data="{amount: {type: money}}",
)
FILE = """deal,at,amount,owner
D-1,sign,50,kim
D-2,legal,50,kim
D-3,legal,500,lee
D-4,price,50,lee
D-5,price,500,lee
D-6,price,,lee
D-7,sing,5,kim
D-8,sign,,kim
D-9,call,5,kim
"""


def test_groups_have_the_worst_first_and_then_the_largest() -> None:
    deals = judged(OLD, NEW, FILE)
    assert [(g.at, g.verdict, g.count, g.deals) for g in deals.groups] == [
        (("legal",), "stranded", 1, ("D-2",)),
        (("legal",), "stranded", 1, ("D-3",)),
        (("price",), "stranded", 1, ("D-4",)),
        (("price",), "ambiguous", 1, ("D-6",)),
        (("sing",), "unknown", 1, ("D-7",)),
        (("sign",), "fine", 2, ("D-1", "D-8")),
        (("call",), "fine", 1, ("D-9",)),
        (("price",), "fine", 1, ("D-5",)),
    ]
    assert [deals.count(verdict) for verdict in VERDICTS] == [4, 3, 0, 1, 1]
    assert deals.file == "deals.csv"


def test_the_same_place_can_need_different_things() -> None:
    """From `price` a small deal would not get on."""
    suggested = [g.suggestion for g in judged(OLD, NEW, FILE).groups if g.at == ("legal",)]
    assert suggested == [
        "Move them to `call`, the step before, which is still there.",
        "Move them to `price`, where deals go now instead.",
    ]


def test_the_document_adds_up() -> None:
    data = judged(OLD, NEW, FILE).to_dict()
    assert json.loads(json.dumps(data)) == data
    assert data["checked"] == 9 == sum(data[verdict] for verdict in VERDICTS)
    assert sum(group["count"] for group in data["groups"]) == 9
    assert data["groups"][0] == {
        "at": ["legal"],
        "count": 1,
        "verdict": "stranded",
        "why": "`legal` is gone in the new version; deals there have no step to stand on.",
        "suggestion": "Move them to `call`, the step before, which is still there.",
        "deals": ["D-2"],
    }


def test_the_order_of_rows_and_columns_never_shows() -> None:
    head, *rows = FILE.splitlines()
    shuffled = random.Random(5).sample(rows, len(rows))
    turned = [",".join(reversed(row.split(","))) for row in [head, *shuffled]]
    assert judged(OLD, NEW, "\n".join(turned)) == judged(OLD, NEW, FILE)


def test_places_in_any_order_are_one_group() -> None:
    split = process(
        "{call: {next: {go: {to: [one, other]}}}, one: {next: meet}, other: {next: meet}, "
        "meet: {wait_for: [one, other], next: won}}"
    )
    deals = judged(split, split, "deal,at\nA,one|other\nB, other | one |\nC,one|one|other\n")
    assert deals.groups == (Group(("one", "other"), 3, "fine", "", "", ("A", "B", "C")),)


def test_a_hundred_thousand_deals_are_all_counted() -> None:
    chance = random.Random(1)
    places = ["call", "legal", "price", "sign", "won", "nowhere", "call|sign"]
    rows = [f"D-{n},{chance.choice(places)},{chance.randrange(300)}" for n in range(100_000)]
    deals = judged(OLD, NEW, "\n".join(["deal,at,amount", *rows]))
    assert deals.checked == 100_000
    legal = sum(row.split(",")[1] == "legal" for row in rows)
    low = sum(row.split(",")[1] == "price" and int(row.split(",")[2]) < 100 for row in rows)
    lost = sum(row.split(",")[1] in ("nowhere", "call|sign") for row in rows)
    assert deals.count("stranded") >= legal + low
    assert deals.count("unknown") == lost
    assert len(deals.groups) < 20


def test_no_deals_are_nothing_to_judge() -> None:
    assert judged(OLD, NEW, "deal,at\n") == RunningDeals(file="deals.csv")


def test_what_the_budget_does_not_suffice_for_is_unknown_but_never_fine() -> None:
    deals = judged(OLD, NEW, FILE, budget=1)
    told = {group.at: (group.verdict, group.why) for group in deals.groups}
    much = "There are too many ways in which these deals may go on: not decided."
    assert told["sign",] == ("unknown", much)
    assert told["legal",][0] == "stranded"
    assert deals.checked == 9
    whole = {deal: group.verdict for group in judged(OLD, NEW, FILE).groups for deal in group.deals}
    for budget in (2, 3, 5, 8, 13, 21, 34):
        for group in judged(OLD, NEW, FILE, budget=budget).groups:
            assert {group.verdict} <= {"unknown", *(whole[deal] for deal in group.deals)}
