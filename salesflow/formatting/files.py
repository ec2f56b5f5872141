"""Texts and files in the canonical layout."""

from salesflow.errors import LoadError
from salesflow.findings import Finding
from salesflow.formatting.comments import comments
from salesflow.formatting.layout import Layout
from salesflow.source.limits import DEFAULT_LIMITS, Limits
from salesflow.source.read import Reading, read


def laid_out(text: str, *, file: str = "<text>", limits: Limits = DEFAULT_LIMITS) -> str:
    """A text of the language in the canonical layout, with the same data and the same comments.

    LoadError where it cannot be read: what is half understood is not written anew. RuntimeError
    where the result would not say the same, which is a fault of salesflow.
    """
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    reading = _read(plain, file, limits)
    if reading.data is None:
        return text
    fresh = Layout(plain, reading.data).laid_out()
    again = _read(fresh, file, limits)
    if again.data != reading.data or _comments(again) != _comments(reading):
        raise RuntimeError(f"`{file}` would not say the same when it is laid out")
    return fresh.replace("\n", "\r\n") if _is_windows(text) else fresh


def _read(text: str, file: str, limits: Limits) -> Reading:
    reading = read(text, file, limits=limits)
    wrong: tuple[Finding, ...] = tuple(f for f in reading.findings if f.severity == "error")
    if wrong or reading.data is None:
        raise LoadError(wrong or reading.findings, {file: text})
    return reading


def _comments(reading: Reading) -> list[str]:
    assert reading.data is not None  # noqa: S101 - what cannot be read was refused
    return [comment.text for comment in comments(reading.text, reading.data)]


def _is_windows(text: str) -> bool:
    """Whether most lines end as on Windows."""
    return text.count("\r\n") * 2 > text.count("\n")
