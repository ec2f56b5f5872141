"""What a study has played so far, in a file: a run that was ended goes on where it was.

JSON lines. The first says what is played; each other one holds the tally of one replication of one
program, with a checksum. A line that was torn when the run ended is played again. As a tally
depends on nothing but program, seed and number, it does not matter who played it, and when.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from typing import Any, NoReturn

from salesflow.errors import UsageError
from salesflow.nouns import Noun
from salesflow.simulation.tally import Tally
from salesflow.simulation.tally_json import tally_of, tally_text

FORMAT = 1
_EVERY = 16  # lines after which the disk itself is asked to have them
_SUM = 16  # characters of a checksum
_START = '{"sum":"'
_MIDDLE = '","line":'


class Identity(Noun):
    """What a journal is of. ``programs`` are digests by name: ``the process``, then scenarios.

    How many replications are wanted is no part of it: more can always be added.
    """

    version: str
    seed: int
    duration: str
    warmup: str  # "" for one that is found
    programs: Mapping[str, str]

    @property
    def text(self) -> str:
        """The first line."""
        fields = {name: getattr(self, name) for name in self._fields}
        fields["programs"] = dict(self.programs)
        return _line(json.dumps({"salesflow_journal": FORMAT, **fields}))

    def differences(self, other: Mapping[str, object]) -> Iterator[str]:
        """What another journal is of, where that is not the same."""
        said = {"version": "salesflow", "seed": "seed", "duration": "duration", "warmup": "warm-up"}
        for name, words in said.items():
            theirs, ours = other.get(name), getattr(self, name)
            if theirs != ours:
                yield f"{words} {_shown(theirs)} there, {_shown(ours)} here"
        programs = other.get("programs")
        theirs = programs if isinstance(programs, dict) else {}
        for name in sorted({*theirs, *self.programs}):
            if name not in theirs:
                yield f"{name} is not in it"
            elif name not in self.programs:
                yield f"{name} is only in it"
            elif theirs[name] != self.programs[name]:
                yield f"{name} has changed"


class Journal:
    """An open journal: ``known`` are the tallies that were in it, by program and number."""

    def __init__(self, path: str, descriptor: int) -> None:
        """Take an open file; ``open_journal`` does what comes before."""
        self.path = path
        self.descriptor = descriptor
        self.known: dict[tuple[str, int], Tally] = {}
        self.kept = 0  # tallies in the file
        self.size = 0  # up to here all is whole
        self.unsynced = 0

    def read(self, identity: Identity) -> None:
        """Take what is in the file, and cut off a torn end; begin it where nothing is."""
        with os.fdopen(os.dup(self.descriptor), "rb") as stream:
            lines = stream.read().split(b"\n")
        head = identity.text
        if len(lines) == 1 and head.encode().startswith(lines[0]):  # nothing, or a torn beginning
            self._cut()
            self._write(head)
            return
        self._judge(lines[0], identity)
        for line in lines[1:-1]:
            self._take(line)
        self.kept = len(self.known)
        self.size = sum(len(line) + 1 for line in lines[:-1])
        self._cut()

    def add(self, digest: str, tally: Tally) -> None:
        """Write down a tally. UsageError where that cannot be; what was written before stays."""
        body = f'{{"program":{json.dumps(digest)},"tally":{tally_text(tally)}}}'
        self._write(_line(body))
        self.kept += 1

    def _judge(self, line: bytes, identity: Identity) -> None:
        head = _said(line)
        if not isinstance(head, dict) or "salesflow_journal" not in head:
            raise UsageError(
                f"`{self.path}` is no journal of a simulation. Name a new file, or one that "
                "`--resume` has written."
            )
        if differences := "; ".join(identity.differences(head)):
            raise UsageError(
                f"`{self.path}` is the journal of another run: {differences}. Name a new file, or "
                "simulate the same again."
            )

    def _take(self, line: bytes) -> None:
        """Take a line; one that is damaged counts for nothing, and is played again."""
        entry = _said(line)
        with suppress(KeyError, TypeError, ValueError):  # a right checksum on something else
            tally = tally_of(entry["tally"])
            self.known[str(entry["program"]), tally.replication] = tally

    def _write(self, text: str) -> None:
        content = text.encode()
        try:
            written = 0
            while written < len(content):
                written += os.write(self.descriptor, content[written:])
        except OSError as problem:
            self._cut()
            _unwritable(self.path, problem, self.kept)
        self.size += len(content)
        self.unsynced += 1
        if self.unsynced >= _EVERY:
            self.sync()

    def sync(self) -> None:
        """Have the disk keep what was written."""
        self.unsynced = 0
        os.fsync(self.descriptor)

    def _cut(self) -> None:
        """Leave whole lines only."""
        os.ftruncate(self.descriptor, self.size)
        os.lseek(self.descriptor, self.size, os.SEEK_SET)


@contextmanager
def open_journal(path: str, identity: Identity) -> Iterator[Journal]:
    """The journal in a file, which is made where there is none.

    UsageError for a file that cannot be read or written, is no journal, or is one of another run:
    the message says what differs.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as problem:
        _unwritable(path, problem, 0)
    try:
        journal = Journal(path, descriptor)
        journal.read(identity)
        yield journal
        journal.sync()
    finally:
        os.close(descriptor)


def _unwritable(path: str, problem: OSError, kept: int) -> NoReturn:
    why = (problem.strerror or str(problem)).lower()
    message = f"The journal `{path}` cannot be written: {why}."
    if kept:
        said = "1 replication is" if kept == 1 else f"{kept:,} replications are"
        message += f" {said} kept in it: make room and run the same again."
    raise UsageError(message) from None


def _line(body: str) -> str:
    check = sha256(body.encode()).hexdigest()[:_SUM]
    return f"{_START}{check}{_MIDDLE}{body}}}\n"


def _body(line: bytes) -> str | None:
    """What a line says; None for one that is not as it was written."""
    try:
        text = line.decode()
    except UnicodeDecodeError:
        return None
    start = len(_START) + _SUM + len(_MIDDLE)
    body = text[start:-1]
    return body if f"{text}\n" == _line(body) else None


def _said(line: bytes) -> Any:
    """The data of a line; None for one that is not as it was written."""
    body = _body(line)
    try:
        return json.loads(body) if body else None
    except (ValueError, RecursionError):
        return None


def _shown(value: object) -> str:
    return f"`{value}`" if value not in ("", None) else "not given"
