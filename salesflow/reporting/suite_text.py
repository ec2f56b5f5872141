"""What became of tests, for people: a line for each case, the way on which it fails, coverage."""

from collections.abc import Iterator

from salesflow.analysis.case_result import (
    CaseResult,
    Coverage,
    Failure,
    Stop,
    SuiteReport,
    SuiteResult,
)
from salesflow.checking.words import transition
from salesflow.reporting.visible import line
from salesflow.reporting.words import count, sentence

_MOST_MISSING = 12  # transitions named; JSON has them all
_COLOURS = {"passed": "32", "failed": "1;31", "undecided": "1;33"}
_LABELS = {"passed": "passed   ", "failed": "FAILED   ", "undecided": "UNDECIDED"}


def suite_text(report: SuiteReport, *, colour: bool = False) -> str:
    """Every case with what is wrong, then what no test covers and how many passed."""
    lines: list[str] = []
    for suite in report.suites:
        lines.extend(_suite(suite, colour=colour))
        lines.append("")
    lines.extend(coverage_text(coverage) for coverage in report.coverage)
    lines.append(summary_text(report))
    return "\n".join(lines) + "\n"


def _suite(suite: SuiteResult, *, colour: bool) -> Iterator[str]:
    yield line(f"{suite.file}: tests of {suite.of}")
    for result in suite.cases:
        label = _LABELS[result.status]
        if colour:
            label = f"\x1b[{_COLOURS[result.status]}m{label}\x1b[0m"
        yield f"  {label}  {line(result.case.id)}"
        where = line(f"{result.case.span.file}:{result.case.span.line}")
        for failure in result.failures:
            told, *ways = _failure(failure, result)
            yield f"    {where}: {told}"
            yield from (f"    {way}" for way in ways)


def case_text(result: CaseResult) -> str:
    """What is wrong with one case alone: each failure with the way on which it happens."""
    return "\n".join(row for failure in result.failures for row in _failure(failure, result))


def _failure(failure: Failure, result: CaseResult) -> Iterator[str]:
    yield line(failure.message(result.case))
    stops = [(f"{s.span.file}:{s.span.line}", stop_text(s)) for s in failure.way]
    wide = max((len(place) for place, _ in stops), default=0)
    for number, (where, what) in enumerate(stops):
        arrow = "→" if number else " "
        yield f"  {line(where):{wide}}  {arrow} {line(what)}"


def stop_text(stop: Stop) -> str:
    """A place of a way for reading: ``call (interested)`` where a result is taken."""
    return transition(stop.at) if stop.taken else stop.at


def coverage_text(coverage: Coverage) -> str:
    """How much of a process tests cover, and what they do not."""
    if not coverage.missing:
        every = count(coverage.transitions, "transition")
        return f"{coverage.process}: {every}, all covered by tests."
    shown = [*coverage.missing[:_MOST_MISSING]]
    more = len(coverage.missing) - len(shown)
    shown += [f"{more} more"] if more else []
    how_many = f"{len(coverage.missing):,} of {count(coverage.transitions, 'transition')}"
    verb = "is" if len(coverage.missing) == 1 else "are"
    return f"{coverage.process}: {how_many} {verb} covered by no test: {sentence(shown)}."


def summary_text(report: SuiteReport) -> str:
    """How many tests there were, and what became of them."""
    parts = [f"{number:,} {status}" for status, number in report.summary.items() if number]
    every = count(sum(report.summary.values()), "test")
    return f"Ran {every}: {sentence(parts)}." if parts else f"Ran {every}."
