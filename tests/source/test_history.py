"""Files of git revisions, in real repositories: read, or refused with what to do."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from salesflow.errors import UsageError
from salesflow.source import objects, revision
from salesflow.source.history import History, Repository, repository_of
from salesflow.source.limits import DEFAULT_LIMITS
from salesflow.source.revision import Revision, entries
from tests.source.git_made import Made, made

TEXT = "salesflow: 1\nprocess: smb\n"


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    return made(tmp_path / "repo", monkeypatch)


def history(folder: Path) -> History:
    return History(repository_of(str(folder)))


def refused(folder: Path, name: str) -> str:
    with history(folder) as opened, pytest.raises(UsageError) as problem:
        opened.revision(name)
    return str(problem.value)


def names(opened: Revision, folder: Path) -> list[str]:
    return [os.path.relpath(path, opened.top) for path in opened.find_files(str(folder))]


def read_all(folder: Path) -> list[str]:
    with history(folder) as opened:
        files = opened.revision("HEAD")
        return [files.read(path).text for path in files.find_files(str(folder))]


# ---------------------------------------------------------------------------- finding it


def test_the_repository_is_found_from_paths_that_need_not_be_there(repo: Made) -> None:
    repo.commit(flows__a=TEXT)
    top = Repository(str(repo.folder), bare=False)
    assert repository_of(".") == top
    assert repository_of("flows/a.salesflow.yaml") == top
    assert repository_of("gone/long/since.yaml") == top


def test_a_path_outside_of_any_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(
        UsageError, match=r"lies in no git repository.*Give the old one as a file of its own"
    ):
        repository_of(str(tmp_path))


def test_a_bare_repository_has_revisions(repo: Made, tmp_path: Path) -> None:
    repo.commit(a=TEXT)
    bare = repo.clone(tmp_path / "bare.git", "--bare")
    found = repository_of(str(bare.folder))
    assert found == Repository(str(bare.folder), bare=True)
    with History(found) as opened:
        files = opened.revision("main")
        assert names(files, bare.folder) == ["a.salesflow.yaml"]


def test_inside_of_git_there_is_no_work_tree(repo: Made) -> None:
    with pytest.raises(UsageError, match=r"lies in a `\.git` folder"):
        repository_of(".git")


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root gives away")
def test_a_repository_of_somebody_else_is_refused_with_what_to_do(repo: Made) -> None:
    os.chown(repo.folder, 12345, 12345)
    os.chown(repo.folder / ".git", 12345, 12345)
    with pytest.raises(UsageError, match=r"git config --global --add safe.directory") as problem:
        repository_of(".")
    assert f"'{repo.folder}'" in str(problem.value)


def test_without_git_it_is_said(repo: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="git is not installed"):
        repository_of(".")


def test_git_is_never_taken_from_the_working_folder(
    repo: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.write("git", "#!/bin/sh\ntouch harm\n").chmod(0o755)
    monkeypatch.setenv("PATH", ".")
    with pytest.raises(UsageError, match="git is not installed"):
        repository_of(".")
    assert not Path("harm").exists()


# ---------------------------------------------------------------------------- revisions


def test_files_are_read_as_they_were(repo: Made) -> None:
    repo.commit(a="first\n", flows__b=TEXT)
    repo.commit(a="second\n")
    repo.write("a.salesflow.yaml", "third\n")
    with history(repo.folder) as opened:
        for name, text in [("HEAD", "second\n"), ("HEAD~1", "first\n"), ("main", "second\n")]:
            files = opened.revision(name)
            reading = files.read(str(repo.folder / "a.salesflow.yaml"))
            assert (reading.text, reading.file) == (text, f"{name}:a.salesflow.yaml")
        assert names(files, repo.folder) == ["a.salesflow.yaml", "flows/b.salesflow.yaml"]
        assert names(files, repo.folder / "flows") == ["flows/b.salesflow.yaml"]
        assert names(files, repo.folder / "nowhere") == []


def test_all_is_read_through_one_process(repo: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit(**{f"f{number}__a": f"{number}\n" for number in range(50)})
    started: list[list[str]] = []
    real = subprocess.Popen

    class Counted(real):  # type: ignore[valid-type, misc]
        def __init__(self, arguments: list[str], *rest: object, **options: object) -> None:
            started.append(arguments)
            super().__init__(arguments, *rest, **options)

    monkeypatch.setattr(subprocess, "Popen", Counted)
    with history(repo.folder) as opened:
        files = opened.revision("HEAD")
        found = [*files.find_files(str(repo.folder))]
        assert len({files.read(path).text for path in found}) == 50
    assert [each[-2:] for each in started if "cat-file" in each] == [["cat-file", "--batch"]]
    assert len(started) == 3  # the others found the repository and the revision


@pytest.mark.parametrize("name", ["", "-x", "--all", "^HEAD", "a\nb", "a\0b", "HEAD\n"])
def test_what_may_be_an_option_or_two_lines_is_no_revision(repo: Made, name: str) -> None:
    repo.commit(a=TEXT)
    assert "is no revision" in refused(repo.folder, name)


def test_an_unknown_revision_is_told_with_the_nearest(repo: Made) -> None:
    repo.commit(a=TEXT)
    repo.git("branch", "pricing")
    assert refused(repo.folder, "pricng") == (
        "There is no revision `pricng` here. Did you mean `pricing`?"
    )
    assert "git log" in refused(repo.folder, "zzz")
    assert "write `REV:path`" in refused(repo.folder, "HEAD:a.salesflow.yaml")
    unknown = "1234567890" * 4
    assert refused(repo.folder, unknown) == (
        "There is no commit `123456789012` here. If another clone has it: `git fetch`."
    )


def test_an_unknown_remote_branch_is_told_how_to_fetch(repo: Made, tmp_path: Path) -> None:
    repo.commit(a=TEXT)
    clone = repo.clone(tmp_path / "clone")
    repo.git("branch", "later")
    message = refused(clone.folder, "origin/later")
    clone.git(*message.split("`")[5].split()[1:])  # it works
    with history(clone.folder) as opened:
        opened.revision("origin/later")


def test_a_shallow_clone_says_how_to_fetch_more(repo: Made, tmp_path: Path) -> None:
    first = repo.commit(a="1\n")
    repo.git("branch", "old")
    repo.commit(a="2\n")
    clone = repo.clone(tmp_path / "clone", "--depth", "1")
    for name in ("HEAD~1", first, "origin/old"):
        message = refused(clone.folder, name)
        assert "shallow" in message
        assert "git fetch --unshallow" in message
        assert "fetch-depth: 0" in message
        assert "GIT_DEPTH" in message
    wanted = message.split("`")[3].split()[1:]
    assert wanted[-1] == "+refs/heads/old:refs/remotes/origin/old"
    clone.git(*wanted)
    with history(clone.folder) as opened:
        for name in ("HEAD~1", first, "origin/old"):
            assert opened.revision(name).read(str(clone.folder / "a.salesflow.yaml")).text == "1\n"


def test_a_partial_clone_fetches_nothing_by_itself(repo: Made, tmp_path: Path) -> None:
    repo.commit(a="1\n")
    repo.commit(a="2\n")
    repo.git("config", "uploadpack.allowFilter", "true")
    clone = repo.clone(tmp_path / "clone", "--filter=blob:none")
    with history(clone.folder) as opened:
        files = opened.revision("HEAD~1")
        with pytest.raises(UsageError, match="made with `--filter`") as problem:
            files.read(str(clone.folder / "a.salesflow.yaml"))
    advice = str(problem.value).split("`")[-2].split()[1:]
    clone.git(*advice)
    with history(clone.folder) as opened:
        files = opened.revision("HEAD~1")
        assert files.read(str(clone.folder / "a.salesflow.yaml")).text == "1\n"


@pytest.mark.parametrize("name", ["HEAD:a.salesflow.yaml", "HEAD:flows", "HEAD^{tree}"])
@pytest.mark.parametrize("damaged", [True, False])
def test_missing_and_damaged_objects_are_told(repo: Made, name: str, damaged: bool) -> None:
    repo.commit(a=TEXT, flows__b=TEXT * 2)
    file = repo.object_file(name)
    file.unlink()
    if damaged:
        file.write_bytes(b"junk")
    with pytest.raises(UsageError, match="`git fsck`"):
        read_all(repo.folder)


def test_a_git_that_dies_is_told(repo: Made) -> None:
    repo.commit(a=TEXT)
    with history(repo.folder) as opened:
        files = opened.revision("HEAD")
        opened._objects._process.kill()
        opened._objects._process.wait()
        with pytest.raises(UsageError, match="git stopped"):
            files.read(str(repo.folder / "a.salesflow.yaml"))


def test_commits_are_what_their_ids_say(repo: Made) -> None:
    first = repo.commit(a="1\n")
    second = repo.commit(a="2\n")
    repo.git("replace", second, first)
    with history(repo.folder) as opened:
        assert opened.revision(second).read(str(repo.folder / "a.salesflow.yaml")).text == "2\n"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("HEAD@{10.years.ago}", "`HEAD@{10.years.ago}` is longer ago than this clone remembers"),
        ("main@{9999}", "There is no revision `main@{9999}` here: log for 'main' only has"),
        ("@{upstream}", "There is no revision `@{upstream}` here: no upstream configured"),
        ("HEAD^{/[}", "There is no revision `HEAD^{/[}` here."),
        ("HEAD..HEAD", "There is no revision `HEAD..HEAD` here."),
        ("HEAD^{blob}", "There is no revision `HEAD^{blob}` here."),
        (" HEAD", "There is no revision ` HEAD` here."),
    ],
)
def test_what_git_would_take_for_something_else(repo: Made, name: str, message: str) -> None:
    repo.commit(a="1\n")
    repo.commit(a="2\n")
    assert message in refused(repo.folder, name)
    with history(repo.folder) as opened, pytest.raises(UsageError) as problem:
        opened.base(name)
    assert message in str(problem.value)


# -------------------------------------------------------------------------- where it began


def test_the_base_is_where_the_branch_left(repo: Made) -> None:
    began = repo.commit(a="1\n")
    repo.git("switch", "--quiet", "--create", "topic")
    repo.commit(a="2\n")
    with history(repo.folder) as opened:
        assert opened.base("main").name == "main"
        assert opened.base("HEAD").name == "HEAD"
    repo.git("switch", "--quiet", "main")
    repo.commit(a="3\n")
    repo.git("switch", "--quiet", "topic")
    with history(repo.folder) as opened:
        base = opened.base("main")
        assert base.name == began[:12]
        assert base.read(str(repo.folder / "a.salesflow.yaml")).text == "1\n"


def test_a_shallow_clone_may_not_know_where_the_branch_left(repo: Made, tmp_path: Path) -> None:
    repo.commit(a="1\n")
    repo.git("switch", "--quiet", "--create", "topic")
    repo.commit(a="2\n")
    repo.git("switch", "--quiet", "main")
    repo.commit(a="3\n")
    clone = repo.clone(tmp_path / "clone", "--depth", "1", "--no-single-branch", "-b", "topic")
    with history(clone.folder) as opened:
        with pytest.raises(UsageError, match=r"does not reach back.*--unshallow.*fetch-depth"):
            opened.base("origin/main")
        assert opened.base("HEAD").name == "HEAD"


def test_strange_histories_have_no_base(repo: Made) -> None:
    with history(repo.folder) as opened, pytest.raises(UsageError, match="no revision `HEAD`"):
        opened.base("HEAD")
    repo.commit(a="1\n")
    repo.git("switch", "--quiet", "--orphan", "other")
    repo.commit(a="2\n")
    with history(repo.folder) as opened:
        with pytest.raises(UsageError, match="no commit in common"):
            opened.base("main")
        with pytest.raises(UsageError, match="is no commit"):
            opened.base("HEAD^{tree}")


def test_git_knows_which_files_count(repo: Made) -> None:
    repo.write(".gitignore", "ignored*\n")
    kept = repo.commit(a=TEXT, flows__b=TEXT)
    repo.write("ignored.salesflow.yaml", TEXT)
    repo.write("flows/new.salesflow.yaml", TEXT)
    with history(repo.folder) as opened:
        found = opened.tracked(str(repo.folder))
        assert kept
        assert sorted(os.path.relpath(path) for path in found) == [
            ".gitignore",
            "a.salesflow.yaml",
            "flows/b.salesflow.yaml",
            "flows/new.salesflow.yaml",
        ]
        assert [*opened.tracked(str(repo.folder / "flows"))] == [
            str(repo.folder / "flows" / name) for name in ("new.salesflow.yaml", "b.salesflow.yaml")
        ]


# ----------------------------------------------------------------------- hostile content


def test_nothing_that_a_repository_configures_runs(
    repo: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    harm = tmp_path / "harm"
    script = repo.write(".git/harm.sh", f"#!/bin/sh\ntouch {harm}\ncat\n")
    script.chmod(0o755)
    repo.write(".gitattributes", "*.yaml diff=x filter=x ident\n")
    repo.commit(a=TEXT)
    repo.commit(a=TEXT + "# more\n")
    hooks = repo.folder / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for hook in ("post-index-change", "reference-transaction", "fsmonitor-watchman"):
        shutil.copy(script, hooks / hook)
    for key in (
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "core.editor",
        "core.askPass",
        "diff.external",
        "diff.x.textconv",
        "diff.x.command",
        "filter.x.clean",
        "filter.x.smudge",
        "filter.x.process",
        "credential.helper",
        "gpg.program",
        "pager.cat-file",
        "pager.ls-files",
        "alias.cat-file",
    ):
        repo.git("config", key, str(script))
    repo.git("config", "log.showSignature", "true")
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):  # as in a hook of another one
        monkeypatch.setenv(name, str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", str(script))
    monkeypatch.setenv("GIT_TRACE", str(harm))
    harm.unlink(missing_ok=True)  # making it all ran some of it
    os.utime(repo.folder / "a.salesflow.yaml", (1, 1))
    with history(repo.folder) as opened:
        files = opened.revision("HEAD~1")
        assert files.read(str(repo.folder / "a.salesflow.yaml")).text == TEXT
        opened.base("main")
        opened.tracked(str(repo.folder))
        with pytest.raises(UsageError):
            opened.revision("unknown")
    assert not harm.exists()


def test_names_may_be_anything(repo: Made) -> None:
    odd = [
        "$(touch harm)",
        "a b",
        "-x",
        "--output=harm",
        "é",
        "q'\"`",
        "new\nline",
        ":x",
        "*",
        "\x1b[31m",
    ]
    for number, name in enumerate(odd):
        repo.write(f"{name}/{name}.salesflow.yaml", f"{number}\n")
    repo.commit()
    with history(repo.folder) as opened:
        files = opened.revision("HEAD")
        found = [*files.find_files(str(repo.folder))]
        assert sorted(found) == sorted(
            str(repo.folder / name / f"{name}.salesflow.yaml") for name in odd
        )
        assert {files.read(path).text for path in found} == {f"{n}\n" for n in range(len(odd))}
        for path in found:
            assert files.path(files.shown(path)) == path
    assert not Path("harm").exists()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are Unicode there")
def test_names_need_not_be_utf8(repo: Made) -> None:
    file = os.fsencode(repo.folder) + b"/\xff.salesflow.yaml"
    with open(file, "w", encoding="utf-8") as stream:
        stream.write(TEXT)
    repo.commit()
    with history(repo.folder) as opened:
        files = opened.revision("HEAD")
        [found] = files.find_files(str(repo.folder))
        assert os.fsencode(found) == file
        assert files.read(found).text == TEXT


def tree_of(repo: Made, *rows: tuple[bytes, bytes, str]) -> str:
    """A tree object of (mode, name, id) that git itself would never make."""
    content = b"".join(m + b" " + n + b"\0" + bytes.fromhex(i) for m, n, i in rows)
    done = subprocess.run(
        ["git", "hash-object", "-t", "tree", "-w", "--stdin", "--literally"],
        cwd=repo.folder,
        input=content,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode().strip()


def test_trees_that_no_folder_can_have(repo: Made) -> None:
    repo.commit(a=TEXT)
    blob = repo.git("rev-parse", "HEAD:a.salesflow.yaml")
    inner = tree_of(repo, (b"100644", b"b.salesflow.yaml", blob))
    tree = tree_of(
        repo,
        (b"40000", b"..", inner),
        (b"40000", b".", inner),
        (b"40000", b"a/b", inner),
        (b"40000", b"fine", inner),
    )
    with history(repo.folder) as opened:
        assert names(opened.revision(tree), repo.folder) == ["fine/b.salesflow.yaml"]


def test_a_tree_without_end_is_refused(repo: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revision, "MOST_ENTRIES", 1000)
    repo.commit(a=TEXT)
    tree = repo.git("rev-parse", "HEAD^{tree}")
    for _ in range(12):
        tree = tree_of(repo, *((b"40000", b"%d" % number, tree) for number in range(8)))
    with history(repo.folder) as opened:
        files = opened.revision(tree)
        with pytest.raises(UsageError, match="too many files"):
            [*files.find_files(str(repo.folder))]


def test_a_tree_that_is_cut_off_is_refused(repo: Made) -> None:
    with pytest.raises(ValueError, match="subsection not found"):
        entries(b"100644 a", 20)


# -------------------------------------------------------------- links, submodules, pointers


def test_links_are_followed_inside_the_tree(repo: Made) -> None:
    repo.write("flows/a.salesflow.yaml", TEXT)
    links = {
        "near.salesflow.yaml": "flows/a.salesflow.yaml",
        "flows/up.salesflow.yaml": "../near.salesflow.yaml",
        "folder": "flows",
        "whole.salesflow.yaml": "flows",
        "absolute.salesflow.yaml": str(repo.folder / "flows/a.salesflow.yaml"),
    }
    for name, target in links.items():
        (repo.folder / name).symlink_to(target)
    repo.commit()
    real = str(repo.folder / "flows/a.salesflow.yaml")
    with history(repo.folder) as opened:
        files = opened.revision("HEAD")
        for name in ("near", "flows/up", "absolute", "folder/a", "folder/up"):
            assert files.read(str(repo.folder / f"{name}.salesflow.yaml")).text == TEXT
            assert files.real(str(repo.folder / f"{name}.salesflow.yaml")) == real
        on_disk = [str(path) for path in repo.folder.rglob("*.salesflow.yaml") if path.is_file()]
        assert sorted(files.find_files(str(repo.folder))) == sorted(
            path for path in on_disk if "/folder/" not in path
        )


def test_links_that_lead_out_or_nowhere_are_refused(repo: Made, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("secret\n")
    links = {
        "out": "../secret.yaml",
        "far": str(tmp_path / "secret.yaml"),
        "gone": "nothing.yaml",
        "self": "self.salesflow.yaml",
        "one": "two.salesflow.yaml",
        "two": "one.salesflow.yaml",
        "long": "x/" * 3000,
    }
    for name, target in links.items():
        (repo.folder / f"{name}.salesflow.yaml").symlink_to(target[:4000])
    repo.commit()
    with history(repo.folder) as opened:
        files = opened.revision("HEAD")
        for name in links:
            with pytest.raises(UsageError, match="no such file"):
                files.read(str(repo.folder / f"{name}.salesflow.yaml"))
            assert not files.exists(files.real(str(repo.folder / f"{name}.salesflow.yaml")))


def test_a_submodule_is_another_repository(
    repo: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = made(tmp_path / "other", monkeypatch)
    other.commit(a=TEXT)
    monkeypatch.chdir(repo.folder)
    repo.commit(b=TEXT)
    repo.git("submodule", "--quiet", "add", f"file://{other.folder}", "vendor")
    repo.commit()
    with history(repo.folder) as opened:
        files = opened.revision("HEAD")
        assert names(files, repo.folder) == ["b.salesflow.yaml"]
        with pytest.raises(UsageError, match="lies in `vendor`, a submodule"):
            files.read(str(repo.folder / "vendor" / "a.salesflow.yaml"))
        assert not [path for path in opened.tracked(str(repo.folder)) if "vendor/" in path]
    assert repository_of("vendor/a.salesflow.yaml").top == str(repo.folder / "vendor")


def test_a_pointer_of_lfs_is_no_file(repo: Made) -> None:
    repo.commit(a="version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 9\n")
    with history(repo.folder) as opened, pytest.raises(UsageError, match="Git LFS"):
        opened.revision("HEAD").read(str(repo.folder / "a.salesflow.yaml"))


def test_large_and_unreadable_files_are_findings_as_ever(repo: Made) -> None:
    repo.commit(a="x" * 3_000_000, c=TEXT)
    (repo.folder / "b.salesflow.yaml").write_bytes(b"\xff\xfe")
    repo.commit()
    with history(repo.folder) as opened:
        files = opened.revision("HEAD")
        limits = DEFAULT_LIMITS._replace(characters=1024 * 1024)
        large = files.read(str(repo.folder / "a.salesflow.yaml"), limits=limits)
        assert [f.rule for f in large.findings] == ["limit-exceeded"]
        odd = files.read(str(repo.folder / "b.salesflow.yaml"))
        assert [(f.rule, f.file) for f in odd.findings] == [("syntax", "HEAD:b.salesflow.yaml")]
        assert files.read(str(repo.folder / "c.salesflow.yaml")).text == TEXT  # still in step


def test_missing_files_are_told_with_the_nearest(repo: Made) -> None:
    repo.commit(flows__pricing=TEXT)
    with history(repo.folder) as opened:
        files = opened.revision("HEAD")
        for name, message in [
            ("flows/pricng.salesflow.yaml", "there is no such file. Did you mean `pricing."),
            ("elsewhere/pricing.salesflow.yaml", "there is no such file."),
            ("flows", "`HEAD:flows` is a folder, not a file."),
            ("../x", "there is no such file."),
        ]:
            with pytest.raises(UsageError) as problem:
                files.read(os.path.join(repo.folder, name))
            assert message in str(problem.value)


def test_long_ids_are_read_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = made(tmp_path / "repo", monkeypatch)
    shutil.rmtree(repo.folder / ".git")
    repo.git("init", "--quiet", "--object-format=sha256", "--initial-branch=main")
    repo.commit(flows__a=TEXT)
    with history(repo.folder) as opened:
        files = opened.revision("HEAD")
        assert names(files, repo.folder) == ["flows/a.salesflow.yaml"]
        assert files.read(str(repo.folder / "flows/a.salesflow.yaml")).text == TEXT


def test_git_is_let_go(repo: Made) -> None:
    repo.commit(a=TEXT)
    with history(repo.folder) as opened:
        opened.revision("HEAD")
        process = opened._objects._process
        assert process.poll() is None
    assert process.poll() == 0
    opened.close()  # twice does no harm
    assert objects.Objects(str(repo.folder)).close() is None  # nor before the start
