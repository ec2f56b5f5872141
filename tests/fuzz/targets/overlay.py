"""Variants and scenarios over the enterprise process: laid over it, or refused at their place."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import salesflow as sf
from salesflow.errors import LoadError, UsageError
from salesflow.simulation.scenario import read_scenarios
from tests.fuzz.choices import Choices, spread
from tests.fuzz.documents import documents, edited, keys, under, written
from tests.fuzz.harmless import harmless
from tests.fuzz.worlds import base, folder

OF = "enterprise.salesflow.yaml"
KINDS = ("variant", "scenario")
HOLDERS = ("steps", "sources", "outcomes", "departments", "data", "touchpoints")


def seeds() -> Iterator[bytes]:
    yield from (spread(number * 37, 80) for number in range(60))


def run(data: bytes) -> None:
    choices = Choices(data)
    text = written(_overlay(choices))
    try:
        process = sf.loads(text, file="a.yaml", folder=folder())
    except LoadError as problem:
        assert problem.findings
        harmless("".join(f"{finding.message!r}\n" for finding in problem.findings))
        return
    assert sf.check(process) == sf.check(process)
    try:
        for scenario in read_scenarios([_whole()], process):
            harmless("\n".join(map(repr, scenario.changes)))
    except (LoadError, UsageError) as problem:
        assert str(problem)


def _overlay(choices: Choices) -> dict[str, Any]:
    """One that comes with the examples, edited, or one made of changes at paths that exist."""
    ours = [each for each in documents() if not set(KINDS).isdisjoint(each)]
    if choices.below(2):
        return edited({**choices.one_of(ours), "of": OF}, choices)
    change = {}
    for _ in range(1 + choices.below(6)):
        key = choices.one_of(keys())
        at = choices.one_of(HOLDERS)
        path = choices.one_of((key, f"{at}.{key}", f"steps.{choices.one_of(_steps())}.{key}"))
        change[path] = choices.one_of(under(key) or (None,))
    made = {"salesflow": 1, choices.one_of(KINDS): "a", "of": OF, "change": change}
    if choices.below(3) == 0:
        made["remove"] = [f"steps.{choices.one_of(_steps())}"]
    return made


@cache
def _whole() -> sf.Process:
    return sf.loads(base(), file=OF, folder=folder())


def _steps() -> tuple[str, ...]:
    return tuple(_whole().steps)
