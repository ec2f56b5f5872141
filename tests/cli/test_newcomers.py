"""What somebody reads who is here for the first time and types, names or saves something wrongly."""

import shlex
import zipfile
from pathlib import Path

import click
import pytest

from salesflow.cli import mistakes
from salesflow.cli.command import run

SMB = (Path(__file__).parents[2] / "examples/smb/smb.salesflow.yaml").read_text()


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


# ---- The command line --------------------------------------------------------------------------

TYPED = {
    "chekc smb.salesflow.yaml": "There is no verb `chekc`. Did you mean `check`?",
    "nonsense": "There is no verb `nonsense`. `salesflow --help` lists them.",
    "smb.salesflow.yaml": "Say what to do with `smb.salesflow.yaml`, for example `salesflow check smb.salesflow.yaml`.",
    "nowhere.yaml": "Say what to do with `nowhere.yaml`, for example `salesflow check nowhere.yaml`.",
    ".": "Say what to do with `.`, for example `salesflow check .`.",
    "--traceback": "Say what to do: `salesflow --help` lists the verbs.",
    "--vresion": "`salesflow` has no option `--vresion`. Did you mean `--version`?",
    "check --formt json": "`salesflow check` has no option `--formt`. Did you mean `--format`?",
    "check -x": "`salesflow check` has no option `-x`. `salesflow check --help` lists them.",
    "check --hlep": "`salesflow check` has no option `--hlep`. Did you mean `--help`?",
    "check --format jsn": (
        "`--format jsn`: there is no `jsn`, but `full`, `concise`, `json`, `github`, `gitlab`, "
        "`sarif`, `junit`, `markdown`. Did you mean `json`?"
    ),
    "check --format": "`--format` needs a value: `--format full`.",
    "check --select": "`--select` needs a value: `--select RULE`.",
    "simulate --seed": "`--seed` needs a value: `--seed INTEGER`.",
    "simulate --seed one": "`--seed one`: that is no whole number.",
    "simulate --for 26": "`--for 26` is no elapsed time. Say the unit: `26min`, `26h` or `26d`.",
    "test --fail-under much": "`--fail-under much`: that is no number.",
    "init smb hello": (
        "One template at a time: `salesflow init smb -o smb`, then `salesflow init hello -o hello`."
    ),
    "init smb our-sales": (
        "`our-sales`: a template comes alone. To write it into a folder: "
        "`salesflow init smb -o our-sales`."
    ),
    "init plg renewal hello -o 'all of them'": (
        "One template at a time: `salesflow init plg -o 'all of them/plg'`, then "
        "`salesflow init renewal -o 'all of them/renewal'`, then "
        "`salesflow init hello -o 'all of them/hello'`."
    ),
    "init smb smb": "One template at a time: `salesflow init smb -o smb`.",
    "init our-sales smb": (
        "There is no template `our-sales`, but `hello`, `smb`, `enterprise`, `plg`, `partner`, "
        "`renewal`. To write one into a folder of that name: `salesflow init hello -o our-sales`."
    ),
    "init --ci gitlub": (
        "`--ci gitlub`: there is no `gitlub`, but `github`, `gitlab`, `pre-commit`. "
        "Did you mean `gitlab`?"
    ),
    "draw": "`salesflow draw` needs PATH, for example `salesflow draw smb.salesflow.yaml`.",
    "check smb": "`smb` cannot be read: there is no such file. Did you mean `smb.salesflow.yaml`?",
    "check smb.yaml": "`smb.yaml` cannot be read: there is no such file. Did you mean `smb.salesflow.yaml`?",
    "check smb.yml": "`smb.yml` cannot be read: there is no such file. Did you mean `smb.salesflow.yaml`?",
    "check SMB.salesflow.yaml": "`SMB.salesflow.yaml` cannot be read: there is no such file. Did you mean `smb.salesflow.yaml`?",
    "show smb.salesflow.yaml --department sale": "`smb` has no department `sale`. Did you mean `sales`?",
    "rule deadend": "There is no rule `deadend`. Did you mean `dead-end`?",
}


@pytest.mark.parametrize("typed", TYPED)
def test_what_was_typed_wrongly_is_one_sentence(
    typed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("smb.salesflow.yaml").write_text(SMB)
    assert run(shlex.split(typed)) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == f"salesflow: {TYPED[typed]}\n"


def test_a_name_with_a_space_that_is_not_in_quotes(capsys: pytest.CaptureFixture[str]) -> None:
    Path("our sales.salesflow.yaml").write_text(SMB)
    assert run(["check", "our", "sales.salesflow.yaml"]) == 2
    assert capsys.readouterr().err == (
        "salesflow: `our` cannot be read: there is no such file. "
        "`our sales.salesflow.yaml` is one name with a space in it: put it in quotes.\n"
    )


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("help", "--help"),
        ("help check", "check --help"),
        ("version", "--version"),
        ("-v", "--version"),
        ("-V", "--version"),
    ],
)
def test_what_many_type_is_understood(
    typed: str, same: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(typed.split()) == 0
    first = capsys.readouterr().out
    assert run(same.split()) == 0
    assert capsys.readouterr().out == first


def test_a_missing_word_of_a_choice_and_without_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["draw"]) == 2
    assert "for example `salesflow draw sales.salesflow.yaml`." in capsys.readouterr().err
    command = click.Command("x", params=[click.Argument(["kind"], type=click.Choice(["a", "b"]))])
    with pytest.raises(click.MissingParameter) as caught:
        command.main([], prog_name="x", standalone_mode=False)
    assert mistakes.told(caught.value) == "`x` needs one of `a`, `b`."


def test_what_click_says_otherwise_is_passed_on() -> None:
    assert mistakes.told(click.UsageError("Something else.")) == "Something else."
    assert mistakes.told(click.BadParameter("Odd.")) == "Odd."
    assert mistakes.told(click.BadOptionUsage("--x", "Option '--x' requires 2 arguments.")) == (
        "Option '--x' requires 2 arguments."
    )
    assert mistakes.told(click.BadOptionUsage("--x", "Option '--x' requires an argument.")) == (
        "`--x` needs a value."
    )


# ---- Alone -------------------------------------------------------------------------------------


def test_alone_it_says_what_to_type_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    told = capsys.readouterr().out
    assert "\nTo begin:\n  salesflow init  " in told
    assert max(map(len, told.splitlines())) <= 100


def test_alone_it_says_what_to_do_with_what_is_here(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a b", "smb", "x", "y", "z"):
        Path(f"{name}.salesflow.yaml").write_text(SMB)
    run([])
    told = capsys.readouterr().out
    assert (
        "In this folder: a b.salesflow.yaml, smb.salesflow.yaml, x.salesflow.yaml and 2 more"
        in told
    )
    commands = [row.split("  ")[1] for row in told.splitlines() if row.startswith("  salesflow")]
    assert len(commands) == 4
    for command in commands[:3]:  # the fourth simulates
        assert run(shlex.split(command)[1:]) == 0, command
    assert Path("a b.html").exists()


# ---- Files -------------------------------------------------------------------------------------


def office(name: str) -> None:
    with zipfile.ZipFile(name, "w") as document:
        document.writestr("word/document.xml", "<w:document/>")


def checked(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    assert run(["check", *arguments]) in (1, 2)
    captured = capsys.readouterr()
    return captured.out + captured.err


FILES: dict[str, tuple[bytes, str, str]] = {
    "nothing": (b"", "The file is empty.", "`salesflow init` writes a process to start from."),
    "a PDF": (
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        "This is no text file, but a PDF.",
        "`salesflow init`",
    ),
    "an old Excel file": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00",
        "This is no text file, but an old document of Word, Excel, PowerPoint or Visio.",
        "plain text",
    ),
    "a diagram": (
        b"<?xml version='1.0'?>\n<definitions/>",
        "This is XML or HTML, not YAML.",
        "`salesflow import FILE.bpmn`",
    ),
    "a file of another tool": (
        b"name: CI\njobs: {}\n",
        "The file does not say what it is",
        "If it is a file of another tool, name only those of salesflow.",
    ),
    "a list": (
        b"- call\n- offer\n",
        "is a list of `key: value` lines",
        "Start with `salesflow: 1`",
    ),
    "tabs": (
        SMB.replace("    by: lead_desk", "\tby: lead_desk", 1).encode(),
        "A tab cannot indent YAML.",
        "Use spaces.",
    ),
    "UTF-16": (SMB.encode("utf-16"), "This file is saved as UTF-16", "Save the file as UTF-8"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_none_says_what_it_is(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    raw, message, hint = FILES[name]
    Path("a.salesflow.yaml").write_bytes(raw)
    told = checked(capsys, ".")
    assert message in told
    assert hint in told


def test_a_word_document_is_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    office("process.docx")
    told = checked(capsys, "process.docx")
    assert "This is no text file, but a document of Word, Excel or PowerPoint" in told
    assert "PK" not in told


def test_windows_files_are_read(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.salesflow.yaml").write_bytes(b"\xef\xbb\xbf" + SMB.replace("\n", "\r\n").encode())
    assert run(["check"]) == 0


def test_a_folder_without_processes_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty").mkdir()
    assert "`salesflow init` writes a process to start from." in checked(capsys, "empty")
    Path("empty/ours.yaml").write_text(SMB)
    hint = "There is `ours.yaml`: name it, or call it `ours.salesflow.yaml`, so that it is found."
    assert hint in checked(capsys, "empty")
    assert run(["draw", "empty"]) == 2
    assert hint in capsys.readouterr().err
