"""Tab: in the real bash, zsh and fish, and what it offers at each place of the command line."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from salesflow.cli import completed, completing
from salesflow.cli.command import group, run
from salesflow.cli.completed import Item
from salesflow.cli.templates import NAMES
from tests.cli.shells import Terminal, program, shim

ROOT = Path(__file__).parents[2]

# Values that nobody can know beforehand.
FREE = {
    "ADDRESS", "KIND", "N", "NAME", "PERCENT", "REV", "SECONDS", "SHARE", "TEXT", "TIME",
    "--comment-name", "--replications", "--seed",
}  # fmt: skip

VERBS = [verb for verb in group.list_commands(click.Context(group)) if verb != "merge-driver"]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "examples/enterprise", tmp_path / "enterprise")
    (tmp_path / "new sales").mkdir()
    shutil.copy(ROOT / "examples/smb/smb.salesflow.yaml", tmp_path / "new sales")
    (tmp_path / "notes.txt").write_text("")
    (tmp_path / "result.json").write_text("{}")
    monkeypatch.chdir(tmp_path)


def offered(
    line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> dict[str, str]:
    """What bash is offered at the end of a line: kind by value."""
    monkeypatch.setenv("_SALESFLOW_TAB", "bash")
    monkeypatch.setenv("_SALESFLOW_LINE", line)
    capsys.readouterr()
    assert run([]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    rows = [row.split("\t") for row in captured.out.splitlines()]
    assert not rows or rows[0][0] == "typed"
    return {value: kind for kind, value, _ in rows[1:]}


# ---- Real shells -------------------------------------------------------------------------------


class Typed(NamedTuple):
    """What is typed, ``\\t`` being Tab, and the words that stand there then.

    Fish is asked what it would offer for one Tab: ``fish`` where that is not the last word.
    """

    line: str
    words: str
    fish: tuple[str, str] | None = None


TYPED = {
    "a verb": Typed("che\t", "check"),
    "an option": Typed("check --write-b\t", "check --write-baseline"),
    "a value of an option": Typed("check --preset cor\t", "check --preset correctness"),
    "a value after =": Typed("check --preset=cor\t", "check --preset=correctness"),
    "a file": Typed("check enterprise/sup\t", "check enterprise/supplier_approval.salesflow.yaml"),
    "a folder with a space, and the file in it": Typed(
        "check new\\ \t/sm\t",
        "check 'new sales/smb.salesflow.yaml'",
        ("check new\\ sales/sm", "new sales/smb.salesflow.yaml"),
    ),
    "a folder in quotes": Typed("check 'new sales/s\t", "check 'new sales/smb.salesflow.yaml'"),
    "a department of the file": Typed(
        "show enterprise --department leg\t", "show enterprise --department legal"
    ),
    "what to set, part by part": Typed(
        "simulate enterprise --set dep\tleg\tr\tc\tpeo\t3",
        "simulate enterprise --set departments.legal.roles.counsel.people=3",
        ("simulate enterprise --set departments.leg", "departments.legal."),
    ),
    "a template": Typed("init par\t", "init partner"),
    "a rule": Typed("rule dead-en\t", "rule dead-end"),
    "nothing": Typed("check nowhere\t", "check nowhere", ("check nowhere", "")),
}


@pytest.fixture(scope="module", params=["bash", "zsh"])
def terminal(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Terminal]:
    home = tmp_path_factory.mktemp("shell")
    shim(home / "bin")
    shell = Terminal(request.param, f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}")
    yield shell
    shell.close()


@pytest.mark.parametrize("case", TYPED)
def test_tab_in_a_real_shell(case: str, terminal: Terminal, tmp_path: Path) -> None:
    typed = TYPED[case]
    terminal.go(tmp_path)
    assert terminal.words(f"salesflow {typed.line}") == shlex.split(typed.words)


@pytest.mark.parametrize("case", TYPED)
def test_tab_in_a_real_fish(case: str, tmp_path: Path) -> None:
    fish = program("fish")
    shim(tmp_path / "bin")
    typed = TYPED[case]
    line, offer = typed.fish or (typed.line.rstrip("\t"), shlex.split(typed.words)[-1])
    path = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"
    script = 'salesflow completion fish | source; complete -C "$argv[1]"'
    done = subprocess.run(
        [fish, "--no-config", "-c", script, f"salesflow {line}"],
        env={**os.environ, "PATH": path, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert done.stderr == ""
    values = [row.split("\t")[0] for row in done.stdout.splitlines()]
    assert values == ([offer] if offer else [])


# ---- What is offered ---------------------------------------------------------------------------

OFFERED: dict[str, dict[str, str]] = {
    "check enterprise/s": {
        "enterprise/second_lawyer.salesflow.yaml": "file",
        "enterprise/supplier_approval.salesflow.yaml": "file",
    },
    "check ": {"enterprise": "folder", "new sales": "folder"},
    "check --baseline ": {"enterprise": "folder", "new sales": "folder", "result.json": "file"},
    "check -o n": {"new sales": "folder", "notes.txt": "file"},
    "import ": {"enterprise": "folder", "new sales": "folder"},
    "init -o n": {"new sales": "folder"},
    "init ": dict.fromkeys(NAMES, "word"),
    "check ~/": {"": "default"},
    "check --select dead-end,dead-s": {"dead-end,dead-step": "word"},
    "check --select str": {"structure": "word"},
    "rule touchpoint-requires-": {
        "touchpoint-requires-less": "word",
        "touchpoint-requires-more": "word",
    },
    "draw enterprise --view ": {"flow": "word", "stages": "word", "departments": "word"},
    "draw enterprise --heat lo": {"load": "word"},
    "draw enterprise --only contracting.legal.d": {"contracting.legal.draft": "word"},
    "draw enterprise --only prop": {"proposal": "word"},
    "show enterprise/enterprise_dach.salesflow.yaml --department=l": {"--department=legal": "word"},
    "simulate 'new sales' --set steps.demo.eff": {"steps.demo.effort=": "part"},
    "simulate 'new sales' --set steps.demo.effort=": {},
    "simulate 'new sales' --set nowhere.x": {},
    "simulate 'new sales' --engine n": {"numba": "word"},
    "improve 'new sales' --only by": {"bypass": "word"},
    "improve enterprise --objective law": {"lawyers": "word"},
    "check --preset c": {"correctness": "word"},
    "show notes.txt --department ": {},
    "show nowhere --department ": {},
    "completion z": {"zsh": "word"},
    "nonsense ": {},
    "merge": {},
    "--vers": {"--version": "word"},
    "--traceback rule dead-en": {"dead-end": "word"},
    "check 'new sales/s": {"new sales/smb.salesflow.yaml": "file"},
    "check nowhere/": {},
}


@pytest.mark.parametrize("line", OFFERED)
def test_what_is_offered(
    line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert offered(f"salesflow {line}", monkeypatch, capsys) == OFFERED[line]


def test_without_a_path_the_processes_of_this_folder_are_meant(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir("enterprise")
    assert "legal" in offered("NO_COLOR=1 salesflow show --department ", monkeypatch, capsys)


def test_every_verb_for_people_is_offered(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert [*offered("salesflow ", monkeypatch, capsys)] == VERBS


def test_nobody_is_asked_who_did_not_press_tab(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The variable, left over in an environment, does not swallow a command."""
    monkeypatch.setenv("_SALESFLOW_TAB", "bash")
    assert run(["check", "enterprise"]) == 0
    assert "All clear" in capsys.readouterr().out


@pytest.mark.parametrize("verb", VERBS)
def test_every_value_can_be_completed_or_is_free(verb: str) -> None:
    """A new option says by its metavar what it takes, or stands in the table."""
    command = group.get_command(click.Context(group), verb)
    assert command is not None
    for parameter in command.params:
        if isinstance(parameter.type, click.Choice) or getattr(parameter, "is_flag", False):
            continue
        free = {parameter.opts[-1], parameter.metavar or ""} & FREE
        assert completing.finder_of(parameter, verb) or free, parameter.opts


def test_a_name_with_a_line_break_is_not_offered(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("new sales/bad\nname").mkdir()
    Path("new sales/.hidden").mkdir()
    assert [*completed.process_files({}, "new sales/bad")] == [
        Item("new sales/bad\nname", "folder")
    ]
    assert offered("salesflow check 'new sales/b", monkeypatch, capsys) == {}


# ---- The verb ----------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_says_where_it_belongs(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert f"salesflow completion {shell}" in "\n".join(script.splitlines()[:6])
    assert script.isascii()


@pytest.mark.parametrize(
    ("arguments", "shell", "said"),
    [
        ([], "/usr/bin/zsh", "Say for which shell: `salesflow completion zsh`."),
        ([], "/bin/tcsh", "Say for which shell: `salesflow completion bash`."),
        (
            ["bsh"],
            "",
            "There is no completion for `bsh`, but for bash, zsh and fish. Did you mean `bash`?",
        ),
        (
            ["powershell"],
            "",
            "There is no completion for `powershell`, but for bash, zsh and fish.",
        ),
    ],
)
def test_another_shell_is_told(
    arguments: list[str],
    shell: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SHELL", shell)
    assert run(["completion", *arguments]) == 2
    assert capsys.readouterr().err == f"salesflow: {said}\n"
