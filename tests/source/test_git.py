"""What git is told beyond its arguments, seen from git's side; and git that waits inside a push."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from salesflow.errors import UsageError
from salesflow.source.git import ask, program
from salesflow.source.history import History, repository_of
from salesflow.source.tracked import kept_files, kept_in
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


@pytest.mark.parametrize(
    "name",
    [
        *OF_THE_MACHINE,
        *OF_A_PUSH,
        "GIT_CONFIG_NOSYSTEM",
        "GIT_CONFIG_PARAMETERS",
        "GIT_CONFIG_COUNT",
        "GIT_CONFIG_KEY_7",
        "GIT_CONFIG_VALUE_7",
        "HOME",
        "XDG_CONFIG_HOME",
        "SSH_AUTH_SOCK",
    ],
)
def test_each_thing_that_the_machine_says_is_heard(
    repo: Made, heard: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    value = {"GIT_CONFIG_PARAMETERS": "'user.name=Ann'", "GIT_CONFIG_COUNT": "0"}.get(name, "1")
    monkeypatch.setenv(name, value)
    assert told_to_git(repo.folder, heard)[name] == value


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (("config", "core.fsmonitor"), "false"),
        (("config", "core.hooksPath"), os.devnull),
        (("rev-parse", "--git-path", "hooks"), os.devnull),
        (("var", "GIT_PAGER"), "cat"),
    ],
)
def test_what_a_repository_configures_is_put_aside(
    repo: Made, question: tuple[str, ...], answer: str
) -> None:
    for key in ("core.fsmonitor", "core.hooksPath", "core.pager"):
        repo.git("config", key, "harm")
    assert ask(str(repo.folder), *question).lines == [answer]


def test_git_waits_for_nobody_to_type(repo: Made) -> None:
    assert ask(str(repo.folder), "hash-object", "--stdin").lines == [
        "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"  # of an empty file
    ]


def test_an_answer_is_its_code_its_bytes_and_its_words(repo: Made) -> None:
    fine = ask(str(repo.folder), "rev-parse", "--is-bare-repository", "--is-inside-work-tree")
    assert (fine.code, fine.out, fine.err, fine.lines) == (
        0,
        b"false\ntrue\n",
        "",
        ["false", "true"],
    )
    wrong = ask(str(repo.folder), "rev-parse", "--verify", "x")
    assert (wrong.code, wrong.out) == (128, b"")
    assert wrong.err == "fatal: Needed a single revision\n"


def test_the_first_git_on_an_absolute_path_is_taken(
    repo: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("relative", "folder", "no-program", "first", "second"):
        (tmp_path / name).mkdir()
    for name in ("relative", "first", "second"):
        (tmp_path / name / "git").write_text("#!/bin/sh\n")
        (tmp_path / name / "git").chmod(0o755)
    (tmp_path / "folder" / "git").mkdir()
    (tmp_path / "no-program" / "git").write_text("text\n")
    monkeypatch.chdir(tmp_path)
    absolute = [
        str(tmp_path / name) for name in ("none", "folder", "no-program", "first", "second")
    ]
    monkeypatch.setenv("PATH", os.pathsep.join(["relative", "", *absolute]))
    assert program() == str(tmp_path / "first" / "git")
    monkeypatch.setenv("PATH", os.pathsep.join(["relative", *absolute[:3]]))
    with pytest.raises(UsageError) as problem:
        program()
    assert str(problem.value) == (
        "git is not installed, or not on the PATH: revisions are read through it."
    )


# --------------------------------------------------------------- which files are kept


def flows(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / f"{name}.salesflow.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(TEXT)


def test_without_a_repository_the_files_of_the_project_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    flows(tmp_path / "shop", "b", "a", "deep/c", ".d", ".git-of-old/e", "venv/f")
    (tmp_path / "shop" / "salesflow.toml").touch()
    flows(tmp_path, "beside")
    monkeypatch.chdir(tmp_path)
    expected = tuple(f"shop/{name}.salesflow.yaml" for name in ("a", "b", "deep/c"))
    assert kept_files("shop/a.salesflow.yaml") == expected
    assert kept_files("shop/deep/c.salesflow.yaml", "shop/new.salesflow.yaml") == expected
    monkeypatch.setenv("PATH", "")
    assert kept_files("shop/a.salesflow.yaml") == expected


def test_several_projects_without_a_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    for name in ("one", "two"):
        flows(tmp_path / name, "a")
        (tmp_path / name / "salesflow.toml").touch()
    monkeypatch.chdir(tmp_path)
    assert kept_files("two/a.salesflow.yaml", "gone/x", "one/a.salesflow.yaml") == (
        "two/a.salesflow.yaml",
        "one/a.salesflow.yaml",
    )


def test_a_bare_repository_keeps_what_lies_beside(repo: Made, tmp_path: Path) -> None:
    bare = repo.clone(tmp_path / "bare.git", "--bare")
    flows(bare.folder, "x")
    assert kept_files(str(bare.folder / "x.salesflow.yaml")) == ("../bare.git/x.salesflow.yaml",)


def test_a_repository_that_cannot_be_listed_keeps_what_lies_there(repo: Made) -> None:
    repo.commit(a=TEXT)
    flows(repo.folder, "draft")
    assert kept_files("a.salesflow.yaml") == ("a.salesflow.yaml",)
    (repo.folder / ".git" / "index").write_bytes(b"DIRC")
    assert kept_files("a.salesflow.yaml") == ("a.salesflow.yaml", "draft.salesflow.yaml")


def test_each_repository_is_listed(
    repo: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit(a=TEXT)
    other = made(tmp_path / "other", monkeypatch)
    other.commit(b=TEXT)
    monkeypatch.chdir(repo.folder)
    paths = ("a.salesflow.yaml", str(other.folder / "b.salesflow.yaml"))
    assert kept_files(*paths) == ("a.salesflow.yaml", "../other/b.salesflow.yaml")
    assert kept_files(*reversed(paths)) == ("../other/b.salesflow.yaml", "a.salesflow.yaml")
    assert kept_files(paths[0], paths[0]) == ("a.salesflow.yaml",)
    assert kept_files() == ()


def test_a_conflict_names_a_file_once(repo: Made) -> None:
    """In the middle of a merge the index has it up to three times."""
    repo.commit(a="1\n")
    repo.git("switch", "--quiet", "--create", "topic")
    repo.commit(a="2\n")
    repo.git("switch", "--quiet", "main")
    repo.commit(a="3\n")
    with pytest.raises(AssertionError, match="merge"):
        repo.git("merge", "topic")
    assert kept_files("a.salesflow.yaml") == ("a.salesflow.yaml",)


def test_a_folder_stands_for_what_is_kept_in_it(repo: Made) -> None:
    repo.commit(b=TEXT, flows__a=TEXT, flows__deep__c=TEXT, flows2__d=TEXT, flows__venv__e=TEXT)
    flows(repo.folder, "flows/draft")
    (repo.folder / "link").symlink_to("flows")
    (repo.folder / "empty").mkdir()
    inside = ("flows/a.salesflow.yaml", "flows/deep/c.salesflow.yaml")
    for asked, found in (
        (("flows",), inside),
        (("flows/",), inside),
        ((str(repo.folder / "flows"),), inside),
        (("link",), inside),
        (("flows/deep",), inside[1:]),
        (("flows2", "flows"), ("flows2/d.salesflow.yaml", *inside)),
        (("flows", "flows/deep", "flows"), inside),
        (("flows/draft.salesflow.yaml", "flows"), ("flows/draft.salesflow.yaml", *inside)),
        (("gone.yaml", "b.salesflow.yaml", "gone.yaml"), ("gone.yaml", "b.salesflow.yaml")),
        (("empty", "flows/deep"), inside[1:]),
        ((".",), ("b.salesflow.yaml", *inside, "flows2/d.salesflow.yaml")),
        ((), ()),
    ):
        assert kept_in(asked) == found, asked
