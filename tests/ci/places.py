"""What tests of CI share: a process, programs, the project as others fetch it, and whether PyPI is there."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

ROOT = Path(__file__).parent.parent.parent
FETCHED = ("salesflow", "ci", "action.yml", ".pre-commit-hooks.yaml", "pyproject.toml")
FETCHED += ("README.md", "LICENSE")
NO_CACHES = shutil.ignore_patterns("__pycache__", ".*_cache")

FILE = "processes/smb.salesflow.yaml"
SMB = """\
salesflow: 1
process: smb
departments: {sales: {roles: {seller: {people: 3}}}}
sources: {website: {start: call}}
steps:
  call: {by: seller, next: {likes_it: won, declines: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
TESTS = """\
salesflow: 1
tests: smb_tests
of: smb.salesflow.yaml
cases:
  declined: {takes: {call: declines}, ends: lost}
"""


def programs(folder: Path, monkeypatch: pytest.MonkeyPatch, **lines: str) -> None:
    """Put programs in front of the PATH, a line of shell each; `salesflow` is the one under test."""
    folder.mkdir()
    lines |= {"salesflow": f'exec "{sys.executable}" -m salesflow "$@"'}
    for name, line in lines.items():
        (folder / name).write_text(f"#!/bin/sh\n{line}\n")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def copied(folder: Path) -> Path:
    """The files of the project that somebody gets who fetches it, in a new folder."""
    folder.mkdir(parents=True)
    for name in FETCHED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=NO_CACHES)
        else:
            shutil.copy(source, folder / name)
    return folder


@cache
def pypi_answers() -> bool:
    """Whether pip can fetch a package."""
    with TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "pip", "download", "--no-deps", "-q", "-d", folder, "hatchling"],
            capture_output=True,
            check=False,
        )
    return done.returncode == 0


def need_pypi() -> None:
    """Skip where there is no PyPI, loudly; in CI that is a failure."""
    if not pypi_answers():
        why = "PyPI is out of reach, so nothing was installed: run this test with a network."
        if os.environ.get("CI"):
            pytest.fail(why)
        pytest.skip(why)
