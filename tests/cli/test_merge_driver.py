"""``salesflow merge-driver`` as git calls it: merges, rebases and picks in real repositories."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import salesflow.cli.merge_driver as driver
from salesflow.cli.command import run

ROOT = Path(__file__).parent.parent.parent
NAME = "smb.salesflow.yaml"
BASE = """\
# Small deals.
salesflow: 1
process: smb
sources: {inbound: {start: call}}
steps:
  call: {by: sales, next: {interested: demo, not_a_fit: lost}}   # by phone
  demo: {by: sales, next: {buys: won, passes: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
CALLED = "{by: sales, effort: 1h, next: {interested: demo"
OURS = BASE.replace("{by: sales, next: {interested: demo", CALLED)
THEIRS = BASE.replace("not_a_fit: lost", "later: call, not_a_fit: lost").replace(
    "  demo:", "  # for those who know us\n  pilot: {by: sales, next: won}\n  demo:"
).replace("buys: won", "buys: pilot")  # fmt: skip
BOTH = THEIRS.replace("{by: sales, next: {interested: demo", CALLED)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A repository with the driver set up as docs/merge.md says, and nobody's own settings."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Ann")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "ann@example.com")
    monkeypatch.chdir(tmp_path)


def git(*words: str, code: int = 0) -> str:
    done = subprocess.run(["git", *words], capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def repository(name: str = NAME, *, base: str = BASE) -> Path:
    git("init", "-q", "-b", "main")
    git("config", "merge.salesflow.name", "salesflow by element")
    program = f'"{sys.executable}" -m salesflow merge-driver %O %A %B %P %L'
    git("config", "merge.salesflow.driver", program)
    Path(".gitattributes").write_text("*.salesflow.yaml merge=salesflow\n")
    file = Path(name)
    file.parent.mkdir(parents=True, exist_ok=True)
    committed(file, base)
    return file


def committed(file: Path, text: str) -> None:
    file.write_bytes(text.encode())
    git("add", ".")
    git("commit", "-q", "-m", "a change")


def branched(file: Path, ours: str, theirs: str) -> None:
    """Two branches from here: `theirs`, and `main` which is checked out."""
    git("checkout", "-q", "-b", "theirs")
    committed(file, theirs)
    git("checkout", "-q", "main")
    committed(file, ours)


def test_branches_that_git_alone_cannot_merge() -> None:
    file = repository()
    branched(file, OURS, THEIRS)
    Path(".gitattributes").rename("attributes")
    assert "CONFLICT" in git("merge", "--no-edit", "theirs", code=1)
    git("merge", "--abort")
    Path("attributes").rename(".gitattributes")
    told = git("merge", "--no-edit", "theirs")
    assert file.read_text() == BOTH
    assert (
        "Merged `smb.salesflow.yaml`: 3 changes from theirs: `steps.call.next.later` is new, "
        "`steps.demo.next.buys.to`, `steps.pilot` is new.\n"
    ) in told
    assert git("status", "--porcelain") == ""


def test_rebase_and_cherry_pick() -> None:
    file = repository()
    branched(file, OURS, THEIRS)
    git("checkout", "-q", "-b", "picked")
    git("cherry-pick", "theirs")
    assert file.read_text() == BOTH
    git("checkout", "-q", "theirs")
    git("rebase", "-q", "main")
    assert file.read_text() == BOTH
    git("checkout", "-q", "main")
    git("revert", "--no-edit", "HEAD")
    assert file.read_text() == BASE


def test_a_conflict_is_left_to_people() -> None:
    file = repository("deep/er/smb.salesflow.yaml")
    other = BASE.replace("{by: sales, next: {interested: demo", CALLED.replace("1h", "2h"))
    branched(file, OURS, other)
    told = git("merge", "theirs", code=1)
    assert "CONFLICT (content)" in told
    assert (
        "`deep/er/smb.salesflow.yaml` was not merged:\n"
        "  `steps.call.effort`: both sides added it: ours says `1h`, theirs `2h`.\n"
        "Both versions are marked in the file: choose, run "
        "`salesflow check deep/er/smb.salesflow.yaml`, `git add` it.\n"
    ) in told
    assert git("status", "--porcelain") == f"UU {file}\n"
    text = file.read_text()
    assert "<<<<<<< ours\n" in text
    assert text.count("effort: ") == 2
    git("merge", "--abort")
    git("config", "merge.conflictStyle", "diff3")
    git("merge", "theirs", code=1)
    assert "||||||| base\n" in file.read_text()


def test_sides_that_are_fine_alone() -> None:
    """To git the two lines have nothing to do with each other."""
    spread = BASE.replace("  demo:", "  # ----\n  # ----\n  # ----\n  demo:")
    ours = spread.replace("passes: lost", "passes: call").replace("buys: won, ", "")
    theirs = spread.replace(", not_a_fit: lost", "")
    file = repository(base=spread)
    branched(file, ours, theirs)
    told = git("merge", "theirs", code=1)
    assert (
        "  Both sides are fine alone, but together: A deal that comes to `call` never ends" in told
    )
    assert git("status", "--porcelain") == f"UU {file}\n"
    text = file.read_text()
    assert "<<<<<<< ours\n" in text
    assert ">>>>>>> theirs\n" in text
    assert text.count("not_a_fit: lost") == 1


def test_files_added_on_both_sides() -> None:
    file = repository("other.txt", base="x\n")
    file = Path(NAME)
    branched(file, BASE + "owner: ops\n", BASE.replace("smb\n", "smb\nversion: 1.0.0\n"))
    git("merge", "--no-edit", "theirs")
    assert file.read_text() == BASE.replace("smb\n", "smb\nversion: 1.0.0\n") + "owner: ops\n"


# ------------------------------------------------------------------------------ called by hand


def files(base: str | bytes, ours: str | bytes, theirs: str | bytes) -> list[str]:
    for name, text in zip("OAB", (base, ours, theirs), strict=True):
        Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return ["O", "A", "B"]


def driven(*words: str) -> int:
    return run(["merge-driver", *words])


def test_the_result_is_written_to_ours(capsys: pytest.CaptureFixture[str]) -> None:
    assert driven(*files(BASE, OURS, THEIRS)) == 0
    assert Path("A").read_text() == BOTH
    assert "Merged `A`: 3 changes" in capsys.readouterr().err
    assert sorted(os.listdir()) == ["A", "B", "O"]


def test_modes_and_links_stay() -> None:
    words = files(BASE, OURS, THEIRS)
    Path("A").rename("real")
    Path("A").symlink_to("real")
    Path("real").chmod(0o640)
    assert driven(*words) == 0
    assert Path("A").is_symlink()
    assert Path("real").read_text() == BOTH
    assert Path("real").stat().st_mode & 0o777 == 0o640


def test_marks_are_as_long_as_git_wants_them() -> None:
    assert driven(*files("- a\n", "- b\n", "- c\n"), NAME, "11") == 1
    assert Path("A").read_text().startswith(f"{'<' * 11} ours\n")


def test_what_nobody_changed_is_not_written() -> None:
    words = files(BASE, OURS, BASE)
    before = Path("A").stat()
    assert driven(*words) == 0
    assert Path("A").stat().st_mtime_ns == before.st_mtime_ns
    assert driven(*files(BASE, BASE, THEIRS)) == 0
    assert Path("A").read_text() == THEIRS


def test_files_that_are_no_text_stay(capsys: pytest.CaptureFixture[str]) -> None:
    assert driven(*files(b"\0a", b"\0b", b"\0c")) == 1
    assert Path("A").read_bytes() == b"\0b"
    assert "git checkout --ours A" in capsys.readouterr().err


def test_a_bad_configuration_leaves_the_conflict(capsys: pytest.CaptureFixture[str]) -> None:
    Path("salesflow.toml").write_text("preset = 7\n")
    assert driven(*files(BASE, OURS, THEIRS), NAME) == 1
    assert "<<<<<<< ours" in Path("A").read_text()
    assert "salesflow.toml: preset" in capsys.readouterr().err


def test_a_fault_leaves_the_conflict(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr(driver, "merge", broken)
    assert driven(*files(BASE, OURS, THEIRS), NAME) == 1
    assert "<<<<<<< ours" in Path("A").read_text()
    shown = capsys.readouterr().err
    assert "A fault of salesflow itself: RecursionError: too deep; please report it." in shown
    assert "Traceback" not in shown


def test_files_that_cannot_be_read_or_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = files(BASE, OURS, THEIRS)
    assert driven("nothing", "A", "B") == 2
    assert "`nothing` cannot be read: no such file" in capsys.readouterr().err
    assert driven("O\0", "A", "B") == 2
    assert driven("O", "A") == 2

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert driven(*words) == 2
    assert "cannot be written: No space left on device." in capsys.readouterr().err
    assert Path("A").read_text() == OURS
    assert sorted(os.listdir()) == ["A", "B", "O"]


def test_names_that_look_like_options_or_commands(capsys: pytest.CaptureFixture[str]) -> None:
    words = files("- a\n", "- b\n", "- c\n")
    assert driven(*words, "-x.salesflow.yaml") == 1
    assert driven(*files("- a\n", "- b\n", "- c\n"), "::error::\x1b[2J\n::x") == 1
    rows = capsys.readouterr().err.splitlines()
    assert not any(row.startswith("::") or "\x1b" in row for row in rows)


# ---------------------------------------------------------------------------------- the page


def test_the_page_sets_up_a_repository_that_merges_as_it_shows() -> None:
    page = (ROOT / "docs/merge.md").read_text(encoding="utf-8")
    attributes, commands = (
        re.findall(rf"^```{language}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)[0]
        for language in ("text", "sh")
    )
    versions = re.findall(r"^```yaml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    git("init", "-q", "-b", "main")
    Path(".gitattributes").write_text(attributes)
    for command in commands.splitlines():
        program, *words = shlex.split(command)
        assert program == "git"
        git(
            *(
                word.replace("salesflow merge", f'"{sys.executable}" -m salesflow merge')
                for word in words
            )
        )
    file = Path(NAME)
    committed(file, versions[0])
    branched(file, versions[1], versions[2])
    git("merge", "--no-edit", "theirs")
    assert file.read_text() == versions[3]
