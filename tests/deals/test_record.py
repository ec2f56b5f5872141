"""Records of deals: what they say, and that no record does harm."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import salesflow as sf
from tests.deals.test_taking import SALE, at_papers

PROCESS = sf.loads(SALE)
DEAL = at_papers(PROCESS, 100_000)


def test_what_a_record_says() -> None:
    record = DEAL.to_dict()
    assert record["version"] == 1
    assert (record["process"], record["process_version"]) == ("sale", "1.2.0")
    assert record["at"] == ["papers.finance.check", "papers.legal.draft"]
    assert record["data"] == {"amount": 100_000, "champion": "Ada", "discount": 0.05}
    assert [token["place"] for token in record["tokens"]] == [
        "open(papers)",
        "run(papers.finance)",
        "at(papers.finance.check)",
        "run(papers.legal)",
        "at(papers.legal.draft)",
    ]
    assert [taken["result"] for taken in record["taken"]] == [
        "call.fit",
        "offer.sent",
        "route.normal",
    ]


def test_numbers_stay_exact() -> None:
    process = sf.loads(
        """
salesflow: 1
process: thirds
data: {amount: {type: money}}
sources: {inbound: {start: a, gives: {amount: filled}}}
steps: {a: {by: sales, next: {cut: {to: b, set: {amount: amount / 3}}}}, b: {by: sales, next: {ok: won, bad: lost}}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
    )
    deal = sf.Deal.start(process, data={"amount": 100}).take("cut")
    record = json.loads(json.dumps(deal.to_dict()))
    assert record["data"] == {"amount": "100/3"}
    assert sf.Deal.from_dict(process, record) == deal


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"version": 2}, "it does not say `version: 1`"),
        ({"process": "other"}, "it is of `other`, and this is `sale`"),
        ({"source": "nobody"}, "`sale` has no source `nobody`"),
        ({"tokens": []}, "it stands nowhere, or twice at one place"),
        ({"tokens": [{"place": "at(papers.legal.draft)"}]}, "lies in what is not open"),
        ({"tokens": [{"place": "run(papers.legal)"}]}, "lies in what is not open"),
        ({"tokens": [{"place": "end(won)"}, {"place": "at(call)"}]}, "it has ended and goes on"),
        ({"tokens": [{"place": "at(call)"}] * 2}, "it stands nowhere, or twice"),
        ({"tokens": [{"place": "stuck(offer)"}]}, "no deal waits at `stuck\\(offer\\)`"),
        ({"tokens": [{"place": "stuck(papers)"}]}, "no deal waits at `stuck\\(papers\\)`"),
        ({"tokens": [{"place": "at(gone)"}]}, "stands at `at\\(gone\\)`, which `sale` does not"),
        ({"taken": None}, "`taken` is missing or no list"),
        ({"visited": [1]}, "a name in it is no text"),
        ({"data": {"amount": "much"}}, "`amount` is of type money, and `much` is not"),
        ({"last": "soon"}, "`soon` is no moment"),
    ],
)
def test_what_is_no_record_is_told(change: dict[str, Any], message: str) -> None:
    with pytest.raises(sf.UsageError, match=message):
        sf.Deal.from_dict(PROCESS, DEAL.to_dict() | change)


@pytest.mark.parametrize("stage", [["papers"], {"papers": 1}, 1, "gone"])
def test_a_stage_that_there_is_not_is_none(stage: Any) -> None:
    assert sf.Deal.from_dict(PROCESS, DEAL.to_dict() | {"stage": stage}).stage is None


def test_a_field_that_is_gone_strands_no_deal_of_an_older_version() -> None:
    newer = sf.loads(SALE.replace("version: 1.2.0", "version: 1.3.0"))
    record = DEAL.to_dict()
    record["data"]["old_field"] = "x"
    assert sf.Deal.from_dict(newer, record).data == DEAL.data
    with pytest.raises(sf.UsageError, match="no field `old_field`"):
        sf.Deal.from_dict(PROCESS, record)


DIFF = (
    " `salesflow diff OLD NEW --deals FILE` says which running deals cannot go on as they are, and "
    "where they can."
)
OLDER = " The record seems to be of an older `sale` that is version 1.2.0 too."
NEXT = " The record is of version 1.2.0 of `sale`, and this is version 1.3.0."


@pytest.mark.parametrize(
    ("version", "change", "message"),
    [
        (
            "1.2.0",
            {"data": {"seats": 3}},
            "`sale` has no field `seats`. It has `amount`, `champion`, `contract`, `discount`, "
            f"`loss_reason`, `region`.{OLDER} Once the process has a new `version`, fields that are gone are "
            f"left out.{DIFF}",
        ),
        (
            "1.2.0",
            {"data": {"amount": "much"}},
            f"`amount` is of type money, and `much` is not. Write it like `12000.50`.{OLDER}{DIFF}",
        ),
        (
            "1.3.0",
            {"data": {"amount": "much"}},
            f"`amount` is of type money, and `much` is not. Write it like `12000.50`.{NEXT}{DIFF}",
        ),
        (
            "1.2.0",
            {"tokens": [{"place": "at(demo)"}]},
            f"The deal stands at `at(demo)`, which `sale` does not have (any more).{OLDER}{DIFF}",
        ),
        (
            "1.3.0",
            {"tokens": [{"place": "at(demo)"}]},
            f"The deal stands at `at(demo)`, which `sale` does not have (any more).{NEXT}{DIFF}",
        ),
        (
            "1.3.0",
            {"tokens": [{"place": "run(papers.legal)"}]},
            "This is no record of a deal in this process: `run(papers.legal)` lies in what is not "
            f"open.{NEXT}{DIFF}",
        ),
        (
            "1.2.0",
            {"source": "fair"},
            "The deal is from another source: `sale` has no source `fair` (any more)."
            f"{OLDER}{DIFF}",
        ),
        (
            "1.2.0",
            {"visited": [1]},
            "This is no record of a deal in this process: a name in it is no text.",
        ),
        (
            "1.2.0",
            {"source": "fair", "process_version": ["x"]},
            "The deal is from another source: `sale` has no source `fair` (any more). The record is "
            f"of a version without a number of `sale`, and this is version 1.2.0.{DIFF}",
        ),
    ],
)
def test_a_record_of_another_version_says_so_and_what_to_do(
    version: str, change: dict[str, Any], message: str
) -> None:
    process = sf.loads(SALE.replace("version: 1.2.0", f"version: {version}"))
    with pytest.raises(sf.UsageError) as caught:
        sf.Deal.from_dict(process, DEAL.to_dict() | change)
    assert str(caught.value) == message


def test_a_process_without_a_version_says_so() -> None:
    process = sf.loads(SALE.replace("version: 1.2.0\n", ""))
    record = at_papers(process, 100_000).to_dict() | {"data": {"seats": 3}}
    with pytest.raises(sf.UsageError, match="of an older `sale` that says no `version` either"):
        sf.Deal.from_dict(process, record)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
PARTS = sorted(DEAL.to_dict())
TOKENS = [token["place"] for token in DEAL.to_dict()["tokens"]]


@given(st.dictionaries(st.sampled_from(PARTS), JSON, max_size=3))
def test_a_spoilt_record_gives_a_deal_or_a_message(change: dict[str, Any]) -> None:
    try:
        deal = sf.Deal.from_dict(PROCESS, DEAL.to_dict() | change)
    except sf.UsageError:
        return
    assert sf.Deal.from_dict(PROCESS, deal.to_dict()) == deal
    deal.options()


@given(
    st.integers(0, len(TOKENS) - 1),
    st.sampled_from(["since", "held", "crossed", "person", "begun"]),
    JSON,
)
def test_a_spoilt_token_gives_a_deal_or_a_message(at: int, part: str, value: Any) -> None:
    record = json.loads(json.dumps(DEAL.to_dict()))
    record["tokens"][at][part] = value
    try:
        deal = sf.Deal.from_dict(PROCESS, record)
    except sf.UsageError:
        return
    for option in deal.options():
        assert option.path
