"""Git's own merge of three texts."""

import os
from pathlib import Path

import pytest

from salesflow.source.text_merge import TextMerge, text_merge
from tests.source.git_made import made


def test_lines_far_apart_go_together() -> None:
    base = b"a\nb\nc\nd\n"
    assert text_merge(base, b"A\nb\nc\nd\n", b"a\nb\nc\nD\n") == TextMerge(b"A\nb\nc\nD\n", True)


def test_the_same_line_is_marked() -> None:
    found = text_merge(b"a\n", b"b\n", b"c\n", marker_size=5)
    assert found == TextMerge(b"<<<<< ours\nb\n=====\nc\n>>>>> theirs\n", False)


def test_line_breaks_and_bytes_are_left_alone() -> None:
    found = text_merge(b"\xff\r\nb\r\nc\r\n", b"\xff\r\nb\r\nC\r\n", b"\xfe\r\nb\r\nc\r\n")
    assert found == TextMerge(b"\xfe\r\nb\r\nC\r\n", True)


def test_what_git_cannot_merge(monkeypatch: pytest.MonkeyPatch) -> None:
    assert text_merge(b"\0", b"\0a", b"\0b") is None
    monkeypatch.setenv("PATH", os.devnull)
    assert text_merge(b"a", b"b", b"c") is None


def test_git_of_the_working_folder_never_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap = tmp_path / "git"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\n")
    trap.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.pathsep}{os.environ['PATH']}")
    assert text_merge(b"a\n", b"b\n", b"a\n") == TextMerge(b"b\n", True)
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize("size", [7, 9])
def test_conflicts_look_as_the_repository_likes_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, size: int
) -> None:
    made(tmp_path / "repo", monkeypatch).git("config", "merge.conflictStyle", "diff3")
    options = {} if size == 7 else {"marker_size": size}
    found = text_merge(b"a\nx\n", b"b\nx\n", b"c\nx\n", **options)
    assert found is not None
    assert not found.clean
    assert found.text.decode().splitlines() == [
        f"{'<' * size} ours",
        "b",
        f"{'|' * size} base",
        "a",
        "=" * size,
        "c",
        f"{'>' * size} theirs",
        "x",
    ]


def test_one_side_that_changes_nothing_takes_the_other() -> None:
    for base, ours, theirs, merged in (
        (b"", b"", b"", b""),
        (b"a\n", b"a\n", b"", b""),
        (b"a\n", b"b\n", b"b\n", b"b\n"),
        (b"a\n", b"b\n", b"a\n", b"b\n"),
    ):
        assert text_merge(base, ours, theirs) == TextMerge(merged, True)


def test_many_conflicts_are_conflicts_still() -> None:
    """git tells how many there are by its exit code, up to 127."""
    base, ours, theirs = (
        b"".join(b"%d%s\n%s" % (number, sign, b"same\n" * 9) for number in range(300))
        for sign in (b"", b"o", b"t")
    )
    found = text_merge(base, ours, theirs)
    assert found is not None
    assert not found.clean
    assert found.text.count(b"<<<<<<< ours") == 300


@pytest.mark.parametrize("code", [-9, 0, 1, 127, 128, 255])
def test_a_git_that_fails_merges_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    program = tmp_path / "git"
    end = "kill -9 $$" if code < 0 else f"exit {code}"
    program.write_text(f"#!/bin/sh\necho half\n{end}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    expected = TextMerge(b"half\n", code == 0) if 0 <= code <= 127 else None
    assert text_merge(b"a\n", b"b\n", b"c\n") == expected


def test_a_git_that_cannot_be_started_merges_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "git").write_text("no program\n")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert text_merge(b"a\n", b"b\n", b"c\n") is None
