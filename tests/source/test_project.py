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


def not_read(name: str) -> str:
    with pytest.raises(UsageError) as caught:
        read_file(name)
    return str(caught.value)


def test_a_link_that_leads_nowhere_is_not_proposed_for_itself(project: Path) -> None:
    (project / "gone.salesflow.yaml").symlink_to("nothing")
    found = resolve("gone.salesflow.yaml", "a.yaml")
    assert isinstance(found, Finding)
    assert found.message == "There is no file `gone.salesflow.yaml` here."
    assert found.help == "It is a link that leads nowhere."
    assert not_read("gone.salesflow.yaml") == (
        "`gone.salesflow.yaml` cannot be read: there is no such file. It is a link that leads "
        "nowhere."
    )


def test_the_file_that_was_probably_meant(project: Path) -> None:
    for name in ("Q3 plan.yaml", ".hidden.yaml", "enterprise.salesflow.yaml", "terms.txt"):
        (project / name).touch()
    long = "e" * 256
    for name, hint in {
        "enterprise": " Did you mean `enterprise.salesflow.yaml`?",
        "enterprise.yml": " Did you mean `enterprise.salesflow.yaml`?",
        "entreprise.salesflow.yaml": " Did you mean `enterprise.salesflow.yaml`?",
        "Q3": " `Q3 plan.yaml` is one name with a space in it: put it in quotes.",
        "term.txt": " Did you mean `terms.txt`?",
        "hidden.yaml": "",
        "abc.salesflow.yaml": " Did you mean `enterprise.salesflow.yaml`?",  # the only one
        "enterprise.saleflow.yaml": " Did you mean `enterprise.salesflow.yaml`?",
        "term.csv": " Did you mean `terms.txt`?",
        "flows/x/y": "",
        "zzz.txt": "",
    }.items():
        assert not_read(name) == f"`{name}` cannot be read: there is no such file.{hint}"
    (project / "smb.salesflow.yaml").touch()  # two of them, and only endings are alike
    assert not_read("abc.salesflow.yaml").endswith("there is no such file.")
    found = resolve(long, "a.yaml")
    assert isinstance(found, Finding)
    assert found.message == f"There is no file `{'e' * 255}…` here."
    assert found.help == "Check the name; it is relative to this file."
    nowhere = resolve(f"{long}/x", "a.yaml")
    assert isinstance(nowhere, Finding)
    assert nowhere.help == f"There is no folder `{'e' * 255}…` either."


def test_of_very_long_names_none_is_compared(project: Path) -> None:
    (project / f"{'e' * 250}.txt").touch()
    for more, shown, hint in (
        (1, f"{'e' * 251}.txt", f"Did you mean `{'e' * 250}.txt`?"),
        (2, f"{'e' * 252}.tx…", "Check the name; it is relative to this file."),
    ):
        found = resolve(f"{'e' * (250 + more)}.txt", "a.yaml")
        assert isinstance(found, Finding)
        assert (found.message, found.help) == (f"There is no file `{shown}` here.", hint)


def test_of_very_many_files_some_are_compared(project: Path) -> None:
    for number in range(500):
        (project / "flows" / f"a{number:03}.txt").touch()
    (project / "flows" / "zebra.txt").touch()
    assert not_read("flows/zebre.txt").endswith("there is no such file.")
    assert not_read("flows/a1499.txt").endswith("Did you mean `a499.txt`?")
    assert not_read("flows/smb.salesflow.yml").endswith("there is no such file.")
    (project / "flows" / "a000.txt").unlink()
    assert not_read("flows/smb.salesflow.yml").endswith("Did you mean `smb.salesflow.yaml`?")


@pytest.mark.parametrize(
    ("reference", "hint"),
    [
        ("/x", "Write it relative to this file, with `/`: `folder/name.salesflow.yaml`."),
        ("a\nb", "Write it relative to this file, with `/`: `folder/name.salesflow.yaml`."),
        ("../x", "Only files below `project` can be used: copy it there."),
        ("flows", "Name a file in it."),
    ],
)
def test_a_reference_is_refused_as_an_unknown_name(
    project: Path, reference: str, hint: str
) -> None:
    found = resolve(reference, "a.yaml")
    assert isinstance(found, Finding)
    assert (found.rule, found.severity, found.help, found.file) == (
        "unknown-name",
        "error",
        hint,
        "",
    )


def test_what_is_below_is_told_from_what_only_begins_alike(project: Path) -> None:
    (project.parent / "project2").mkdir()
    (project.parent / "project2" / "x.yaml").touch()
    found = resolve("../project2/x.yaml", "a.yaml")
    assert isinstance(found, Finding)
    assert found.message == "`../project2/x.yaml` lies outside the project."


def test_a_file_that_cannot_be_followed_says_what_to_check(project: Path) -> None:
    os.mkfifo(project / "pipe.yaml")
    found = follow("pipe.yaml", "a.yaml")
    assert isinstance(found, Finding)
    assert (found.rule, found.message, found.help) == (
        "unknown-name",
        "`pipe.yaml` is no regular file.",
        "Check the file and its permissions.",
    )


def test_limits_hold_for_what_is_followed(project: Path) -> None:
    small = DEFAULT_LIMITS._replace(characters=len(HELLO) - 1)
    for reading in (
        follow("smb.salesflow.yaml", "flows/a.yaml", limits=small),
        read_file("flows/smb.salesflow.yaml", limits=small),
    ):
        assert isinstance(reading, Reading)
        [finding] = reading.findings
        assert (finding.rule, finding.line, finding.file) == (
            "limit-exceeded",
            1,
            os.path.join("flows", "smb.salesflow.yaml"),
        )
        assert (reading.data, reading.text, reading.file) == (None, "", finding.file)
        assert (finding.message, finding.help) == ("The file has more than 0 MB.", "Split it.")
    fits = small._replace(characters=len(HELLO))
    assert read_file("flows/smb.salesflow.yaml", limits=fits).findings == ()


def test_a_file_may_be_called_something_else_than_it_is(project: Path) -> None:
    reading = read_file("flows/smb.salesflow.yaml", called="the draft")
    assert (reading.file, reading.findings) == ("the draft", ())
    limits = DEFAULT_LIMITS._replace(characters=1)
    large = read_file("flows/smb.salesflow.yaml", called="the draft", limits=limits)
    assert (large.file, large.findings[0].file) == ("the draft", "the draft")


def test_a_file_that_grows_while_it_is_read_is_not_read_to_its_end(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = DEFAULT_LIMITS._replace(characters=len(HELLO))
    real = os.stat

    def early(path: str) -> os.stat_result:
        status = real(path)
        (project / "flows" / "smb.salesflow.yaml").write_text(HELLO * 3)
        return status

    monkeypatch.setattr(os, "stat", early)
    reading = read_file("flows/smb.salesflow.yaml", limits=limits)
    assert [finding.rule for finding in reading.findings] == ["limit-exceeded"]
    assert len(reading.text) == len(HELLO) + 1


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"PK\x03\x04", ", but a document of Word, Excel or PowerPoint, or a ZIP archive"),
        (b"PK\x03\x04\xff", ", but a document of Word, Excel or PowerPoint, or a ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1", ", but an old document of Word, Excel, PowerPoint or Visio"),
        (b"%PDF-1.7\n\xe2\xe3", ", but a PDF"),
        (b"\xff" + b"x" * 4094 + b"\x00", ""),
        (b"\x00\xff", ""),
    ],
)
def test_documents_that_people_have_of_their_process(raw: bytes, kind: str) -> None:
    reading = read_bytes(raw, "f")
    [finding] = [each for each in reading.findings if "is no text" in each.message] or [None]
    if raw == b"PK\x03\x04":  # all of it is text so far
        assert finding is None
        return
    assert finding is not None
    assert finding.message == f"This is no text file{kind}."
    assert finding.help == (
        "Process files are plain text: `salesflow init` writes one to start from."
    )
    assert reading.text == ""


@pytest.mark.parametrize(
    "raw", [b"\xff\xfea\x00", b"\xfe\xff\x00a", b"\xff" + b"x" * 4095 + b"\x00"]
)
def test_text_of_another_kind_is_shown(raw: bytes) -> None:
    reading = read_bytes(raw, "f")
    [finding] = reading.findings
    assert finding.help == "Save the file as UTF-8 (in most editors: Save with encoding)."
    assert (finding.line, finding.column, finding.end_column) == (1, 1, 2)
    assert ("UTF-16" in finding.message) == (raw[:2] != b"\xffx")
    assert reading.text == raw.decode("utf-8", "replace")


def test_folders_that_hold_no_process_files(project: Path) -> None:
    for name in ("node_modules", "venv", "__pycache__", "site-packages", ".venv", "venv2"):
        (project / name).mkdir()
        (project / name / "x.salesflow.yaml").touch()
    (project / "flows" / "x.yaml").touch()
    (project / "flows" / "salesflow.yaml").touch()
    assert [*find_files(".")] == ["flows/smb.salesflow.yaml", "venv2/x.salesflow.yaml"]
    assert [*find_files("nowhere")] == []


def test_a_folder_with_other_yaml_files_says_which(project: Path) -> None:
    assert instead("nowhere") == "`salesflow init` writes a process to start from."
    (project / "flows" / "notes.txt").touch()
    assert instead("flows") == (
        "There is `smb.salesflow.yaml`: name it, or call it `smb.salesflow.salesflow.yaml`, so "
        "that it is found."
    )
    (project / "crm.yml").touch()
    assert instead(".") == (
        "There is `crm.yml`: name it, or call it `crm.salesflow.yaml`, so that it is found."
    )
