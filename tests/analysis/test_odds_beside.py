"""Where the chain of shares says that it is not exact: what runs side by side and meddles."""

from typing import Any

import pytest

import salesflow as sf
from salesflow.analysis.chain import Chain, chain_of

Data = dict[str, Any]
FIELDS: Data = {"vip": {"type": "yes_no"}, "big": {"type": "yes_no"}, "amount": {"type": "money"}}


def chain(steps: Data, **more: Any) -> Chain:
    data: Data = {
        "salesflow": 1,
        "process": "p",
        "data": FIELDS,
        "sources": {"web": {"start": "call", "gives": {"vip": "10%", "big": "50%", "amount": 100}}},
        "steps": steps,
        "outcomes": {"won": {"kind": "won"}, "lost": {"kind": "lost"}},
    }
    return chain_of(sf.load(data | more))


def asks(field: str, to: str) -> Data:
    return {"next": {"good": {"to": to, "when": field}, "bad": {"to": to, "otherwise": True}}}


def writes(field: str, to: str) -> Data:
    return {"captures": {field: "50%"}, "next": to}


KINDS: dict[str, Any] = {
    "asks": lambda to: asks("vip", to),
    "asks another": lambda to: asks("big", to),
    "writes": lambda to: writes("vip", to),
    "writes another": lambda to: writes("big", to),
    "nothing": lambda to: {"next": to},
}
PAIRS = [
    ("asks", "writes", True),
    ("writes", "asks", True),
    ("writes", "writes", True),
    ("asks", "asks", False),
    ("asks", "writes another", False),
    ("writes", "asks another", False),
    ("writes", "writes another", False),
    ("nothing", "writes", False),
]
ASKED = {  # what is written is asked for in the end, so that it matters
    "next": {"x": {"to": "won", "when": "vip and big"}, "z": {"to": "lost", "otherwise": True}}
}


@pytest.mark.parametrize(("one", "other", "meddles"), PAIRS)
def test_threads(one: str, other: str, meddles: bool) -> None:
    steps = {
        "call": {"next": {"both": {"to": ["a", "b"]}}},
        "a": KINDS[one]("m"),
        "b": {"next": "c"},
        "c": KINDS[other]("m"),
        "m": {"wait_for": ["a", "c"], **ASKED},
    }
    note = ("threads of `call.both` change what others of them look at",)
    assert chain(steps).approximate == (note if meddles else ())


@pytest.mark.parametrize(("one", "other", "meddles"), PAIRS)
def test_branches(one: str, other: str, meddles: bool) -> None:
    steps = {
        "call": {
            "parallel": {
                "first": {"steps": {"s": KINDS[one]("done")}},
                "second": {"start": "t", "steps": {"t": {"next": "u"}, "u": KINDS[other]("done")}},
            },
            "next": "ask",
        },
        "ask": ASKED,
    }
    note = ("branches of `call` change what others of it look at",)
    assert chain(steps).approximate == (note if meddles else ())


def test_what_nobody_asks_for_is_no_matter() -> None:
    steps = {
        "call": {"next": {"both": {"to": ["a", "b"]}}},
        "a": writes("vip", "m"),
        "b": writes("vip", "m"),
        "m": {"wait_for": ["a", "b"], "next": "won"},
    }
    assert chain(steps).exact


def grows(to: str) -> Data:
    return {"next": {"up": {"to": to, "set": {"amount": "amount * 2"}}}}


@pytest.mark.parametrize(
    ("one", "other", "notes"),
    [
        (grows, grows, True),
        (grows, lambda to: {"captures": {"amount": 5}, "next": to}, True),
        (grows, KINDS["nothing"], False),
        (grows, KINDS["asks"], False),
    ],
)
def test_the_worth_of_a_deal_side_by_side(one: Any, other: Any, notes: bool) -> None:
    block = {
        "call": {
            "parallel": {
                "first": {"steps": {"s": one("done")}},
                "second": {"start": "t", "steps": {"t": {"next": "u"}, "u": other("done")}},
            },
            "next": "won",
        }
    }
    split = {
        "call": {"next": {"both": {"to": ["a", "b"]}}},
        "a": one("m"),
        "b": {"next": "c"},
        "c": other("m"),
        "m": {"wait_for": ["a", "c"], "next": "won"},
    }
    known = chain(block, value="amount").approximate
    assert ("branches of `call` change the worth of a deal side by side" in known) == notes
    known = chain(split, value="amount").approximate
    assert ("threads of `call.both` change the worth of a deal side by side" in known) == notes
    assert chain(block).exact  # no worth is asked for
    assert chain(split).exact


def test_a_thread_that_ends_the_deal_may_end_the_other() -> None:
    steps = {
        "call": {"next": {"both": {"to": ["a", "b"]}}},
        "a": {
            "next": {"on_to": {"to": "m", "share": "50%"}, "out": {"to": "lost", "share": "rest"}}
        },
        "b": {"next": "m"},
        "m": {"wait_for": ["a", "b"], "next": "won"},
    }
    known = chain(steps)
    assert known.approximate == ("`lost` can end what still runs beside it",)
    assert known.all is not None
    assert known.all.won == pytest.approx(0.5)
    assert known.all.visits["b"] == pytest.approx(1.0)  # each thread goes to its own end
