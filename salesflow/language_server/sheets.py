"""One file as an editor sees it: its text, what it seems to say, what it mentions and refers to."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from salesflow.findings import Finding
from salesflow.language_server.mention import FILES, Mention, Mentions
from salesflow.language_server.mentions_tables import mentions_of
from salesflow.language_server.ruler import UTF32, Ruler
from salesflow.language_server.tolerant import tolerant
from salesflow.schema.kinds import document_kind
from salesflow.source.located import Map
from salesflow.source.project import resolve
from salesflow.source.read import Reading, read

OVERLAYS = ("variant", "scenario")


class Sheet:
    """One file; all but its text is worked out when first asked for, and kept."""

    def __init__(self, real: str, file: str, text: str) -> None:
        """Take where the file really lies, how it is called, and its text."""
        self.real = real
        self.file = file
        self.text = text

    @cached_property
    def reading(self) -> Reading:
        """The text as it is read, with what is wrong with it."""
        return read(self.text, self.file)

    @cached_property
    def data(self) -> Map:
        """What the file says, or seems to say where it does not read."""
        read = self.reading.data
        whole = read is not None and not any(f.rule == "syntax" for f in self.reading.findings)
        return read if read is not None and whole else tolerant(self.text, self.file)

    @cached_property
    def kind(self) -> str:
        """process, organization, variant, scenario or tests; "" where nobody can tell."""
        return document_kind(self.data)

    @property
    def id(self) -> str:
        """The id of what the file holds."""
        return str(self.data.get(self.kind, ""))

    @cached_property
    def mentions(self) -> Mentions:
        """Every id in the file."""
        return mentions_of(self.data, self.text)

    @cached_property
    def ruler(self) -> Ruler:
        """Lines and columns of the text, in characters."""
        return Ruler(self.text, UTF32)

    @cached_property
    def files(self) -> Mapping[str, str]:
        """What the file refers to: each reference as written, and where the file really lies."""
        found: dict[str, str] = {}
        for mention in self.references:
            written = mention.name.id
            if written and written not in found:
                place = resolve(written, self.file)
                if not isinstance(place, Finding):
                    found[written] = place.real
        return found

    @cached_property
    def references(self) -> tuple[Mention, ...]:
        """The places where it names other files."""
        return tuple(one for one in self.mentions.all if one.name.space == FILES)

    @cached_property
    def of(self) -> str | None:
        """Where the file lies that a variant, scenario or tests file is of."""
        value: Any = self.data.get("of")
        return self.files.get(value) if isinstance(value, str) else None

    @cached_property
    def used(self) -> tuple[str, ...]:
        """Where the files lie that it uses."""
        written = [one.name.id for one in self.references if one.note == "use"]
        return tuple(self.files[name] for name in written if name in self.files)


def sheet_of(real: str, reading: Reading) -> Sheet:
    """A file that has been read."""
    sheet = Sheet(real, reading.file, reading.text)
    sheet.reading = reading
    return sheet
