"""What is written into a folder of ours, and what never is."""

import json
import os
from pathlib import Path

import pytest

from salesflow.cli.folder import MANIFEST, Written, write_folder
from salesflow.errors import UsageError

OLD = {"index.html": "one", "a/b.html": "two", "a/c.html": "three", "d/e.html": "four"}


def texts(folder: Path) -> dict[str, str]:
    found = [file for file in folder.rglob("*") if file.is_file()]
    return {file.relative_to(folder).as_posix(): file.read_text() for file in found}


def test_what_is_not_needed_any_more_is_removed_and_what_is_foreign_stays(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "site"
    assert write_folder(str(folder), OLD) == Written(4, 4, 0)
    (folder / "CNAME").write_text("sales.example.com")
    (folder / "a" / "mine.html").write_text("mine")
    new = {"index.html": "one", "a/b.html": "changed", "f.html": "new"}
    assert write_folder(str(folder), new) == Written(3, 2, 2)
    found = texts(folder)
    listed = json.loads(found.pop(MANIFEST))
    assert listed["files"] == sorted(new)
    assert found == new | {"CNAME": "sales.example.com", "a/mine.html": "mine"}
    assert not (folder / "d").exists()


def test_what_is_right_keeps_its_time(tmp_path: Path) -> None:
    write_folder(str(tmp_path), OLD)
    before = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*") if file.is_file()}
    for file in before:
        os.utime(file, ns=(1, 1))
    assert write_folder(str(tmp_path), OLD) == Written(4, 0, 0)
    assert {file.stat().st_mtime_ns for file in before} == {1}


def refused(folder: Path, pages: dict[str, str], said: str) -> None:
    before = texts(folder) if folder.is_dir() else {}
    with pytest.raises(UsageError, match=said):
        write_folder(str(folder), pages)
    assert (texts(folder) if folder.is_dir() else {}) == before


def test_a_foreign_file_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("mine")
    refused(tmp_path, OLD, "index.html` is there already, and salesflow did not write it")


def test_a_file_where_a_folder_goes_and_the_other_way_round(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("mine")
    refused(tmp_path, OLD, "a` is a file, and a folder goes there|is there already")
    (tmp_path / "a").unlink()
    write_folder(str(tmp_path), OLD)
    (tmp_path / "index.html").unlink()
    (tmp_path / "index.html").mkdir()
    refused(tmp_path, OLD, "index.html` is a folder, and a file goes there")
    refused(tmp_path / MANIFEST, OLD, "is a file: name a folder")


@pytest.mark.parametrize("inside", ["a", "a/b.html", "index.html", MANIFEST])
def test_nothing_goes_through_a_link(tmp_path: Path, inside: str) -> None:
    folder, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    write_folder(str(folder), OLD)
    elsewhere.mkdir()
    place = folder / inside
    place.rename(elsewhere / "moved")
    place.symlink_to(elsewhere / "moved")
    before = texts(elsewhere)
    with pytest.raises(UsageError, match="is a link"):
        write_folder(str(folder), OLD | {"a/b.html": "new", "index.html": "new"})
    assert texts(elsewhere) == before


def test_a_removed_page_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write_folder(str(folder), OLD)
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "e.html").write_text("mine")
    (folder / "d" / "e.html").unlink()
    (folder / "d").rmdir()
    (folder / "d").symlink_to(tmp_path / "d")
    with pytest.raises(UsageError, match="is a link"):
        write_folder(str(folder), {"index.html": "one"})
    assert (tmp_path / "d" / "e.html").read_text() == "mine"


@pytest.mark.parametrize(
    "name", ["../mine.html", "/etc/passwd", "a/../../mine.html", "mine", "A.HTML", "a//b.html"]
)
def test_a_list_that_somebody_made_up_removes_nothing_outside(tmp_path: Path, name: str) -> None:
    (tmp_path / "mine.html").write_text("mine")
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "mine").write_text("mine")
    (folder / MANIFEST).write_text(json.dumps({"version": 1, "files": [name]}))
    write_folder(str(folder), {"index.html": "one"})
    assert (tmp_path / "mine.html").read_text() == "mine"
    assert (folder / "mine").read_text() == "mine"


@pytest.mark.parametrize("text", ["", "[]", '{"files": 3}', '{"files": [3]}', "[" * 99_999])
def test_a_list_that_is_none_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text)
    refused(tmp_path, OLD, "should list the pages that salesflow wrote, and does not")


def test_after_a_crash_all_that_was_written_is_still_known_to_be_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from salesflow.cli import folder as module

    write_folder(str(tmp_path), OLD)
    whole = module.write_file

    def breaks(path: str, text: str) -> None:
        if path.endswith("z.html"):
            raise UsageError("the disk is full")
        whole(path, text)

    monkeypatch.setattr(module, "write_file", breaks)
    with pytest.raises(UsageError, match="disk is full"):
        write_folder(str(tmp_path), {"x.html": "x", "z.html": "z"})
    monkeypatch.undo()
    assert write_folder(str(tmp_path), {"y.html": "y"}) == Written(1, 1, 5)
    assert sorted(texts(tmp_path)) == [MANIFEST, "y.html"]


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(UsageError, match="cannot be made: not a directory"):
        write_folder(str(tmp_path / "file" / "site"), OLD)
