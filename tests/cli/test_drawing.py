"""``salesflow draw``: formats, files, results, and every refusal in words."""

import json
import os
import subprocess
import sys
import webbrowser
from pathlib import Path

import pytest

from salesflow import api
from salesflow.cli.command import run
from salesflow.cli.drawing import ENDINGS

TEXT = """\
salesflow: 1
process: deal
departments: {sales: {people: 2}}
stages: {lead: {}}
sources: {web: {start: call, arrivals: 20 per week}}
steps:
  call: {by: sales, stage: lead, effort: 1h, next: {fit: {to: won, share: 50%}, unfit: {to: lost, share: rest}}}
outcomes: {won: {kind: won}, lost: {kind: lost}, gone: {kind: lost}}
"""
STARTS = {
    "mermaid": b"---\n",
    "dot": b"digraph",
    "svg": b"<svg",
    "png": b"\x89PNG\r\n\x1a\n",
    "html": b"<!doctype html>",
    "bpmn": b"<?xml",
}
FILE = "deal.salesflow.yaml"
ALL = ".mmd, .mermaid, .dot, .gv, .svg, .png, .html, .htm, .bpmn"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / FILE).write_text(TEXT)
    (tmp_path / "salesflow.toml").write_text("")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def result(folder: Path) -> Path:
    asked = ["--for", "4w", "--warmup", "0d", "--replications", "2", "--format", "json"]
    assert run(["simulate", FILE, *asked, "-o", "result.json"]) == 0
    return folder / "result.json"


def refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    before = sorted(os.listdir())
    assert run(["draw", *arguments]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "Traceback" not in told.err
    assert sorted(os.listdir()) == before
    return told.err


@pytest.mark.parametrize("ending", [*ENDINGS, ".SVG", ".Html"])
def test_the_ending_of_the_file_names_the_format(
    ending: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["draw", FILE, "-o", f"x{ending}"]) == 0
    assert (folder / f"x{ending}").read_bytes().startswith(STARTS[ENDINGS[ending.lower()]])
    assert capsys.readouterr().err == f"Wrote x{ending}.\n"


@pytest.mark.parametrize("format_", STARTS)
def test_each_format_goes_to_standard_output(format_: str) -> None:
    """A real pipe: a png is bytes."""
    done = subprocess.run(
        [sys.executable, "-m", "salesflow", "draw", FILE, "--format", format_],
        capture_output=True,
        check=True,
    )
    assert done.stdout.startswith(STARTS[format_])
    assert done.stderr == b""


def test_a_format_may_be_said_where_the_ending_does_not(folder: Path) -> None:
    assert run(["draw", FILE, "-o", "picture", "--format", "svg"]) == 0
    assert (folder / "picture").read_bytes().startswith(b"<svg")
    assert run(["draw", FILE, "-o", "x.svg", "--format", "svg"]) == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["-o", "x.gif"],
            f"salesflow: The format of `x.gif` is unknown: end the name with one of {ALL}, or say "
            "which with `--format`.\n",
        ),
        (
            ["-o", "picture"],
            f"salesflow: The format of `picture` is unknown: end the name with one of {ALL}, or "
            "say which with `--format`.\n",
        ),
        (
            ["-o", "x.svg", "--format", "png"],
            "salesflow: `x.svg` ends like svg, and `--format` says png: leave out `--format`, or "
            "give the file another ending.\n",
        ),
        (["-o", "."], "salesflow: `.` is a folder: name a file in it.\n"),
        (
            ["-o", "nowhere/x.svg"],
            "salesflow: `nowhere/x.svg` cannot be written: its folder is not there.\n",
        ),
        (
            ["--heat", "load"],
            "salesflow: `--heat` shows the result of a simulation: run `salesflow simulate PATH "
            "--format json -o result.json`, then add `--result result.json`.\n",
        ),
        (
            ["--result", "nowhere.json"],
            "salesflow: `nowhere.json` cannot be read: no such file or directory.\n",
        ),
        (
            ["--result", FILE],
            f"salesflow: {FILE}:1:1: this is no JSON: expecting value. A result is what "
            "`salesflow simulate PATH --format json -o FILE.json` writes.\n",
        ),
        (["--open", "-o", "x.mmd"], "salesflow: `--open` shows html, svg or png, not mermaid.\n"),
        (
            ["--open", "--format", "bpmn"],
            "salesflow: `--open` shows html, svg or png, not bpmn.\n",
        ),
        (["--around", "2"], "salesflow: `around` goes with `only`: how far around it.\n"),
        (["--depth", "-1"], "salesflow: `depth` is a whole number from 0 on, not -1.\n"),
        (
            ["--depth", "2", "--view", "stages"],
            "salesflow: `depth` opens the flow, and the view is `stages`: leave it out.\n",
        ),
        (
            ["-o", "x.html", "--only", "call"],
            "salesflow: A page shows all of the process, and there one searches and closes: leave "
            "out `only`.\n",
        ),
        (
            ["-o", "x.bpmn", "--findings", "--view", "departments"],
            "salesflow: BPMN holds the process and nothing else: leave out `--findings`.\n",
        ),
        (
            ["--format", "bpmn", "--view", "departments"],
            "salesflow: BPMN holds the process and nothing else: leave out `view`.\n",
        ),
        (
            ["--against", f"HEAD:{FILE}"],
            "salesflow: `.` lies in no git repository, so it has no earlier versions. "
            "Give the old one as a file of its own.\n",
        ),
    ],
)
def test_what_cannot_be_done_is_refused(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refused([FILE, *arguments], capsys) == said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--depht", "1"], "Did you mean `--depth`?"),
        (
            ["--format", "gif"],
            "there is no `gif`, but `mermaid`, `dot`, `svg`, `png`, `html`, `bpmn`.",
        ),
        (["--view", "lanes"], "there is no `lanes`, but `flow`, `stages`, `departments`."),
        (["--heat", "cost"], "there is no `cost`, but `waiting`, `load`, `value`."),
        (["--depth", "two"], "`--depth two`: that is no whole number."),
        (["--around"], "`--around` needs a value: `--around N`."),
        (["another.yaml"], "`another.yaml`: too many words."),
    ],
)
def test_what_is_mistyped_is_told(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in " ".join(refused([FILE, *arguments], capsys).split())


def test_a_step_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    told = refused([FILE, "--only", "cal"], capsys)
    assert "`cal`" in told
    assert "`call`" in told


def test_only_what_is_named_is_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["draw", FILE, "--only", "won", "--only", "web", "--around", "0"]) == 0
    text = capsys.readouterr().out
    assert "Won" in text
    assert "Web" in text
    assert "Call" not in text


def test_a_process_comes_from_standard_input() -> None:
    command = [sys.executable, "-m", "salesflow", "draw", "-", "--findings"]
    for text, more, code in ((TEXT, [], 0), (TEXT, ["--against", FILE], 0), ("a: [", [], 1)):
        done = subprocess.run(
            [*command, *more], check=False, input=text.encode(), capture_output=True
        )
        assert done.returncode == code
        assert done.stdout.startswith(b"---\n" if code == 0 else b"")
        assert (b"<stdin>:1:" in done.stderr) == (code == 1)


def test_png_is_nothing_for_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    told = refused([FILE, "--format", "png"], capsys)
    assert told == "salesflow: A png is nothing for a terminal: write it with `-o FILE.png`.\n"


def test_a_file_that_was_there_stays_whole_where_it_cannot_be_drawn(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "x.svg").write_text("before")
    refused([FILE, "-o", "x.svg", "--result", "nowhere.json"], capsys)
    assert (folder / "x.svg").read_text() == "before"
    assert run(["draw", FILE, "-o", "x.svg"]) == 0
    assert (folder / "x.svg").read_text().startswith("<svg")
    assert not [*folder.glob("*.partial")]


def test_a_place_that_is_read_only_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write anywhere
    told = refused([FILE, "-o", "x.svg"], capsys)
    assert told == "salesflow: `x.svg` cannot be written: permission denied.\n"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
def test_a_full_disk_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    told = refused([FILE, "-o", "/dev/full", "--format", "svg"], capsys)
    assert told == "salesflow: `/dev/full` cannot be written: No space left on device.\n"


# -------------------------------------------------------------------------------------- results


def test_a_result_is_laid_over(result: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del result
    assert run(["draw", FILE, "--result", "result.json", "--heat", "load", "-o", "x.svg"]) == 0
    shown = Path("x.svg").read_text()
    assert "load of the people" in shown
    assert " a week" in shown
    assert "The process has changed" not in shown
    Path(FILE).write_text(TEXT.replace("effort: 1h", "effort: 2h"))
    assert run(["draw", FILE, "--result", "result.json", "-o", "x.mmd"]) == 0
    note = "The process has changed since it was simulated: simulate it again."
    assert note in Path("x.mmd").read_text()
    assert "Traceback" not in capsys.readouterr().err


def test_a_result_of_another_process_or_without_worth_is_refused(
    result: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with_result = [FILE, "--result", "result.json"]
    told = refused([*with_result, "--heat", "value"], capsys)
    assert told == (
        "salesflow: Nobody knows what deals of `deal` are worth: say which field it is (`value: "
        "amount`), or simulate longer, until deals are won.\n"
    )
    document = json.loads(result.read_text())
    result.write_text(json.dumps({**document, "process": "other"}))
    told = refused(with_result, capsys)
    assert told == "salesflow: The result is of `other`, not of `deal`: simulate that.\n"
    result.write_text(json.dumps({**document, "version": 3}))
    assert refused(with_result, capsys) == (
        "salesflow: `result.json` is a result of version 3, and this salesflow reads version 1: "
        "simulate again.\n"
    )
    result.write_text(json.dumps({**document, "steps": []}))
    assert refused(with_result, capsys) == (
        "salesflow: `result.json` is no result that can be used: `steps` must be a map. Simulate "
        "again, and leave the file as it is written.\n"
    )


def test_a_process_is_found_in_a_result_of_several(capsys: pytest.CaptureFixture[str]) -> None:
    Path("other.salesflow.yaml").write_text(TEXT.replace("process: deal", "process: other"))
    asked = ["--for", "4w", "--warmup", "0d", "--replications", "2", "--format", "json"]
    assert run(["simulate", ".", *asked, "-o", "both.json"]) == 0
    capsys.readouterr()
    for name in (FILE, "other.salesflow.yaml"):
        assert run(["draw", name, "--result", "both.json"]) == 0
        assert " a week" in capsys.readouterr().out


# ------------------------------------------------------------------------------------- findings


def marked(capsys: pytest.CaptureFixture[str]) -> bool:
    assert run(["draw", FILE, "--findings"]) == 0
    return "unused-definition" in capsys.readouterr().out


def test_findings_are_those_of_check_with_the_same_configuration(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert marked(capsys)
    settings = folder / "salesflow.toml"
    settings.write_text('ignore = ["unused-definition"]\n')
    assert not marked(capsys)
    settings.write_text('severity = {unused-definition = "error"}\n')
    assert marked(capsys)
    assert run(["draw", FILE, "--findings"]) == 0
    assert "✖ unused-definition" in capsys.readouterr().out
    settings.write_text("")
    ignored = "{\n  # salesflow: ignore[unused-definition] it comes in May\n  gone: {kind: lost},"
    file = TEXT.replace(", gone: {kind: lost}", "").replace("outcomes: {", f"outcomes: {ignored} ")
    (folder / FILE).write_text(file)
    assert not marked(capsys)


def test_what_the_baseline_knows_is_not_marked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", FILE, "--write-baseline", "known.json"]) == 0
    capsys.readouterr()
    assert marked(capsys)
    (folder / "salesflow.toml").write_text('baseline = "known.json"\n')
    assert not marked(capsys)


def test_a_wrong_configuration_is_told_where_findings_are_asked_for(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "salesflow.toml").write_text("ignore = 7\n")
    assert "ignore: a list of rules" in refused([FILE, "--findings"], capsys)
    assert run(["draw", FILE]) == 0


# --------------------------------------------------------------------------------------- a look


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    seen: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda url: seen.append(url) is None)
    return seen


def test_a_picture_is_opened_where_it_was_written(
    folder: Path, opened: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["draw", FILE, "-o", "x y.svg", "--open"]) == 0
    assert opened == [f"{folder.resolve().as_uri()}/x%20y.svg"]
    assert capsys.readouterr() == ("", "Wrote x y.svg.\n")


@pytest.mark.parametrize(("asked", "ending"), [([], "html"), (["--format", "png"], "png")])
def test_without_a_file_it_is_written_to_one_that_stays(
    asked: list[str],
    ending: str,
    folder: Path,
    opened: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (folder / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder / "tmp"))
    assert run(["draw", FILE, "--open", *asked]) == 0
    (kept,) = (folder / "tmp").glob(f"salesflow-*/deal.{ending}")
    assert opened == [kept.resolve().as_uri()]
    assert kept.read_bytes().startswith(STARTS[ending])
    assert capsys.readouterr() == ("", f"Wrote {kept}.\n")


def test_no_browser_is_no_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(webbrowser, "open", lambda _: False)
    assert run(["draw", FILE, "-o", "x.svg", "--open"]) == 0
    told = "Wrote x.svg.\nThere is no browser to open: look at x.svg yourself.\n"
    assert capsys.readouterr().err == told


def test_python_draws_the_same() -> None:
    assert run(["draw", FILE, "-o", "x.svg", "--depth", "0"]) == 0
    assert Path("x.svg").read_text() == api.draw(api.load(FILE), "svg", depth=0)
