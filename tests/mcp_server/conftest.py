"""A folder with processes, as a user has it, which is also the working folder."""

import shutil
from pathlib import Path

import pytest

from salesflow.mcp_server.ground import Ground, ground_of

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "processes"
    shutil.copytree(ROOT / "examples", home)
    monkeypatch.chdir(home)
    return home


@pytest.fixture
def ground(folder: Path) -> Ground:
    return ground_of(["."])
