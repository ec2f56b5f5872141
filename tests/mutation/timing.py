"""A pytest plugin: writes how long each test took that passed, to ``$SALESFLOW_TIMING``."""

import json
import os
from collections import Counter

import pytest

_TOOK: Counter[str] = Counter()
_LEFT_OUT: set[str] = set()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    _TOOK[report.nodeid] += report.duration  # type: ignore[assignment]
    if report.failed or report.skipped:
        _LEFT_OUT.add(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workerinput"):
        return  # xdist's workers report to the process that writes
    with open(os.environ["SALESFLOW_TIMING"], "w", encoding="utf-8") as stream:
        json.dump({name: took for name, took in _TOOK.items() if name not in _LEFT_OUT}, stream)
