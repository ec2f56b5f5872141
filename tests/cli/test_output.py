"""Files that are written whole, links that stay links, and what is no file at all."""

import os
import threading
from pathlib import Path

import pytest

from salesflow.cli.output import write_file
from salesflow.cli.question import writable
from salesflow.errors import UsageError


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("before")
    write_file(str(path), "after\n")
    assert path.read_bytes() == b"after\n"
    assert [*tmp_path.iterdir()] == [path]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    link, report = tmp_path / "latest.txt", tmp_path / "reports" / "monday.txt"
    link.symlink_to(report)
    write_file(str(link), "one\n")  # not there yet
    write_file(str(link), "two\n")
    assert link.is_symlink()
    assert report.read_text() == "two\n"
    assert [*report.parent.iterdir()] == [report]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes that have a name")
def test_a_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()), daemon=True)
    reader.start()
    writable([str(pipe)])
    write_file(str(pipe), "through\n")
    reader.join(timeout=30)
    assert read == ["through\n"]
    assert pipe.is_fifo()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
def test_a_full_device_is_told_and_stays(tmp_path: Path) -> None:
    link = tmp_path / "full"
    link.symlink_to("/dev/full")
    writable([str(link)])
    with pytest.raises(UsageError) as caught:
        write_file(str(link), "too much")
    assert str(caught.value) == f"`{link}` cannot be written: No space left on device."
    assert link.is_symlink()
