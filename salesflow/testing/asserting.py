"""Assertions on a process: nothing is wrong with it, a deal goes where it must."""

import os
from collections.abc import Iterable, Mapping
from typing import Any

from salesflow.analysis.cases import BUDGET, play
from salesflow.api import load
from salesflow.checking.config import read_settings
from salesflow.checking.paths import check_paths
from salesflow.checking.report import CheckReport
from salesflow.checking.run import run_checks
from salesflow.errors import LoadError, UsageError
from salesflow.findings import Finding
from salesflow.process.model import Process
from salesflow.process.suite import Case, build_suite
from salesflow.reporting.full import full
from salesflow.reporting.suite_text import case_text
from salesflow.schema.validate import validate
from salesflow.source.located import Map
from salesflow.source.read import read
from salesflow.source.write import emit


def assert_clean(
    source: Process | str | os.PathLike[str] | Mapping[str, Any],
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    fail_on: str | None = None,
    plugins: bool | Iterable[str] = False,
) -> None:
    """Hold that a check finds nothing that weighs ``fail_on`` (error, warning, info) or more.

    A file is checked as its project's configuration says, a process that is loaded and a mapping
    without one: there ``fail_on`` is ``error``, and ``plugins`` asks for the rules of installed
    packages, all or these. Else AssertionError with the report. UsageError for a name that is no
    rule, a file that cannot be read, and ``plugins`` for a file.
    """
    __tracebackhide__ = True
    if plugins and isinstance(source, str | os.PathLike):
        raise UsageError("For a file `plugins` stands in its configuration, `salesflow.toml`.")
    report, configured = _checked(source, tuple(select), tuple(ignore), plugins)
    if report.fails(fail_on or configured):
        raise AssertionError(full(report))


def _checked(
    source: Process | str | os.PathLike[str] | Mapping[str, Any],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    plugins: bool | Iterable[str],
) -> tuple[CheckReport, str]:
    """The report on a source, and from which severity on it fails."""
    __tracebackhide__ = True
    if isinstance(source, str | os.PathLike):
        file = os.fspath(source)
        settings = read_settings(file).overridden(select=select, ignore=ignore)
        return check_paths([file], settings=settings), settings.fail_on
    try:
        process = source if isinstance(source, Process) else load(source)
        findings = run_checks(process, select=select, ignore=ignore, plugins=plugins)
        texts = process.texts
    except LoadError as problem:
        findings, texts = problem.findings, problem.texts
    files = tuple(dict.fromkeys(texts)) or ("<mapping>",)
    return CheckReport(files=files, findings=findings, texts=texts), "error"


def assert_ends(
    process: Process,
    outcome: str | None,
    *,
    source: str | None = None,
    deal: Mapping[str, Any] | None = None,
    takes: Mapping[str, str] | None = None,
    never: Iterable[str] = (),
    with_: Mapping[str, Any] | None = None,
) -> None:
    """Hold that a deal ends so, in every way that is left open: a case of a tests file in Python.

    ``deal`` maps fields to values as the language writes them (``"8%"``), ``takes`` steps to
    results; it must come to nothing of ``never`` and end with the values ``with_``. ``outcome``
    None: anywhere. Else AssertionError with the way on which it fails. UsageError for names that
    the process does not have.
    """
    __tracebackhide__ = True
    written: dict[str, Any] = {"source": source, "deal": deal, "takes": takes, "ends": outcome}
    written |= {"never": sorted(never), "with": with_}
    case = _case(process, {key: value for key, value in written.items() if value})
    result = play(process, case, budget=BUDGET)
    if result.failures:
        raise AssertionError(case_text(result))


def _case(process: Process, written: Mapping[str, Any]) -> Case:
    """The case as a tests file would have it; UsageError for what would not load there."""
    __tracebackhide__ = True
    try:
        text = emit({"salesflow": 1, "tests": "t", "of": "f", "cases": {"deal": written}})
    except TypeError as problem:
        raise UsageError(f"A deal takes texts, numbers, True and False: {problem}.") from None
    reading = read(text, "<assert_ends>")
    data, wrong = validate(reading.data or Map(), kind="tests")
    _refuse((*reading.findings, *wrong))
    suite, wrong = build_suite(data, process)
    _refuse(wrong)
    return suite.cases["deal"]


def _refuse(findings: Iterable[Finding]) -> None:
    __tracebackhide__ = True
    said = [f"{finding.message} {finding.help}".strip() for finding in findings]
    if said:
        raise UsageError(*said)
