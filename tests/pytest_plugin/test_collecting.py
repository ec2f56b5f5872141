"""Process files in pytest, tried with pytest itself: what is collected, what fails, what it says."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from salesflow import api, pytest_plugin
from salesflow.pytest_plugin import contents, telling
from salesflow.pytest_plugin.items import items_of
from salesflow.source.project import ENDING

pytest_plugins = ["pytester"]

SMB = Path(__file__).parents[2] / "examples" / "smb" / f"smb{ENDING}"

GOOD = """salesflow: 1
process: smb
sources: {inbound: {start: call}}
steps:
  call: {next: {interested: won, not_a_fit: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
DEAD_END = GOOD.replace("interested: won", "interested: demo").replace(
    "outcomes", "  demo: {by: sales}\noutcomes"
)
NOTED = GOOD.replace("outcomes", "departments: {legal: {}}\noutcomes")  # a warning, no error
UNLOADABLE = GOOD.replace("start: call", "start: cal")
TESTS = """salesflow: 1
tests: smb_tests
of: smb.salesflow.yaml
cases:
  fits: {takes: {call: interested}, ends: won}
  never_lost: {ends: won}
"""
MEASURED = """salesflow: 1
process: smb
sources: {inbound: {start: call, arrivals: 20 per week}}
departments: {sales: {people: 3}}
steps:
  call: {by: sales, effort: 1h, next: {interested: {to: won, share: 50%}, not_a_fit: {to: lost, share: rest}}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
objectives:
  some: {measure: win_rate, at_least: 10%}
  most: {measure: win_rate, at_least: 90%}
  half: {measure: win_rate, at_least: 50%}
"""
OBJECTIVES = [f"objectives.{name}" for name in ("some", "most", "half")]
SHORT = (
    "-o",
    "salesflow_duration=8w",
    "-o",
    "salesflow_warmup=1w",
    "-o",
    "salesflow_replications=4",
)


@pytest.fixture(scope="module", autouse=True)
def _imported() -> None:
    """pytest forgets what a run within a test imported: what is here already is not read again."""
    assert items_of
    process = api.loads(MEASURED)
    telling.checked(str(SMB), contents.Settings())
    api.simulate(process, duration="1w", warmup="1w", replications=2)


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project of somebody else: nothing of ours is configured."""
    (pytester.path / "pytest.ini").write_text("[pytest]\naddopts = -W error --strict-markers\n")
    return pytester


def write(project: pytest.Pytester, **files: str) -> None:
    for name, text in files.items():
        (project.path / f"{name}{ENDING}").write_text(text, encoding="utf-8")


def items(project: pytest.Pytester, *options: str) -> list[str]:
    result = project.runpytest_inprocess("--collect-only", "-q", *options)
    return [line for line in result.outlines if "::" in line]


def test_the_ending_is_that_of_the_language() -> None:
    assert pytest_plugin._ENDING == ENDING


def test_each_kind_of_file_has_its_items(project: pytest.Pytester) -> None:
    write(project, smb=MEASURED, smb_tests=TESTS, broken=UNLOADABLE, other_tests="salesflow: 1\n")
    write(project, org="salesflow: 1\norganization: acme\ndepartments: {sales: {}}\n")
    write(project, v="salesflow: 1\nvariant: smb_de\nof: smb.salesflow.yaml\nchange: {name: DE}\n")
    write(project, s="salesflow: 1\nscenario: more\nof: smb.salesflow.yaml\nchange: {name: M}\n")
    assert items(project) == [
        "broken.salesflow.yaml::check",
        "org.salesflow.yaml::check",
        "other_tests.salesflow.yaml::check",
        "s.salesflow.yaml::check",
        *(f"smb.salesflow.yaml::{name}" for name in ("check", *OBJECTIVES)),
        "smb_tests.salesflow.yaml::fits",
        "smb_tests.salesflow.yaml::never_lost",
        *(f"v.salesflow.yaml::{name}" for name in ("check", *OBJECTIVES)),
    ]


def test_other_files_and_hidden_ones_are_left_alone(project: pytest.Pytester) -> None:
    for name in ("smb.yaml", ".hidden.salesflow.yaml", "smb.salesflow.yaml.bak"):
        (project.path / name).write_text(DEAD_END)
    assert items(project) == []


def test_a_clean_file_passes_and_a_fault_is_reported_as_check_does(
    project: pytest.Pytester,
) -> None:
    write(project, good=GOOD, broken=DEAD_END)
    result = project.runpytest_inprocess()
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*_ broken.salesflow.yaml: check _*",
            "error[[]dead-end[]]: `demo` is a dead end: nothing leads on. A deal gets there by *",
            " --> broken.salesflow.yaml:6:3",
            "6 |   demo: {by: sales}",
            "  = way: inbound → call (interested) → demo",
            "FAILED broken.salesflow.yaml::check - *error[[]dead-end[]]: `demo` is a d*",
        ]
    )
    assert not [line for line in result.outlines if "Traceback" in line or ".py:" in line]


def test_warnings_fail_where_the_configuration_says_so(project: pytest.Pytester) -> None:
    write(project, smb=NOTED)
    result = project.runpytest_inprocess("-rP")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["*salesflow check*", "warning*", "Found 1 warning in 1 file."])
    (project.path / "salesflow.toml").write_text('fail-on = "warning"\n')
    project.runpytest_inprocess().assert_outcomes(failed=1)


def test_the_worst_finding_stands_in_the_summary(project: pytest.Pytester) -> None:
    text = DEAD_END.replace("sources", "data: {spare: {type: text}}\nsources")
    write(project, smb=text)
    result = project.runpytest_inprocess("-vv")
    result.stdout.fnmatch_lines(["FAILED smb.salesflow.yaml::check - *error[[]dead-end[]]*"])


def test_a_file_that_does_not_load_fails_whatever_is_asked_for(project: pytest.Pytester) -> None:
    write(project, smb=UNLOADABLE, smb_tests=TESTS)
    for kind in ("check", "test", "objectives"):
        result = project.runpytest_inprocess(f"--salesflow={kind}")
        result.assert_outcomes(failed=2)
        result.stdout.fnmatch_lines(["error[[]unknown-name[]]: There is no step called `cal`."])


def test_cases_fail_with_the_way_a_deal_took(project: pytest.Pytester) -> None:
    write(project, smb=GOOD, smb_tests=TESTS)
    result = project.runpytest_inprocess("--salesflow", "test")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*_ smb_tests.salesflow.yaml: never_lost _*",
            "It must end `won`, and it can end `lost`.",
            "  smb.salesflow.yaml:3    inbound",
            "  smb.salesflow.yaml:5  → call (not_a_fit)",
            "  smb.salesflow.yaml:6  → lost",
            "FAILED smb_tests.salesflow.yaml::never_lost - *It must end `won`*",
        ]
    )


def test_objectives_are_met_missed_or_skipped(project: pytest.Pytester) -> None:
    write(project, smb=MEASURED)
    result = project.runpytest_inprocess("--salesflow=objectives", "-vv", "-rs", *SHORT)
    result.assert_outcomes(passed=1, failed=1, skipped=1)
    result.stdout.fnmatch_lines(
        [
            "`most` is missed: at least 90% is asked for, * (* to *) is measured.",
            "SKIPPED [[]1[]] smb.salesflow.yaml:11: `half` is unsure: at least 50% is asked for, *",
        ]
    )


def test_objectives_are_simulated_once(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    play = api.simulate

    def counted(*processes: object, **options: object) -> object:
        asked.append(options)
        return play(*processes, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(contents, "simulate", counted)
    write(project, smb=MEASURED)
    project.runpytest_inprocess("-k", "check", *SHORT).assert_outcomes(passed=1, deselected=3)
    assert asked == []
    project.runpytest_inprocess(*SHORT, "-o", "salesflow_seed=7")
    assert asked == [{"duration": "8w", "warmup": "1w", "replications": 4, "seed": 7}]


def test_what_cannot_be_simulated_says_what_is_missing(project: pytest.Pytester) -> None:
    write(project, smb=MEASURED.replace(", arrivals: 20 per week", ""))
    result = project.runpytest_inprocess("-k", "objectives", *SHORT)
    result.assert_outcomes(failed=3, deselected=1)
    result.stdout.fnmatch_lines(["*arrivals*"])
    result.stdout.no_fnmatch_line("*another exception*")


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("salesflow_replications=x", "*`salesflow_replications` is a whole number, not `x`.*"),
        ("salesflow_seed=-1", "*`salesflow_seed` is a whole number, not `-1`.*"),
        ("salesflow_duration=4 moons", "*The duration must be a time*not `4 moons`.*"),
    ],
)
def test_a_wrong_setting_is_told(project: pytest.Pytester, setting: str, said: str) -> None:
    write(project, smb=MEASURED)
    result = project.runpytest_inprocess("-k", "some", "-o", setting)
    result.assert_outcomes(failed=1, deselected=3)
    result.stdout.fnmatch_lines([said])


def test_a_wrong_salesflow_toml_is_told_for_each_file(project: pytest.Pytester) -> None:
    write(project, smb=GOOD)
    (project.path / "salesflow.toml").write_text("selekt = []\n")
    result = project.runpytest_inprocess()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*salesflow.toml: there is no setting `selekt`. Did you mean*"])


def test_what_is_collected_can_be_chosen(project: pytest.Pytester) -> None:
    write(project, smb=MEASURED, smb_tests=TESTS)
    assert items(project, "--salesflow=check") == ["smb.salesflow.yaml::check"]
    assert len(items(project, "--salesflow=check,test")) == 3
    assert items(project, "--salesflow=off") == items(project, "-p", "no:salesflow") == []
    (project.path / "pytest.ini").write_text("[pytest]\nsalesflow = check objectives\n")
    assert len(items(project)) == 4
    assert len(items(project, "--salesflow=test")) == 2
    (project.path / "pytest.ini").write_text("[pytest]\nsalesflow = off\n")
    assert items(project) == []


def test_a_word_that_means_nothing_is_refused(project: pytest.Pytester) -> None:
    result = project.runpytest_inprocess("--salesflow=chek")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*--salesflow: there is no `chek`: check, test, objectives, or*"])
    (project.path / "pytest.ini").write_text("[pytest]\nsalesflow = check off\n")
    result = project.runpytest_inprocess()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*the setting `salesflow`: there is no `off`: check*"])


def test_ids_marks_and_words_select(project: pytest.Pytester) -> None:
    write(project, smb=GOOD, smb_tests=TESTS, broken=DEAD_END)
    project.makepyfile("def test_python(): pass")
    run = project.runpytest_inprocess
    run("smb_tests.salesflow.yaml::fits").assert_outcomes(passed=1)
    run("-m", "salesflow").assert_outcomes(passed=2, failed=2, deselected=1)
    run("-m", "not salesflow").assert_outcomes(passed=1, deselected=4)
    run("-k", "never_lost").assert_outcomes(failed=1, deselected=4)
    run("-x").assert_outcomes(failed=1)
    run("--lf").assert_outcomes(failed=2)


def test_junit_names_file_and_case(project: pytest.Pytester) -> None:
    write(project, smb=GOOD, smb_tests=TESTS)
    project.runpytest_inprocess("--junitxml=out.xml")
    rows = ET.parse(project.path / "out.xml").iter("testcase")
    told = {(row.get("classname"), row.get("name")): row.find("failure") for row in rows}
    assert [*told] == [
        ("smb.salesflow.yaml", "check"),
        ("smb_tests.salesflow.yaml", "fits"),
        ("smb_tests.salesflow.yaml", "never_lost"),
    ]
    failure = told["smb_tests.salesflow.yaml", "never_lost"]
    assert failure is not None
    assert "It must end `won`, and it can end `lost`." in (failure.text or "")


def test_escapes_in_names_do_not_reach_the_terminal(project: pytest.Pytester) -> None:
    write(project, smb=GOOD.replace("start: call", 'start: "\\e[31m::error::"'))
    result = project.runpytest_inprocess()
    result.assert_outcomes(failed=1)
    assert "\x1b[31m" not in result.stdout.str()
    assert not [line for line in result.outlines if line.startswith("::")]


def test_ids_are_shown_as_they_can_be_given(project: pytest.Pytester) -> None:
    write(project, smb=MEASURED)
    result = project.runpytest_inprocess("-v", "--salesflow=check,objectives", *SHORT)
    shown = {line.split(" ")[0] for line in result.outlines if "%]" in line}
    assert shown == {f"smb{ENDING}::{n}" for n in ("check", *OBJECTIVES)}


def test_files_are_named_from_where_pytest_runs(project: pytest.Pytester) -> None:
    folder = project.mkdir("sales")
    (folder / f"smb{ENDING}").write_text(DEAD_END)
    result = project.runpytest_inprocess("sales")
    result.stdout.fnmatch_lines([f" --> {Path('sales', 'smb.salesflow.yaml')}:6:3"])
