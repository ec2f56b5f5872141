"""Real shells for tests: what is typed into them, Tab included, and what they make of it."""

import contextlib
import os
import pty
import select
import shutil
import signal
import sys
import time
from pathlib import Path

import pytest

SECONDS = 120  # only a hang takes so long
START = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], ['eval "$(salesflow completion bash)"']),
    "zsh": (
        ["zsh", "-f", "-i"],
        [
            "autoload -Uz compinit; compinit -u -D; bindkey -e",
            'eval "$(salesflow completion zsh)"',
        ],
    ),
}


def program(name: str) -> str:
    """Where a shell lies; without it the test is skipped loudly, and fails in CI."""
    found = shutil.which(name)
    if found:
        return found
    if os.environ.get("CI"):
        pytest.fail(f"{name} is missing: apt-get install {name}")
    pytest.skip(f"{name} is not there, so nobody has pressed Tab in it: apt-get install {name}")


def shim(folder: Path) -> None:
    """A program `salesflow` that is the one under test, whatever else is installed."""
    folder.mkdir()
    script = folder / "salesflow"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m salesflow "$@"\n')
    script.chmod(0o755)


class Terminal:
    """An interactive shell in a terminal, in a folder."""

    def __init__(self, shell: str, path: str) -> None:
        program(shell)
        command, setup = START[shell]
        self._process, self._file = pty.fork()
        if self._process == 0:  # pragma: no cover - this is the shell
            os.environ.update(TERM="xterm", PS1="$ ", PATH=path, HISTFILE="")
            os.execvp(command[0], command)
        # `shown` shows the words that it is given: a line that Tab has completed, say.
        self._write("shown() { printf '<%s>' \"$@\"; printf 'EN%s\\n' D; }\n")
        for line in setup:
            self._write(f"{line}\n")

    def go(self, folder: Path) -> None:
        """Change to a folder."""
        self._write(f"cd '{folder}'\n")

    def words(self, typed: str) -> list[str]:
        """The words that the shell has after something was typed (``\\t`` is Tab)."""
        # To the start of the line (Ctrl-A): there `shown ` is put in front, and runs.
        self._write(f"{typed}\x01shown \n")
        answer = self._read(b">END\r\n").rsplit("<salesflow>", 1)[1]
        return answer.split(">END")[0].removeprefix("<").split("><")

    def close(self) -> None:
        with contextlib.suppress(OSError):
            os.close(self._file)
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)

    def _write(self, text: str) -> None:
        os.write(self._file, text.encode())

    def _read(self, marker: bytes) -> str:
        seen = b""
        end = time.monotonic() + SECONDS
        while marker not in seen:
            ready, _, _ = select.select([self._file], [], [], 1)
            seen += os.read(self._file, 65536) if ready else b""
            assert time.monotonic() < end, seen.decode(errors="replace")
        return seen.decode(errors="replace")
