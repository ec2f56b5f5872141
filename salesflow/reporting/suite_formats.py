"""What became of tests, for machines: JSON, JUnit XML and GitHub's workflow annotations."""

import json
from collections.abc import Iterator

from salesflow.analysis.case_result import CaseResult, Failure, SuiteReport, SuiteResult
from salesflow.findings import Finding
from salesflow.reporting.suite_text import stop_text
from salesflow.reporting.visible import xml
from salesflow.reporting.workflow_command import workflow_command, workflow_commands
from salesflow.spans import Span


def suite_json(report: SuiteReport) -> str:
    """The JSON of the interface: keys in a fixed order, ASCII only."""
    return json.dumps(report.to_dict(), indent=2) + "\n"


def suite_junit(report: SuiteReport) -> str:
    """JUnit XML as CI systems read it: a testsuite for each file, a testcase for each case.

    A file that does not load is a testsuite with one case that is an error.
    """
    summary = report.summary
    errors = summary["undecided"] + len(report.findings)
    tests = sum(summary.values()) + len(report.findings)
    counts = f'tests="{tests}" failures="{summary["failed"]}" errors="{errors}"'
    rows = ['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuites name="salesflow" {counts}>']
    for suite in report.suites:
        rows.extend(_suite(suite))
    rows.extend(_unloaded(finding) for finding in report.findings)
    return "\n".join([*rows, "</testsuites>"]) + "\n"


def _suite(suite: SuiteResult) -> Iterator[str]:
    statuses = [case.status for case in suite.cases]
    yield (
        f'  <testsuite name="{xml(suite.id)}" tests="{len(statuses)}" '
        f'failures="{statuses.count("failed")}" errors="{statuses.count("undecided")}" '
        f'skipped="0" time="0">'
    )
    for result in suite.cases:
        span = result.case.span
        head = f'    <testcase name="{xml(result.case.id)}" classname="{xml(suite.id)}" time="0"'
        if not result.failures:
            yield f"{head}/>"
            continue
        yield f"{head}>"
        tag = "error" if result.status == "undecided" else "failure"
        messages = [failure.message(result.case) for failure in result.failures]
        details = "\n".join(_detail(failure, result) for failure in result.failures)
        yield f'      <{tag} message="{xml(" ".join(messages))}" type="{result.failures[0].kind}">'
        yield f"{xml(f'{span.file}:{span.line}')}\n{xml(details)}</{tag}>"
        yield "    </testcase>"
    yield "  </testsuite>"


def _detail(failure: Failure, result: CaseResult) -> str:
    told = [failure.message(result.case)]
    if failure.way:
        told.append(f"Way: {' → '.join(map(stop_text, failure.way))}")
    return "\n".join(told)


def _unloaded(finding: Finding) -> str:
    name = xml(f"{finding.file}:{finding.line}")
    return (
        f'  <testsuite name="{xml(finding.file)}" tests="1" failures="0" errors="1" skipped="0" '
        f'time="0"><testcase name="{name}" classname="{xml(finding.rule)}" time="0">'
        f'<error message="{xml(finding.message)}" type="{xml(finding.rule)}">'
        f"{xml(finding.help)}</error></testcase></testsuite>"
    )


def suite_github(report: SuiteReport) -> str:
    """GitHub workflow commands: what does not load, and failed cases, on their lines."""
    rows = []
    for finding in report.findings:
        text = "\n".join(part for part in (finding.message, finding.help) if part)
        rows.append(_annotation(finding.span, f"salesflow {finding.rule}", text))
    for suite in report.suites:
        for result in suite.cases:
            for failure in result.failures:
                title = f"salesflow test {result.case.id}"
                rows.append(_annotation(result.case.span, title, _detail(failure, result)))
    return workflow_commands(rows)


def _annotation(span: Span, title: str, text: str) -> str:
    place = {"file": span.file, "line": span.line, "endLine": span.end_line, "title": title}
    return workflow_command("error", place, text.split("\n"))
