"""Files inside the project: found, named as people name them, and never from outside."""

import os
from pathlib import Path

import pytest

from salesflow.errors import UsageError
from salesflow.findings import Finding
from salesflow.source.limits import DEFAULT_LIMITS
from salesflow.source.project import (
    Place,
    find_files,
    follow,
    instead,
    project_root,
    read_bytes,
    read_file,
    resolve,
)
from salesflow.source.read import Reading

HELLO = "salesflow: 1\nprocess: hello\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in a folder of its own, which is the working folder; secrets lie beside it."""
    root = tmp_path / "project"
    (root / "flows").mkdir(parents=True)
    (root / "salesflow.toml").touch()
    (root / "flows" / "smb.salesflow.yaml").write_text(HELLO)
    (tmp_path / "secret.yaml").write_text("secret: 1\n")
    monkeypatch.chdir(root)
    return root


@pytest.mark.parametrize("mark", ["salesflow.toml", "pyproject.toml", ".git"])
def test_the_root_is_the_nearest_folder_with_a_mark(tmp_path: Path, mark: str) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    (tmp_path / "a" / mark).touch()
    assert project_root(str(below / "x.yaml")) == str(tmp_path / "a")


def test_without_a_mark_the_root_is_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("salesflow.source.project.ROOT_MARKS", ("no such mark",))
    assert project_root(str(tmp_path / "x.yaml")) == str(tmp_path)


def test_a_reference_is_relative_to_its_file(project: Path) -> None:
    for reference, start in [
        ("smb.salesflow.yaml", "flows/a.yaml"),
        ("flows/smb.salesflow.yaml", "a.yaml"),
        ("../flows/smb.salesflow.yaml", "flows/a.yaml"),
    ]:
        place = resolve(reference, start)
        assert isinstance(place, Place)
        assert place.name == os.path.join("flows", "smb.salesflow.yaml")
        assert place.real == str(project / "flows" / "smb.salesflow.yaml")
    read = follow("smb.salesflow.yaml", "flows/a.yaml")
    assert isinstance(read, Reading)
    assert read.data == {"salesflow": 1, "process": "hello"}


@pytest.mark.parametrize(
    ("reference", "message", "hint"),
    [
        ("/etc/passwd", "`/etc/passwd` is no relative path.", "Write it relative"),
        ("~/x", "`~/x` is no relative path.", "Write it relative"),
        ("flows\\x", "`flows\\x` is no relative path.", "Write it relative"),
        ("../secret.yaml", "`../secret.yaml` lies outside the project.", "Only files below"),
        ("link.yaml", "`link.yaml` lies outside the project.", "Only files below"),
        ("flows", "`flows` is a folder.", "Name a file in it."),
        ("loop.yaml", "There is no file `loop.yaml` here.", ""),
        (
            "flows/smv.salesflow.yaml",
            "There is no file `flows/smv.salesflow.yaml` here.",
            "Did you mean `smb.salesflow.yaml`?",
        ),
        ("flows/zzz", "There is no file `flows/zzz` here.", "Check the name"),
        *(
            (f"flows/{short}", f"There is no file `flows/{short}` here.", "Did you mean `smb.sales")
            for short in ("smb", "smb.yml", "smb.yaml", "smb.salesflow")
        ),
        (
            "none/x.yaml",
            "There is no file `none/x.yaml` here.",
            "There is no folder `none` either.",
        ),
        ("pipe.yaml", "`pipe.yaml` is no regular file.", "Check the file"),
    ],
)
def test_what_a_reference_may_not_mean(
    project: Path, reference: str, message: str, hint: str
) -> None:
    (project / "link.yaml").symlink_to(project.parent / "secret.yaml")
    (project / "loop.yaml").symlink_to(project / "loop.yaml")
    os.mkfifo(project / "pipe.yaml")
    found = follow(reference, "a.yaml")
    assert isinstance(found, Finding)
    assert found.message == message
    assert found.help.startswith(hint)


def test_files_that_cannot_be_read(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = {
        "flows": "`flows` is a folder, not a file.",
        "zzz": "`zzz` cannot be read: there is no such file.",
        "flows/smb.salesflow.yml": "`flows/smb.salesflow.yml` cannot be read: there is no such "
        "file. Did you mean `smb.salesflow.yaml`?",
        "flows/smb.salesflow.yaml/x": "`flows/smb.salesflow.yaml/x` cannot be read: not a directory.",
        "a\0b": "`'a\\x00b'` is no file name.",
    }
    for name, message in expected.items():
        with pytest.raises(UsageError) as caught:
            read_file(name)
        assert str(caught.value) == message

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(UsageError, match="you have no permission"):
        read_file("flows/smb.salesflow.yaml")


def test_a_file_that_is_too_large_is_not_opened(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builtins.open", None)  # opening would fail
    reading = read_file("flows/smb.salesflow.yaml", limits=DEFAULT_LIMITS._replace(characters=10))
    assert [f.rule for f in reading.findings] == ["limit-exceeded"]


@pytest.mark.parametrize(
    ("raw", "line", "column", "message"),
    [
        (b"a: 1\nb: \xc3\xa9\xff", 2, 5, "The byte 0xff here is not UTF-8."),
        ("a: é".encode("latin-1"), 1, 4, "The byte 0xe9 here is not UTF-8."),
        ("a: 1".encode("utf-16"), 1, 1, "This file is saved as UTF-16, and salesflow reads UTF-8."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", 1, 1, "This is no text file."),
    ],
)
def test_bytes_that_are_no_text(raw: bytes, line: int, column: int, message: str) -> None:
    reading = read_bytes(raw, "f")
    assert reading.data is None
    assert [(f.rule, f.line, f.column, f.message) for f in reading.findings] == [
        ("syntax", line, column, message)
    ]


def test_which_files_a_folder_holds(project: Path) -> None:
    for name in ("b/x", "a/x", ".hidden/x", "node_modules/x", "my_env/x", "a/.x", "venv/x"):
        path = project / f"{name}.salesflow.yaml"
        path.parent.mkdir(exist_ok=True)
        path.touch()
    (project / "my_env" / "pyvenv.cfg").touch()
    (project / "a" / "round").symlink_to(project, target_is_directory=True)
    (project / "a" / "other.yaml").touch()
    names = ["a/x.salesflow.yaml", "b/x.salesflow.yaml", "flows/smb.salesflow.yaml"]
    assert sorted(find_files(".")) == names
    assert sorted(find_files(str(project))) == [str(project / name) for name in names]


def test_the_file_that_could_be_meant_is_the_first_by_name(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever order the disk tells them in."""
    assert instead(str(project)) == "`salesflow init` writes a process to start from."
    for name in ("small.yaml", "large.yml", "mid.yaml", ".hidden.yaml"):
        (project / name).touch()
    told = os.listdir(project)
    for order in (sorted(told), sorted(told, reverse=True)):
        monkeypatch.setattr(os, "listdir", lambda _, order=order: order)
        assert instead(str(project)).startswith(
            "There is `large.yml`: name it, or call it `large.sal"
        )
