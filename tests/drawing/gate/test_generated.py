"""The hard laws hold for any process: small ones of every shape, and a thousand steps."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

import salesflow as sf
from salesflow.drawing.extract import flow
from tests.drawing.gate.drawn import Drawn, drawn
from tests.drawing.gate.grown import company, staffed

SMALL = settings(max_examples=25, suppress_health_check=list(HealthCheck))


def judged(data: dict[str, Any]) -> Drawn:
    found = drawn(flow(sf.load(data)))
    assert not found.broken, "\n".join(found.broken)
    assert not found.measures.struck_words, "\n".join(found.measures.struck_words)
    return found


@SMALL
@given(staffed(sound=True))
def test_sound_processes(data: dict[str, Any]) -> None:
    judged(data)


@SMALL
@given(staffed(sound=False))
def test_any_processes(data: dict[str, Any]) -> None:
    """Wild ones have steps nobody comes to, steps that lead to themselves, and meetings of all."""
    judged(data)


@pytest.mark.parametrize("seed", range(6))
def test_companies_of_thirty_steps(seed: int) -> None:
    """Written by chance and so less orderly than people's, yet a bound that a naive picture breaks."""
    found = judged(company(30, seed=seed))
    assert len(found.measures.crossings) <= 12, "\n".join(found.measures.crossings)
    assert found.measures.bends <= 40
    assert found.measures.aspect <= 3


def test_a_thousand_steps() -> None:
    found = judged(company(1_000))
    edges = len(found.picture.lines)
    assert len(found.measures.crossings) <= edges
    assert found.measures.bends <= 1.5 * edges
    assert found.measures.aspect <= 3
