"""``salesflow check`` as a user or a CI job runs it: output, files and exit codes."""

import json
from pathlib import Path

import pytest

from salesflow.cli.command import run

CLEAN = """\
salesflow: 1
process: smb
sources: {inbound: {start: call}}
steps:
  call: {by: sales, next: {interested: demo, not_a_fit: lost}}
  demo: {by: sales, next: {buys: won, passes: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
BROKEN = CLEAN.replace("demo: {by: sales, next: {buys: won, passes: lost}}", "demo: {by: sales}")
BROKEN += "data: {budget: {type: money}}\n"
UNUSED = (
    "sub/broken.salesflow.yaml:8:8: warning unused-definition "
    "The field `budget` is not used anywhere.\n"
)
TYPO = CLEAN.replace("interested: demo", "interested: demmo")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    Path("clean.salesflow.yaml").write_text(CLEAN)
    Path("sub").mkdir()


def broken() -> None:
    Path("sub/broken.salesflow.yaml").write_text(BROKEN)


def test_clean_is_exit_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "clean.salesflow.yaml"]) == 0
    assert capsys.readouterr().out.startswith("All clear: no findings in 1 file.\n")


def test_findings_are_exit_1_unless_told_otherwise(capsys: pytest.CaptureFixture[str]) -> None:
    broken()
    path = "sub/broken.salesflow.yaml"
    assert run(["check", path, "--format", "concise"]) == 1
    assert capsys.readouterr().out == (
        "sub/broken.salesflow.yaml:6:3: error dead-end `demo` is a dead end: nothing leads on. "
        "A deal gets there by inbound → call (interested).\n" + UNUSED
    )
    assert run(["check", path, "--fail-on", "never"]) == 0
    assert run(["check", path, "--select", "hygiene"]) == 0
    assert run(["check", path, "--ignore", "dead-end"]) == 0
    assert run(["check", path, "--ignore", "dead-end", "--fail-on", "warning"]) == 1


def test_a_folder_is_searched(capsys: pytest.CaptureFixture[str]) -> None:
    broken()
    assert run(["check"]) == 1
    assert run(["check", ".", "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out.rpartition("\n{\n")[2].join(["{\n", ""]))
    assert report["files"] == ["clean.salesflow.yaml", "sub/broken.salesflow.yaml"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "nowhere.yaml"], "`nowhere.yaml` cannot be read: there is no such file."),
        (["check", "clean.saleflow.yaml"], "Did you mean `clean.salesflow.yaml`?"),
        (["check", "sub"], "There are no *.salesflow.yaml files in `sub`."),
        (["check", "--select", "deadend"], "there is no rule or family `deadend`. Did you mean"),
        (
            ["check", "--preset", "most"],
            "preset: there is no `most`: correctness, recommended, all.",
        ),
        (["check", "--fail-on", "nothing"], "`--fail-on nothing`: there is no `nothing`, but"),
        (["chek"], "There is no verb `chek`. Did you mean `check`?"),
        (["check", "--baseline", "none.json"], "The baseline `none.json` cannot be read"),
        (["check", "--format", "json", "--format", "concise"], "Two formats on standard output"),
        (["check", "-o", "no/such/folder.txt"], "`no/such/folder.txt` cannot be written"),
        (["rule", "deadend"], "Did you mean `dead-end`?"),
    ],
)
def test_a_wrong_call_is_exit_2_and_says_why(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    assert message in capsys.readouterr().err


def test_what_does_not_load_is_exit_1_in_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    Path("typo.yaml").write_text(TYPO)
    for verb in (["check"], ["show"], ["draw"]):
        assert run([*verb, "typo.yaml"]) == 1
        shown = "".join(capsys.readouterr())
        assert "error[unknown-name]: There is no step or outcome called `demmo`." in shown
        assert "typo.yaml:5:40" in shown
        assert "Did you mean `demo`?" in shown


def test_formats_go_where_they_are_sent(capsys: pytest.CaptureFixture[str]) -> None:
    broken()
    arguments = ["check", "sub", "--format", "concise", "--format=json", "-o", "report.json"]
    assert run([*arguments, "--format", "full", "-oreport.txt"]) == 1
    assert capsys.readouterr().out.startswith("sub/broken.salesflow.yaml:6:3: error dead-end ")
    assert json.loads(Path("report.json").read_text())["summary"]["error"] == 1
    assert Path("report.txt").read_text().startswith("error[dead-end]")
    assert sorted(path.name for path in Path().iterdir()) == [
        "clean.salesflow.yaml",
        "report.json",
        "report.txt",
        "sub",
    ]


def test_annotations_are_added_on_github(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken()
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    run(["check", "sub"])
    assert "\n::error file=sub/broken.salesflow.yaml,line=6," in capsys.readouterr().out
    run(["check", "sub", "--format", "json"])
    json.loads(capsys.readouterr().out)


def test_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import io
    import sys

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BROKEN.encode())))
    assert run(["check", "-", "--format", "concise"]) == 1
    assert capsys.readouterr().out.startswith("<stdin>:6:3: error dead-end")


def test_a_baseline_hides_what_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    broken()
    assert run(["check", "--write-baseline", "known.json"]) == 0
    capsys.readouterr()
    assert run(["check", "--baseline", "known.json"]) == 0
    assert capsys.readouterr().out.startswith(
        "The baseline hides 2 known findings.\nAll clear: no new findings in 2 files.\n"
    )
    more = BROKEN.replace("demo: {by: sales}", "x: {next: x}\n  demo: {by: sales}")
    Path("sub/broken.salesflow.yaml").write_text(more)
    capsys.readouterr()
    assert run(["check", "--baseline", "known.json", "--format", "concise"]) == 1
    assert "dead-end" not in capsys.readouterr().out


def test_configuration_is_found_above_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    broken()
    Path("salesflow.toml").write_text('ignore = ["dead-end"]\n')
    assert run(["check", "sub"]) == 0
    Path("salesflow.toml").write_text('ignroe = ["dead-end"]\n')
    assert run(["check", "sub"]) == 2
    assert "there is no setting `ignroe`. Did you mean `ignore`?" in capsys.readouterr().err


def test_a_fault_of_ours_is_exit_3_without_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_more: object) -> None:
        raise ZeroDivisionError("ouch")

    monkeypatch.setattr("salesflow.api.check_paths", fail)
    assert run(["check", "clean.salesflow.yaml"]) == 3
    shown = capsys.readouterr().err
    assert "a fault of salesflow itself" in shown
    assert "Traceback" not in shown
    with pytest.raises(ZeroDivisionError):
        run(["--traceback", "check", "clean.salesflow.yaml"])


def test_interrupted_is_exit_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_args: object, **_more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("salesflow.api.check_paths", stop)
    assert run(["check", "clean.salesflow.yaml"]) == 130
