"""The tree says in words what a process is, a line per element."""

import pytest

from salesflow import api
from salesflow.reporting.tree import tree
from tests.process.everything import INNER, TEXT
from tests.process.written import process_of

SHOWN = """\
everything 1.2.3  All there is
  goal  Win
  about  Uses every word of the language.
  size  3 sources, 9 steps, 2 outcomes and 3 departments

sources
  web → call  sales · 30 per week · gives amount, region, contract
  fair → call  80 every 13w
  mail → call  3 per day
steps
  call  ae (sales) with boss · effort min 1h, usual 2h, max 8h · wait mean 2d, sd 1d · captures rate, vip · needs amount · within 2bd for 80%
    fit → check and price  40% · if amount > 100 or vip
    again → call  30% · at most 2 times · sets amount, contract
    odd → decide  30%
    silent → lost  when 45d are over
  price  ae (sales) · wait min 1h, max 3h
    done → meet
  check  legal · effort 45min · wait mean 2d
    done → meet
  meet  meeting point · waits for check, price
    done → papers
  decide  decision
    yes_go → papers  if visited(call)
    stop → lost  otherwise
  papers  block, until 1 branch
    branch law
      draft  legal · captures contract · needs contract
        done → look
      look  team (buyer) · wait median 5d, p90 15d
        ok → done
        no_way → leaves the block
    branch buy  if amount >= 1000
      order  runs inner
        agreed → done
        refused → leaves the block
    done → won
    no_way → lost
    refused → lost
    late → lost  when 60d are over
outcomes
  won  needs contract
  lost
touchpoints
  out: sales → legal at papers.law  needs contract · returns contract · accepted within 1bd
"""


def test_the_tree_of_everything() -> None:
    shown = tree(process_of(TEXT, inner=INNER))
    assert shown.partition("handoffs\n")[0] == SHOWN


@pytest.mark.parametrize(
    ("join", "words"),
    [("all", "all branches"), ("any", "the first branch"), ("{at_least: 2}", "2 branches")],
)
def test_a_block_says_what_it_waits_for(join: str, words: str) -> None:
    process = process_of(TEXT.replace("{at_least: 1}", join), inner=INNER)
    assert f"  papers  block, until {words}\n" in tree(process)


def test_on_a_terminal_the_heads_are_bold() -> None:
    process = api.loads(
        "salesflow: 1\nprocess: p\nsources: {a: {start: s}}\nsteps: {s: {next: won}}\n"
        "outcomes: {won: {kind: won}}\n"
    )
    rows = tree(process, colour=True).splitlines()
    assert rows[0] == "\x1b[1mp\x1b[0m"
    assert "  \x1b[1ms\x1b[0m  decision" in rows
    assert "    done → won" in rows
