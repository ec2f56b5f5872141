"""JUnit XML: for CI services that know of tests and of nothing else."""

from collections import Counter
from collections.abc import Iterator

from salesflow.checking.report import CheckReport
from salesflow.findings import Finding
from salesflow.reporting.elsewhere import with_elsewhere
from salesflow.reporting.visible import xml
from salesflow.reporting.words import way


def junit(report: CheckReport) -> str:
    """A testsuite for each file, a testcase for each finding; a clean file passes one test.

    An error is a failure. A warning or a note is a skipped test with its message: it is seen, and
    no build fails for it.
    """
    by_file: dict[str, list[Finding]] = {file: [] for file in report.files}
    for finding in with_elsewhere(report):
        by_file.setdefault(finding.file, []).append(finding)
    suites = [row for file, findings in by_file.items() for row in _suite(file, findings)]
    failures = report.summary["error"]
    skipped = len(report.findings) - failures
    tests = sum(len(findings) or 1 for findings in by_file.values())
    head = f'tests="{tests}" failures="{failures}" errors="0" skipped="{skipped}" time="0"'
    rows = ['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuites name="salesflow" {head}>']
    return "\n".join([*rows, *suites, "</testsuites>"]) + "\n"


def _suite(file: str, findings: list[Finding]) -> Iterator[str]:
    failures = sum(finding.severity == "error" for finding in findings)
    name = xml(file)
    yield (
        f'  <testsuite name="{name}" tests="{len(findings) or 1}" failures="{failures}" '
        f'errors="0" skipped="{len(findings) - failures}" time="0">'
    )
    if not findings:
        yield f'    <testcase name="no findings" classname="{name}" time="0"/>'
    seen: Counter[str] = Counter()
    for finding in findings:
        title = f"{finding.rule} {finding.path}".rstrip()
        seen[title] += 1
        if seen[title] > 1:  # two tests of one name are one test to most services
            title = f"{title} ({seen[title]})"
        yield from _case(finding, title)
    yield "  </testsuite>"


def _case(finding: Finding, title: str) -> Iterator[str]:
    yield f'    <testcase name="{xml(title)}" classname="{xml(finding.file)}" time="0">'
    if finding.severity == "error":
        yield f'      <failure message="{xml(finding.message)}" type="{finding.rule}">'
        yield f"{xml(_details(finding))}</failure>"
    else:
        yield f'      <skipped message="{xml(f"{finding.severity}: {finding.message}")}"/>'
        yield f"      <system-out>{xml(_details(finding))}</system-out>"
    yield "    </testcase>"


def _details(finding: Finding) -> str:
    told = [f"{finding.file}:{finding.line}:{finding.column}"]
    if finding.witness:
        told.append(f"Way: {way(finding.witness)}")
    if finding.help:
        told.append(f"Help: {finding.help}")
    return "\n".join(part.replace("\n", " ") for part in told)
