"""The other verbs, and what the command itself promises."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import salesflow
from salesflow import api
from salesflow.cli.command import run

TEXT = """\
salesflow: 1
process: deal
version: 1.2.0
departments:
  sales: {roles: {ae: {people: 3}}}
  legal: {people: 1}
  buyer: {external: true, roles: {team: {}}}
data: {contract: {type: document}, amount: {type: money}}
sources: {inbound: {department: sales, start: offer, gives: {amount: filled}}}
steps:
  offer: {by: ae, requires: [amount], next: {sent: draft, dropped: lost}}
  draft:
    name: Draft the contract
    by: legal
    captures: [contract]
    effort: {median: 2h, p90: 6h}
    sla: {within: 3d, target: 90%}
    next: read
  read: {by: team, wait: 2d, next: {fine: sign, changes: draft}}
  sign: {by: ae, requires: [contract], next: won}
outcomes: {won: {kind: won}, lost: {kind: lost}}
touchpoints:
  to_legal: {from: sales, to: legal, requires: [amount], returns: [contract], accept_within: 1d}
  back: {from: legal, to: sales, requires: [contract], accept_within: 1d}
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("deal.salesflow.yaml").write_text(TEXT)


def shown(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert run(arguments) == 0
    return capsys.readouterr().out


def test_show_is_a_tree(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        shown(["show", "deal.salesflow.yaml"], capsys)
        == """\
deal 1.2.0
  size  1 source, 4 steps, 2 outcomes and 2 departments

sources
  inbound → offer  sales · gives amount
steps
  offer  ae (sales) · needs amount
    sent → draft
    dropped → lost
  draft  legal · effort median 2h, p90 6h · captures contract · within 3d for 90%
    done → read
  read  team (buyer) · wait 2d
    fine → sign
    changes → draft
  sign  ae (sales) · needs contract
    done → won
outcomes
  won
  lost
touchpoints
  to_legal: sales → legal  needs amount · returns contract · accepted within 1d
  back: legal → sales  needs contract · accepted within 1d
handoffs
  sales → legal at draft  by offer (sent) · to_legal
  legal → sales at sign  by draft (done) · back
"""
    )


def test_show_department(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        shown(["show", "deal.salesflow.yaml", "--department", "legal"], capsys)
        == """\
Legal in deal

Enters
  from sales at draft, by offer (sent)
      gets: amount
      owes back: contract
      begins within 1d (to_legal)

Works on
  draft: legal
      fills: contract
      effort: median 2h, p90 6h
      by when: within 3d for 90%
      ends with: done → read

Leaves
  to sales at sign, by draft (done)
      hands over: contract
      begins within 1d (back)
"""
    )


def test_show_resolved_process_loads_to_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    process = api.load("deal.salesflow.yaml")
    as_yaml = shown(["show", ".", "--as", "yaml"], capsys)
    as_json = shown(["show", ".", "--as", "json"], capsys)
    assert api.loads(as_yaml) == process
    assert api.load(json.loads(as_json)) == process


def test_show_says_what_department_was_meant(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", ".", "--department", "leagl"]) == 2
    assert "has no department `leagl`. Did you mean `legal`?" in capsys.readouterr().err
    assert run(["show", ".", "--department", "ae"]) == 2
    assert "It is a role of `sales`." in capsys.readouterr().err
    assert run(["show", ".", "--department", "legal", "--as", "json"]) == 2


def test_draw_writes_the_format_of_the_ending(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["draw", ".", "-o", "deal.mmd"]) == 0
    text = Path("deal.mmd").read_text()
    assert text.startswith('---\ntitle: "Deal"\n---\nflowchart LR\n')
    assert text == shown(["draw", "deal.salesflow.yaml"], capsys)
    assert run(["draw", ".", "-o", "deal.bmp"]) == 2
    assert "The format of `deal.bmp` is unknown" in capsys.readouterr().err


def test_draw_marks_findings_and_departments(capsys: pytest.CaptureFixture[str]) -> None:
    Path("deal.salesflow.yaml").write_text(TEXT.replace("sign: {by: ae", "sign: {effort: 1h"))
    assert "⚠ no-owner" in shown(["draw", ".", "--findings"], capsys)
    view = shown(["draw", ".", "--view", "departments"], capsys)
    assert '|"to legal #8804;1d"|' in view


def test_several_processes_in_a_folder_must_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    Path("other.salesflow.yaml").write_text(TEXT.replace("process: deal", "process: other"))
    assert run(["show", "."]) == 2
    assert capsys.readouterr().err == (
        "salesflow: `.` holds several processes, name one:\n"
        "  salesflow show deal.salesflow.yaml\n"
        "  salesflow show other.salesflow.yaml\n"
    )


def test_schema_is_a_json_schema(capsys: pytest.CaptureFixture[str]) -> None:
    from jsonschema import Draft202012Validator

    schema = json.loads(shown(["schema"], capsys))
    Draft202012Validator.check_schema(schema)
    assert run(["schema", "-o", "salesflow.schema.json"]) == 0
    assert json.loads(Path("salesflow.schema.json").read_text()) == schema


def test_rule_lists_and_explains(capsys: pytest.CaptureFixture[str]) -> None:
    listing = shown(["rule"], capsys)
    page = shown(["rule", "dead-end"], capsys)
    assert "dead-end" in listing
    assert "Why it costs deals" in page
    assert "Wrong:" in page
    assert "Right:" in page


def test_rule_is_a_page_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("FORCE_COLOR", "1")
    page = shown(["rule", "dead-end"], capsys)
    assert "\x1b[" in page
    assert "Why it costs deals" in page


@pytest.mark.parametrize("arguments", [["--version"], ["--help"]])
def test_version_and_help_import_nothing_slow(arguments: list[str]) -> None:
    code = (
        "import sys; sys.argv[1:] = "
        f"{arguments!r}; import runpy\n"
        "try: runpy.run_module('salesflow', run_name='__main__')\n"
        "except SystemExit as exit_: assert not exit_.code\n"
        "slow = {'networkx', 'pydantic', 'numpy', 'yaml', 'rich'} & set(sys.modules)\n"
        "assert not slow, slow"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(["--version"], capsys) == f"salesflow {salesflow.__version__}\n"


@pytest.mark.parametrize("option", [[], ["--format", "full"]])
def test_check_imports_nothing_it_does_not_need(option: list[str]) -> None:
    """With and without the command line toolkit: the same report."""
    slow = {"networkx", "pydantic", "numpy", "rich", "difflib", "dataclasses"}
    slow |= set() if option else {"click"}
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "salesflow", "check", "deal.salesflow.yaml"]
        + option,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    imported = {
        row.rpartition("|")[2].strip().partition(".")[0] for row in done.stderr.splitlines()
    }
    assert "yaml" in imported
    assert not slow & imported
    assert done.stdout.startswith("All clear: no findings in 1 file.\ndeal: level 2")


def test_without_options_the_exit_codes_are_the_same() -> None:
    Path("broken.yaml").write_text(TEXT.replace("next: won", "next: {}"))
    for path, code in (("deal.salesflow.yaml", 0), ("broken.yaml", 1), ("nowhere", 2)):
        done = subprocess.run(
            [sys.executable, "-m", "salesflow", "check", path],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr


def test_a_reader_that_leaves_early_is_no_fault() -> None:
    done = subprocess.run(
        f"{sys.executable} -m salesflow schema | head -1",
        shell=True,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout == "{\n"
    assert done.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full: Linux only")
@pytest.mark.parametrize("arguments", ["check deal.salesflow.yaml", "schema", "show ."])
def test_a_full_disk_is_told_without_traceback(arguments: str) -> None:
    done = subprocess.run(
        f"{sys.executable} -m salesflow {arguments} > /dev/full",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert done.stderr == "salesflow: the output cannot be written: no space left on device.\n"
