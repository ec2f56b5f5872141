"""``check --fix`` and ``--diff`` as a user runs them: files, links, standard input, exit codes."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from salesflow.cli.command import run
from salesflow.cli.fixing import patch, write_files
from salesflow.errors import UsageError

WRONG = """\
salesflow: 1
process: smb  # ours
sources: {inbound: {start: call}}
steps:
  call: {by: sales, next: {interested: demmo, not_a_fit: lost}}
  demo: {by: sales, next: {buys: won, passes: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
RIGHT = WRONG.replace("demmo", "demo")
NAME = "a.salesflow.yaml"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


def written(text: str | bytes) -> Path:
    path = Path(NAME)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_file_is_mended_and_the_rest_reported(capsys: pytest.CaptureFixture[str]) -> None:
    path = written(WRONG + "stages: {old: {win_chance: 5%}}\n")
    assert run(["check", "--fix", NAME, "--format", "concise"]) == 0
    shown = capsys.readouterr()
    assert shown.out == (
        f"{NAME}:8:10: warning unused-definition The stage `old` is not used anywhere.\n"
    )
    assert shown.err == (
        f"fixed {NAME}:5: unknown-name There is no step or outcome called `demmo`.\n"
        "Fixed 1 finding in 1 file.\n"
    )
    assert run(["check", "--fix", "--unsafe-fixes", NAME]) == 0
    assert path.read_text() == RIGHT
    assert [file.name for file in Path().iterdir()] == [NAME]


def test_a_diff_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    path = written(WRONG)
    assert run(["check", "--diff"]) == 1
    shown = capsys.readouterr().out
    assert shown.startswith(f"--- {NAME}\n+++ {NAME}\n@@ -2,6 +2,6 @@\n")
    assert "-  call: {by: sales, next: {interested: demmo, not_a_fit: lost}}\n+" in shown
    assert path.read_text() == WRONG
    written(RIGHT)
    assert run(["check", "--diff"]) == 0
    assert capsys.readouterr().out == ""


def test_bytes_that_are_not_mended_stay(capsys: pytest.CaptureFixture[str]) -> None:
    text = "\ufeff" + WRONG.replace("# ours", "# für 日本 \U0001f600").replace("\n", "\r\n")
    path = written(text)
    path.chmod(0o640)
    assert run(["check", "--fix", NAME]) == 0
    assert path.read_bytes().decode() == text.replace("demmo", "demo")
    assert path.stat().st_mode & 0o777 == 0o640


def test_links_are_followed() -> None:
    Path("real").mkdir()
    Path("real/process.yaml").write_text(WRONG)
    Path(NAME).symlink_to("real/process.yaml")
    assert run(["check", "--fix", NAME, "real/process.yaml"]) == 0
    assert Path(NAME).is_symlink()
    assert Path("real/process.yaml").read_text() == RIGHT


def test_what_is_only_used_is_not_touched() -> None:
    Path("shared.salesflow.yaml").write_text(
        "salesflow: 1\norganization: acme\ndepartments: {sales: {calendar: ofice}}\n"
        'calendars: {office: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}}\n'
    )
    before = Path("shared.salesflow.yaml").read_text()
    path = written(RIGHT.replace("sources:", "use: [shared.salesflow.yaml]\nsources:"))
    assert run(["check", "--fix", NAME]) == 1
    assert Path("shared.salesflow.yaml").read_text() == before
    assert run(["check", "--fix", "."]) == 0
    assert Path("shared.salesflow.yaml").read_text() == before.replace("ofice", "office")
    assert "demo" in path.read_text()


def test_a_read_only_file_stops_it_all(capsys: pytest.CaptureFixture[str]) -> None:
    Path("b.salesflow.yaml").write_text(WRONG.replace("process: smb", "process: other"))
    written(WRONG).chmod(0o444)
    assert run(["check", "--fix"]) == 2
    assert f"`{NAME}` cannot be written: it is read-only." in capsys.readouterr().err
    assert "demmo" in Path("b.salesflow.yaml").read_text()
    assert len([*Path().iterdir()]) == 2


def test_a_file_changed_meanwhile_is_left_alone() -> None:
    written(WRONG)
    with pytest.raises(UsageError, match="somebody else"):
        write_files({NAME: RIGHT}, {NAME: "something else"})
    assert Path(NAME).read_text() == WRONG


def test_if_one_file_cannot_be_replaced_none_is(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [NAME, "b.salesflow.yaml"]
    for name in names:
        Path(name).write_text(WRONG)
    replace = os.replace

    def failing(one: str, other: str) -> None:
        if other.endswith("b.salesflow.yaml"):
            raise OSError(28, "No space left on device", other)
        replace(one, other)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(UsageError, match="No space left"):
        write_files(dict.fromkeys(names, RIGHT), dict.fromkeys(names, WRONG))
    assert [Path(name).read_text() for name in names] == [WRONG, WRONG]
    assert len([*Path().iterdir()]) == 2


def test_standard_input_comes_back_mended(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "\ufeff" + WRONG.replace("\n", "\r\n")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert run(["check", "--fix", "-"]) == 0
    shown = capfd.readouterr()
    assert "demo, not" in shown.out
    assert shown.out.startswith("\ufeffsalesflow: 1")
    assert "All clear" in shown.err
    assert not [*Path().iterdir()]


def test_only_what_was_asked_is_mended(capsys: pytest.CaptureFixture[str]) -> None:
    text = RIGHT + "stages: {old: {win_chance: 5%}}\n"
    path = written(text)
    run(["check", "--fix", "--unsafe-fixes", "--select", "behaviour"])
    assert path.read_text() == text
    run(["check", "--write-baseline", "known.json"])
    run(["check", "--fix", "--unsafe-fixes", "--baseline", "known.json"])
    assert path.read_text() == text
    run(["check", "--fix", "--unsafe-fixes"])
    assert path.read_text() == RIGHT


def test_json_tells_fixes_that_hold(capsys: pytest.CaptureFixture[str]) -> None:
    written(WRONG)
    assert run(["check", NAME, "--format", "json"]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert finding["fix"] == {
        "safe": True,
        "verified": True,
        "edits": [{"file": NAME, "start": [5, 40], "end": [5, 45], "text": "demo"}],
    }


@pytest.mark.parametrize(
    "arguments", [["--unsafe-fixes"], ["--fix", "--write-baseline", "known.json"]]
)
def test_what_makes_no_sense_is_refused(arguments: list[str]) -> None:
    written(WRONG)
    assert run(["check", *arguments]) == 2
    assert Path(NAME).read_text() == WRONG


def test_a_plain_check_loads_nothing_of_this() -> None:
    written(RIGHT)
    call = [sys.executable, "-X", "importtime", "-m", "salesflow", "check", NAME]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    loaded = {row.rpartition("|")[2].strip() for row in done.stderr.splitlines()}
    assert "salesflow.cli.verdict" in loaded
    new = ("salesflow.checking.fixes", "salesflow.cli.fixing", "salesflow.reporting.sarif")
    slow = ("difflib", "hashlib", "json", "urllib.parse", "salesflow.process.lookup")
    assert not loaded.intersection((*new, *slow))


def test_a_patch_moves_no_cursor() -> None:
    rows = [*patch("a\x1b", "x: 1\ny: \u202e1\r\n\tz", "x: 1\ny: \u202e2\r\n\tz")]
    assert rows == [
        "--- a\\x1b\n",
        "+++ a\\x1b\n",
        "@@ -1,3 +1,3 @@\n",
        " x: 1\n",
        "-y: \\u202e1\r\n",
        "+y: \\u202e2\r\n",
        " \tz\n\\ No newline at end of file\n",
    ]
