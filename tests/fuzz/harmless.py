"""What no input may bring about, whatever else happens."""

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SECONDS = 10  # of this process's own time, so that a busy machine is no fault; SECURITY.md

_COMMANDING = re.compile(r"^\s*(?:::|##\[|##vso\[)", re.MULTILINE)
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


class Hang(BaseException):
    """An input that takes too long; no product code catches it."""


@contextmanager
def in_time(seconds: float = SECONDS) -> Iterator[None]:
    """Raise ``Hang`` where the inside uses more processor time than this."""

    def stop(_: int, __: FrameType | None) -> None:
        raise Hang(f"more than {seconds} s of processor time")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def harmless(text: str, *, ours: str = "") -> str:
    """The text, once it is sure that no terminal and no CI service obeys anything in it.

    ``ours`` is a pattern that commands of our own match whole lines of.
    """
    unseen = _UNSEEN.search(text)
    assert unseen is None, f"{unseen[0]!r} in {text[max(0, unseen.start() - 60) :][:160]!r}"
    for found in _COMMANDING.finditer(text):
        row = text[found.start() :].lstrip("\n").partition("\n")[0]
        obeyed = not ours or re.fullmatch(ours, row) is None
        assert not obeyed, f"a command to a CI service: {row!r}"
    assert "Traceback" not in text
    text.encode()  # nothing that cannot be written
    return text
