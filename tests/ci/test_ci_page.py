"""What docs/ci.md shows for CI services works: the lines run, in order, as each service runs them."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml

import salesflow
from tests.ci.places import FILE, ROOT, programs
from tests.ci.test_pre_commit import HOOKS
from tests.source.git_made import Made, made
from tests.test_docs import blocks

PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
SMB, NEXT = (
    next(block.text for block in blocks(PAGE) if block.about == f"file: {name}.salesflow.yaml")
    for name in ("smb", "next")
)
TESTS = "salesflow: 1\ntests: smb_tests\nof: smb.salesflow.yaml\ncases: {no_fit: {takes: {call: unfit}, ends: lost}}\n"


def pieces() -> Iterator[Any]:
    yield from (yaml.safe_load(b.text) for b in blocks(PAGE) if b.about == "a piece")


def piece(key: str) -> Any:
    """The first example that has a key at its top."""
    return next(each for each in pieces() if isinstance(each, dict) and key in each)


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """A clone on a branch that mends the page's example; `salesflow` is on the PATH, pip does nothing."""
    origin = made(tmp_path / "origin", monkeypatch)
    origin.write(FILE, SMB)
    origin.write("processes/smb_tests.salesflow.yaml", TESTS)
    origin.commit()
    there = origin.clone(tmp_path / "clone")
    there.git("switch", "--quiet", "--create", "topic")
    programs(tmp_path / "bin", monkeypatch, pip="exit 0")
    return there


def sh(there: Made, script: str) -> tuple[int, str]:
    done = subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=there.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def junit(file: Path) -> str:
    root = ET.parse(file).getroot()
    assert root.tag == "testsuites"
    return root.get("failures") or ""


def test_azure(clone: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    scripts = [step["script"] for step in piece("pool")["steps"] if "script" in step]
    monkeypatch.setenv("SYSTEM_PULLREQUEST_TARGETBRANCH", "refs/heads/main")
    assert sh(clone, scripts[0])[0] == 0
    code, told = sh(clone, scripts[1])
    assert code == 1  # the flaw
    assert "dead-end" in told
    assert "1 passed" in told  # tests ran all the same
    assert [junit(file) for file in sorted(clone.folder.glob("reports/*.xml"))] == ["1", "0"]
    clone.write(FILE, NEXT)
    assert sh(clone, scripts[1])[0] == 0
    code, told = sh(clone, scripts[2])
    assert code == 1
    assert told.startswith("smb: breaking.")


def test_bitbucket(clone: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    pipelines = piece("pipelines")
    assert pipelines["clone"] == {"depth": "full"}
    monkeypatch.setenv("BITBUCKET_PR_DESTINATION_BRANCH", "main")
    [step] = pipelines["pipelines"]["pull-requests"]["**"]
    script = "\n".join(step["step"]["script"])
    code, told = sh(clone, script)
    assert code == 1
    assert "dead-end" in told
    clone.write(FILE, NEXT)
    code, told = sh(clone, script)
    assert code == 0, told
    assert "smb: breaking." in told
    assert sorted(os.listdir(clone.folder / "test-reports")) == ["check.xml", "test.xml"]


def test_circleci(clone: Made) -> None:
    steps = [step for step in piece("workflows")["jobs"]["processes"]["steps"] if "run" in step]
    assert sh(clone, steps[0]["run"])[0] == 0
    assert sh(clone, steps[1]["run"]["command"])[0] == 1
    assert steps[2]["run"]["when"] == "always"
    assert sh(clone, steps[2]["run"]["command"])[0] == 0
    assert junit(clone.folder / "reports/check/report.xml") == "1"
    assert junit(clone.folder / "reports/test/report.xml") == "0"


def test_jenkins(clone: Made) -> None:
    groovy = next(block.text for block in blocks(PAGE) if block.language == "groovy")
    scripts = re.findall(r"sh '(.*)'", groovy)
    assert scripts[0].startswith("python -m venv .venv && .venv/bin/pip ")
    scripts[0] = scripts[0].partition(" && ")[2]
    clone.write(FILE, NEXT)
    for command in scripts:
        code, told = sh(clone, command.replace(".venv/bin/", ""))
        assert code == 0, told
    assert sorted(os.listdir(clone.folder / "reports")) == ["check.xml", "test.xml"]


def test_versions_and_hooks_are_those_that_there_are() -> None:
    versions = set(re.findall(r"\bv(\d+\.\d+\.\d+)\b", PAGE))
    assert versions == {salesflow.__version__}
    [repository] = piece("repos")["repos"]
    assert [hook["id"] for hook in repository["hooks"]] == sorted(
        (hook["id"] for hook in HOOKS if not hook.get("always_run")),
        key=lambda name: name != "salesflow-fmt",
    )
    assert [hook["id"] for hook in piece("hooks")["hooks"]] == [
        hook["id"] for hook in HOOKS if hook.get("always_run")
    ]


def test_the_waiver_of_the_page_takes_the_gate_away(
    clone: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    [toml] = [block.text for block in blocks(PAGE) if block.language == "toml"]
    clone.write(FILE, NEXT)
    clone.write("salesflow.toml", toml)
    told = sh(clone, "salesflow diff --base origin/main processes")[1]
    assert "1 breaking" in told  # the removed result is left
    assert "Agreed with sales on 2026-02-10" in told
