"""Files that are written whole: what lies where they are going to be is never written through."""

import os
import stat
from pathlib import Path

import pytest

from salesflow.errors import UsageError
from salesflow.source.files import DISK, beside, content_of, regular_content, whole


def laid_out(real: Path, victim: Path) -> None:
    """Links at the names that a file may have before it is whole."""
    for number in range(1, 4):
        real.with_name(f"{real.name}.{os.getpid()}-{number}.partial").symlink_to(victim)


def test_a_link_that_waits_for_us_is_not_written_through(tmp_path: Path) -> None:
    victim, target = tmp_path / "victim", tmp_path / "out.json"
    victim.write_text("mine")
    laid_out(target, victim)
    with whole(str(target)) as stream:
        stream.write(b"{}")
    assert victim.read_text() == "mine"
    assert target.read_text() == "{}"
    assert not target.is_symlink()


def test_a_file_that_cannot_have_a_new_one_beside_it(tmp_path: Path) -> None:
    for number in range(1, 101):
        (tmp_path / f"a.{os.getpid()}-{number}.partial").touch()
    with pytest.raises(FileExistsError):
        beside(str(tmp_path / "a"))


@pytest.mark.skipif(os.name == "nt", reason="modes are those of Unix")
def test_a_mode_stays(tmp_path: Path) -> None:
    secret = tmp_path / "result.json"
    secret.write_text("old")
    secret.chmod(0o600)
    with whole(str(secret)) as stream:
        stream.write(b"new")
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert secret.read_text() == "new"


@pytest.mark.parametrize("fault", [OSError, KeyboardInterrupt, ValueError])
def test_half_a_file_is_none(tmp_path: Path, fault: type[BaseException]) -> None:
    target = tmp_path / "report.md"
    target.write_text("before")

    def write() -> None:
        with whole(str(target)) as stream:
            stream.write(b"half")
            raise fault

    with pytest.raises(fault):
        write()
    assert target.read_text() == "before"
    assert [*tmp_path.iterdir()] == [target]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes that have a name")
def test_what_never_ends_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (str(tmp_path / "pipe"), "/dev/zero", str(tmp_path)):
        with pytest.raises(UsageError, match="is no regular file"):
            regular_content(path, 10)


def test_no_more_is_read_than_allowed(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"12345")
    assert regular_content(str(file), 5) == b"12345"
    with pytest.raises(UsageError, match="has more than 0 MB"):
        regular_content(str(file), 4)
    for missing in (str(tmp_path / "b"), "a\0b"):
        with pytest.raises(UsageError, match="cannot be read"):
            regular_content(missing, 4)


@pytest.mark.parametrize("free", [1, 2, 99, 100])
def test_a_hundred_names_are_tried(tmp_path: Path, free: int) -> None:
    names = [f"a.{os.getpid()}-{number}.partial" for number in range(1, 101)]
    for name in names:
        (tmp_path / name).touch()
    (tmp_path / names[free - 1]).unlink()
    with beside(str(tmp_path / "a")) as stream:
        assert stream.name == str(tmp_path / names[free - 1])


def test_a_file_that_is_new_has_the_usual_mode(tmp_path: Path) -> None:
    with whole(str(tmp_path / "a")) as stream:
        stream.write(b"x")
    (tmp_path / "b").touch()
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    real, link = tmp_path / "folder" / "real", tmp_path / "link"
    real.write_text("old")
    link.symlink_to(real)
    with whole(str(link)) as stream:
        stream.write(b"new")
        assert Path(stream.name).parent == real.parent  # another disk could not be moved from
    assert (real.read_text(), link.readlink()) == ("new", real)
    assert [*real.parent.iterdir()] == [real]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), whole(str(tmp_path / "none" / "x")):
        raise AssertionError("nothing can be written here")


def test_what_of_a_file_is_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"12345")
    assert (content_of(str(file)), content_of(str(file), 0), content_of(str(file), 3)) == (
        b"12345",
        b"",
        b"123",
    )
    for path, why in {
        str(tmp_path / "b"): "no such file or directory",
        str(tmp_path): "is a directory",
        "a\0b": "this is no file name",
    }.items():
        with pytest.raises(UsageError) as problem:
            content_of(path)
        assert str(problem.value) == f"`{path}` cannot be read: {why}."


def test_the_limit_is_told_in_megabytes(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"x" * ((3 << 20) + 1))
    with pytest.raises(UsageError) as problem:
        regular_content(str(file), 3 << 20)
    assert str(problem.value) == f"`{file}` has more than 3 MB."


def test_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "x").touch()
    (tmp_path / "link").symlink_to("folder")
    assert sorted(DISK.names("")) == sorted(DISK.names(".")) == ["folder", "link"]
    assert DISK.names("link") == ["x"]
    with pytest.raises(NotADirectoryError):
        DISK.names("folder/x")
    assert [DISK.is_folder(path) for path in ("link", "folder/x", "none")] == [True, False, False]
    assert [DISK.exists(path) for path in ("link", "folder/x", "none")] == [True, True, False]
    assert DISK.real("link/none") == str(tmp_path / "folder" / "none")
    assert DISK.shown("link/../x") == "link/../x"
