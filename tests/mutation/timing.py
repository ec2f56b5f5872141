"""A pytest plugin: writes how long each test took to the file that ``SALESFLOW_TIMING`` names."""

import json
import os
from collections import Counter

import pytest

_TOOK: Counter[str] = Counter()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    _TOOK[report.nodeid] += report.duration  # type: ignore[assignment]


def pytest_sessionfinish() -> None:
    with open(os.environ["SALESFLOW_TIMING"], "w", encoding="utf-8") as stream:
        json.dump(_TOOK, stream)
