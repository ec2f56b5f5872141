"""Tests files found and run: which ones a path stands for, what they cover, how it is told in JSON."""

from pathlib import Path

import pytest

from salesflow.analysis.case_result import CaseResult, Coverage, Failure, SuiteReport
from salesflow.analysis.suites import run_suites
from salesflow.errors import UsageError
from salesflow.process.suite import Case
from salesflow.source.limits import DEFAULT_LIMITS

PROCESS = """salesflow: 1
process: smb
sources: {web: {start: call}}
steps:
  call: {next: {fit: offer, unfit: lost}}
  offer: {next: {signed: won, again: {to: offer, at_most: 40}, refused: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
TESTS = """salesflow: 1
tests: NAME
of: smb.salesflow.yaml
cases:
  good: {source: web, takes: {call: fit, offer: signed}, ends: won}
"""
BAD = "  bad: {source: web, takes: {call: unfit}, ends: won}\n"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("smb.salesflow.yaml").write_text(PROCESS)


def written(name: str, text: str = TESTS, more: str = "") -> None:
    file = Path(name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text.replace("NAME", file.name.partition(".")[0]) + more)


def told(report: SuiteReport) -> list[str]:
    return [f"{s.file} {c.case.id} {c.status}" for s in report.suites for c in s.cases]


def test_a_tests_file_stands_for_itself() -> None:
    written("one.salesflow.yaml", more=BAD)
    report = run_suites(["one.salesflow.yaml"])
    assert told(report) == ["one.salesflow.yaml good passed", "one.salesflow.yaml bad failed"]
    (suite,) = report.suites
    assert (suite.id, suite.of, suite.process_file) == ("one", "smb", "smb.salesflow.yaml")
    assert report.summary == {"passed": 1, "failed": 1, "undecided": 0}
    assert not report.passed
    assert {*report.texts} == {"one.salesflow.yaml", "smb.salesflow.yaml"}
    assert report.texts["smb.salesflow.yaml"] == PROCESS


def test_a_folder_stands_for_all_tests_in_it_and_below() -> None:
    Path("salesflow.toml").write_text("")  # the project begins here
    written("one.salesflow.yaml")
    deep = TESTS.replace("of: smb", "of: ../smb")
    written("deep/two.salesflow.yaml", deep)
    Path("deep/people.salesflow.yaml").write_text("salesflow: 1\norganization: acme\n")
    report = run_suites(["."])
    assert sorted(told(report)) == [
        "deep/two.salesflow.yaml good passed",
        "one.salesflow.yaml good passed",
    ]
    assert len(report.coverage) == 1  # one process, by whatever name it is called
    assert report.passed


def test_a_process_stands_for_its_own_tests_in_its_folder() -> None:
    written("one.salesflow.yaml")
    Path("other.salesflow.yaml").write_text(PROCESS.replace("process: smb", "process: other"))
    written("two.salesflow.yaml", TESTS.replace("smb.", "other."))
    report = run_suites(["smb.salesflow.yaml"])
    assert told(report) == ["one.salesflow.yaml good passed"]
    folder = Path("below")
    folder.mkdir()
    (folder / "smb.salesflow.yaml").write_text(PROCESS)
    written("below/three.salesflow.yaml")
    assert told(run_suites(["below/smb.salesflow.yaml"])) == [
        "below/three.salesflow.yaml good passed"
    ]


def test_what_is_named_twice_is_run_once() -> None:
    written("one.salesflow.yaml")
    report = run_suites([".", "one.salesflow.yaml", "./one.salesflow.yaml", "smb.salesflow.yaml"])
    assert told(report) == ["one.salesflow.yaml good passed"]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("empty", "There are no tests in `empty` (files named *.salesflow.yaml)."),
        (
            "smb.salesflow.yaml",
            "There are no tests of `smb.salesflow.yaml` in its folder (`of: …`).",
        ),
        (
            "acme.salesflow.yaml",
            "`acme.salesflow.yaml` is an organization: name a tests file or a process.",
        ),
        ("plan.salesflow.yaml", "There are no tests of `plan.salesflow.yaml` in its folder"),
        ("flat.salesflow.yaml", "There are no tests of `flat.salesflow.yaml` in its folder"),
    ],
)
def test_a_path_that_leads_to_no_tests_is_a_mistake(path: str, message: str) -> None:
    Path("empty").mkdir()
    Path("empty/smb.salesflow.yaml").write_text(PROCESS)
    Path("acme.salesflow.yaml").write_text("salesflow: 1\norganization: acme\n")
    Path("plan.salesflow.yaml").write_text("salesflow: 1\nscenario: plan\nof: smb.salesflow.yaml\n")
    Path("flat.salesflow.yaml").write_text("salesflow: 1\nvariant: flat\nof: smb.salesflow.yaml\n")
    with pytest.raises(UsageError) as told_:
        run_suites([path])
    assert str(told_.value).startswith(message)


def test_files_that_do_not_load_are_told_once_in_the_order_of_their_places() -> None:
    written("b.salesflow.yaml", TESTS.replace("ends: won", "ends: wom"))
    written("a.salesflow.yaml", TESTS.replace("source: web", "source: wed"), BAD + "oops: 1\n")
    written("c.salesflow.yaml")
    report = run_suites(["."])
    places = [(f.file, f.line, f.rule) for f in report.findings]
    assert [file for file, _, _ in places] == sorted(file for file, _, _ in places)
    assert {file for file, _, _ in places} == {"a.salesflow.yaml", "b.salesflow.yaml"}
    assert len({*places}) == len(places)
    assert told(report) == ["c.salesflow.yaml good passed"]
    assert not report.passed  # though every case that was run passes


def test_a_file_that_nobody_can_read_may_hold_tests() -> None:
    Path("torn.salesflow.yaml").write_text("salesflow: 1\ntests: {\n")
    report = run_suites(["."])
    assert [f.file for f in report.findings] == ["torn.salesflow.yaml"]
    assert report.suites == ()
    assert not report.passed


def test_what_is_wrong_with_the_process_is_told_where_it_stands() -> None:
    written("one.salesflow.yaml")
    Path("smb.salesflow.yaml").write_text(PROCESS.replace("next: {fit", "naxt: {fit"))
    report = run_suites(["one.salesflow.yaml"])
    assert [(f.file, f.message) for f in report.findings] == [
        ("one.salesflow.yaml", "There is no result of `call` called `fit`."),
        ("smb.salesflow.yaml", "`naxt` is no key of a step."),
    ]
    assert report.coverage == ()


def test_transitions_that_no_case_takes_on_any_way_are_missing() -> None:
    written("one.salesflow.yaml")
    (alone,) = run_suites(["."]).coverage
    assert (alone.process, alone.file, alone.transitions) == ("smb", "smb.salesflow.yaml", 5)
    assert alone.missing == ("call.unfit", "offer.again", "offer.refused")
    assert alone.percent == 40.0
    written("two.salesflow.yaml", more=BAD)  # two files cover together
    (both,) = run_suites(["."]).coverage
    assert both.missing == ("offer.again", "offer.refused")
    written("three.salesflow.yaml", TESTS.replace(", offer: signed", "").replace(", ends: won", ""))
    assert run_suites(["."]).coverage[0].missing == ()
    assert run_suites(["."]).coverage[0].percent == 100.0


def test_a_process_without_transitions_is_covered() -> None:
    assert Coverage(process="p", file="f", transitions=0).percent == 100.0


def test_the_budget_is_that_of_each_case() -> None:
    text = TESTS.replace("offer: signed}", "offer: again}").replace(", ends: won", "")
    written("one.salesflow.yaml", text, text.partition("cases:\n")[2].replace("good", "too"))
    assert [r.status for r in run_suites(["."]).suites[0].cases] == ["passed", "passed"]
    report = run_suites(["."], budget=10)
    assert [r.status for r in report.suites[0].cases] == ["undecided", "undecided"]
    assert report.summary == {"passed": 0, "failed": 0, "undecided": 2}
    assert not report.passed
    failure = report.suites[0].cases[0].failures[0]
    assert failure.name == "10"
    assert failure.message(report.suites[0].cases[0].case).startswith(
        "There are too many ways: 10 moves were not enough"
    )


def test_limits_of_size_are_those_given() -> None:
    written("one.salesflow.yaml")
    small = DEFAULT_LIMITS._replace(characters=20)
    report = run_suites(["one.salesflow.yaml"], limits=small)
    assert report.findings
    assert report.suites == ()


def test_the_shape_in_json() -> None:
    written("one.salesflow.yaml", more=BAD)
    assert run_suites(["."]).to_dict() == {
        "version": 1,
        "suites": [
            {
                "tests": "one",
                "file": "one.salesflow.yaml",
                "of": "smb",
                "cases": [
                    {
                        "name": "good",
                        "file": "one.salesflow.yaml",
                        "line": 5,
                        "column": 3,
                        "status": "passed",
                        "failures": [],
                    },
                    {
                        "name": "bad",
                        "file": "one.salesflow.yaml",
                        "line": 6,
                        "column": 3,
                        "status": "failed",
                        "failures": [
                            {
                                "kind": "ends",
                                "name": "won",
                                "message": "It must end `won`, and it can end `lost`.",
                                "way": [
                                    {"at": "web", "file": "smb.salesflow.yaml", "line": 3},
                                    {"at": "call.unfit", "file": "smb.salesflow.yaml", "line": 5},
                                    {"at": "lost", "file": "smb.salesflow.yaml", "line": 7},
                                ],
                            }
                        ],
                    },
                ],
            }
        ],
        "coverage": [
            {
                "process": "smb",
                "file": "smb.salesflow.yaml",
                "transitions": 5,
                "covered": 3,
                "missing": ["offer.again", "offer.refused"],
            }
        ],
        "findings": [],
        "summary": {"passed": 1, "failed": 1, "undecided": 0},
    }
    written("two.salesflow.yaml", TESTS.replace("ends: won", "ends: wom"))
    (finding,) = run_suites(["two.salesflow.yaml"]).to_dict()["findings"]
    assert (finding["file"], finding["line"]) == ("two.salesflow.yaml", 5)


def test_a_case_with_any_decided_failure_has_failed() -> None:
    case = Case(id="c", path="cases.c", node="c")
    open_, wrong = Failure("undecided", "9"), Failure("ends", "won", "lost")
    assert CaseResult(case=case, failures=(open_,)).status == "undecided"
    assert CaseResult(case=case, failures=(open_, wrong)).status == "failed"
    assert CaseResult(case=case).status == "passed"


def test_reports_of_the_same_results_are_equal_whatever_their_texts() -> None:
    assert SuiteReport(texts={"a": "b"}) == SuiteReport()
    assert SuiteReport(coverage=(Coverage(process="p", file="f", transitions=1),)) != SuiteReport()
