"""The two versions that the example of a rule compares."""

from functools import lru_cache

from salesflow.changes.catalogue.example import BASE
from salesflow.changes.catalogue.row import ChangeRule
from salesflow.findings import Finding
from salesflow.nouns import FrozenMap
from salesflow.process.loaded import process_of
from salesflow.process.model import Process
from salesflow.process.steps import Result, Run, Step
from salesflow.schema.assemble import assemble
from salesflow.source.read import Reading, read

_FILE = "new_business.salesflow.yaml"

_CREDIT = """\
salesflow: 1
process: credit
sources: {asked: {start: rate}}
steps: {rate: {next: {good: rated, bad: refused}}}
outcomes: {rated: {kind: done}, refused: {kind: failed}}
"""

# What examples run.
PARTS = {
    "credit.salesflow.yaml": _CREDIT,
    "rating.salesflow.yaml": _CREDIT.replace("credit", "rating"),
}


def texts(rule: ChangeRule) -> tuple[str, str]:
    """The text of both versions, "" of a process that is not there.

    One side of the example stands in ``BASE``; the longer where both do. Or both are whole files.
    """
    before, after = rule.example
    if whole(rule):
        return before, after
    if BASE.count(before) == 1 and not (BASE.count(after) == 1 and before in after):
        return BASE, BASE.replace(before, after)
    if BASE.count(after) != 1:
        raise ValueError(f"{rule.name}: no side of the example stands once in BASE")
    return BASE.replace(after, before), BASE


def whole(rule: ChangeRule) -> bool:
    """Whether the example shows whole files."""
    return any(side.startswith("salesflow: 1") for side in rule.example)


def versions(rule: ChangeRule) -> tuple[Process | None, Process | None]:
    """Both versions; None of a process that is not there.

    For a rule about a process that is run they are run by a step of another one.
    """
    old, new = (loaded(text) if text else None for text in texts(rule))
    if rule.what == "run" and rule.kind not in ("added", "removed"):
        return old and run_by_another(old), new and run_by_another(new)
    return old, new


@lru_cache(maxsize=4)  # nearly every example has `BASE` on one side
def loaded(text: str) -> Process:
    """The process of a text that may run the ``PARTS``. LoadError where it is none."""
    return process_of(assemble(read(text, _FILE), read=_of_parts))


def _of_parts(reference: str, relative_to: str) -> Reading | Finding:
    del relative_to  # all lie in one folder
    return read(PARTS[reference], reference)


def run_by_another(process: Process) -> Process:
    """A process of the same organization as ``BASE`` with a step that runs this one."""
    outer = loaded(BASE)
    ends = {name: _ending(name) for name in process.outcomes}
    sell = Run(
        id="sell",
        path="steps.sell",
        node="sell",
        process=process.id,
        next=FrozenMap(ends),
    )
    steps: dict[str, Step] = {"sell": sell}
    start = {name: source.replace(start="sell") for name, source in outer.sources.items()}
    return outer.replace(
        id="group_sales",
        sources=FrozenMap(start),
        steps=FrozenMap(steps),
        runs=FrozenMap({process.id: process}),
        touchpoints=FrozenMap(),
        policies=FrozenMap(),
        objectives=FrozenMap(),
        locked=(),
    )


def _ending(outcome: str) -> Result:
    return Result(
        id=outcome,
        path=f"steps.sell.next.{outcome}",
        node=f"sell.{outcome}",
        step="sell",
        targets=(outcome,),
    )
