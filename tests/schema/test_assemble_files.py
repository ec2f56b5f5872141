"""Assembling what lies on the disk: names, links, and files that cannot be had."""

import os
from pathlib import Path

import pytest

from salesflow.errors import UsageError
from salesflow.schema.assemble import Assembly, assemble_file, assemble_text

ORGANIZATION = "salesflow: 1\norganization: acme\ndata: {amount: {type: money}}\n"
PROCESS = """\
salesflow: 1
process: smb
use: [shared/acme.yaml]
sources: {inbound: {start: call}}
steps: {call: {next: {buys: won, passes: lost}}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
VARIANT = "salesflow: 1\nvariant: south\nof: ../smb.yaml\nchange: {steps.call.effort: 1h}\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in the current folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "salesflow.toml").touch()
    for folder in ("shared", "variants"):
        (tmp_path / folder).mkdir()
    (tmp_path / "shared" / "acme.yaml").write_text(ORGANIZATION)
    (tmp_path / "smb.yaml").write_text(PROCESS)
    (tmp_path / "variants" / "south.yaml").write_text(VARIANT)
    return tmp_path


def shown(assembly: Assembly) -> list[str]:
    """Findings as text."""
    return [f"{f.file}:{f.line}:{f.column}: {f.rule}: {f.message}" for f in assembly.findings]


def test_files_are_named_from_where_the_first_one_is_named(project: Path) -> None:
    assembly = assemble_file("variants/south.yaml")
    assert shown(assembly) == []
    assert list(assembly.readings) == ["variants/south.yaml", "smb.yaml", "shared/acme.yaml"]
    assert assembly.data["data"] == {"amount": {"type": "money"}}
    full = assemble_file(str(project / "variants" / "south.yaml"))
    assert str(project / "shared" / "acme.yaml") in full.readings


def test_a_text_is_looked_up_from_its_folder(project: Path) -> None:
    assembly = assemble_text(VARIANT, file="<text>", folder="variants")
    assert shown(assembly) == []
    assert (assembly.id, assembly.file) == ("south", "<text>")
    assert "shared/acme.yaml" in assembly.readings
    assert shown(assemble_text(VARIANT.replace("../", ""), file="<text>")) == []


@pytest.mark.parametrize("name", ["smb.yaml", "./smb.yaml", "shared/../smb.yaml"])
def test_a_file_is_the_same_whatever_name_leads_to_it(project: Path, name: str) -> None:
    Path("smb.yaml").write_text(PROCESS.replace("[shared", "[variants/south.yaml, shared"))
    messages = {f.message for f in assemble_file(name).findings}
    assert messages == {
        f"These files refer to each other in a circle: `{name}` → `variants/south.yaml` → `{name}`."
    }


def test_links_are_followed_and_read_once(project: Path) -> None:
    os.symlink(project / "shared" / "acme.yaml", project / "link.yaml")
    Path("smb.yaml").write_text(PROCESS.replace("[shared", "[link.yaml, shared"))
    assembly = assemble_file("smb.yaml")
    assert shown(assembly) == []
    assert len(assembly.readings) == 2


@pytest.mark.parametrize(
    ("reference", "says"),
    [
        ("shared/acmee.yaml", "There is no file `shared/acmee.yaml` here."),
        ("shared", "`shared` is a folder."),
        ("../outside.yaml", "`../outside.yaml` lies outside the project."),
        ("/etc/passwd", "`/etc/passwd` is no relative path."),
    ],
)
def test_what_cannot_be_had_is_found_at_the_reference(
    project: Path, reference: str, says: str
) -> None:
    Path("smb.yaml").write_text(PROCESS.replace("shared/acme.yaml", reference))
    assert shown(assemble_file("smb.yaml")) == [f"smb.yaml:3:7: unknown-name: {says}"]


def test_a_file_that_is_no_text(project: Path) -> None:
    Path("shared/acme.yaml").write_bytes(b"\x00\xff\x00")
    (finding,) = assemble_file("smb.yaml").findings
    assert (finding.rule, finding.file) == ("syntax", "shared/acme.yaml")


def test_a_pipe_is_no_file(project: Path) -> None:
    os.mkfifo("pipe.yaml")
    Path("smb.yaml").write_text(PROCESS.replace("shared/acme.yaml", "pipe.yaml"))
    (finding,) = assemble_file("smb.yaml").findings
    assert (finding.rule, finding.line) == ("unknown-name", 3)


@pytest.mark.parametrize("reference", [r'"a\0b"', '" "', ".", '"~/x"', "a" * 5000, r'"\uD800"'])
def test_strange_references_are_found(project: Path, reference: str) -> None:
    Path("smb.yaml").write_text(PROCESS.replace("shared/acme.yaml", reference))
    assert {f.file for f in assemble_file("smb.yaml").findings} == {"smb.yaml"}


def test_there_is_no_first_file(project: Path) -> None:
    with pytest.raises(UsageError):
        assemble_file("none.yaml")
