"""One version of a file under merge: what it says, and how it is laid out."""

from collections import Counter
from functools import cached_property
from typing import Any, NamedTuple

from salesflow.changes.merging.notes import comments
from salesflow.changes.merging.outline import Value, outline
from salesflow.changes.merging.places import plain, root_of
from salesflow.nouns import Noun
from salesflow.schema.kinds import document_kind
from salesflow.source.located import Map
from salesflow.source.read import read

_BOM = "\ufeff"


class Layout(NamedTuple):
    """What a text looks like besides its words; ``line_break`` "" where it has several kinds."""

    line_break: str
    mark: bool  # starts with a byte order mark
    ended: bool  # the last line has a line break


class Version(Noun):
    """A text that can be read and has no mistakes as YAML, or an empty one.

    ``text`` has LF line breaks, one at the end, and no byte order mark.
    """

    text: str
    data: Map
    layout: Layout

    @property
    def empty(self) -> bool:
        """Whether the text says nothing: both sides added the file."""
        return not self.data

    @cached_property
    def root(self) -> str:
        """The kind of place that the document is."""
        return root_of(self.data)

    @property
    def name(self) -> tuple[str, Any]:
        """What the document is: its kind and id."""
        kind = document_kind(self.data)
        return kind, self.data.get(kind)

    @cached_property
    def outline(self) -> Value:
        """The text taken apart."""
        return outline(self.text, self.data)

    @cached_property
    def notes(self) -> Counter[str]:
        """How often each comment stands in it."""
        return comments(self.text, self.data)

    def plain(self, root: str) -> Any:
        """What it says, without short forms and places."""
        return plain(self.data, root)


def version_of(raw: bytes) -> Version | None:
    """The version that bytes are; None where they are no text or have mistakes as YAML."""
    try:
        decoded = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    text = decoded.removeprefix(_BOM)
    lf = text.count("\n")
    crlf = text.count("\r\n")
    line_break = "" if text.count("\r") != crlf or crlf not in (0, lf) else "\r\n" if crlf else "\n"
    layout = Layout(line_break, decoded != text, text[-1:] in ("\n", ""))
    text = text.replace("\r\n", "\n")
    text = text if layout.ended else f"{text}\n"
    if not text.strip():
        return Version(text="", data=Map(), layout=layout)
    reading = read(text, "merged")
    if reading.data is None or reading.findings:
        return None
    return Version(text=text, data=reading.data, layout=layout)


def laid_out(text: str, base: Layout, ours: Layout, theirs: Layout) -> bytes:
    """A text as bytes: what one side changed about the layout counts."""
    line_break, mark, ended = (
        other if mine == old else mine for old, mine, other in zip(base, ours, theirs, strict=True)
    )
    text = text if ended else text.removesuffix("\n")
    if line_break == "\r\n":
        text = text.replace("\n", "\r\n")
    return (f"{_BOM}{text}" if mark else text).encode("utf-8", "surrogatepass")
