"""A file of a revision is made whole with what it used then, by the rules of today's files."""

import os
from pathlib import Path

import pytest

from salesflow.findings import Finding
from salesflow.schema.assemble import assemble_file
from salesflow.schema.assembly import Assembly
from salesflow.schema.at_revision import assemble_at
from salesflow.source.history import History, repository_of
from tests.source.git_made import Made, made

ORGANIZATION = (
    "salesflow: 1\norganization: acme\ndepartments: {sales: {roles: {rep: {people: 2}}}}\n"
)
PROCESS = """\
salesflow: 1
process: smb
use: [../org.salesflow.yaml]
sources: {web: {start: call}}
steps: {call: {by: rep, next: won}}
outcomes: {won: {kind: won}}
"""


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    return made(tmp_path / "repo", monkeypatch)


def at_head(name: str) -> Assembly:
    with History(repository_of(".")) as opened:
        return assemble_at(opened.revision("HEAD"), os.path.abspath(name))


def messages(findings: tuple[Finding, ...]) -> list[tuple[str, int, str, str]]:
    return [
        (
            f.file.removeprefix("HEAD:"),
            f.line,
            f.message.replace("HEAD:", ""),
            f.help.replace("HEAD:", ""),
        )
        for f in findings
    ]


def test_what_it_used_then_is_merged_in(repo: Made) -> None:
    repo.commit(org=ORGANIZATION, flows__smb=PROCESS)
    Path("org.salesflow.yaml").unlink()
    Path("flows/smb.salesflow.yaml").write_text("changed\n")
    assembly = at_head("flows/smb.salesflow.yaml")
    assert assembly.findings == ()
    assert assembly.data["departments"]["sales"]["roles"]["rep"]["people"] == 2
    assert [*assembly.readings] == ["HEAD:flows/smb.salesflow.yaml", "HEAD:org.salesflow.yaml"]


REFERENCES = [
    "../org.salesflow.yaml",
    "../og.salesflow.yaml",
    "../../outside.salesflow.yaml",
    "../flows",
    "../nowhere/org.salesflow.yaml",
    "org",
    "/etc/passwd",
    "~/x",
    "a\\b",
    "link.salesflow.yaml",
    "out.salesflow.yaml",
    "smb.salesflow.yaml",
    "../inner/deep.salesflow.yaml",
    "../broken.salesflow.yaml",
    "../odd.salesflow.yaml",
]


@pytest.mark.parametrize("mark", ["", "flows/salesflow.toml", "flows/pyproject.toml"])
@pytest.mark.parametrize("reference", REFERENCES)
def test_references_mean_what_they_mean_on_disk(repo: Made, reference: str, mark: str) -> None:
    """The disk is the oracle: the same tree, the same findings, whatever the reference."""
    (repo.folder.parent / "outside.salesflow.yaml").write_text(ORGANIZATION)
    repo.write("flows/org.txt", "")
    repo.write("inner/deep.salesflow.yaml", "salesflow: 1\norganization: deep\nuse: [gone.yaml]\n")
    repo.write("broken.salesflow.yaml", "salesflow: 1\norganization: [\n")
    (repo.folder / "odd.salesflow.yaml").write_bytes(b"salesflow: 1\n# \xff\n")
    (repo.folder / "flows").mkdir(exist_ok=True)
    (repo.folder / "flows/link.salesflow.yaml").symlink_to("../org.salesflow.yaml")
    (repo.folder / "flows/out.salesflow.yaml").symlink_to("../../outside.salesflow.yaml")
    if mark:
        repo.write(mark, "")
    repo.commit(org=ORGANIZATION, flows__smb=PROCESS.replace("../org.salesflow.yaml", reference))
    then, now = at_head("flows/smb.salesflow.yaml"), assemble_file("flows/smb.salesflow.yaml")
    assert messages(then.findings) == messages(now.findings)
    assert then.data == now.data
    assert [name.removeprefix("HEAD:") for name in then.readings] == [*now.readings]


def test_what_lies_in_a_submodule_is_told(
    repo: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = made(tmp_path / "other", monkeypatch)
    other.commit(org=ORGANIZATION)
    monkeypatch.chdir(repo.folder)
    repo.git("submodule", "--quiet", "add", f"file://{other.folder}", "vendor")
    repo.commit(flows__smb=PROCESS.replace("../org", "../vendor/org"))
    [finding] = at_head("flows/smb.salesflow.yaml").findings
    assert "lies in `vendor`, a submodule" in finding.message
    assert (finding.file, finding.line) == ("HEAD:flows/smb.salesflow.yaml", 3)


def test_files_are_read_once(repo: Made) -> None:
    repo.commit(org=ORGANIZATION, flows__a=PROCESS, flows__b=PROCESS)
    with History(repository_of(".")) as opened:
        files = opened.revision("HEAD")
        readings: dict[str, object] = {}
        for name in ("a", "b"):
            path = os.path.abspath(f"flows/{name}.salesflow.yaml")
            assemble_at(files, path, opened=readings)  # type: ignore[arg-type]
    assert len(readings) == 3
