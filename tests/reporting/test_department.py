"""A department's page: when it comes in, what it gets, what it owes, and by when."""

from pathlib import Path

import pytest

import salesflow as sf
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
  papers.buy.order.look: buyer
      ends with: fine → papers.buy.order.agreed; dear → papers.buy.order.refused

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


SMALL = """salesflow: 1
process: small
departments: {sales: {roles: {seller: {}}}, tech: {roles: {planner: {}}}}
sources: {asked: {start: look}}
steps:
  look:
    by: planner
    next: {fits: both, does_not: refused}
  both:
    parallel: {plan: {start: draw, steps: {draw: {by: planner, effort: 2h, next: {ready: done}}}}}
    next: {done: again}
  again: RUN
outcomes: {planned: {kind: done}, refused: {kind: failed}}
"""
WITHIN = """\
Tech in main

Enters
  from sales at planning.look, by call (fits)
      no touchpoint says what must be handed over

Works on
  planning.look: planner
      ends with: fits → planning.both; does_not → planning.refused
  planning.both.plan.draw: planner
      effort: 2h
      ends with: ready → done
  planning.again.look: planner
      ends with: fits → planning.again.planned

Leaves
  it hands over to nobody
"""


def test_what_it_does_in_a_process_that_is_run_is_its_work_too(tmp_path: Path) -> None:
    inner = SMALL.replace("RUN", "{run: tiny, next: {planned: planned}}")
    tiny = """salesflow: 1
process: tiny
sources: {asked: {start: look}}
steps: {look: {by: planner, next: {fits: planned}}}
outcomes: {planned: {kind: done}}
"""
    main = """salesflow: 1
process: main
use: [small.salesflow.yaml]
sources: {web: {start: call}}
steps:
  call: {by: seller, next: {fits: planning, does_not: lost}}
  planning: {run: small, next: {planned: check, refused: lost}}
  check: {run: small, next: {planned: won, refused: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
    people = "".join(line for line in SMALL.splitlines(True) if line.startswith("departments"))
    use = "use: [people.salesflow.yaml]\n"
    texts = {
        "people": f"salesflow: 1\norganization: acme\n{people}",
        "tiny": tiny.replace("sources", f"{use}sources"),
        "small": inner.replace(people, "use: [people.salesflow.yaml, tiny.salesflow.yaml]\n"),
        "main": main.replace("use: [", "use: [people.salesflow.yaml, "),
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.salesflow.yaml").write_text(text, encoding="utf-8")
    process = sf.load(tmp_path / "main.salesflow.yaml")
    assert department_text(process, "tech") == WITHIN
