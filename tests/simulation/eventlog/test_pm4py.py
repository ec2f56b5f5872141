"""Process mining by somebody else: pm4py reads both formats, and finds what was simulated.

It lives in an environment of its own, since it brings half of scientific Python along:
``python3 -m venv .ci/pm4py && .ci/pm4py/bin/pip install pm4py``, or any Python that has it, named
in SALESFLOW_PM4PY_PYTHON.
"""

import json
import os
import subprocess
from collections import Counter
from datetime import datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import salesflow as sf
from salesflow.simulation.compile import program_of
from salesflow.simulation.eventlog.write import write_log
from tests.simulation.eventlog.test_csv_log import DAY, ENTERPRISE, Row, rows_of

HERE = Path(__file__).parent
OWN = HERE.parents[2] / ".ci" / "pm4py" / "bin" / "python"


def reader() -> str:
    """The Python that has pm4py."""
    python = os.environ.get("SALESFLOW_PM4PY_PYTHON") or (str(OWN) if OWN.exists() else "")
    if not python:
        message = (
            "pm4py is not installed: run "
            "`python3 -m venv .ci/pm4py && .ci/pm4py/bin/pip install pm4py`"
        )
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return python


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Row], dict[str, Any]]:
    """The rows that were written, and what pm4py says of them."""
    python = reader()
    folder = tmp_path_factory.mktemp("logs")
    played = program_of([sf.load(ENTERPRISE)], duration=120 * DAY, warmup=0)
    csv, xes = str(folder / "log.csv"), str(folder / "log.xes")
    write_log(csv, played, 1)
    write_log(xes, played, 1)
    done = subprocess.run(
        [python, str(HERE / "read_with_pm4py.py"), csv, xes],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return rows_of(folder / "log.csv"), json.loads(done.stdout.splitlines()[-1])


@cache
def seconds(instant: str) -> float:
    return datetime.fromisoformat(instant).timestamp()


def expected(rows: list[Row]) -> dict[str, Any]:
    """The same of rows that are over, by case and instant."""
    cases: dict[str, list[Row]] = {}
    for row in rows:
        cases.setdefault(row["case"], []).append(row)
    for events in cases.values():
        events.sort(key=lambda row: row["complete"])
    traces = [tuple(row["activity"] for row in events) for events in cases.values()]
    for events in cases.values():
        events.sort(
            key=lambda row: (row["start"], row["complete"])
        )  # what follows what begins later
    begun = [[row["activity"] for row in events] for events in cases.values()]
    follows = Counter(pair for trace in begun for pair in pairwise(trace))
    return {
        "cases": len(cases),
        "events": len(rows),
        "starts": Counter(trace[0] for trace in traces),
        "ends": Counter(trace[-1] for trace in traces),
        "follows": sorted([one, other, count] for (one, other), count in follows.items()),
        "variants": len({*traces}),
        "seconds": round(sum(map(_lasted, cases.values()))),
        "activities": Counter(row["activity"] for row in rows),
    }


def _lasted(events: list[Row]) -> float:
    ends = [seconds(row["complete"]) for row in events]
    return max(ends) - min(ends)


def test_it_reads_the_csv(read: tuple[list[Row], dict[str, Any]]) -> None:
    rows, found = read
    assert found["csv"] == expected([row for row in rows if row["complete"]])


def test_it_reads_the_xes(read: tuple[list[Row], dict[str, Any]]) -> None:
    rows, found = read
    completed = expected([row for row in rows if row["how"] == "completed" and row["complete"]])
    ties = {"starts", "ends", "follows", "variants"}  # hang on the order within an instant
    same = completed.keys() - ties
    assert {key: found["xes"][key] for key in same} == {key: completed[key] for key in same}


def test_it_pairs_starts_and_completes(read: tuple[list[Row], dict[str, Any]]) -> None:
    rows, found = read
    done = [row for row in rows if row["kind"] == "step" and row["how"] == "completed"]
    assert found["intervals"] == {
        "number": len(done),
        "seconds": round(sum(seconds(row["complete"]) - seconds(row["start"]) for row in done)),
        "resources": Counter(row["resource"] for row in done if row["resource"]),
    }
