"""What became of tests, shown: colours, long lists, doubtful and undecided cases, odd file names."""

from xml.etree import ElementTree as ET

import pytest

from salesflow.analysis.case_result import (
    UNDECIDED,
    CaseResult,
    Coverage,
    Failure,
    Stop,
    SuiteReport,
    SuiteResult,
)
from salesflow.findings import syntax_finding
from salesflow.nouns import FrozenMap
from salesflow.process.suite import Case
from salesflow.reporting.suite_formats import suite_github, suite_json, suite_junit
from salesflow.reporting.suite_markdown import suite_markdown
from salesflow.reporting.suite_text import suite_text
from salesflow.spans import Span

ODD = 'a\n::error b<\u202e>&".yaml'


def case(name: str = "one") -> Case:
    return Case(
        id=name,
        path=f"cases.{name}",
        node=name,
        span=Span(ODD, 3, 3, 3, 6),
        with_=FrozenMap({"vip": True}),
    )


def report(*failures: Failure, missing: int = 0) -> SuiteReport:
    suite = SuiteResult(
        id="s",
        file=ODD,
        of="smb",
        process_file="smb.yaml",
        cases=(CaseResult(case=case(), failures=failures),),
    )
    names = tuple(f"call.r{n:02}" for n in range(missing))
    coverage = Coverage(process="smb", file="smb.yaml", transitions=missing + 3, missing=names)
    return SuiteReport(suites=(suite,), coverage=(coverage,))


WRONG = Failure("with", "vip", "false", (Stop("web", Span(ODD, 1)), Stop("call.fit", taken=True)))


def test_colours_only_where_they_are_wanted() -> None:
    assert "\x1b" not in suite_text(report(WRONG))
    assert "\x1b[1;31mFAILED   \x1b[0m  one" in suite_text(report(WRONG), colour=True)
    assert "\x1b[32mpassed   \x1b[0m  one" in suite_text(report(), colour=True)


def test_nothing_in_a_name_moves_the_cursor_or_commands_a_ci_system() -> None:
    text = suite_text(report(WRONG))
    assert "\u202e" not in text
    assert not any(row.lstrip().startswith("::") for row in text.splitlines())
    (row,) = suite_github(report(WRONG)).splitlines()
    assert row.startswith('::error file=a\\x0a%3A%3Aerror b<\\u202e>&".yaml,line=3,')
    root = ET.fromstring(suite_junit(report(WRONG)).encode())
    assert "\u202e" not in "".join(root.itertext())
    suite_json(report(WRONG)).encode("ascii")


def test_long_lists_are_cut() -> None:
    text = suite_text(report(missing=20))
    assert "smb: 20 of 23 transitions are covered by no test: call.r00, call.r01," in text
    assert text.count("call.r") == 12
    assert "and 8 more.\n" in text


@pytest.mark.parametrize(
    ("failure", "message"),
    [
        (WRONG, "It must end with `vip: true`, and `vip` can be false at the end."),
        (
            WRONG._replace(sure=False),
            "It must end with `vip: true`, and `vip` can perhaps be false at the end.",
        ),
        (
            WRONG._replace(actual=""),
            "It must end with `vip: true`, and `vip` can be unfilled at the end.",
        ),
        (
            Failure("stuck", "meet", "from"),
            "It can wait at `meet` for an arrival that never comes.",
        ),
        (
            Failure(UNDECIDED, "100,000"),
            "There are too many ways: 100,000 moves were not enough to try them all. Name more "
            "results under `takes`, or set `patience` in salesflow.toml.",
        ),
        (
            Failure("no-way", ""),
            "No deal comes to an end: what the case takes cannot come together.",
        ),
    ],
)
def test_every_failure_is_a_sentence(failure: Failure, message: str) -> None:
    assert failure.message(case()) == message
    assert message in suite_text(report(failure))


def test_undecided_is_no_pass() -> None:
    undecided = report(Failure(UNDECIDED, "9"))
    assert undecided.summary == {"passed": 0, "failed": 0, "undecided": 1}
    assert not undecided.passed
    assert "UNDECIDED  one" in suite_text(undecided)
    (error,) = ET.fromstring(suite_junit(undecided).encode()).iter("error")
    assert error.get("type") == "undecided"


def test_what_does_not_load_is_no_pass() -> None:
    finding = syntax_finding("schema", Span("t.yaml", 4), "It is <wrong>.", hint="Mend it.")
    broken = report().replace(findings=(finding,))
    assert not broken.passed
    (error,) = ET.fromstring(suite_junit(broken).encode()).iter("error")
    assert (error.get("message"), error.text) == ("It is <wrong>.", "Mend it.")
    assert "::error file=t.yaml,line=4,endLine=1,title=salesflow schema::" in suite_github(broken)


def test_no_transitions_are_all_covered() -> None:
    empty = Coverage(process="smb", file="smb.yaml", transitions=0)
    assert empty.percent == 100
    assert report(missing=1).coverage[0].percent == 75


def test_markdown_has_the_verdict_what_failed_and_what_is_not_covered() -> None:
    assert suite_markdown(report(missing=1)) == (
        "## salesflow test: 1 test: 1 passed\n\n"
        "- smb: 1 of 4 transitions is covered by no test: call.r00.\n"
    )
    first, _, head, _, row, *_ = suite_markdown(report(WRONG)).splitlines()
    assert first == "## salesflow test: 1 test: 1 failed"
    assert head == "| place | test | what is wrong |"
    assert row.startswith("| <code>a")
    assert "<summary>more</summary><b>Way:</b> web → call (fit)</details> |" in row


def test_markdown_is_no_way_to_write_html_or_to_mention_people() -> None:
    text = suite_markdown(report(WRONG))
    assert "b<" not in text
    assert ODD not in text
    assert "\u202e" not in text


def test_markdown_fits_a_comment_and_says_what_it_leaves_out() -> None:
    long = Failure("with", "vip", "false" * 300, ())
    text = suite_markdown(report(*[long] * 100))
    assert len(text) < 65_536
    assert "more rows." in text


def test_markdown_tells_files_that_do_not_load() -> None:
    broken = SuiteReport(
        suites=(),
        coverage=(),
        findings=(
            syntax_finding("schema", Span("t.yaml", 4), "`ends` is missing.", hint="Add it."),
        ),
    )
    text = suite_markdown(broken)
    assert "1 file did not load" in text
    assert (
        "| <code>t.yaml:4</code> | <code>schema</code> | <code>ends</code> is missing. Add it. |"
        in text
    )
