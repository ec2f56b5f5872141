"""The GitLab template: its lines run in the shells that GitLab uses, with its variables and an API made here."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import pytest
import yaml

import salesflow
from tests.ci.github_api import served
from tests.ci.places import FILE, ROOT, SMB, TESTS, programs
from tests.source.git_made import Made, made

TEXT = (ROOT / "ci" / "gitlab" / "salesflow.gitlab-ci.yml").read_text(encoding="utf-8")
TEMPLATE: dict[str, Any] = yaml.safe_load(TEXT)
JOBS = {name: job for name, job in TEMPLATE.items() if name != "variables" and name[0] != "."}
NOTES = "/api/v4/projects/5/merge_requests/7/notes"


class GitLab:
    """A small GitLab: the notes of one merge request, asked for by user 42."""

    def __init__(self) -> None:
        self.notes: list[dict[str, Any]] = []
        self.calls: list[str] = []
        self.refuses = False
        self.url = ""

    def add(self, body: str, author: int) -> dict[str, Any]:
        self.notes.append({"id": 900 + len(self.notes), "body": body, "author": {"id": author}})
        return self.notes[-1]

    def answer(self, method: str, target: str, token: str, content: Any) -> tuple[int, Any]:
        self.calls.append(f"{method} {target}")
        url = urlsplit(target)
        if token != "glpat-secret" or self.refuses:
            return 403, {"message": "403 Forbidden"}
        if (method, url.path) == ("GET", "/api/v4/user"):
            return 200, {"id": 42}
        if (method, url.path) == ("GET", NOTES):
            page = int(parse_qs(url.query)["page"][0])
            return 200, self.notes[(page - 1) * 100 : page * 100]
        if (method, url.path) == ("POST", NOTES):
            return 201, self.add(content["body"], 42)
        found = [n for n in self.notes if f"{NOTES}/{n['id']}" == url.path]
        if method == "PUT" and found:
            found[0]["body"] = content["body"]
            return 200, found[0]
        return 404, {"message": "404 Not found"}


@pytest.fixture
def gitlab() -> Iterator[GitLab]:
    with served(GitLab()) as there:
        yield there


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """A branch with nothing changed yet, `salesflow` on the PATH, and GitLab's variables."""
    there = made(tmp_path / "work", monkeypatch)
    there.write(FILE, SMB)
    there.write("processes/smb_tests.salesflow.yaml", TESTS)
    base = there.commit()
    programs(tmp_path / "bin", monkeypatch, python=f'exec "{sys.executable}" "$@"')
    for name, value in TEMPLATE["variables"].items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SALESFLOW_PATHS", "processes")
    monkeypatch.setenv("SALESFLOW_TOKEN", "")
    monkeypatch.setenv("CI_MERGE_REQUEST_DIFF_BASE_SHA", base)
    monkeypatch.setenv("CI_PROJECT_ID", "5")
    monkeypatch.setenv("CI_MERGE_REQUEST_IID", "7")
    return there


def run(project: Made, name: str, shell: str = "bash") -> tuple[int, str]:
    """What a job does once its package is installed: its script, then what comes after it."""
    told = ""
    code = 0
    for part in ("script", "after_script"):
        done = subprocess.run(
            [shell, "-e", "-c", "\n".join(JOBS[name].get(part, []))],
            cwd=project.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        told += done.stdout
        code = code or done.returncode
    return code, told


def test_the_template_is_of_the_version_that_it_installs() -> None:
    assert TEMPLATE["variables"]["SALESFLOW_PACKAGES"] == f"salesflow=={salesflow.__version__}"
    assert TEMPLATE[".salesflow"]["before_script"] == [
        "python -m pip install --quiet --disable-pip-version-check $SALESFLOW_PACKAGES"
    ]


def test_only_keys_that_gitlab_knows() -> None:
    known = {"extends", "stage", "script", "after_script", "artifacts", "rules", "variables"}
    for name, job in JOBS.items():
        assert set(job) <= known, name
        for other in [job["extends"]] if isinstance(job["extends"], str) else job["extends"]:
            assert other in TEMPLATE
        assert set(job["artifacts"]) <= {"when", "reports", "paths", "expose_as"}
    used = set(re.findall(r"\$\{?(SALESFLOW_[A-Z_]+)", TEXT))
    assert used - set(TEMPLATE["variables"]) == {"SALESFLOW_TOKEN"}


@pytest.mark.parametrize("shell", ["bash", "dash"])
def test_check_writes_what_a_merge_request_shows(shell: str, project: Made) -> None:
    if shutil.which(shell) is None:
        assert not os.environ.get("CI"), f"apt install {shell}"
        pytest.skip(f"apt install {shell}")
    assert run(project, "salesflow-check", shell)[0] == 0
    assert json.loads((project.folder / "gl-code-quality-report.json").read_text()) == []
    project.write(FILE, SMB.replace("likes_it: won", "likes_it: demo"))
    code, told = run(project, "salesflow-check", shell)
    assert code == 1
    assert "There is no step or outcome called `demo`." in told
    [issue] = json.loads((project.folder / "gl-code-quality-report.json").read_text())
    # The keys that GitLab's documentation of its report asks for, and its five severities.
    assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
    assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
    assert issue["location"] == {"path": FILE, "lines": {"begin": 6, "end": 6}}
    assert re.fullmatch("[0-9a-f]{32}", issue["fingerprint"])
    assert ET.parse(project.folder / "salesflow-check.xml").getroot().get("failures") == "1"
    artifacts = JOBS["salesflow-check"]["artifacts"]
    assert artifacts["when"] == "always"
    for file in artifacts["reports"].values():
        assert (project.folder / file).exists()


def test_fail_on_and_several_paths(project: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write(FILE, SMB.replace("likes_it: won", "likes_it: demo"))
    project.write("more/other.salesflow.yaml", SMB.replace("smb", "other"))
    monkeypatch.setenv("SALESFLOW_PATHS", "processes more")
    monkeypatch.setenv("SALESFLOW_FAIL_ON", "never")
    code, told = run(project, "salesflow-check")
    assert code == 0
    assert "in 3 files" in told


def test_tests_are_a_junit_report(project: Made) -> None:
    assert run(project, "salesflow-test")[0] == 0
    project.write(FILE, SMB.replace("declines: lost", "declines: won"))
    code, told = run(project, "salesflow-test")
    assert code == 1
    assert "FAILED     declined" in told
    assert ET.parse(project.folder / "salesflow-test.xml").getroot().get("failures") == "1"


def test_a_merge_request_gets_one_note(
    project: Made, gitlab: GitLab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI_API_V4_URL", f"{gitlab.url}/api/v4")
    project.write(FILE, SMB.replace("likes_it", "wants_it"))
    project.commit()
    code, told = run(project, "salesflow-diff")
    assert code == 1  # breaking
    assert "With SALESFLOW_TOKEN it becomes a note." in told
    assert gitlab.calls == []
    monkeypatch.setenv("SALESFLOW_TOKEN", "glpat-secret")
    theirs = gitlab.add("<!-- salesflow diff -->\nMerge it, all is well.", 13)
    for n in range(120):
        gitlab.add(f"Talk {n}", 13)
    for people in ("people: 3", "people: 2"):
        project.write(FILE, SMB.replace("likes_it", "wants_it").replace("people: 3", people))
        run(project, "salesflow-diff")
    ours = [note for note in gitlab.notes if note["author"]["id"] == 42]
    assert [note["body"] for note in ours] == [(project.folder / "salesflow-diff.md").read_text()]
    assert ours[0]["body"].startswith("<!-- salesflow diff -->\n## ")
    assert theirs["body"].endswith("well.")


def test_where_nothing_changed_there_is_no_note(
    project: Made, gitlab: GitLab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI_API_V4_URL", f"{gitlab.url}/api/v4")
    monkeypatch.setenv("SALESFLOW_TOKEN", "glpat-secret")
    assert run(project, "salesflow-diff")[0] == 0
    assert gitlab.notes == []


def test_a_token_without_rights_is_told_and_hides_nothing(
    project: Made, gitlab: GitLab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI_API_V4_URL", f"{gitlab.url}/api/v4")
    monkeypatch.setenv("SALESFLOW_TOKEN", "glpat-secret")
    monkeypatch.setenv("SALESFLOW_DIFF_FAIL_ON", "never")
    gitlab.refuses = True
    project.write(FILE, SMB.replace("likes_it", "wants_it"))
    code, told = run(project, "salesflow-diff")
    assert code == 0
    assert "The merge request got no note (HTTP Error 403: Forbidden)" in told
    assert "Traceback" not in told


def test_what_cannot_be_compared_gets_no_note(
    project: Made, gitlab: GitLab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI_API_V4_URL", f"{gitlab.url}/api/v4")
    monkeypatch.setenv("SALESFLOW_TOKEN", "glpat-secret")
    monkeypatch.setenv("CI_MERGE_REQUEST_DIFF_BASE_SHA", "0" * 40)
    code, _ = run(project, "salesflow-diff")
    assert code == 2
    assert gitlab.calls == []
    assert JOBS["salesflow-diff"]["variables"] == {"GIT_DEPTH": "0"}


def test_pages_are_the_site(project: Made) -> None:
    code, told = run(project, "pages")
    assert code == 0, told
    assert "smb" in (project.folder / "public" / "index.html").read_text(encoding="utf-8")
