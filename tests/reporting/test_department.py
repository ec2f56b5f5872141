"""A department's page: when it comes in, what it gets, what it owes, and by when."""

import pytest

from salesflow.errors import UsageError
from salesflow.process.model import Process
from salesflow.reporting.department import department_text
from tests.process.everything import INNER, TEXT
from tests.process.written import process_of

SALES = """\
Sales in everything
  Sells.

Enters
  from source web at call, with amount, region and contract

Works on
  call: ae with boss
      needs: amount
      fills: rate and vip
      effort: min 1h, usual 2h, max 8h
      then waits: mean 2d, sd 1d
      by when: within 2bd for 80%
      at the latest: after 45d it ends with silent
      escalates: after 1bd to boss
      ends with: fit → check and price; again → call; odd → decide; silent → lost
  price: ae
      then waits: min 1h, max 3h
      ends with: done → meet
  call: boss may take over after 1bd

Leaves
  to legal at check, by call (fit)
      no touchpoint says what must be handed over
  to legal at papers.law.draft, by call (odd) or price (done)
      hands over: contract
      gets back: contract
      begins within 1bd, for 90% (out)
"""
LAW = """\
Law in everything

Enters
  from sales at check, by call (fit)
      no touchpoint says what must be handed over
  from sales at papers.law.draft, by call (odd) or price (done)
      gets: contract
      owes back: contract
      begins within 1bd, for 90% (out)

Works on
  check: legal
      effort: 45min
      then waits: mean 2d
      ends with: done → meet
  papers.law.draft: legal
      needs: contract
      fills: contract
      ends with: done → papers.law.look

Leaves
  it hands over to nobody
"""
SPARE = """\
Spare in everything

Enters
  nothing is handed over to it

Works on
  no step

Leaves
  it hands over to nobody
"""
BUYER = """\
Buyer (external) in everything

Enters
  nothing is handed over to it

Works on
  papers.law.look: team
      then waits: median 5d, p90 15d
      ends with: ok → done; no_way → leave

Leaves
  it hands over to nobody
"""


@pytest.fixture(scope="module")
def process() -> Process:
    return process_of(TEXT, inner=INNER)


@pytest.mark.parametrize(
    ("department", "page"), [("sales", SALES), ("legal", LAW), ("spare", SPARE), ("buyer", BUYER)]
)
def test_the_page_of_a_department(process: Process, department: str, page: str) -> None:
    assert department_text(process, department) == page


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("legall", "`everything` has no department `legall`. Did you mean `legal`?"),
        ("ae", "`everything` has no department `ae`. It is a role of `sales`."),
        (
            "zzz",
            "`everything` has no department `zzz`. It has: sales, legal, spare, buyer.",
        ),
    ],
)
def test_an_unknown_department_is_explained(process: Process, name: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        department_text(process, name)
    assert str(caught.value) == message
