"""What git is told beyond its arguments, seen from git's side; and git that waits inside a push."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from salesflow.source.git import ask
from salesflow.source.history import History, repository_of
from salesflow.source.tracked import kept_files
from tests.source.git_made import Made, made

NAMES = ("salesflow.toml", "link.toml", "flows", "gone.toml")
TEXT = "salesflow: 1\nprocess: smb\n"
OF_THE_MACHINE = (
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_SYSTEM",
    "GIT_CEILING_DIRECTORIES",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM",  # a checkout that is mounted into a container
)
OF_A_PUSH = ("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_QUARANTINE_PATH")
OF_A_REPOSITORY = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_NAMESPACE", "GIT_PREFIX")


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    return made(tmp_path / "repo", monkeypatch)


@pytest.fixture
def heard(repo: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the git that is found first writes what it was told, before it does its work."""
    real, told = shutil.which("git"), tmp_path / "told"
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nenv > "{told}"\nexec "{real}" "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    return told


def told_to_git(folder: Path, heard: Path) -> dict[str, str]:
    assert ask(str(folder), "version").code == 0
    rows = (row.partition("=") for row in heard.read_text().splitlines())
    return {name: value for name, _, value in rows}


def test_git_hears_what_the_machine_says_and_not_what_a_repository_says(
    repo: Made, heard: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (*OF_THE_MACHINE, *OF_A_PUSH, *OF_A_REPOSITORY):
        monkeypatch.setenv(name, f"said-by-{name}")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "safe.directory")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "*")
    told = told_to_git(repo.folder, heard)
    for name in (*OF_THE_MACHINE, *OF_A_PUSH):
        assert told.get(name) == f"said-by-{name}", name
    assert (told["GIT_CONFIG_KEY_0"], told["GIT_CONFIG_VALUE_0"]) == ("safe.directory", "*")
    assert not told.keys() & set(OF_A_REPOSITORY)


def test_git_is_asked_to_lock_fetch_and_prompt_for_nothing(
    repo: Made, heard: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_OPTIONAL_LOCKS", "1")  # an editor works in the same folder
    monkeypatch.setenv("GIT_TERMINAL_PROMPT", "1")
    monkeypatch.setenv("LANGUAGE", "de")
    told = told_to_git(repo.folder, heard)
    assert told["GIT_OPTIONAL_LOCKS"] == told["GIT_TERMINAL_PROMPT"] == "0"
    assert told["GIT_NO_LAZY_FETCH"] == "1"
    assert told["GIT_ALLOW_PROTOCOL"] == "none"
    assert (told["LC_ALL"], told["LANGUAGE"]) == ("C", "")


HOOK = """#!{python}
import sys
from salesflow.source.history import History, repository_of
old, new, name = sys.stdin.read().split()
with History(repository_of(".")) as opened:
    files = opened.revision(new)
    [path] = files.find_files(".")
    with open({seen!r}, "w") as stream:
        stream.write(files.read(path).text)
sys.exit("lost" in files.read(path).text)
"""


def test_what_is_being_pushed_can_be_read_before_it_is_taken(repo: Made, tmp_path: Path) -> None:
    """In a `pre-receive` hook the new objects wait outside of the repository."""
    bare = repo.clone(tmp_path / "bare.git", "--bare")
    hook, seen = bare.folder / "hooks" / "pre-receive", tmp_path / "seen"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(HOOK.format(python=sys.executable, seen=str(seen)))
    hook.chmod(0o755)
    taken = repo.commit(a=TEXT)
    repo.git("push", "--quiet", str(bare.folder), "main")
    assert (seen.read_text(), bare.git("rev-parse", "main")) == (TEXT, taken)
    repo.commit(a=TEXT + "# lost\n")
    with pytest.raises(AssertionError, match="pre-receive hook declined"):
        repo.git("push", "--quiet", str(bare.folder), "main")
    assert seen.read_text().endswith("# lost\n")
    assert bare.git("rev-parse", "main") == taken


def test_what_is_tracked_counts_where_a_folder_is_searched(repo: Made) -> None:
    names = (
        "b",
        "a",
        "flows__deep__c",
        ".hidden__d",
        "flows__node_modules__e",
        "flows__.f",
        "gone",
    )
    repo.commit(**dict.fromkeys(names, TEXT))
    repo.write("draft.salesflow.yaml", TEXT)
    repo.write("notes.yaml", TEXT)
    (repo.folder / "gone.salesflow.yaml").unlink()
    expected = ("a.salesflow.yaml", "b.salesflow.yaml", "flows/deep/c.salesflow.yaml")
    assert kept_files("a.salesflow.yaml") == kept_files("flows/deep/c.salesflow.yaml") == expected
    assert kept_files("nowhere/x.salesflow.yaml") == ()


def test_what_a_plain_file_of_a_revision_holds(repo: Made) -> None:
    repo.write("salesflow.toml", "select = []\n")
    (repo.folder / "link.toml").symlink_to("salesflow.toml")
    repo.commit(flows__a=TEXT)
    repo.write("salesflow.toml", "later\n")
    with History(repository_of(".")) as opened:
        files = opened.revision("HEAD")
        told = {name: files.content(str(repo.folder / name), 12) for name in NAMES}
        assert told == {"salesflow.toml": b"select = []\n", **dict.fromkeys(NAMES[1:])}
        assert files.content(str(repo.folder / "salesflow.toml"), 11) is None
