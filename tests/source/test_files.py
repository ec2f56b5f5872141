"""Files that are written whole: what lies where they are going to be is never written through."""

import os
import stat
from pathlib import Path

import pytest

from salesflow.errors import UsageError
from salesflow.source.files import beside, regular_content, whole


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
