"""The objects of a git repository: one process of git gives object after object."""

import os
from collections.abc import Iterable
from types import TracebackType
from typing import Any, NamedTuple, Self

from salesflow.errors import UsageError
from salesflow.source.git import start
from salesflow.source.refusals import stopped

_CHUNK = 1 << 20
_AT_ONCE = 64  # names: they fit into any pipe, so that nobody waits for the other for ever


class Object(NamedTuple):
    """An object of git; ``content`` is None where there is more of it than was asked for."""

    id: str
    kind: str  # commit | tree | blob | tag
    content: bytes | None


class Objects:
    """The objects of a repository, all through one process of git."""

    def __init__(self, folder: str) -> None:
        """Take the repository's folder; git is started when the first object is asked for."""
        self.folder = folder
        self._process: Any = None
        self._ahead: dict[str, Object | None] = {}  # read, and not yet asked for

    def get(self, name: str, *, most: int | None = None) -> Object | None:
        """The object of a name without line breaks; None where there is none, or not here.

        ``most`` is how many bytes of it are wanted at most: of a larger one there is no content.
        """
        if name in self._ahead:
            return self._ahead.pop(name)
        self._ask([name])
        return self._answer(most)

    def ahead(self, ids: Iterable[str], *, most: int | None = None) -> None:
        """Read objects that are wanted soon, with the same ``most``, in one go."""
        wanted = [each for each in dict.fromkeys(ids) if each not in self._ahead]
        for first in range(0, len(wanted), _AT_ONCE):
            part = wanted[first : first + _AT_ONCE]
            self._ask(part)
            for each in part:
                self._ahead[each] = self._answer(most)

    def _ask(self, names: list[str]) -> None:
        pipe = self._started().stdin
        try:
            pipe.write(b"".join(os.fsencode(name) + b"\n" for name in names))
            pipe.flush()
        except OSError:
            raise self._broken() from None

    def _answer(self, most: int | None) -> Object | None:
        pipe = self._started().stdout
        said = pipe.readline().rsplit(b" ", 2)
        if said[-1].strip() in (b"missing", b"ambiguous"):
            return None
        if len(said) != 3 or not said[2].strip().isdigit():
            raise self._broken()
        size = int(said[2])
        content = None
        if most is None or size <= most:
            content = pipe.read(size)
        else:
            left = size
            while left > 0 and (read := len(pipe.read(min(left, _CHUNK)))):
                left -= read
        if pipe.read(1) != b"\n":
            raise self._broken()
        return Object(said[0].decode(), said[1].decode(), content)

    def _started(self) -> Any:
        if self._process is None:
            self._process = start(self.folder, "cat-file", "--batch")
        return self._process

    def _broken(self) -> UsageError:
        self.close()
        return UsageError(stopped(self.folder))

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
