"""A record of a running deal that somebody changed: a deal that goes on as one, or a message."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from random import Random
from typing import Any

import salesflow as sf
from salesflow.deals.board import Board
from salesflow.errors import SalesflowError, UsageError
from tests.deals.test_taking import SALE
from tests.deals.walking import begun, steps
from tests.fuzz.choices import Choices, spread
from tests.fuzz.documents import ROOT, edited, places

TIMES = (
    None, "2026-11-28T17:00:00+01:00", "2026-03-29T02:30:00+01:00", "0001-01-01T00:00:00+00:00", "soon",
    "9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+14:00", "1969-12-31T23:59:59.999999Z", 17, "2026-11-28",
)  # fmt: skip
NOW = "2026-12-24T18:00:00+00:00"


def seeds() -> Iterator[bytes]:
    for each in range(80):
        yield bytes([each % 2, each]) + spread(each, 50)


def run(data: bytes) -> None:
    choices = Choices(data[1:])
    process, record = choices.one_of(_records())
    record = json.loads(json.dumps(record))
    for _ in range(choices.below(6)):
        _suited(process, record, choices)
    try:
        deal = sf.Deal.from_dict(process, edited(record, choices) if data[:1] == b"\1" else record)
    except UsageError as problem:
        assert str(problem)
        return
    again = sf.Deal.from_dict(process, json.loads(json.dumps(deal.to_dict(), allow_nan=False)))
    assert (again, again.to_dict()) == (deal, deal.to_dict())
    ways = [partial(deal.take, option.path, lenient=True) for option in deal.options()]
    for go_on in (*ways, partial(deal.overdue, NOW), partial(deal.elapse, NOW)):
        try:
            after = go_on()
        except SalesflowError as problem:  # the record may say that it is later already
            assert str(problem)
            continue
        if isinstance(after, sf.Deal):
            assert sf.Deal.from_dict(process, after.to_dict()) == after


def _suited(process: sf.Process, record: dict[str, Any], choices: Choices) -> None:
    """Change a place, a moment or a name into another one, as a careful liar would."""
    holder, key, value = choices.one_of([*places(record)])
    if key == "place":
        holder[key] = choices.one_of([*Board(process).number])
    elif key in ("since", "begun", "at", "last", "stage_since") and not isinstance(value, list):
        holder[key] = choices.one_of(TIMES)
    elif isinstance(value, str):
        others = (*process.departments, *process.policies, *process.stages)
        holder[key] = choices.one_of([*others, value])


@cache
def _records() -> tuple[tuple[sf.Process, dict[str, Any]], ...]:
    """Records of deals that wandered, with moments as they would have."""
    files = (ROOT / f"examples/{name}/{name}.salesflow.yaml" for name in ("smb", "enterprise"))
    found = []
    for process in (sf.loads(SALE), *map(sf.load, files)):
        for number in range(12):
            deal, chance = begun(process, Random(number)), Random(number)
            walk = steps(deal, chance, number + 2) if deal is not None else ()
            found += [(process, _dated(after.to_dict())) for *_, after in [*walk][-2:]]
    return tuple(found)


def _dated(record: dict[str, Any]) -> dict[str, Any]:
    days = (datetime(2026, 10, 1, 9, tzinfo=UTC) + timedelta(days=at) for at in range(80))
    for part in (*record["taken"], *record["tokens"]):
        part["at" if "result" in part else "since"] = next(days).isoformat()
    return record | {"last": "2026-12-23T18:00:00+00:00"}
