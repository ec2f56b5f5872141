"""Texts and files in the canonical layout."""

from salesflow.errors import LoadError
from salesflow.findings import Finding
from salesflow.formatting.comments import comments
from salesflow.formatting.layout import Layout
from salesflow.source.limits import DEFAULT_LIMITS, Limits
from salesflow.source.located import Map
from salesflow.source.read import Reading, read


def laid_out(text: str, *, file: str = "<text>", limits: Limits = DEFAULT_LIMITS) -> str:
    """A text of the language in the canonical layout, with the same data and the same comments.

    LoadError where it cannot be read: what is half understood is not written anew. RuntimeError
    where the result would not say the same, which is a fault of salesflow.
    """
    return relaid(read(text, file, limits=limits), limits=limits)


def relaid(reading: Reading, *, limits: Limits = DEFAULT_LIMITS) -> str:
    """A document that is read, laid out as by ``laid_out``; the errors are the same."""
    plain = reading.text.replace("\r\n", "\n").replace("\r", "\n")
    before = reading if plain == reading.text else read(plain, reading.file, limits=limits)
    fresh = Layout(plain, _said(before)).laid_out()
    again = read(fresh, reading.file, limits=limits)
    if _said(again) != before.data or _comments(again) != _comments(before):
        raise RuntimeError(f"`{reading.file}` would not say the same when it is laid out")
    return fresh.replace("\n", "\r\n") if _is_windows(reading.text) else fresh


def _said(reading: Reading) -> Map:
    wrong: tuple[Finding, ...] = tuple(f for f in reading.findings if f.severity == "error")
    if wrong or reading.data is None:
        raise LoadError(wrong or reading.findings, {reading.file: reading.text})
    return reading.data


def _comments(reading: Reading) -> list[str]:
    return [comment.text for comment in comments(reading.text, _said(reading))]


def _is_windows(text: str) -> bool:
    """Whether most lines end as on Windows."""
    return text.count("\r\n") * 2 > text.count("\n")
