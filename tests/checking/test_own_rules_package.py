"""The example package of own rules: really built, really installed, used as its guide says.

It is installed into a folder of its own, which is put on the path: that takes no network, and
entry points are found there as anywhere.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.test_docs import fits

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "own-rules"
GUIDE = (ROOT / "docs" / "own-rules.md").read_text(encoding="utf-8")
CONFIGURATION = 'plugins = ["acme-sales-rules"]\n'

COMMANDS = {
    "salesflow": [sys.executable, "-m", "salesflow"],
    "pytest": [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"],
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the example, its package installed beside it."""
    if find_spec("hatchling") is None or find_spec("pip") is None:
        message = "hatchling or pip is missing: pip install 'salesflow[test]'"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    home = tmp_path_factory.mktemp("acme") / "own-rules"
    shutil.copytree(EXAMPLE, home, ignore=shutil.ignore_patterns("__pycache__"))
    (home / "sales" / "salesflow.toml").write_text(CONFIGURATION)
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check"]
    install = [sys.executable, "-m", "pip", "install", "--quiet", *options]
    subprocess.run([*install, "--target", str(home / "site"), str(home)], check=True)
    shutil.rmtree(home / "acme_sales_rules")  # only what is installed counts
    return home


def ran(home: Path, command: str, *, installed: bool = True) -> subprocess.CompletedProcess[str]:
    """A command of the guide, run by itself."""
    name, *words = shlex.split(command)
    unset = {"GITHUB_ACTIONS", "PYTHONPATH", "PYTEST_ADDOPTS", "PYTEST_XDIST_WORKER"}
    env = {key: value for key, value in os.environ.items() if key not in unset}
    paths = [str(home / "site"), str(ROOT)] if installed else [str(ROOT)]
    env |= {"PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}
    return subprocess.run(
        [*COMMANDS[name], *words], cwd=home, env=env, capture_output=True, text=True, check=False
    )


def test_the_guide_shows_the_files_as_they_are() -> None:
    for name in ("acme_sales_rules/demo_criteria.py", "tests/test_rules.py", "pyproject.toml"):
        assert (EXAMPLE / name).read_text(encoding="utf-8") in GUIDE, name
    assert f"```toml\n{CONFIGURATION}```" in GUIDE


def test_the_guide_shows_what_is_printed(home: Path) -> None:
    blocks = re.findall(r"^```text\n\$ ([^\n]+)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 3
    for command, expected in blocks:
        done = ran(home, command)
        printed = re.sub(r"in \d+\.\d+s", "in …", (done.stdout + done.stderr).rstrip())
        assert fits(printed, expected.rstrip()), f"$ {command}\n{printed}"


def test_a_check_fails_and_says_why_in_every_format(home: Path) -> None:
    done = ran(home, "salesflow check sales --format sarif")
    run = json.loads(done.stdout)["runs"][0]
    assert done.returncode == 1
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert [*rules] == ["acme-unseen-discount", "acme-demo-criteria"]
    assert "## Why it costs deals" in rules["acme-demo-criteria"]["help"]["markdown"]
    assert len(run["results"][1]["codeFlows"][0]["threadFlows"][0]["locations"]) == 3
    forms = ("full", "concise", "json", "github", "gitlab", "junit", "markdown")
    written = " ".join(f"--format {form} -o {form}.out" for form in forms)
    ran(home, f"salesflow check sales {written}")
    for form in forms:
        assert "acme-demo-criteria" in (home / f"{form}.out").read_text(encoding="utf-8"), form


def test_pytest_and_baseline_have_it(home: Path) -> None:
    done = ran(home, "pytest -q sales")
    assert "error[acme-demo-criteria]: `demo` does not require `success_criteria`." in done.stdout
    assert "1 failed" in done.stdout
    assert ran(home, "salesflow check sales --write-baseline known.json").returncode == 0
    done = ran(home, "salesflow check sales --baseline known.json")
    assert "The baseline hides 2 known findings." in done.stdout


def test_without_the_package_a_check_does_not_pass(home: Path) -> None:
    done = ran(home, "salesflow check sales", installed=False)
    assert done.returncode == 2
    assert "`plugins` asks for the rules of `acme-sales-rules`" in done.stderr
