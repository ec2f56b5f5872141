"""Two walks, without and with limits: a clean first one is a proof."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from salesflow.analysis.explore import explore
from salesflow.analysis.forget import spared_limits
from salesflow.api import load
from salesflow.process.net import Net
from salesflow.testing import families
from tests.analysis.two_walks import clean, search
from tests.process.written import process_of, smb_like

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
BUDGET = 800


@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(families())
def test_the_first_walk_is_right_about_what_is_right(files: dict[str, Any]) -> None:
    main, inner = (json.dumps(data) for data in files.values())
    process = process_of(main, **{"inner.salesflow": inner})
    whole = explore(Net(process), budget=BUDGET)
    found = search(process, budget=BUDGET)
    if not (whole.complete and found.first.complete):
        return
    assert found.complete
    if found.second is None:
        assert clean(whole)
    else:
        assert set(found.second.faults) == set(whole.faults)
    assert set(found.first.never_taken) <= set(whole.never_taken)


def test_a_limit_beside_a_free_result_is_spared() -> None:
    steps = "{a: {next: {again: {to: a, at_most: 3}, enough: lost}}}"
    process = smb_like(steps)
    assert spared_limits(Net(process)) == {"a.again"}
    assert search(process).second is None
    assert len(search(process).first.states) == 2
    assert len(explore(Net(process)).states) == 1 + 3 + 4


def test_a_limit_beside_what_is_done_otherwise_is_spared() -> None:
    steps = "{a: {next: {again: {to: a, at_most: 3}, enough: {to: lost, otherwise: true}}}}"
    process = smb_like(steps)
    assert spared_limits(Net(process)) == {"a.again"}
    assert search(process).second is None
    assert search(process).first.taken == {"a.again", "a.enough"}


@pytest.mark.parametrize(
    "steps",
    [
        "{a: {next: {again: {to: a, at_most: 3}, enough: {to: lost, at_most: 1}}}}",
        "{a: {next: {again: {to: a, at_most: 3}}}}",
        "{a: {next: {again: {to: a, at_most: 3}, enough: b}}, "
        "b: {next: {r: {to: won, when: times(a.again) > 1}, s: {to: lost, otherwise: true}}}}",
    ],
)
def test_a_limit_that_decides_something_is_kept(steps: str) -> None:
    assert spared_limits(Net(smb_like(steps))) == frozenset()


def test_a_loop_left_only_by_a_limited_result_is_walked_again() -> None:
    """`a.out` helps twice and then no more: the first walk must not rely on it."""
    process = smb_like("{a: {next: {out: {to: b, at_most: 2}, round: a}}, b: {next: won}}")
    found = search(process)
    assert found.first.trapped
    assert found.second is not None
    assert not found.second.trapped  # it is never taken more than once


@pytest.mark.parametrize("name", ["smb/smb", "enterprise/enterprise", "hello/hello"])
def test_our_examples_are_proved_sound(name: str) -> None:
    found = search(load(EXAMPLES / f"{name}.salesflow.yaml"))
    assert found.second is None
    assert clean(found.first)
    assert found.first.finals
    assert found.first.never_taken == []
    assert found.first.never_entered == []
