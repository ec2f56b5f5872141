"""Each fuzz target for a few hundred inputs, guided by coverage: the same ones every time."""

import importlib.util
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.run import TARGETS

RUNS = {
    "checker": 100,
    "diff": 60,
    "overlay": 40,
    "bpmn": 60,
    "merge": 50,
    "deals": 50,
    "typing": 30,
}
OTHERS = 200
SECONDS = 600


@pytest.mark.parametrize("name", TARGETS)
def test_no_input_of_a_short_run_breaks_anything(name: str, tmp_path: Path) -> None:
    if importlib.util.find_spec("atheris") is None:
        told = "the fuzzer is not installed: pip install 'salesflow[fuzz]'"
        made_for = (platform.system(), platform.machine()) == ("Linux", "x86_64")
        if os.environ.get("CI") and made_for and sys.version_info < (3, 14):
            pytest.fail(told)
        pytest.skip(told)
    options = [f"--runs={RUNS.get(name, OTHERS)}", "--seed=1", f"--home={tmp_path}"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.run", name, *options],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert "Done" in done.stderr
