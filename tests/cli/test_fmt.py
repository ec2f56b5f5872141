"""``salesflow fmt`` as people and hooks call it."""

import io
from pathlib import Path

import pytest

from salesflow.cli.command import run

MESSY = "salesflow:   1\nprocess: a\nsources: { inbound: {start: call}}\n"
NEAT = "salesflow: 1\nprocess: a\nsources: {inbound: {start: call}}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.salesflow.yaml").write_text(MESSY)
    (tmp_path / "b.salesflow.yaml").write_text(NEAT)
    return tmp_path


def test_files_are_laid_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fmt"]) == 0
    assert (folder / "a.salesflow.yaml").read_text() == NEAT
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == "laid out a.salesflow.yaml\n1 file laid out anew, 1 as it should be.\n"
    assert run(["fmt", "."]) == 0
    assert capsys.readouterr().err == "2 files as they should be.\n"


def test_check_and_diff_write_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fmt", "--check", "a.salesflow.yaml"]) == 1
    assert capsys.readouterr().err.startswith("would lay out a.salesflow.yaml\n")
    assert run(["fmt", "--diff", "a.salesflow.yaml"]) == 1
    assert "-salesflow:   1\n+salesflow: 1\n" in capsys.readouterr().out
    assert (folder / "a.salesflow.yaml").read_text() == MESSY
    assert run(["fmt", "--check", "b.salesflow.yaml"]) == 0


def test_what_cannot_be_read_stays_and_the_rest_is_done(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = folder / "c.salesflow.yaml"
    broken.write_text("salesflow: 1\nprocess: [\n")
    assert run(["fmt", "."]) == 1
    assert (folder / "a.salesflow.yaml").read_text() == NEAT
    assert broken.read_text() == "salesflow: 1\nprocess: [\n"
    told = capsys.readouterr()
    assert "c.salesflow.yaml:3:1" in told.out + told.err


def test_what_a_reader_would_misread_is_not_touched(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "salesflow:  1\nprocess: a\nx-a: &here 1\nx-b: *here\n"
    (folder / "a.salesflow.yaml").write_text(text)
    assert run(["fmt", "a.salesflow.yaml"]) == 1
    assert (folder / "a.salesflow.yaml").read_text() == text
    assert "refused-yaml" in "".join(capsys.readouterr())


def test_standard_input(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    del folder
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(MESSY.encode())))
    assert run(["fmt", "-"]) == 0
    assert capfd.readouterr() == (NEAT, "")
    assert run(["fmt", "-", "a.salesflow.yaml"]) == 2


def test_no_more_of_standard_input_is_read_than_shows_that_it_is_too_much(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "salesflow.toml").write_text("limits = {characters = 100}\n")
    endless = io.BytesIO(b"# x\n" * 1_000)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(endless))
    assert run(["fmt", "-"]) == 1
    assert "limit-exceeded" in capsys.readouterr().err
    assert endless.tell() <= 404


def test_a_link_stays_a_link_and_a_mode_a_mode(folder: Path) -> None:
    real = folder / "a.salesflow.yaml"
    real.chmod(0o640)
    link = folder / "d.salesflow.yaml"
    link.symlink_to(real)
    assert run(["fmt", "d.salesflow.yaml"]) == 0
    assert link.is_symlink()
    assert real.read_text() == NEAT
    assert real.stat().st_mode & 0o777 == 0o640


def test_windows_files_keep_their_line_ends_and_mark(folder: Path) -> None:
    file = folder / "a.salesflow.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + MESSY.replace("\n", "\r\n").encode())
    assert run(["fmt", "a.salesflow.yaml"]) == 0
    assert file.read_bytes() == b"\xef\xbb\xbf" + NEAT.replace("\n", "\r\n").encode()
