"""Why git gave nothing, said whole; and repositories that are broken in ways that do happen."""

import os
import shutil
from pathlib import Path

import pytest

from salesflow.errors import UsageError
from salesflow.source.git import Answer, ask
from salesflow.source.history import History, Tracked, repository_of
from salesflow.source.objects import Object, Objects
from salesflow.source.refusals import first_line
from tests.source.git_made import Made, made

TEXT = "salesflow: 1\nprocess: smb\n"
MORE = (
    "in GitHub Actions set `fetch-depth: 0` for actions/checkout, in GitLab CI the variable "
    '`GIT_DEPTH: "0"`.'
)
FILTERED = (
    "it was made with `--filter`, and salesflow fetches nothing. Fetch all with `git fetch "
    "--refetch --no-filter`, or clone without a filter."
)
DAMAGED = "the repository is damaged. `git fsck` says more; a fresh clone helps."


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    return made(tmp_path / "repo", monkeypatch)


def refused(folder: Path, name: str) -> str:
    with History(repository_of(str(folder))) as opened, pytest.raises(UsageError) as problem:
        opened.revision(name)
    return str(problem.value)


def no_base(folder: Path, name: str) -> str:
    with History(repository_of(str(folder))) as opened, pytest.raises(UsageError) as problem:
        opened.base(name)
    return str(problem.value)


def test_a_repository_that_git_cannot_read(repo: Made) -> None:
    (repo.folder / ".git" / "config").write_text("[core\n")
    with pytest.raises(UsageError) as problem:
        repository_of("a.yaml")
    assert str(problem.value).startswith(
        "git cannot read the repository of `a.yaml`: bad config line 1 in file"
    )


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("fatal: no\nmore\n", "no"),
        ("\nerror: fatal: no\n", "fatal: no"),
        ("warning: fatal: no", "warning: fatal: no"),
        (" \n", "it does not say why"),
        ("", "it does not say why"),
    ],
)
def test_the_first_line_of_what_git_says(said: str, first: str) -> None:
    assert first_line(Answer(128, b"", said)) == first


def test_what_is_in_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError) as problem:
        repository_of("a.yaml")
    assert str(problem.value) == (
        "`a.yaml` lies in no git repository, so it has no earlier versions. Give the old one as a "
        "file of its own."
    )


def test_inside_of_git_it_is_said_what_to_name(repo: Made) -> None:
    with pytest.raises(UsageError) as problem:
        repository_of(".git/hooks")
    assert str(problem.value) == (
        "`.git/hooks` lies in a `.git` folder: name a path of the work tree."
    )


def test_names_that_stand_for_something_else_than_a_commit(repo: Made) -> None:
    repo.commit(flows__a=TEXT)
    repo.git("tag", "words", repo.git("rev-parse", "HEAD:flows/a.salesflow.yaml"))
    for name in ("words", "HEAD:flows/a.salesflow.yaml"):
        expected = f"`{name}` is a file, not a revision: write `REV:path`."
        assert refused(repo.folder, name) == no_base(repo.folder, name) == expected
    tree = repo.git("rev-parse", "HEAD:flows")
    for name in ("HEAD:flows", tree):
        assert no_base(repo.folder, name) == f"`{name}` is no commit, so no branch has left it."
    assert refused(repo.folder, "HEAD:flows") == (
        "`HEAD:flows` is a folder, not a revision: write `REV:path`."
    )
    with History(repository_of(".")) as opened:
        assert opened.revision(tree).names(str(repo.folder)) == ["a.salesflow.yaml"]


def test_a_branch_that_points_to_nothing(repo: Made) -> None:
    """As after a crash, or where a backup has lost some files."""
    first, second = repo.commit(a="1\n"), repo.commit(a="2\n")
    repo.git("branch", "lost", first)
    repo.object_file(first).unlink()
    assert refused(repo.folder, "lost") == (
        f"Not all of `lost` is in this clone (object {first[:12]} is missing): {DAMAGED}"
    )
    assert refused(repo.folder, first) == (
        f"There is no commit `{first[:12]}` here. If another clone has it: `git fetch`."
    )
    repo.git("cat-file", "-e", second)
    assert no_base(repo.folder, "HEAD~1").startswith("Not all of `HEAD~1` is in this clone")


def test_a_history_with_a_hole_has_no_base(repo: Made) -> None:
    began = repo.commit(a="1\n")
    middle = repo.commit(a="2\n")
    repo.git("switch", "--quiet", "--create", "topic", began)
    repo.commit(b="3\n")
    repo.git("switch", "--quiet", "main")
    repo.commit(a="4\n")
    repo.object_file(middle).unlink()
    assert no_base(repo.folder, "topic").startswith("git finds no base of `topic`: ")
    assert middle in no_base(repo.folder, "topic")


def test_of_several_bases_one_is_taken_whatever_git_tells_first(
    repo: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two branches that were merged into each other crosswise have two."""
    for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):  # of them the ids and their order
        monkeypatch.setenv(name, "2026-01-02T12:00:00Z")
    repo.commit(root="1\n")
    repo.git("switch", "--quiet", "--create", "topic")
    ours = repo.commit(b=TEXT)
    repo.git("switch", "--quiet", "main")
    theirs = repo.commit(a=TEXT)
    repo.git("merge", "--quiet", "-m", "x", ours)
    repo.git("switch", "--quiet", "topic")
    repo.git("merge", "--quiet", "-m", "x", theirs)
    told = repo.git("merge-base", "--all", "main", "HEAD").split()
    assert len(told) == 2
    with History(repository_of(".")) as opened:
        assert opened.base("main").name == min(told)[:12]


def test_a_commit_whose_tree_is_lost(repo: Made) -> None:
    repo.commit(a=TEXT)
    tree = repo.git("rev-parse", "HEAD^{tree}")
    repo.object_file("HEAD^{tree}").unlink()
    assert refused(repo.folder, "HEAD") == (
        f"Not all of `HEAD` is in this clone (object {tree[:12]} is missing): {DAMAGED}"
    )


def test_a_base_whose_tree_is_lost(repo: Made) -> None:
    repo.commit(a="1\n")
    tree = repo.git("rev-parse", "HEAD^{tree}")
    repo.git("switch", "--quiet", "--create", "topic")
    repo.commit(a="2\n")
    repo.object_file("main^{tree}").unlink()
    assert no_base(repo.folder, "main") == (
        f"Not all of `main` is in this clone (object {tree[:12]} is missing): {DAMAGED}"
    )


def test_a_shallow_clone_is_told_whole(repo: Made, tmp_path: Path) -> None:
    first = repo.commit(a="1\n")
    repo.git("branch", "old")
    repo.commit(a="2\n")
    clone = repo.clone(tmp_path / "clone", "--depth", "1")
    only = "which is shallow: it has only the latest commits. Fetch the others with `git fetch "
    assert refused(clone.folder, "v1") == (
        f"`v1` is unknown in this clone, {only}--unshallow`; {MORE}"
    )
    assert refused(clone.folder, "no/v1") == (
        f"`no/v1` is unknown in this clone, {only}--unshallow`; {MORE}"
    )
    assert refused(clone.folder, "origin/old") == (
        f"`origin/old` is unknown in this clone, {only}--unshallow origin "
        f"+refs/heads/old:refs/remotes/origin/old`; {MORE}"
    )
    assert (
        refused(clone.folder, first)
        == f"`{first}` is not in this clone, {only}--unshallow`; {MORE}"
    )
    clone.git("switch", "--quiet", "--orphan", "apart")
    clone.commit(a="3\n")
    assert no_base(clone.folder, "main") == (
        "This clone is shallow and does not reach back to where this branch left `main`. Fetch "
        f"more with `git fetch --unshallow`; {MORE}"
    )


def test_no_commit_in_common_is_told_whole(repo: Made) -> None:
    repo.commit(a="1\n")
    repo.git("switch", "--quiet", "--orphan", "other")
    repo.commit(a="2\n")
    assert no_base(repo.folder, "main") == (
        "`main` and this branch have no commit in common. To compare all the same, name the files: "
        "`salesflow diff main:FILE FILE`."
    )


def test_what_is_unknown_in_a_whole_clone(repo: Made, tmp_path: Path) -> None:
    repo.commit(a=TEXT)
    clone = repo.clone(tmp_path / "clone")
    assert refused(clone.folder, "origin/later/x") == (
        "The branch `origin/later/x` is unknown here. If `origin` has it: `git fetch origin "
        "+refs/heads/later/x:refs/remotes/origin/later/x`."
    )
    for name in ("origin", "later/x"):  # the one is a remote's main branch, the other none
        if name != "origin":
            assert refused(clone.folder, name) == (
                f"There is no revision `{name}` here. `git log --oneline` lists commits."
            )
    assert refused(clone.folder, "maim") == "There is no revision `maim` here. Did you mean `main`?"
    assert refused(clone.folder, "1" * 12).startswith(f"There is no revision `{'1' * 12}` here.")
    for digits in (40, 64):
        message = f"There is no commit `{'1' * 12}` here. If another clone has it: `git fetch`."
        if digits == 40:
            assert refused(clone.folder, "1" * digits) == message


def test_a_time_of_which_nothing_is_remembered(repo: Made) -> None:
    repo.commit(a="1\n")
    assert refused(repo.folder, "main@{5.years.ago}") == (
        "`main@{5.years.ago}` is longer ago than this clone remembers: name a commit or a tag."
    )


def test_a_partial_clone_is_told_whole(repo: Made, tmp_path: Path) -> None:
    repo.commit(a="1\n")
    blob = repo.git("rev-parse", "HEAD:a.salesflow.yaml")
    repo.commit(a="2\n")
    repo.git("config", "uploadpack.allowFilter", "true")
    clone = repo.clone(tmp_path / "clone", "--filter=blob:none")
    with History(repository_of(str(clone.folder))) as opened:
        files = opened.revision("HEAD~1")
        with pytest.raises(UsageError) as problem:
            files.read(str(clone.folder / "a.salesflow.yaml"))
    assert str(problem.value) in (
        f"Not all of `HEAD~1` is in this clone (object {blob[:12]} is missing): {FILTERED}",
        f"Not all that is wanted is in this clone: {FILTERED}",  # of a git that gives up
    )


def test_a_branch_that_points_out_of_a_partial_clone(repo: Made, tmp_path: Path) -> None:
    repo.commit(a="1\n")
    repo.git("config", "uploadpack.allowFilter", "true")
    clone = repo.clone(tmp_path / "clone", "--filter=blob:none")
    clone.write(".git/refs/heads/lost", f"{'1' * 40}\n")
    assert refused(clone.folder, "lost") == (
        f"Not all of `lost` is in this clone (object {'1' * 12} is missing): {FILTERED}"
    )


def test_git_cannot_list_a_folder_outside_of_the_work_tree(repo: Made) -> None:
    repo.commit(a=TEXT)
    with History(repository_of(".")) as opened, pytest.raises(UsageError) as problem:
        opened.tracked(str(repo.folder / ".git"))
    assert str(problem.value) == (
        f"git cannot list `{repo.folder / '.git'}`: this operation must be run in a work tree"
    )


def test_git_cannot_list_with_a_broken_index(repo: Made) -> None:
    repo.commit(a=TEXT)
    (repo.folder / ".git" / "index").write_bytes(b"DIRC")
    with History(repository_of(".")) as opened, pytest.raises(UsageError, match="git cannot list"):
        opened.tracked(str(repo.folder))


def test_files_that_a_sparse_checkout_leaves_out_are_known(repo: Made) -> None:
    repo.commit(here__a=TEXT, gone__b=TEXT * 2)
    ids = {name: repo.git("rev-parse", f"HEAD:{name}") for name in repo.git("ls-files").split()}
    repo.git("sparse-checkout", "set", "here")
    repo.write("here/new.salesflow.yaml", TEXT)
    repo.write("here/a.salesflow.yaml", TEXT * 3)  # changed, and not added yet
    with History(repository_of(".")) as opened:
        found = opened.tracked(str(repo.folder))
    assert {os.path.relpath(path): kept for path, kept in found.items()} == {
        "here/new.salesflow.yaml": Tracked("", absent=False),
        "here/a.salesflow.yaml": Tracked(ids["here/a.salesflow.yaml"], absent=False),
        "gone/b.salesflow.yaml": Tracked(ids["gone/b.salesflow.yaml"], absent=True),
    }


def test_what_git_says_need_not_be_utf8(repo: Made) -> None:
    answer = ask(str(repo.folder), "rev-parse", "--verify", "\udcff^{x")
    assert answer.code != 0
    assert answer.err
    repo.write("\udcff", "x") if os.name == "nt" else os.close(
        os.open(os.fsencode(repo.folder) + b"/\xff", os.O_CREAT)
    )
    assert ask(str(repo.folder), "ls-files", "-z", "--others").lines == ["\udcff\0"]


def test_objects_one_by_one(repo: Made) -> None:
    repo.commit(a="12345")
    blob = repo.git("rev-parse", "HEAD:a.salesflow.yaml")
    with Objects(str(repo.folder)) as objects:
        whole = Object(blob, "blob", b"12345")
        assert objects.get(blob) == objects.get("HEAD:a.salesflow.yaml") == whole
        assert objects.get(blob, most=5) == whole
        assert objects.get(blob, most=4) == Object(blob, "blob", None)
        assert objects.get("HEAD:b c d") is None
        assert objects.get("0" * 40) is None
        assert objects.get("HEAD").kind == "commit"  # type: ignore[union-attr]
        assert objects.get(blob) == whole  # still in step


def test_a_large_object_is_passed_over_in_pieces(repo: Made) -> None:
    size = 5 << 20
    repo.commit(a="x" * size, b="y")
    with Objects(str(repo.folder)) as objects:
        assert objects.get("HEAD:a.salesflow.yaml", most=size - 1).content is None  # type: ignore[union-attr]
        assert objects.get("HEAD:b.salesflow.yaml").content == b"y"  # type: ignore[union-attr]
        assert len(objects.get("HEAD:a.salesflow.yaml", most=size).content) == size  # type: ignore[union-attr, arg-type]


def test_objects_read_ahead_are_there_once_and_in_step(repo: Made) -> None:
    repo.commit(**{f"f{number}": f"{number}\n" for number in range(150)})
    ids = [repo.git("rev-parse", f"HEAD:f{number}.salesflow.yaml") for number in range(0, 150, 7)]
    every = repo.git("ls-tree", "--format=%(objectname)", "HEAD").split()
    with Objects(str(repo.folder)) as objects:
        objects.ahead([*every, *every, "0" * 40], most=3)
        objects.ahead(every)
        assert objects.get("0" * 40) is None
        assert [objects.get(each).content for each in ids] == [  # type: ignore[union-attr]
            f"{number}\n".encode() if number < 100 else None for number in range(0, 150, 7)
        ]
        assert objects.get(ids[-1]).content == b"147\n"  # type: ignore[union-attr]


def test_what_was_read_ahead_needs_no_git_any_more(repo: Made) -> None:
    repo.commit(a="1\n", b="2\n")
    first, second = (repo.git("rev-parse", f"HEAD:{name}.salesflow.yaml") for name in "ab")
    with Objects(str(repo.folder)) as objects:
        objects.ahead([first])
        shutil.rmtree(repo.folder / ".git" / "objects")
        assert objects.get(first) == Object(first, "blob", b"1\n")
        assert objects.get(second) is None


@pytest.mark.parametrize(
    "said",
    ["", "junk\n", "{id} blob\n", "{id} blob x\n", "{id} blob 5\n123", "{id} blob 2\n123"],
)
def test_a_git_that_answers_nonsense_or_stops_midway(
    repo: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    """A wrapper around git that prints what it should not, or is killed."""
    real = shutil.which("git")
    answer = tmp_path / "answer"
    answer.write_text(said.format(id="1" * 40))
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\ncase "$*" in *cat-file*) read line; cat "{answer}"; exit;; esac\n'
        f'exec "{real}" "$@"\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    with Objects(str(repo.folder)) as objects, pytest.raises(UsageError) as problem:
        objects.get("1" * 40, most=4)
    assert str(problem.value) == (
        f"git stopped while reading `{repo.folder}`: `git fsck` there says what is damaged."
    )
    assert objects._process is None


def test_a_git_that_is_gone_before_it_is_asked(
    repo: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit(a=TEXT)
    with Objects(str(repo.folder)) as objects:
        assert objects.get("HEAD") is not None
        objects._process.kill()
        objects._process.wait()
        with pytest.raises(UsageError, match="git stopped while reading"):
            objects.ahead([f"{number:040}" for number in range(100_000)])
        assert objects.get("HEAD") is not None  # another one is started
