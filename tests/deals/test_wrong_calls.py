"""What a program gives a deal by mistake: each is refused in a sentence, none is a traceback."""

from collections.abc import Callable
from typing import Any

import pytest

import salesflow as sf
from tests.deals.test_taking import SALE

PROCESS = sf.loads(SALE)
DEAL = sf.Deal.start(PROCESS, "inbound", {"amount": 100})


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            DEAL.take,
            "Name the result as a text, not 'None'. It may take `call.fit`",
        ),
        (DEAL.missing, "Name the result as a text"),
        (DEAL.begin, "`sale` has no step `None` to begin."),
        (lambda _: DEAL.begin("cal"), "`sale` has no step `cal` to begin. Did you mean `call`?"),
        (lambda _: DEAL.fill([("amount", 1)]), "is no data: give fields with their values"),
        (lambda _: DEAL.take("fit", "Ada"), "'Ada' is no data"),
        (
            lambda _: DEAL.take("fit", {"champion": "Ada"}, person=3),
            "`person` is a name, and '3' is none",
        ),
        (lambda _: DEAL.begin("call", person=3), "`person` is a name, and '3' is none"),
        (lambda _: sf.Deal.start(PROCESS, ["inbound"]), "`sale` has no source `['inbound']`."),
        (
            lambda _: sf.Deal.start("sale.yaml"),
            "A deal needs its process: `Deal.start(load(PATH))`.",
        ),
        (
            lambda _: sf.Deal.from_dict(DEAL.to_dict(), PROCESS),
            "A deal needs its process: `Deal.from_dict(load(PATH), record)`.",
        ),
    ],
)
def test_is_told_in_a_sentence(call: Callable[[Any], Any], message: str) -> None:
    with pytest.raises(sf.UsageError) as caught:
        call(None)
    assert message in str(caught.value)


def test_a_deal_is_shown_in_one_line() -> None:
    assert repr(DEAL) == "Deal(sale: at call)"
    lost = DEAL.take("no_need", {"champion": "Ada"})
    assert repr(lost) == "Deal(sale: ended as lost)"
