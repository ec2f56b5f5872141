"""For pytest: process files are collected beside test modules, without a line of Python.

``*.salesflow.yaml`` files that pytest comes across become items: one for what ``salesflow check``
finds, one for each case of a tests file, one for each objective. docs/testing.md tells users.

This file is loaded in every run of pytest by anybody who has salesflow installed. So it imports
nothing of salesflow; what judges is imported once a process file is asked what it holds. pytest
asks about every file of a folder, also where only one of them was named.
"""

import os
import pathlib
from collections.abc import Iterator

import pytest

__all__ = ["ProcessFile", "pytest_addoption", "pytest_collect_file", "pytest_configure"]

KINDS = ("check", "test", "objectives")  # what may be collected
OFF = "off"
_ENDING = ".salesflow.yaml"
_SETTINGS = (
    ("salesflow_duration", "26w", "simulated time for objectives (default: 26w)"),
    ("salesflow_warmup", "", "time before it, which is not measured (default: found)"),
    ("salesflow_replications", "30", "runs for objectives (default: 30)"),
    ("salesflow_seed", "1", "seed for objectives (default: 1)"),
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """What is collected of process files, and how objectives are simulated."""
    said = f"what is collected of *{_ENDING} files: {', '.join(KINDS)} (default: all), or {OFF}"
    group = parser.getgroup("salesflow", "sales processes")
    group.addoption("--salesflow", metavar="WHAT", default=None, help=f"{said}; divided by commas")
    parser.addini("salesflow", said, type="args", default=[*KINDS])
    for name, default, meaning in _SETTINGS:
        parser.addini(name, meaning, default=default)


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker, and refuse words that mean nothing before anything is collected."""
    config.addinivalue_line("markers", f"salesflow: an item of a *{_ENDING} file")
    wanted(config)


def pytest_collect_file(
    file_path: pathlib.Path, parent: pytest.Collector
) -> pytest.Collector | None:
    """A process file, unless none are wanted."""
    name = os.path.basename(file_path)
    if not name.endswith(_ENDING) or name.startswith(".") or not wanted(parent.config):
        return None
    return ProcessFile.from_parent(parent, path=file_path)


def wanted(config: pytest.Config) -> tuple[str, ...]:
    """What is collected: some of ``KINDS``. The command line goes before the configuration."""
    option = config.getoption("--salesflow", default=None)
    written = config.getini("salesflow") if option is None else option.split(",")
    words = [word.strip(" ,") for word in written]
    if words == [OFF]:
        return ()
    for word in words:
        if word not in KINDS:
            where = "the setting `salesflow`" if option is None else "--salesflow"
            said = f"{where}: there is no `{word}`: {', '.join(KINDS)}, or {OFF} alone."
            raise pytest.UsageError(said)
    return tuple(kind for kind in KINDS if kind in words)


class ProcessFile(pytest.File):
    """One ``*.salesflow.yaml`` file, which is not read before its items are asked for."""

    def collect(self) -> Iterator[pytest.Item]:
        """An item for what is found in it, one for each case, one for each objective."""
        from salesflow.pytest_plugin.items import items_of  # only where they are asked for

        return items_of(self, wanted(self.config))
