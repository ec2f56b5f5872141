"""What is shut of a process, and that the rest can still do all it could."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from salesflow.analysis.explore import explore
from salesflow.analysis.retrace import spoken_of
from salesflow.analysis.slices import fields_that_matter, sliced
from salesflow.process.model import Process
from salesflow.process.net import Net
from salesflow.process.steps import Block, Run, Work
from salesflow.testing import families
from tests.process.written import process_of

INNER = """\
salesflow: 1
process: inner
data: {score: {type: number}}
sources: {asked: {start: look}}
steps: {look: {by: x, captures: [score], next: {good: agreed, bad: refused}}}
outcomes: {agreed: {kind: done}, refused: {kind: failed}}
"""
MAIN = """\
salesflow: 1
process: main
use: [inner.yaml]
data: {amount: {type: money}, score: {type: number}, level: {type: number}}
sources: {web: {start: call}}
steps:
  call: {by: x, captures: [amount], next: papers}
  papers:
    parallel:
      law: {start: draft, steps: {draft: {next: {ready: check, refused: leave}}, check: {next: done}}}
      buy: {steps: {order: {next: done}}}
      ask: {steps: {query: {run: inner, next: {agreed: done, refused: leave}}}}
    next: {done: won, refused: lost}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


def main(**changes: str) -> Process:
    text = MAIN
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return process_of(text, inner=INNER)


def papers(process: Process, *names: str) -> Block | Work:
    step = sliced(process, names, []).steps["papers"]
    assert isinstance(step, Block | Work)
    return step


@pytest.mark.parametrize("names", [(), ("call", "won"), ("papers.refused", "papers.done")])
def test_a_block_that_nobody_asks_for_becomes_a_step(names: tuple[str, ...]) -> None:
    shut = papers(main(), *names)
    assert isinstance(shut, Work)
    assert shut.next == main().steps["papers"].next


def test_a_block_that_is_asked_for_keeps_its_branches_as_one() -> None:
    block = papers(main(), "papers")
    assert isinstance(block, Block)
    (branch,) = block.branches.values()
    (step,) = branch.steps.values()
    assert {r.id: r.targets for r in step.next.values()} == {
        "done": ("done",),
        "refused": ("leave",),
    }


def test_what_is_asked_for_stays_open() -> None:
    block = papers(main(), "papers.law.check", "papers.buy")
    assert isinstance(block, Block)
    assert {name: [*b.steps] for name, b in block.branches.items()} == {
        "law": ["draft", "check"],
        "buy": ["order"],
        "ask": ["query"],
    }
    asked = block.branches["ask"].steps["query"]
    assert isinstance(asked, Work)
    assert [*asked.next] == ["done", "refused"]


def test_counted_branches_stay_apart() -> None:
    block = papers(
        main(**{"    next: {done: won": "    join: {at_least: 2}\n    next: {done: won"}), "papers"
    )
    assert isinstance(block, Block)
    assert [*block.branches] == ["law", "buy", "ask"]


def test_what_conditions_read_is_not_shut_away() -> None:
    reads = "next: {large: {to: papers, when: score > 3}, small: {to: papers, otherwise: true}}"
    process = main(**{"next: papers}": f"{reads}}}"})
    assert fields_that_matter(process, []) == {"score"}
    block = papers(process)
    assert isinstance(block, Block)
    assert isinstance(block.branches["ask"].steps["query"], Run)
    assert [*block.branches["law"].steps] == ["draft"]
    visits = main(
        **{"next: papers}": f"{reads.replace('score > 3', 'visited(papers.buy.order)')}}}"}
    )
    block = papers(visits)
    assert isinstance(block, Block)
    assert "buy" in block.branches


def test_fields_that_others_are_set_from_matter() -> None:
    process = main(
        **{
            "next: papers}": "next: {a: {to: papers, when: level > 1, set: {level: score}}, "
            "b: {to: papers, otherwise: true, set: {score: score + 1}}}}"
        }
    )
    assert fields_that_matter(process, []) == {"level", "score"}


def test_nothing_to_shut_is_the_process_itself() -> None:
    plain = process_of(
        "salesflow: 1\nprocess: p\nsources: {web: {start: call}}\n"
        "steps: {call: {by: x, next: {yes_please: won, sorry: lost}}}\n"
        "outcomes: {won: {kind: won}, lost: {kind: lost}}\n"
    )
    assert sliced(plain, ["call"], []) is plain


@settings(max_examples=150, suppress_health_check=list(HealthCheck), deadline=None)
@given(families())
def test_it_can_do_all_that_the_process_can(files: dict[str, Any]) -> None:
    first, inner = (json.dumps(data) for data in files.values())
    process = process_of(first, **{"inner.salesflow": inner})
    smaller = sliced(process, (), [])
    whole = explore(Net(process), budget=3_000)
    rest = explore(Net(smaller), budget=20_000)
    if rest.complete:  # whatever was taken in the whole is taken in the rest
        names = spoken_of(smaller, process)
        assert whole.taken & names <= rest.taken
        ends = [whole.net.layout.places[whole.states[n].marking[0]].node for n in whole.finals]
        assert {*ends} <= {
            rest.net.layout.places[rest.states[n].marking[0]].node for n in rest.finals
        }
