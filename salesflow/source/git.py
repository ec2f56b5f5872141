"""Asking git, with nothing at work that a repository configures: no hook, filter, pager, fetch."""

import os
import shutil
from typing import Any, NamedTuple

from salesflow.errors import UsageError

# What a repository, or a hook that runs us, may say of itself would lead elsewhere (GIT_DIR,
# GIT_INDEX_FILE); what the user's machine says is kept, and where pushed objects wait in a hook.
_KEPT = (
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_SYSTEM",
    "GIT_CONFIG_NOSYSTEM",
    "GIT_CONFIG_PARAMETERS",
    "GIT_CONFIG_COUNT",
    "GIT_CEILING_DIRECTORIES",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_QUARANTINE_PATH",
)
_KEPT_TOO = ("GIT_CONFIG_KEY_", "GIT_CONFIG_VALUE_")
_SET = {
    "LC_ALL": "C",  # messages are read
    "LANGUAGE": "",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",  # the same, for a git that does not know the line above
}
_OPTIONS = (
    "--no-pager",
    "--no-replace-objects",  # a commit is what its id says, here and on every other machine
    "-c",
    "core.fsmonitor=false",
    "-c",
    f"core.hooksPath={os.devnull}",
)


class Answer(NamedTuple):
    """What git said; ``code`` 0 is success."""

    code: int
    out: bytes
    err: str

    @property
    def lines(self) -> list[str]:
        """The lines of its output."""
        return os.fsdecode(self.out).splitlines()


def ask(folder: str, *arguments: str) -> Answer:
    """Run git in a folder. UsageError where there is no git."""
    import subprocess  # most runs need no git

    done = subprocess.run(  # noqa: S603 - no shell, and no argument begins as an option
        [program(), *_OPTIONS, *arguments],
        cwd=folder,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return Answer(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


def start(folder: str, *arguments: str) -> Any:
    """Start git in a folder, to be talked to through pipes. UsageError where there is no git."""
    import subprocess  # most runs need no git

    return subprocess.Popen(  # noqa: S603 - no shell, and only our own arguments
        [program(), *_OPTIONS, *arguments],
        cwd=folder,
        env=_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def program() -> str:
    """Where git is; never in the working folder, which may be anybody's. UsageError for none."""
    for folder in os.get_exec_path():
        found = shutil.which(os.path.join(folder, "git")) if os.path.isabs(folder) else None
        if found:
            return found
    raise UsageError("git is not installed, or not on the PATH: revisions are read through it.")


def _environment() -> dict[str, str]:
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name in _KEPT or name.startswith(_KEPT_TOO)
    }
    return inherited | _SET
