"""What a revision says of its paths, against the same files laid out on the disk."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from salesflow.errors import UsageError
from salesflow.source import project, revision
from salesflow.source.files import DISK
from salesflow.source.history import History, repository_of
from salesflow.source.limits import DEFAULT_LIMITS
from salesflow.source.objects import Objects
from salesflow.source.revision import Entry, Revision, entries
from tests.source.git_made import Made, made

TEXT = "salesflow: 1\nprocess: smb\n"
LINKS = {
    "near.yaml": "flows/a.salesflow.yaml",
    "flows/up.salesflow.yaml": "../near.yaml",
    "folder": "flows",
    "folder.salesflow.yaml": "flows",
    "gone.salesflow.yaml": "nothing.yaml",
    "self": "self",
    "out": "../elsewhere/x",
    "dots": "./flows//deep/../a.salesflow.yaml",
    "here": ".",
}
PATHS = (
    "", ".", "flows", "flows/a.salesflow.yaml", "flows/b", "flows/deep", "flows/deep/c.salesflow.yaml",
    "flows/deep/..", "flows/deep/../a.salesflow.yaml", "flows/../flows/deep/./c.salesflow.yaml",
    "flows/a.salesflow.yaml/x", "nothing/x", *LINKS, "folder/a.salesflow.yaml", "folder/deep",
    "folder/up.salesflow.yaml", "here/here/flows/b", "folder/../near.yaml", "gone.salesflow.yaml/x",
)  # fmt: skip


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    found = made(tmp_path / "repo", monkeypatch)
    for name in ("flows/a.salesflow.yaml", "flows/b", "flows/deep/c.salesflow.yaml"):
        found.write(name, f"{TEXT}# {name}\n")
    for name, target in LINKS.items():
        (found.folder / name).symlink_to(target)
    found.commit()
    return found


@pytest.fixture
def files(repo: Made) -> Iterator[Revision]:
    with History(repository_of(".")) as opened:
        yield opened.revision("HEAD")


@pytest.mark.parametrize("path", PATHS)
def test_a_revision_is_like_the_disk(repo: Made, files: Revision, path: str) -> None:
    where = os.path.join(repo.folder, path)
    real = files.real(where)
    if path != "self":  # the one stops somewhere in it, so does the other
        assert real == os.path.realpath(where)
    assert files.exists(real) == DISK.exists(where) == (files.object_of(where) is not None), path
    assert files.is_folder(real) == DISK.is_folder(where)
    if os.path.isdir(where):
        assert sorted(files.names(where)) == sorted({*DISK.names(where)} - {".git"})
    else:
        with pytest.raises(FileNotFoundError):
            files.names(where)
    assert files.submodule(where) is None
    content = files.content(where, 1000)
    plain = os.path.isfile(where) and os.path.realpath(where) == os.path.normpath(where)
    assert content == (Path(where).read_bytes() if plain else None)
    assert files.shown(where) == f"HEAD:{os.path.relpath(where) if path not in ('', '.') else ''}"


def test_files_are_found_as_on_the_disk(repo: Made, files: Revision) -> None:
    for name in (
        ".hidden/x",
        "node_modules/x",
        "site-packages/x",
        "__pycache__/x",
        "env/x",
        "b/.x",
    ):
        repo.write(f"{name}.salesflow.yaml", TEXT)
    repo.write("env/pyvenv.cfg", "home = /usr\n")
    repo.write("flows/other.yaml", TEXT)
    repo.write("b/x.salesflow.yaml", TEXT)
    repo.write("b/x.salesflow.yaml.d/y.salesflow.yaml", TEXT)
    repo.commit()
    assert len([*files.find_files(str(repo.folder))]) == 4  # of the earlier revision
    with History(repository_of(".")) as opened:
        later = opened.revision("HEAD")
        for folder in ("", "flows", "flows/deep", "b", "nothing", "flows/b", "near.yaml"):
            where = os.path.join(repo.folder, folder)
            links = ("folder.salesflow.yaml", "gone.salesflow.yaml")
            on_disk = [os.path.normpath(path) for path in project.find_files(where)]
            expected = [path for path in on_disk if os.path.basename(path) not in links[:1]]
            assert sorted(later.find_files(where)) == sorted(expected), folder


def test_a_file_comes_before_the_folders_and_all_by_name(repo: Made, files: Revision) -> None:
    for name in ("b/x", "a/z/y", "a/b", "z", "c/d/e"):
        repo.write(f"{name}.salesflow.yaml", TEXT)
    repo.commit()
    with History(repository_of(".")) as opened:
        found = opened.revision("HEAD").find_files(str(repo.folder))
        names = [os.path.relpath(path).removesuffix(".salesflow.yaml") for path in found]
    assert names == ["gone", "z", "a/b", "a/z/y", "b/x", "c/d/e", *names[6:]]
    assert names[6:] == ["flows/a", "flows/up", "flows/deep/c"]


def test_paths_out_of_the_repository(repo: Made, files: Revision, tmp_path: Path) -> None:
    for path in ("..", "../x", "../../x", "../repo2/x"):
        where = os.path.normpath(os.path.join(repo.folder, path))
        assert files.real(where) == where
        assert not files.exists(where)
        assert not files.is_folder(where)
        assert files.object_of(where) is None
        assert [*files.find_files(where)] == []
    assert files.real(str(repo.folder / "out")) == str(tmp_path / "elsewhere" / "x")
    assert files.real(str(repo.folder / "flows/../../x")) == str(tmp_path / "x")
    assert files.exists(str(repo.folder / ".git"))
    assert not files.exists(str(repo.folder / "flows" / ".git"))


def test_no_path_at_all_leads_nowhere(files: Revision) -> None:
    assert not files.exists("")
    assert not files.is_folder("")
    assert files.content("", 10) is None
    assert files.object_of("") is None


def test_forty_links_are_followed(repo: Made) -> None:
    for number in range(41):
        (repo.folder / f"l{number}").symlink_to(f"l{number + 1}" if number < 40 else "flows/b")
    repo.commit()
    with History(repository_of(".")) as opened:
        later = opened.revision("HEAD")
        assert later.real(str(repo.folder / "l1")) == str(repo.folder / "flows/b")
        assert later.real(str(repo.folder / "l0")) == str(repo.folder / "l40")
        with pytest.raises(UsageError, match="`HEAD:l0` cannot be read: there is no such file"):
            later.read(str(repo.folder / "l0"))


def test_a_file_and_a_folder_may_change_places(repo: Made) -> None:
    shutil.rmtree(repo.folder / "flows")
    repo.write("flows", TEXT)
    repo.commit()
    with History(repository_of(".")) as opened:
        before, after = opened.revision("HEAD~1"), opened.revision("HEAD")
        where = str(repo.folder / "flows")
        assert (before.is_folder(where), after.is_folder(where)) == (True, False)
        assert after.read(where).text == TEXT
        with pytest.raises(UsageError) as problem:
            before.read(where)
        assert str(problem.value) == "`HEAD~1:flows` is a folder, not a file."


def test_what_cannot_be_read_is_said_whole(repo: Made) -> None:
    repo.write("lfs", "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 9\n")
    repo.write("large", "x" * (1 << 20))
    repo.commit()
    with History(repository_of(".")) as opened:
        files = opened.revision("HEAD")
        for name, message in {
            "flows/aa.salesflow.yaml": "`HEAD:flows/aa.salesflow.yaml` cannot be read: there is no "
            "such file. Did you mean `a.salesflow.yaml`?",
            "flows/zzzzzz": "`HEAD:flows/zzzzzz` cannot be read: there is no such file.",
            "none/x": "`HEAD:none/x` cannot be read: there is no such file.",
            "gone.salesflow.yaml": "`HEAD:gone.salesflow.yaml` cannot be read: there is no "
            "such file. It is a link that leads nowhere.",
            "lfs": "`HEAD:lfs` is kept by Git LFS: git itself has only a pointer to it, so it "
            "cannot be compared. Keep process files in git (`git lfs migrate export`).",
        }.items():
            with pytest.raises(UsageError) as problem:
                files.read(str(repo.folder / name))
            assert str(problem.value) == message
        limits = DEFAULT_LIMITS._replace(characters=(1 << 20) - 1)
        [finding] = files.read(str(repo.folder / "large"), limits=limits).findings
        assert (finding.rule, finding.message, finding.help, finding.file) == (
            "limit-exceeded",
            "The file has more than 1 MB.",
            "Split it.",
            "HEAD:large",
        )
        limits = DEFAULT_LIMITS._replace(characters=1 << 20)
        assert files.read(str(repo.folder / "large"), limits=limits).text == "x" * (1 << 20)


def test_a_submodule_is_named(repo: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = made(tmp_path / "other", monkeypatch)
    other.commit(a=TEXT)
    monkeypatch.chdir(repo.folder)
    repo.git("submodule", "--quiet", "add", f"file://{other.folder}", "flows/vendor")
    repo.commit()
    with History(repository_of(".")) as opened:
        files = opened.revision("HEAD")
        inside = str(repo.folder / "flows/vendor/deep/a.salesflow.yaml")
        assert files.submodule(inside) == files.submodule(os.path.dirname(inside)) == "flows/vendor"
        assert files.submodule(str(repo.folder / "flows/vendor")) == "flows/vendor"
        assert files.submodule(str(repo.folder / "flows/a.salesflow.yaml/x")) is None
        assert files.exists(inside)  # whatever it is: git here does not know
        assert not files.is_folder(str(repo.folder / "flows/vendor"))
        assert files.content(str(repo.folder / "flows/vendor"), 100) is None
        with pytest.raises(UsageError) as problem:
            files.read(inside)
        assert str(problem.value) == (
            "`HEAD:flows/vendor/deep/a.salesflow.yaml` lies in `flows/vendor`, a submodule: its "
            "files are in another repository. Compare them there."
        )
        files.read_ahead([str(repo.folder / "flows" / name) for name in ("vendor", "deep", "b")])


def test_what_is_read_ahead_is_read(repo: Made, files: Revision) -> None:
    names = ("flows/a.salesflow.yaml", "flows/b", "near.yaml", "flows", "nothing")
    files.read_ahead(str(repo.folder / name) for name in names)
    shutil.rmtree(repo.folder / ".git" / "objects")
    assert files.read(str(repo.folder / "flows/b")).text == f"{TEXT}# flows/b\n"
    with pytest.raises(UsageError, match="is missing"):
        files.read(str(repo.folder / "flows/deep/c.salesflow.yaml"))


def test_what_is_too_large_is_not_read_ahead(repo: Made, files: Revision) -> None:
    limits = DEFAULT_LIMITS._replace(characters=5)
    files.read_ahead([str(repo.folder / "flows/b")], limits=limits)
    [finding] = files.read(str(repo.folder / "flows/b"), limits=limits).findings
    assert finding.rule == "limit-exceeded"


def test_a_limit_of_entries(repo: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """The top, `flows` and `deep` are three, and what they hold."""
    tops = [name for name in os.listdir(repo.folder) if name != ".git"]
    entries_there = len(tops) + 4 + 1 + 3
    with History(repository_of(".")) as opened:
        files = opened.revision("HEAD")
        monkeypatch.setattr(revision, "MOST_ENTRIES", entries_there)
        assert len([*files.find_files(str(repo.folder))]) == 4
        monkeypatch.setattr(revision, "MOST_ENTRIES", entries_there - 1)
        with pytest.raises(UsageError) as problem:
            [*files.find_files(str(repo.folder))]
        assert str(problem.value) == "`HEAD:` holds too many files: name a folder in it."


def test_a_tree_that_is_no_tree(repo: Made) -> None:
    """A folder's entry that leads to a file: git would not make it, somebody else might."""
    blob = repo.git("rev-parse", "HEAD:flows/b")
    with Objects(str(repo.folder)) as objects:
        files = Revision("odd", str(repo.folder), blob, objects)
        with pytest.raises(UsageError) as problem:
            files.exists(str(repo.folder / "x"))
        assert str(problem.value).startswith(
            f"Not all of `odd` is in this clone (object {blob[:12]}"
        )
        lost = Revision("lost", str(repo.folder), "1" * 40, objects)
        with pytest.raises(
            UsageError, match=r"Not all of `lost` is in this clone \(object 1{12} is"
        ):
            lost.exists(str(repo.folder / "x"))


def made_of(repo: Made, rows: list[str]) -> str:
    """A tree of what `git ls-tree` would say of it."""
    told = "".join(f"{row}\n" for row in rows).encode()
    command = ["git", "mktree", "--missing"]
    done = subprocess.run(command, cwd=repo.folder, input=told, capture_output=True, check=True)
    return done.stdout.decode().strip()


def test_a_folder_or_a_submodule_that_is_called_as_a_file(repo: Made) -> None:
    blob, deep = (repo.git("rev-parse", f"HEAD:flows/{name}") for name in ("b", "deep"))
    rows = [
        f"040000 tree {deep}\tfolder.salesflow.yaml",
        f"160000 commit {'1' * 40}\tother.salesflow.yaml",
        f"100755 blob {blob}\tz.salesflow.yaml",
    ]
    with History(repository_of(".")) as opened:
        found = opened.revision(made_of(repo, rows)).find_files(str(repo.folder))
        assert [os.path.relpath(path) for path in found] == [
            "z.salesflow.yaml",
            os.path.join("folder.salesflow.yaml", "c.salesflow.yaml"),
        ]


def test_links_that_no_disk_has_lead_nowhere(repo: Made, tmp_path: Path) -> None:
    """Of no name, or one that is longer than any system would follow."""
    blob = repo.git("rev-parse", "HEAD:flows/b")
    rows = [f"100644 blob {blob}\tx"]
    for name, target in (
        ("empty", ""),
        ("fits", "./" * 2046 + ".//x"),
        ("long", "./" * 2048 + "x"),
    ):
        (tmp_path / name).write_text(target)
        link = repo.git("hash-object", "-w", str(tmp_path / name))
        rows.append(f"120000 blob {link}\t{name}.salesflow.yaml")
    tree = made_of(repo, rows)
    with History(repository_of(".")) as opened:
        files = opened.revision(tree)
        told = {}
        for name in ("empty", "fits", "long"):
            where = str(repo.folder / f"{name}.salesflow.yaml")
            told[name] = files.exists(files.real(where)), files.object_of(where)
        assert told == {"empty": (False, None), "fits": (True, blob), "long": (False, None)}


@pytest.mark.parametrize("width", [20, 32])
def test_what_a_tree_says(width: int) -> None:
    one, two = bytes(range(width)), bytes(range(1, width + 1))
    rows = [(b"100644", b"a b", one), (b"040000", b"\xff", two), (b"160000", b"m", one)]
    odd = [
        (b"40000", b"..", two),
        (b"100644", b"", one),
        (b"40000", b"a/b", two),
        (b"40000", b".", one),
    ]
    tree = b"".join(mode + b" " + name + b"\0" + ids for mode, name, ids in odd + rows + odd)
    assert entries(tree, width) == {
        "a b": Entry("100644", one.hex()),
        "\udcff": Entry("40000", two.hex()),
        "m": Entry("160000", one.hex()),
    }
    assert entries(b"", width) == {}
    assert entries(b"\xff0 x\0" + one, width) == {"x": Entry("\ufffd0", one.hex())}
