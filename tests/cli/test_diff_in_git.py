"""What docs/diff-in-git.md says works, in a real repository, with real git.

Every ```sh block is run line by line, and the ```text block below one is what its last line prints
(``…`` alone on a line stands for any lines). The jobs for CI services are run with stand-ins for
what posts comments.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from salesflow.reporting.changed.markdown import MARKER
from tests.source.git_made import Made, made
from tests.test_docs import ROOT, blocks, fits

PAGE = (ROOT / "docs" / "diff-in-git.md").read_text(encoding="utf-8")
FILE = "processes/smb.salesflow.yaml"
TEXT = """\
salesflow: 1
process: smb
calendars: {office: {timezone: Europe/Vienna, hours: {mon-fri: "09:00-17:00"}}}
departments:
  sales:
    roles:
      seller: {people: 3, calendar: office}
sources: {website: {start: call}}
steps:
  call: {by: seller, effort: 1h, next: {likes_it: won, declines: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
CHANGED = TEXT.replace("people: 3", "people: 2").replace("salesflow: 1", "# ours\nsalesflow: 1")


@pytest.fixture
def branch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """A clone, on a branch with one commit of its own; `salesflow` is on the PATH."""
    origin = made(tmp_path / "origin", monkeypatch)
    origin.write(FILE, TEXT)
    origin.commit()
    clone = origin.clone(tmp_path / "clone")
    monkeypatch.chdir(clone.folder)
    clone.git("switch", "--quiet", "--create", "topic")
    clone.write(FILE, TEXT.replace("people: 3", "people: 2"))
    clone.commit()
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    stand_in(tmp_path, "salesflow", f'exec "{sys.executable}" -m salesflow "$@"')
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    return clone


def stand_in(folder: Path, name: str, script: str) -> None:
    file = folder / "bin" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


def sh(command: str, *, code: int = 0) -> str:
    done = subprocess.run(
        ["bash", "-e", "-c", command], capture_output=True, text=True, check=False
    )
    assert done.returncode == code, f"$ {command}\n{done.stdout}{done.stderr}"
    return done.stdout


def jobs() -> list[Any]:
    return [yaml.safe_load(block.text) for block in blocks(PAGE) if block.language == "yaml"]


def test_commands_of_the_page_print_what_it_shows(branch: Made) -> None:
    printed, compared = "", 0
    for block in blocks(PAGE):
        if block.language == "sh":
            printed = [sh(line) for line in block.text.splitlines()][-1]
        elif block.language == "text":
            compared += 1
            assert fits(printed.rstrip(), block.text.rstrip()), f"{block.line}:\n{printed}"
    assert compared >= 4


def configured(*commands: str) -> None:
    """The `git config` lines of the page that have all these words."""
    found = re.findall(r"^git config --global .*$", PAGE, re.MULTILINE)
    assert found
    for line in found:
        if any(each in line for each in commands):
            sh(line)


def test_difftool_at_added_renamed_and_deleted_files_and_below_the_top(branch: Made) -> None:
    configured("difftool", "alias")
    branch.write("processes/new.salesflow.yaml", CHANGED.replace("process: smb", "process: new"))
    branch.git("mv", FILE, "processes/small.salesflow.yaml")
    branch.git("add", "--all")
    out = sh("cd processes && git process-diff HEAD")
    assert "new" in out
    assert sh("git process-diff main HEAD") != ""
    Path("processes/small.salesflow.yaml").write_text("salesflow: 1\nprocess: [\n")
    sh("git process-diff HEAD")  # what does not load stops no difftool


def test_textconv_shows_neither_comments_nor_order(branch: Made) -> None:
    configured("textconv")
    branch.write(".gitattributes", "*.salesflow.yaml diff=salesflow\n")
    text = TEXT.replace("people: 3", "people: 2")
    branch.write(
        FILE,
        "# a comment\n"
        + text.replace("{likes_it: won, declines: lost}", "{declines: {to: lost}, likes_it: won}"),
    )
    assert "@@" not in sh("git diff HEAD")
    branch.write(FILE, text.replace("declines: lost", "declines: won"))
    changed = [line for line in sh("git diff HEAD").splitlines() if line[:1] in "+-"][2:]
    assert changed == ["-steps.call.next.declines.to: lost", "+steps.call.next.declines.to: won"]
    branch.write(FILE, "salesflow: 1\nprocess: [\n")
    assert "+process: [" in sh("git diff HEAD")
    assert "+departments.sales.roles.seller.people: 2" in sh("git log -p -1 --format=%s")


def test_a_report_in_git_diff_survives_whatever_changed(branch: Made) -> None:
    configured(".command")
    branch.write(".gitattributes", "*.salesflow.yaml diff=salesflow\n")
    branch.write("processes/org.salesflow.yaml", "salesflow: 1\norganization: acme\n")
    branch.write("processes/new.salesflow.yaml", TEXT.replace("process: smb", "process: new"))
    branch.write("other.txt", "a\n")
    branch.git("add", "--all")
    branch.git("rm", "--quiet", "--force", FILE)
    out = sh("git diff HEAD")
    assert "+a" in out
    assert "new" in out
    assert "smb" in out


def test_the_job_on_github(branch: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [job] = [each["jobs"]["process-diff"] for each in jobs() if "jobs" in each]
    steps = {step.get("name", ""): step for step in job["steps"]}
    monkeypatch.setenv("GITHUB_BASE_REF", "main")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    out = sh(steps["Compare"]["run"])
    assert f"::warning file={FILE},line=7" in out
    comment = Path("comment.md").read_text()
    assert comment.startswith(f"{MARKER}\n")
    assert MARKER in steps["Comment"]["run"]
    assert set(steps["Comment"]["env"]) == {"GH_TOKEN", "COMMENTS"}
    monkeypatch.setenv("COMMENTS", "repos/o/r/issues/5/comments")
    log = tmp_path / "gh.log"
    for known, posted in [
        ("", "api --method POST repos/o/r/issues/5/comments --field body=@comment.md"),
        ("77", "api --method PATCH repos/o/r/issues/comments/77 --field body=@comment.md"),
    ]:
        stand_in(
            tmp_path, "gh", f'echo "$@" >> "{log}"\ncase "$*" in *paginate*) echo "{known}" ;; esac'
        )
        sh(steps["Comment"]["run"])
        assert log.read_text().splitlines()[-1] == posted
    assert (tmp_path / "summary.md").read_text() == comment * 2


def test_the_job_on_gitlab(branch: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [job] = [each["process-diff"] for each in jobs() if "process-diff" in each]
    monkeypatch.setenv("CI_MERGE_REQUEST_DIFF_BASE_SHA", branch.git("rev-parse", "origin/main"))
    for name in ("SALESFLOW_TOKEN", "CI_PROJECT_ID", "CI_MERGE_REQUEST_IID"):
        monkeypatch.setenv(name, name.lower())
    monkeypatch.setenv("CI_API_V4_URL", "https://gitlab.example.com/api/v4")
    log = tmp_path / "curl.log"
    stand_in(tmp_path, "curl", f'printf "%s\\n" "$@" > "{log}"')
    sh("\n".join(job["after_script"]))
    assert not log.exists()  # nothing was compared, so nothing is posted
    sh(job["script"][-1])
    assert Path("comment.md").read_text().startswith(MARKER)
    sh("\n".join(job["after_script"]))
    sent = log.read_text().splitlines()
    assert "body@comment.md" in sent
    assert sent[-1] == (
        "https://gitlab.example.com/api/v4/projects/ci_project_id/merge_requests/"
        "ci_merge_request_iid/notes"
    )
