"""The tool ``test``: deals, and whether they go where the tests files say."""

import os
from collections.abc import Mapping
from typing import Any

from salesflow import api
from salesflow.checking.config import read_settings
from salesflow.mcp_server.answer import Answer
from salesflow.mcp_server.ground import Ground, placed
from salesflow.mcp_server.shapes import TESTED
from salesflow.mcp_server.sources import hold_files
from salesflow.mcp_server.tool import Parameter, Tell, Tool


def _run(asked: Mapping[str, Any], ground: Ground, _tell: Tell) -> Answer:
    path = placed(ground, asked["path"])
    # The tests of a process are looked for in its folder.
    hold_files((path if os.path.isdir(path) else os.path.dirname(path) or ".",), ground)
    report = api.run_tests(path, settings=read_settings(path))
    from salesflow.reporting.suite_text import suite_text

    return Answer(suite_text(report), {"version": 1, **report.to_dict()})


TOOL = Tool(
    name="test",
    title="Run tests files",
    meaning="Runs tests files: whether deals go where they must, in every way that they leave "
    "open, and which transitions no test covers.",
    parameters=(
        Parameter(
            "path", "A tests file, a process with tests beside it, or a folder.", default="."
        ),
    ),
    run=_run,
    shape=TESTED,
)
