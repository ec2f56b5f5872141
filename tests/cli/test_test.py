"""``salesflow test`` as a user or a CI job runs it: cases, ways, coverage, formats, exit codes."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from salesflow.cli.command import run

PROCESS = """\
salesflow: 1
process: smb
data:
  amount: {type: money}
  discount: {type: percent}
  reason: {type: choice, values: [price, time]}
sources: {web: {start: call}, fair: {start: demo}}
steps:
  call: {by: sales, captures: [amount], next: {fit: demo, unfit: lost, again: {to: call, at_most: 2}}}
  demo:
    by: sales
    timeout: {after: 3d, result: quiet}
    next:
      agreed: {to: offer, set: {amount: amount * 1.2}}
      quiet: {to: lost, set: {reason: time}}
  offer:
    next:
      small: {to: won, when: amount < 60000}
      large: {to: papers, when: amount > 60000}
  papers:
    parallel:
      law: {steps: {draft: {by: legal, next: {ready: done, refused: leave}}}}
      buy: {when: discount > 20%, steps: {order: {by: buyer, next: done}}}
    next: {done: won, refused: {to: lost, set: {reason: price}}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
TESTS = "salesflow: 1\ntests: smb_tests\nof: smb.salesflow.yaml\ncases:\n"
GROWS = (
    "  grows: {source: web, deal: {amount: 50001, discount: 5%}, "
    "takes: {call: fit, demo: agreed, papers: done}, "
    "ends: won, with: {amount: 60001.2}, never: [papers.buy, lost]}\n"
)
QUIET = "  quiet: {source: fair, takes: {demo: quiet}, ends: lost, with: {reason: time}}\n"
STUCK = (
    "  even: {source: web, deal: {amount: 50000}, takes: {call: fit, demo: agreed}, ends: won}\n"
)
LOST = "  hopes: {source: fair, deal: {amount: 10}, ends: won}\n"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    Path("smb.salesflow.yaml").write_text(PROCESS)


def write_tests(*cases: str, name: str = "smb_tests.salesflow.yaml", head: str = TESTS) -> str:
    Path(name).parent.mkdir(exist_ok=True)
    Path(name).write_text(head + "".join(cases))
    return name


def test_passed_tests_are_exit_0_and_say_what_they_do_not_cover(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_tests(GROWS, QUIET)
    assert run(["test", "smb_tests.salesflow.yaml"]) == 0
    assert capsys.readouterr().out == (
        "smb_tests.salesflow.yaml: tests of smb\n"
        "  passed     grows\n"
        "  passed     quiet\n"
        "\n"
        "smb: 6 of 12 transitions are covered by no test: call.again, call.unfit, offer.small, "
        "papers.buy.order.done, papers.law.draft.refused and papers.refused.\n"
        "Ran 2 tests: 2 passed.\n"
    )


def test_a_failed_test_shows_the_way_with_lines(capsys: pytest.CaptureFixture[str]) -> None:
    write_tests(GROWS, STUCK)
    assert run(["test", "smb_tests.salesflow.yaml"]) == 1
    assert (
        "  FAILED     even\n"
        "    smb_tests.salesflow.yaml:6: It can get stuck at `offer`: no result is enabled there. "
        "The deal there: stuck at offer; amount 60000.\n"
        "      smb.salesflow.yaml:7     web\n"
        "      smb.salesflow.yaml:9   → call (fit)\n"
        "      smb.salesflow.yaml:14  → demo (agreed)\n"
        "      smb.salesflow.yaml:16  → offer\n"
    ) in capsys.readouterr().out


def failures(case: str, capsys: pytest.CaptureFixture[str], *, process: str = PROCESS) -> list[str]:
    """The messages of one case, with the way."""
    Path("smb.salesflow.yaml").write_text(process)
    write_tests(f"  case: {case}\n")
    code = run(["test", ".", "--format", "json"])
    (result,) = json.loads(capsys.readouterr().out)["suites"][0]["cases"]
    assert code == (0 if result["status"] == "passed" else 1)
    return [
        " | ".join([failure["message"], *(stop["at"] for stop in failure["way"])])
        for failure in result["failures"]
    ]


@pytest.mark.parametrize(
    ("case", "wrong"),
    [
        # every way counts: the timer fires where nobody says otherwise
        (
            "{source: fair, deal: {amount: 10}, ends: won}",
            ["It must end `won`, and it can end `lost`. | fair | demo.quiet | lost"],
        ),
        ("{source: fair, deal: {amount: 10}, takes: {demo: agreed}, ends: won}", []),
        (
            "{source: fair, takes: {demo: quiet}, with: {reason: price, amount: 5}}",
            [
                "It must end with `reason: price`, and `reason` can be time at the end. "
                "| fair | demo.quiet | lost",
                "It must end with `amount: 5`, and `amount` can be unfilled at the end. "
                "| fair | demo.quiet | lost",
            ],
        ),
        (
            "{source: fair, deal: {amount: 80000, discount: 20.1%}, takes: {demo: agreed}, "
            "never: [papers.buy, papers.law.draft.refused, papers.refused, lost]}",
            [
                "It must never come to `papers.buy`, and it can. "
                "| fair | demo.agreed | offer.large | papers.buy",
                "It must never come to `papers.law.draft.refused`, and it can. "
                "| fair | demo.agreed | offer.large | papers.law.draft.refused",
                "It must never come to `papers.refused`, and it can. "
                "| fair | demo.agreed | offer.large | papers.law.draft.refused | papers.refused",
                "It must never come to `lost`, and it can. "
                "| fair | demo.agreed | offer.large | papers.law.draft.refused | papers.refused "
                "| lost",
            ],
        ),
        (
            "{source: fair, deal: {amount: 80000, discount: 20%}, takes: {demo: agreed}, "
            "never: [papers.buy]}",
            [],
        ),
        # a block named ends so, or the case says nothing
        (
            "{source: fair, deal: {amount: 80000}, takes: {demo: agreed, papers: refused}, ends: lost}",
            [],
        ),
        (
            "{source: fair, deal: {amount: 80000}, "
            "takes: {demo: agreed, papers: refused, papers.law.draft: ready}}",
            [
                "No deal with `demo: agreed, papers: refused, papers.law.draft: ready` comes to an "
                "end: what the case takes cannot come together."
            ],
        ),
        # a result that is not enabled any more is not taken
        ("{source: web, takes: {call: again, demo: quiet}, ends: lost}", []),
        # the deal's values stay what they are: the call does not change the amount
        (
            "{source: web, deal: {amount: 10}, takes: {call: fit, demo: agreed}, ends: won, "
            "with: {amount: 12}, never: [papers]}",
            [],
        ),
        ("{source: web, takes: {call: fit, demo: agreed}, never: [call.unfit]}", ["stuck"]),
    ],
)
def test_cases(case: str, wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    found = failures(case, capsys)
    if wrong == ["stuck"]:
        assert len(found) == 1
        assert found[0].startswith("It can perhaps get stuck at `offer`")
    else:
        assert found == wrong


def test_a_deal_that_goes_round_for_ever_fails(capsys: pytest.CaptureFixture[str]) -> None:
    endless = PROCESS.replace("unfit: lost", "unfit: wait").replace(
        "  demo:\n",
        "  wait: {next: {later: rest_a_while}}\n  rest_a_while: {next: wait}\n  demo:\n",
    )
    found = failures("{source: web, takes: {call: unfit}, ends: lost}", capsys, process=endless)
    assert found == [
        "It can go round for ever from `wait` on: it comes to no outcome any more. "
        "| web | call.unfit | wait"
    ]


def test_a_loop_that_can_be_left_is_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    again = PROCESS.replace("again: {to: call, at_most: 2}", "again: call")
    found = failures("{source: web, takes: {demo: quiet}, ends: lost}", capsys, process=again)
    assert found == []
    found = failures("{source: web, takes: {call: again}, ends: lost}", capsys, process=again)
    assert [text.partition(":")[0] for text in found] == ["It can go round for ever from `call` on"]


def test_what_the_process_gets_wrong_on_the_way_fails(capsys: pytest.CaptureFixture[str]) -> None:
    twice = PROCESS.replace("fit: demo", "fit: {to: [demo, offer]}")
    case = "{source: web, deal: {amount: 10}, takes: {call: fit, demo: quiet}}"
    assert failures(case, capsys, process=twice) == [
        "`won` is reached while other work still runs. | web | call.fit | offer.small | won"
    ]
    case = "{source: web, deal: {amount: 10}, takes: {call: fit, demo: agreed}, never: [lost]}"
    assert failures(case, capsys, process=twice) == [
        "`offer` is open twice at once. | web | call.fit | demo.agreed | offer"
    ]


def test_several_files_and_folders(capsys: pytest.CaptureFixture[str]) -> None:
    write_tests(GROWS)
    Path("salesflow.toml").write_text("")
    head = TESTS.replace("of: smb", "of: ../smb").replace("smb_tests", "more_tests")
    write_tests(QUIET, name="more/more_tests.salesflow.yaml", head=head)
    assert run(["test"]) == 0
    whole = capsys.readouterr().out
    assert "\nmore/more_tests.salesflow.yaml: tests of smb\n  passed     quiet\n" in whole
    assert whole.endswith("Ran 2 tests: 2 passed.\n")
    assert run(["test", "smb_tests.salesflow.yaml", "more", "."]) == 0
    assert capsys.readouterr().out == whole  # each file once
    assert run(["test", "smb.salesflow.yaml"]) == 0
    assert "more_tests" in capsys.readouterr().out


def test_a_process_stands_for_its_own_tests_only(capsys: pytest.CaptureFixture[str]) -> None:
    write_tests(GROWS)
    Path("other.salesflow.yaml").write_text(PROCESS.replace("process: smb", "process: other"))
    head = TESTS.replace("of: smb", "of: other")
    write_tests(QUIET, name="other_tests.salesflow.yaml", head=head)
    assert run(["test", "other.salesflow.yaml"]) == 0
    assert "grows" not in capsys.readouterr().out


def test_coverage_can_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    write_tests(GROWS)
    assert run(["test", "--fail-under", "30"]) == 0
    assert run(["test", "--fail-under", "90"]) == 1
    assert capsys.readouterr().err == "smb: tests cover 41.7%, less than 90%.\n"


def test_all_covered(capsys: pytest.CaptureFixture[str]) -> None:
    write_tests("  every_web: {source: web, deal: {discount: 30%}}\n  every_fair: {source: fair}\n")
    run(["test"])
    assert "smb: 12 transitions, all covered by tests.\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.yaml"], "`nowhere.yaml` cannot be read: there is no such file."),
        (["empty"], "There are no tests in `empty` (files named *.salesflow.yaml)."),
        (["smb.salesflow.yaml"], "There are no tests of `smb.salesflow.yaml` in its folder"),
        (["org.salesflow.yaml"], "`org.salesflow.yaml` is an organization"),
        (
            [".", "--format", "xml"],
            "`--format xml`: there is no `xml`, but `full`, `json`, `junit`,",
        ),
        ([".", "--fail-under", "101"], "`--fail-under`: 101.0 is not in the range 0<=x<=100."),
    ],
)
def test_a_wrong_call_is_exit_2(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("empty").mkdir()
    Path("org.salesflow.yaml").write_text("salesflow: 1\norganization: acme\n")
    assert run(["test", *arguments]) == 2
    assert message in capsys.readouterr().err


def test_two_formats_on_standard_output_do_not_mix(capsys: pytest.CaptureFixture[str]) -> None:
    write_tests(GROWS)
    assert run(["test", "--format", "json", "--format", "junit"]) == 2
    assert "give one of them `-o FILE`" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("case", "message"),
    [
        ("  a: {source: wbe}\n", "There is no source called `wbe`."),
        ("  a: {source: web, ends: wonn}\n", "There is no outcome called `wonn`."),
        (
            "  a: {source: web, takes: {call: fitt}}\n",
            "There is no result of `call` called `fitt`.",
        ),
        ("  a: {source: web, never: [papers.by]}\n", "called `papers.by`."),
        ("  a: {source: web, deal: {amout: 5}}\n", "There is no field called `amout`."),
        ("  a: {source: web, deal: {discount: x%}}\n", "`discount` is of type percent"),
        ("  a: {ends: won}\n", "`smb` has several sources"),
        ("  a: {source: web\n", "error[syntax]"),
    ],
)
def test_what_does_not_load_is_exit_1_and_hides_no_other_tests(
    case: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write_tests(GROWS)
    write_tests(case, name="wrong.salesflow.yaml")
    assert run(["test", ".", "--format", "full", "--format", "junit", "-o", "out.xml"]) == 1
    shown = capsys.readouterr()
    assert message in shown.err
    assert "passed     grows" in shown.out
    suites = ET.parse("out.xml").getroot()
    assert suites.get("errors") == "1"
    assert next(suites.iter("testcase")).get("name") == "grows"


def test_a_process_that_does_not_load_fails_its_tests(capsys: pytest.CaptureFixture[str]) -> None:
    write_tests(GROWS)
    Path("smb.salesflow.yaml").write_text(PROCESS.replace("fit: demo", "fit: demmo"))
    assert run(["test"]) == 1
    assert "There is no step or outcome called `demmo`." in capsys.readouterr().err


def test_annotations_are_added_on_github(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tests(LOST)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert run(["test"]) == 1
    assert (
        "\n::error file=smb_tests.salesflow.yaml,line=5,endLine=5,title=salesflow test hopes::"
        "It must end `won`, and it can end `lost`.%0AWay: fair → demo (quiet) → lost\n"
    ) in capsys.readouterr().out
    run(["test", "--format", "json"])
    json.loads(capsys.readouterr().out)


# What JUnit readers agree on (Jenkins' xunit plugin, GitLab, Azure): element -> attributes, children.
JUNIT = {
    "testsuites": ({"name", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": (
        {"name", "tests", "failures", "errors", "skipped", "time"},
        {"testcase"},
    ),
    "testcase": ({"name", "classname", "time"}, {"failure", "error"}),
    "failure": ({"message", "type"}, set()),
    "error": ({"message", "type"}, set()),
}


def test_junit_is_what_ci_systems_read(capsys: pytest.CaptureFixture[str]) -> None:
    write_tests(GROWS, QUIET, STUCK, LOST)
    assert run(["test", "--format", "junit"]) == 1
    root = ET.fromstring(capsys.readouterr().out.encode())
    assert root.tag == "testsuites"
    for element in root.iter():
        attributes, children = JUNIT[element.tag]
        assert set(element.attrib) == attributes
        assert {child.tag for child in element} <= children
    for suite in [root, *root.iter("testsuite")]:
        cases = list(suite.iter("testcase"))
        assert int(suite.get("tests", "")) == len(cases)
        assert int(suite.get("failures", "")) == sum(c.find("failure") is not None for c in cases)
        assert int(suite.get("errors", "")) == sum(c.find("error") is not None for c in cases)
    assert [c.get("name") for c in root.iter("testcase")] == ["grows", "quiet", "even", "hopes"]
    (stuck, lost) = root.iter("failure")
    assert stuck.get("type") == "stuck"
    assert "Way: web → call (fit) → demo (agreed) → offer" in (stuck.text or "")
    assert lost.get("message") == "It must end `won`, and it can end `lost`."


def test_json_has_everything(capsys: pytest.CaptureFixture[str]) -> None:
    write_tests(GROWS, LOST)
    assert run(["test", "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["version"] == 1
    assert report["summary"] == {"passed": 1, "failed": 1, "undecided": 0}
    assert report["coverage"][0]["transitions"] == 12
    assert report["coverage"][0]["covered"] + len(report["coverage"][0]["missing"]) == 12
    (_, hopes) = report["suites"][0]["cases"]
    assert hopes == {
        "name": "hopes",
        "file": "smb_tests.salesflow.yaml",
        "line": 6,
        "column": 3,
        "status": "failed",
        "failures": [
            {
                "kind": "ends",
                "name": "won",
                "message": "It must end `won`, and it can end `lost`.",
                "way": [
                    {"at": "fair", "file": "smb.salesflow.yaml", "line": 7},
                    {"at": "demo.quiet", "file": "smb.salesflow.yaml", "line": 15},
                    {"at": "lost", "file": "smb.salesflow.yaml", "line": 25},
                ],
            }
        ],
    }


def test_our_example_passes(capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path(__file__).parents[2] / "examples" / "enterprise"
    assert run(["test", str(folder)]) == 0
    assert "passed" in capsys.readouterr().out
