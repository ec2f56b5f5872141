"""Forgetting changes how many states there are, and nothing that can be said about them."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings

from salesflow.analysis.explore import Exploration, explore
from salesflow.analysis.forget import Forgetting
from salesflow.process.net import Net
from salesflow.testing import families
from tests.process.written import process_of, smb_like

BUDGET = 800


@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(families(steps=4))
def test_nothing_that_matters_is_forgotten(files: dict[str, Any]) -> None:
    main, inner = (json.dumps(data) for data in files.values())
    net = Net(process_of(main, **{"inner.salesflow": inner}))
    whole = explore(net, budget=BUDGET)
    if not whole.complete:
        return
    short = explore(net, budget=BUDGET, forget=Forgetting(net))
    assert len(short.states) <= len(whole.states)
    assert _said(short) == _said(whole)


def _said(found: Exploration) -> Any:
    def where(numbers: list[int]) -> set[tuple[int, ...]]:
        return {found.states[number].marking for number in numbers}

    steps = {flag: len(found.way_of(step)) for flag, step in found.faults.items()}
    markings = {state.marking for state in found.states}
    ends = (where(found.idle), where(found.timed), where(found.trapped), where(found.finals))
    return found.complete, steps, markings, ends, found.taken, found.never_taken


def test_a_value_is_kept_until_its_last_reader() -> None:
    net = Net(
        smb_like(
            """{a: {captures: [amount], next: b}, b: {next: {
              large: {to: c, when: amount > 100}, small: {to: c, otherwise: true}}},
              c: {next: won}}""",
            data="{amount: {type: money}}",
        )
    )
    assert len(explore(net).states) == 1 + 3 + 3 + 3
    assert len(explore(net, forget=Forgetting(net)).states) == 1 + 3 + 1 + 1


def test_what_a_block_reads_later_is_kept_inside_it() -> None:
    net = Net(
        smb_like(
            """{a: {captures: [vip], next: p},
              p: {parallel: {x: {steps: {s: {next: done}}}}, next: q},
              q: {next: {r: {to: won, when: vip}, s: {to: lost, otherwise: true}}}}""",
            data="{vip: {type: yes_no}}",
        )
    )
    assert len(explore(net, forget=Forgetting(net)).states) == 1 + 2 + 2 + 2
