"""README's ten minutes, done as a new user does them: the commands in a real shell, a real git, a real
remote, and what the pull request says there.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_docs import fits

ROOT = Path(__file__).parent.parent
HEADING = "## Ten minutes: your own process, in a pull request"


def section() -> str:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return text.partition(HEADING)[2].partition("\n## ")[0]


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", section(), re.MULTILINE | re.DOTALL)


class Desk:
    """A new user's machine: a checkout with its `.venv/bin`, a home without settings, a remote."""

    def __init__(self, folder: Path) -> None:
        self.checkout = folder / "salesflow"
        self.here = folder / "our-sales"
        programs = self.checkout / ".venv" / "bin"
        programs.mkdir(parents=True)
        (programs / "salesflow").symlink_to(Path(sys.executable).parent / "salesflow")
        self.environment = {
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "HOME": str(folder),
            "GIT_CONFIG_NOSYSTEM": "1",
            **{
                f"GIT_{who}_{what}": "ada@example.com"
                for who in ("AUTHOR", "COMMITTER")
                for what in ("NAME", "EMAIL")
            },
        }
        self.run(f"git init --bare -q {folder / 'remote.git'}", self.checkout)

    def run(self, script: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=folder,
            env=self.environment | more,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def works(self, script: str, folder: Path) -> str:
        done = self.run(script, folder)
        assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"
        return done.stdout

    def salesflow(self, words: str, **more: str) -> subprocess.CompletedProcess[str]:
        program = self.checkout / ".venv" / "bin" / "salesflow"
        return self.run(f"{program} {words}", self.here, **more)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Everything up to the pull request."""
    desk = Desk(tmp_path_factory.mktemp("desk"))
    first, second, third = blocks("sh")
    desk.works(first, desk.checkout)
    desk.works("git remote add origin ../remote.git && git push -q -u origin main", desk.here)
    desk.works(second, desk.here)
    (change,) = blocks("diff")
    (desk.here / "change.diff").write_text(change)
    desk.works("git apply change.diff && rm change.diff", desk.here)
    desk.works(third, desk.here)
    return desk


def test_the_first_version_is_checked_simulated_and_drawn(desk: Desk) -> None:
    page = (desk.here / "process.html").read_text()
    assert page.startswith("<!doctype html>")
    done = desk.run("git stash -q -u && git switch -q main && git log --format=%s", desk.here)
    assert done.stdout == "How we sell\n"
    assert desk.salesflow("check processes --fail-on info").returncode == 0
    desk.works("git switch -q large-offers && git stash pop -q", desk.here)


def test_the_pull_request_says_what_readme_says(desk: Desk) -> None:
    finding, comment = blocks("text")
    checked = desk.salesflow("check processes")
    assert checked.returncode == 1
    assert fits(checked.stdout.rstrip(), f"{finding}…")
    compared = desk.salesflow("diff --base origin/main processes")
    assert compared.returncode == 1
    assert fits(compared.stdout.rstrip(), f"…\n{comment}…")


def test_github_gets_an_annotation_on_the_line(desk: Desk) -> None:
    told = desk.salesflow("check processes", GITHUB_ACTIONS="true").stdout
    assert "::error file=processes/smb.salesflow.yaml,line=87," in told
    assert "title=salesflow boundary-gap::No result of `offer` is allowed for a deal" in told


def test_the_workflow_is_the_one_of_the_documentation(desk: Desk) -> None:
    workflow = (desk.here / ".github/workflows/salesflow.yml").read_text()
    page = (ROOT / "docs/ci.md").read_text(encoding="utf-8")
    steps = workflow.partition("jobs:\n")[2].replace("processes", "PATHS")
    assert steps.partition("#")[0].strip() in page.replace("processes", "PATHS")


def test_the_pull_request_was_pushed(desk: Desk) -> None:
    branches = desk.works("git ls-remote --heads origin", desk.here)
    assert "refs/heads/large-offers" in branches
