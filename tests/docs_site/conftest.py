"""The site of docs/, built once, and a real browser."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.docs_site.llms import CONFIG
from tests.drawing.browser.conftest import browser

__all__ = ["browser"]


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site, built strictly: a warning fails."""
    if find_spec("mkdocs") is None:
        message = "MkDocs is not installed: run `pip install salesflow[docs]`"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    folder = tmp_path_factory.mktemp("site")
    words = ["build", "--strict", "-f", str(CONFIG), "-d", str(folder)]
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder
