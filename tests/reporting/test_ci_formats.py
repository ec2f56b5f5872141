"""GitLab's code quality report, JUnit XML and Markdown."""

import json
import re
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from salesflow.checking.report import CheckReport
from salesflow.reporting.gitlab import gitlab
from salesflow.reporting.junit import junit
from salesflow.reporting.markdown import markdown
from tests.reporting.reports import ROOT, broken, commands, evil

GITLAB = json.loads((ROOT / "tests/reporting/schemas/gitlab-code-quality.json").read_text())
NOTHING = CheckReport(files=("a.yaml",), findings=())
REPORTS = [NOTHING, evil(), broken(fixes=False)]

# element -> what may be in it, and its attributes: what Jenkins and GitLab read
JUNIT = {
    "testsuites": ({"testsuite"}, {"name", "tests", "failures", "errors", "skipped", "time"}),
    "testsuite": ({"testcase"}, {"name", "tests", "failures", "errors", "skipped", "time"}),
    "testcase": ({"failure", "skipped", "system-out"}, {"name", "classname", "time"}),
    "failure": (set(), {"message", "type"}),
    "skipped": (set(), {"message"}),
    "system-out": (set(), set()),
}


@pytest.mark.parametrize("report", REPORTS)
def test_gitlab_takes_it(report: CheckReport) -> None:
    text = gitlab(report)
    assert text.isascii()
    assert not commands(text)
    issues = json.loads(text)
    jsonschema.Draft7Validator(GITLAB).validate(issues)
    assert len({issue["fingerprint"] for issue in issues}) == len(report.findings)


@pytest.mark.parametrize("report", REPORTS)
def test_junit_adds_up(report: CheckReport) -> None:
    text = junit(report)
    assert not commands(text)
    root = ET.fromstring(text)
    for element in root.iter():
        inside, attributes = JUNIT[element.tag]
        assert {child.tag for child in element} <= inside
        assert set(element.attrib) == attributes
    for suite in root:
        assert int(suite.attrib["tests"]) == len(suite)
        assert int(suite.attrib["failures"]) == len(suite.findall("*/failure"))
        assert int(suite.attrib["skipped"]) == len(suite.findall("*/skipped"))
        names = [case.attrib["name"] for case in suite]
        assert len(set(names)) == len(names)
    for count in ("tests", "failures", "skipped"):
        assert int(root.attrib[count]) == sum(int(suite.attrib[count]) for suite in root)
    assert len(root.findall("*/*/failure")) == report.summary["error"]


def test_a_clean_file_is_a_passed_test() -> None:
    (case,) = ET.fromstring(junit(NOTHING)).iter("testcase")
    assert len(case) == 0
    assert case.attrib["classname"] == "a.yaml"


@pytest.mark.parametrize("report", REPORTS)
def test_markdown_holds_nothing_of_the_files(report: CheckReport) -> None:
    text = markdown(report)
    assert not commands(text)
    tags = set(re.findall(r"</?([a-z]+)", text))
    assert tags <= {"code", "details", "summary", "br", "b"}
    rows = [row for row in text.split("\n") if row.startswith("|") and "---" not in row]
    assert all(row.count("|") == 4 for row in rows)
    heads = len({finding.severity for finding in report.findings})
    assert len(rows) == len(report.findings) + heads
    assert not re.search(r"[@#`_](?!\w*;)\w*all|https?://", text)


def test_markdown_in_full() -> None:
    report = broken(fixes=False)
    finding = next(f for f in report.findings if f.rule == "dead-end")
    text = markdown(report.replace(findings=(finding,), files=("a", "b")))
    assert text == (
        "## salesflow: 1 error in 2 files\n\n### Errors\n\n"
        "| place | rule | what is wrong |\n|---|---|---|\n"
        "| <code>examples/enterprise-broken/new_business.salesflow.yaml:58</code> "
        "| <code>dead-end</code> "
        "| <code>trial</code> is a dead end: nothing leads on. A deal gets there by website → "
        "qualify (meeting) → discovery (fits) → demo (wants_trial).<br><details><summary>more"
        "</summary><b>Way:</b> website → qualify (meeting) → discovery (fits) → demo (wants_trial)"
        " → trial<br><b>Help:</b> Add a result that leads on, e.g. "
        "<code>next: &#123;passes: lost&#125;</code>.</details> |\n"
    )


def test_markdown_ends_before_it_is_too_long_for_a_comment() -> None:
    findings = broken(fixes=False).findings * 40
    text = markdown(CheckReport(files=("a",), findings=findings))
    assert len(text) < 65_536
    told = sum(row.startswith("| <code>") for row in text.split("\n"))
    hidden = sum(
        int(n.replace(",", "")) for n in re.findall(r"^And ([\d,]+) more", text, re.MULTILINE)
    )
    assert told + hidden == len(findings)
