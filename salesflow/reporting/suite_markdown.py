"""What became of tests as Markdown: the summary of a CI job."""

from collections.abc import Iterator

from salesflow.analysis.case_result import CaseResult, Coverage, Failure, SuiteReport
from salesflow.findings import Finding
from salesflow.reporting.markdown import escaped, prose
from salesflow.reporting.suite_text import coverage_text, stop_text, summary_text
from salesflow.reporting.words import count

_LONGEST = 60_000  # characters; a comment on GitHub has at most 65,536


def suite_markdown(report: SuiteReport) -> str:
    """A verdict, a table of what failed with the way on which it does, and what no test covers."""
    lines = [f"## salesflow test: {_verdict(report)}", ""]
    rows = [*map(_unloaded, report.findings)]
    rows += [
        _failed(result, failure)
        for suite in report.suites
        for result in suite.cases
        for failure in result.failures
    ]
    shown = [*_fitting(rows)]
    if shown:
        lines += ["| place | test | what is wrong |", "|---|---|---|", *shown, ""]
    if len(shown) < len(rows):
        lines += [f"And {count(len(rows) - len(shown), 'more row')}.", ""]
    lines += [f"- {_covered(coverage)}" for coverage in report.coverage]
    return "\n".join(lines).rstrip("\n") + "\n"


def _verdict(report: SuiteReport) -> str:
    told = summary_text(report).rstrip(".").removeprefix("Ran ")
    unloaded = len({finding.file for finding in report.findings})
    return f"{told}, and {count(unloaded, 'file')} did not load" if unloaded else told


def _fitting(rows: list[str]) -> Iterator[str]:
    size = 0
    for row in rows:
        size += len(row)
        if size > _LONGEST:
            return
        yield row


def _failed(result: CaseResult, failure: Failure) -> str:
    told = prose(failure.message(result.case))
    if failure.way:
        way = " → ".join(escaped(stop_text(stop)) for stop in failure.way)
        told += f"<details><summary>more</summary><b>Way:</b> {way}</details>"
    span = result.case.span
    return _row(f"{span.file}:{span.line}", result.case.id, told)


def _unloaded(finding: Finding) -> str:
    told = prose(" ".join(part for part in (finding.message, finding.help) if part))
    return _row(f"{finding.file}:{finding.line}", finding.rule, told)


def _row(place: str, name: str, told: str) -> str:
    return f"| <code>{escaped(place)}</code> | <code>{escaped(name)}</code> | {told} |"


def _covered(coverage: Coverage) -> str:
    return escaped(coverage_text(coverage))
