"""What an import could not take over, and what it guessed: nothing is dropped silently."""

from typing import NamedTuple

LOST, GUESSED = "not imported", "guessed"
_LONGEST = 80  # characters of a name or text of the file


class Remark(NamedTuple):
    """One thing to know about an import, where it stands in the file, and its id and name there."""

    kind: str  # LOST or GUESSED
    line: int
    id: str
    name: str
    what: str  # what it is in the file: "exclusive gateway"
    message: str

    def told(self) -> str:
        """As one line: ``line 12: not imported: text annotation `Text_1`: it …``."""
        title = f" ‘{clipped(self.name)}’" if self.name else ""
        known = f" `{clipped(self.id)}`" if self.id else ""
        return f"line {self.line}: {self.kind}: {self.what}{known}{title}: {self.message}"


class Remarks:
    """The remarks of one import, in the order of the file once it is over."""

    def __init__(self) -> None:
        """Start without any."""
        self.found: dict[Remark, None] = {}

    def lost(self, thing: "Thing", message: str) -> None:
        """Note something that the process does not have."""
        self._note(LOST, thing, message)

    def guessed(self, thing: "Thing", message: str) -> None:
        """Note something that the file does not say."""
        self._note(GUESSED, thing, message)

    def _note(self, kind: str, thing: "Thing", message: str) -> None:
        if thing.key.startswith("#"):  # made here, not of the file
            return
        remark = Remark(kind, thing.line, thing.key, thing.name, thing.what, message)
        self.found[remark] = None

    def all(self) -> tuple[Remark, ...]:
        """All of them by line, each once."""
        return tuple(sorted(self.found, key=lambda remark: (remark.line, remark.id)))


class Thing(NamedTuple):
    """What a remark is about."""

    key: str
    name: str
    line: int
    what: str


def clipped(text: str) -> str:
    """A text of the file on one line, not too long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST]}…"
