"""Asking git, with nothing of what a repository configures at work: no hook, filter, pager, fetch.

Two ways: a question with its answer, and one process that gives object after object.
"""

import os
import shutil
from types import TracebackType
from typing import Any, NamedTuple, Self

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
_CHUNK = 1 << 20


class Answer(NamedTuple):
    """What git said; ``code`` 0 is success."""

    code: int
    out: bytes
    err: str

    @property
    def lines(self) -> list[str]:
        """The lines of its output."""
        return os.fsdecode(self.out).splitlines()


class Object(NamedTuple):
    """An object of git; ``content`` is None where there is more of it than was asked for."""

    id: str
    kind: str  # commit | tree | blob | tag
    content: bytes | None


def ask(folder: str, *arguments: str) -> Answer:
    """Run git in a folder. UsageError where there is no git."""
    import subprocess  # most runs need no git

    done = subprocess.run(  # noqa: S603 - no shell, and no argument begins as an option
        [_program(), *_OPTIONS, *arguments],
        cwd=folder,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return Answer(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


class Objects:
    """The objects of a repository, all through one process of git."""

    def __init__(self, folder: str) -> None:
        """Take the repository's folder; git is started when the first object is asked for."""
        self.folder = folder
        self._process: Any = None

    def get(self, name: str, *, most: int | None = None) -> Object | None:
        """The object of a name without line breaks; None where there is none, or not here.

        ``most`` is how many bytes of it are wanted at most: of a larger one there is no content.
        """
        pipe = self._started()
        try:
            pipe.stdin.write(os.fsencode(name) + b"\n")
            pipe.stdin.flush()
            said = pipe.stdout.readline().rsplit(b" ", 2)
        except OSError:
            said = []
        if len(said) > 1 and said[-1].strip() in (b"missing", b"ambiguous"):
            return None
        if len(said) != 3 or not said[2].strip().isdigit():
            raise self._broken()
        size = int(said[2])
        content = None
        if most is None or size <= most:
            content = pipe.stdout.read(size)
        else:
            left = size
            while left > 0 and (read := len(pipe.stdout.read(min(left, _CHUNK)))):
                left -= read
        if pipe.stdout.read(1) != b"\n":
            raise self._broken()
        return Object(said[0].decode(), said[1].decode(), content)

    def _started(self) -> Any:
        if self._process is None:
            import subprocess  # most runs need no git

            self._process = subprocess.Popen(  # noqa: S603 - no shell, and only our own arguments
                [_program(), *_OPTIONS, "cat-file", "--batch"],
                cwd=self.folder,
                env=_environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process

    def _broken(self) -> UsageError:
        return UsageError(
            f"git stopped while reading `{self.folder}`: `git fsck` there says what is damaged."
        )

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Let git go."""
        self.close()

    def close(self) -> None:
        """Let git go."""
        if self._process is None:
            return
        process, self._process = self._process, None
        try:
            process.stdin.close()
        except OSError:  # it has gone already
            process.kill()
        process.stdout.close()
        process.wait()


def _program() -> str:
    """Where git is; never in the working folder, which may be anybody's."""
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
