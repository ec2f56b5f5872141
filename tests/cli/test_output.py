"""Files that are written whole, links that stay links, and what is no file at all."""

import os
import threading
from pathlib import Path

import pytest

from salesflow.cli.command import run
from salesflow.cli.output import spare, write_file
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


@pytest.mark.parametrize("name", ["deal.salesflow.yaml", "deal.YAML", "ci.yml", "link.svg"])
def test_no_result_takes_the_place_of_a_process_file(name: str, tmp_path: Path) -> None:
    (tmp_path / "deal.salesflow.yaml").write_text("salesflow: 1\n")
    (tmp_path / "link.svg").symlink_to(tmp_path / "deal.salesflow.yaml")
    before = {file: file.read_bytes() for file in tmp_path.iterdir()}
    with pytest.raises(UsageError, match="is a name for process files"):
        write_file(str(tmp_path / name), "<svg/>")
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before
    write_file(str(tmp_path / name), "salesflow: 1\n", source=True)


def test_what_is_read_is_never_written_over(tmp_path: Path) -> None:
    read, other = tmp_path / "deal.txt", tmp_path / "same.txt"
    read.write_text("salesflow: 1\n")
    os.link(read, other)
    for target in (read, other):
        with pytest.raises(UsageError) as caught:
            spare([("text", None), ("svg", str(target))], [None, "gone.txt", str(read)])
        name = str(target).removesuffix("txt") + "svg"
        assert (
            str(caught.value) == f"`{target}` is what is read here: name another, such as `{name}`."
        )
    with pytest.raises(UsageError, match=r"name another\.$"):
        spare([("txt", str(read))], [str(read)])
    spare([("svg", str(tmp_path / "deal.svg"))], [str(read)])


VERBS = ("draw", "simulate", "improve", "diff", "check", "test")


@pytest.mark.parametrize("verb", [*VERBS, "import"])
def test_no_verb_writes_over_its_process(
    verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("deal.salesflow.yaml", "deal.txt"):
        Path(name).write_text("salesflow: 1\n")
        for target in (name, "-"):
            options = {"draw": ["--format", "svg"], "diff": [name], "import": ["--force"]}
            assert run([verb, name, *options.get(verb, []), "-o", target]) == 2
            told = capsys.readouterr()
            words = "standard output" if target == "-" else "is what is read here"
            assert told.out == ""
            assert words in told.err
        assert Path(name).read_text() == "salesflow: 1\n"
    assert sorted(os.listdir()) == ["deal.salesflow.yaml", "deal.txt"]
