"""From one file to the whole document: what it uses, what it is of, and everything wrong there.

Each file is read and judged once. What is wrong in one file never hides what is wrong in another.
"""

from collections.abc import Callable
from typing import TypeAlias

from salesflow.findings import Finding, syntax_finding
from salesflow.schema.assembly import Assembly
from salesflow.schema.gathering import Gathering
from salesflow.source.read import Reading
from salesflow.spans import NOWHERE

__all__ = ("Assembly", "assemble")

MOST_FILES = 1000
MOST_CHARACTERS = 64 * 1024 * 1024
MOST_DEPTH = 32  # of `use` and `of`

Read: TypeAlias = Callable[[str, str], Reading | Finding]


def assemble(reading: Reading, *, read: Read) -> Assembly:
    """The document of a reading, with the files it refers to.

    ``read(reference, relative_to)`` reads a file named in the file ``relative_to``, or says why it
    cannot. A place in its finding is ignored: the reference's own is shown.
    """
    return _Session(read).assembly(reading)


class _Session:
    """The files of one assembly: each is read and judged once."""

    def __init__(self, read: Read) -> None:
        self.read = read
        self.done: dict[str, Assembly] = {}
        self.open: list[str] = []  # the files that are being assembled, outermost first
        self.seen: set[str] = set()
        self.characters = 0

    def assembly(self, reading: Reading) -> Assembly:
        """The assembly of a file that has been read."""
        self.seen.add(reading.file)
        self.characters += len(reading.text)
        self.open.append(reading.file)
        assembly = Gathering(reading, self.follow).assembly()
        self.open.pop()
        self.done[reading.file] = assembly
        return assembly

    def follow(self, reference: str, relative_to: str) -> Assembly | Finding:
        """The assembly of a file that another one refers to, or why there is none."""
        if len(self.open) > MOST_DEPTH:
            message = f"More than {MOST_DEPTH} files refer to each other in a row."
            return syntax_finding("limit-exceeded", NOWHERE, message)
        read = self.read(reference, relative_to)
        if isinstance(read, Finding):
            return read
        if read.file in self.open:
            return self._circle(read.file)
        if read.file in self.done:
            return self.done[read.file]
        if len(self.seen) >= MOST_FILES:
            message = f"More than {MOST_FILES} files belong together here."
            return syntax_finding("limit-exceeded", NOWHERE, message, hint="Split the process.")
        if self.characters + len(read.text) > MOST_CHARACTERS:
            message = "The files that belong together here have more than 64 MB."
            return syntax_finding("limit-exceeded", NOWHERE, message, hint="Split the process.")
        return self.assembly(read)

    def _circle(self, file: str) -> Finding:
        circle = [*self.open[self.open.index(file) :], file]
        way = " → ".join(f"`{name}`" for name in circle)
        message = (
            f"`{file}` refers to itself."
            if len(circle) == 2
            else f"These files refer to each other in a circle: {way}."
        )
        hint = "Move what both need into a file of its own, best an organization."
        return syntax_finding("schema", NOWHERE, message, hint=hint)
