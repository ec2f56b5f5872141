"""Real git repositories, made for a test: nothing of the user's own git reaches them."""

import os
import subprocess
from pathlib import Path

import pytest

WHO = ["-c", "user.name=Ann", "-c", "user.email=ann@example.com", "-c", "commit.gpgsign=false"]


class Made:
    """A repository with a work tree, on a branch `main`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *WHO, "-c", "protocol.file.allow=always", *arguments],
            cwd=self.folder,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, (arguments, done.stderr)
        return os.fsdecode(done.stdout).strip()

    def write(self, name: str, text: str) -> Path:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def commit(self, **files: str) -> str:
        """Commit all there is; the commit's id. `a__b="text"` writes a/b.salesflow.yaml first."""
        for name, text in files.items():
            self.write(f"{name.replace('__', '/')}.salesflow.yaml", text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", "x")
        return self.git("rev-parse", "HEAD")

    def object_file(self, name: str) -> Path:
        """The file of a loose object."""
        found = self.git("rev-parse", name)
        return self.folder / ".git" / "objects" / found[:2] / found[2:]

    def clone(self, folder: Path, *options: str) -> "Made":
        self.git("clone", "--quiet", *options, f"file://{self.folder}", str(folder))
        return Made(folder)


def made(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """An empty repository, which is the working folder."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    folder.mkdir(parents=True)
    repository = Made(folder)
    repository.git("init", "--quiet", "--initial-branch=main")
    monkeypatch.chdir(folder)
    return repository
