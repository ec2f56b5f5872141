"""The items of a process file: what is found in it, cases, objectives."""

import os
import pathlib
from collections.abc import Iterator
from typing import NoReturn, Self

import pytest

from salesflow.analysis.cases import BUDGET, play
from salesflow.analysis.suites import NO_TESTS
from salesflow.errors import LoadError, SalesflowError
from salesflow.process.model import Objective, Process
from salesflow.process.suite import Case
from salesflow.pytest_plugin import telling
from salesflow.pytest_plugin.contents import Contents
from salesflow.reporting.suite_text import case_text
from salesflow.spans import Span

_SIMULATED = ("process", "variant")  # a scenario asks what would be: nothing is demanded of it


def items_of(parent: pytest.File, kinds: tuple[str, ...]) -> Iterator[pytest.Item]:
    """The items of some kinds (``check``, ``test``, ``objectives``).

    A file that does not load always has one, whatever was asked for: nobody should take its silence
    for health.
    """
    contents = Contents(parent.path, parent.config)
    compiled = contents.compiled
    if compiled is None or ("check" in kinds and compiled.kind in NO_TESTS):
        yield CheckItem.of(parent, contents, "check")
    if compiled is None or compiled.process is None:
        return
    process = compiled.process
    if compiled.suite is not None:
        for case in compiled.suite.cases.values() if "test" in kinds else ():
            yield CaseItem.playing(parent, contents, process, case)
    elif "objectives" in kinds and compiled.kind in _SIMULATED:
        for objective in process.objectives.values():
            yield ObjectiveItem.asking(parent, contents, process, objective)


class ProcessItem(pytest.Item):
    """What all items share: the file, the line, failures without a traceback."""

    contents: Contents
    place: Span | None

    @classmethod
    def of(
        cls, parent: pytest.File, contents: Contents, name: str, place: Span | None = None
    ) -> Self:
        """An item of a file, with the place that pytest and editors show for it."""
        item: Self = cls.from_parent(parent, name=name)
        item.contents, item.place = contents, place
        item.add_marker("salesflow")
        return item

    def runtest(self) -> None:
        """Judge, and fail with a report; what is wrong with a file is no fault of Python code."""
        report = ""
        try:
            self.judge()
        except LoadError as problem:
            report = telling.unloaded(problem)
        except SalesflowError as problem:
            report = str(problem)
        if report:  # told here, so that pytest shows no second exception behind the first
            _fail(report)

    def judge(self) -> None:
        """Fail or skip where that is due."""
        raise NotImplementedError

    def reportinfo(self) -> tuple[pathlib.Path, int | None, str]:
        """Where it stands, for pytest and editors: file, line from 0, headline of a failure.

        The headline is no ending of the id: pytest would take its dots for those of Python.
        """
        here = self.place is not None and os.path.basename(self.place.file) == self.path.name
        line = self.place.line - 1 if self.place is not None and here else 0
        return self.path, line, f"{self.contents.file}: {self.name}"


class CheckItem(ProcessItem):
    """Everything that ``salesflow check FILE`` finds, failing where that exits with 1."""

    def judge(self) -> None:
        """Fail with the report where a finding weighs enough; else keep it for ``-rP``."""
        found = telling.checked(self.contents.file, self.contents.settings)
        if found.fails:
            _fail(found.report)
        if found.report:
            self.add_report_section("call", "salesflow check", found.report)


class CaseItem(ProcessItem):
    """One case of a tests file."""

    process: Process
    case: Case

    @classmethod
    def playing(
        cls, parent: pytest.File, contents: Contents, process: Process, case: Case
    ) -> "CaseItem":
        """The item of a case."""
        item = cls.of(parent, contents, case.id, case.span)
        item.process, item.case = process, case
        return item

    def judge(self) -> None:
        """Play the case in every way that it leaves open."""
        budget = self.contents.settings.selection.patience * BUDGET
        result = play(self.process, self.case, budget=budget)
        if result.failures:
            _fail(case_text(result))


class ObjectiveItem(ProcessItem):
    """One objective: met passes, missed fails, and what the simulation cannot tell is skipped."""

    process: Process
    objective: Objective

    @classmethod
    def asking(
        cls, parent: pytest.File, contents: Contents, process: Process, objective: Objective
    ) -> "ObjectiveItem":
        """The item of an objective."""
        item = cls.of(parent, contents, objective.path, objective.span)
        item.process, item.objective = process, objective
        return item

    def judge(self) -> None:
        """Simulate the file's process, unless that was done, and look at the verdict."""
        result = self.contents.simulated(self.process)
        found = next(o for o in result.objectives if o.name == self.objective.id)
        text = telling.measured(found, result.currency)
        if found.verdict == "missed":
            _fail(text)
        if found.verdict != "met":
            # Unsure is no pass. The place is that of the objective, not of this line.
            raise pytest.skip.Exception(text, _use_item_location=True)


def _fail(report: str) -> NoReturn:
    """Fail with a report, the first line of which stands in pytest's summary."""
    pytest.fail(report, pytrace=False)
