"""Git's own merge of three texts."""

import os
from pathlib import Path

import pytest

from salesflow.source.text_merge import TextMerge, text_merge


def test_lines_far_apart_go_together() -> None:
    base = b"a\nb\nc\nd\n"
    assert text_merge(base, b"A\nb\nc\nd\n", b"a\nb\nc\nD\n") == TextMerge(b"A\nb\nc\nD\n", True)


def test_the_same_line_is_marked() -> None:
    made = text_merge(b"a\n", b"b\n", b"c\n", marker_size=5)
    assert made == TextMerge(b"<<<<< ours\nb\n=====\nc\n>>>>> theirs\n", False)


def test_line_breaks_and_bytes_are_left_alone() -> None:
    made = text_merge(b"\xff\r\nb\r\nc\r\n", b"\xff\r\nb\r\nC\r\n", b"\xfe\r\nb\r\nc\r\n")
    assert made == TextMerge(b"\xfe\r\nb\r\nC\r\n", True)


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
