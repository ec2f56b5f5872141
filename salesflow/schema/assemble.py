"""From one file to the whole document: what it uses, what it is of, and everything wrong there.

Each file is read and judged once. What is wrong in one file never hides what is wrong in another.
"""

import gc
import os
from collections.abc import Callable, Mapping
from typing import TypeAlias

from salesflow.findings import Finding, syntax_finding
from salesflow.schema.assembly import Assembly
from salesflow.schema.gathering import Gathering
from salesflow.source.limits import DEFAULT_LIMITS, Limits
from salesflow.source.project import follow, read_bytes, read_file, resolve
from salesflow.source.read import Reading
from salesflow.source.read import read as read_text
from salesflow.spans import NOWHERE

__all__ = ("Assembly", "assemble", "assemble_file", "assemble_text")

MOST_FILES = 1000
MOST_CHARACTERS = 64 * 1024 * 1024
MOST_DEPTH = 32  # of `use` and `of`

Read: TypeAlias = Callable[[str, str], Reading | Finding]


def assemble_file(
    path: str,
    *,
    limits: Limits = DEFAULT_LIMITS,
    opened: dict[str, Reading] | None = None,
    made: dict[str, Assembly] | None = None,
    at: str | None = None,
    called: str | None = None,
) -> Assembly:
    """The document of a file, with the files of its project that it refers to.

    ``at``: as if it stood there; ``called`` is then how people know it. For further calls
    ``opened`` keeps readings, by where a file really lies, so that a folder is read once, and
    ``made`` what came of files, by name, so that what many are of or use is judged once. Raises
    UsageError when there is no such file or it cannot be read; whatever is wrong inside, or with a
    file that it refers to, is a finding.
    """
    opened = {} if opened is None else opened
    place = path if at is None else at
    real = os.path.realpath(place)
    if real not in opened:
        opened[real] = read_file(path, limits=limits, called=called)
    read = _reader(opened[real].file, place, opened, limits)
    return assemble(opened[real], read=read, made=made)


def assemble_text(
    text: str | bytes,
    *,
    file: str,
    folder: str = ".",
    limits: Limits = DEFAULT_LIMITS,
    opened: dict[str, Reading] | None = None,
) -> Assembly:
    """The document of a text that is called ``file``; its references start at ``folder``.

    ``opened`` as for ``assemble_file``.
    """
    place = os.path.join(folder, os.path.basename(file))
    if isinstance(text, bytes):
        reading = read_bytes(text, file, limits=limits)
    else:
        reading = read_text(text, file, limits=limits)
    opened = {} if opened is None else opened
    opened[os.path.realpath(place)] = reading
    return assemble(reading, read=_reader(file, place, opened, limits))


def assemble(reading: Reading, *, read: Read, made: dict[str, Assembly] | None = None) -> Assembly:
    """The document of a reading, with the files it refers to.

    ``read(reference, relative_to)`` reads a file named in the file ``relative_to``, or says why it
    cannot. A place in its finding is ignored: the reference's own is shown. ``made`` as for
    ``assemble_file``.
    """
    made = {} if made is None else made
    if reading.file in made:
        return made[reading.file]
    collecting = gc.isenabled()
    gc.disable()  # many young containers, none of them garbage
    try:
        session = _Session(read, made)
        assembly = session.assembly(reading)
        if session.whole:
            made.update(session.done)
        return assembly
    finally:
        if collecting:
            gc.enable()


def _reader(file: str, place: str, opened: dict[str, Reading], limits: Limits) -> Read:
    """Reads files of a project, each once, whatever name leads to it.

    ``file`` is the name of the file that all starts from, ``place`` where it lies or would lie.
    """

    def read(reference: str, relative_to: str) -> Reading | Finding:
        origin = place if relative_to == file else relative_to
        found = resolve(reference, origin)
        if isinstance(found, Finding):
            return found
        if found.real not in opened:
            reading = follow(reference, origin, limits=limits)
            if isinstance(reading, Finding):
                return reading
            opened[found.real] = reading
        return opened[found.real]

    return read


class _Session:
    """The files of one assembly: each is read and judged once.

    ``whole`` unless a reference was refused for what lies around it, a circle for example: what was
    made then is good for this file only.
    """

    def __init__(self, read: Read, made: Mapping[str, Assembly]) -> None:
        self.read = read
        self.made = made
        self.whole = True
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
            return self._refused(f"More than {MOST_DEPTH} files refer to each other in a row.")
        read = self.read(reference, relative_to)
        if isinstance(read, Finding):
            return read
        if read.file in self.open:
            self.whole = False
            return self._circle(read.file)
        if read.file in self.done:
            return self.done[read.file]
        known = self.made.get(read.file)
        if known is not None and len(self.open) + len(known.readings) > MOST_DEPTH:
            known = None  # too deep perhaps: looked at anew
        new = {read.file: read} if known is None else known.readings
        if len(self.seen) + len(new.keys() - self.seen) > MOST_FILES:
            said = f"More than {MOST_FILES} files belong together here."
            return self._refused(said, "Split the process.")
        texts = sum(len(each.text) for file, each in new.items() if file not in self.seen)
        if self.characters + texts > MOST_CHARACTERS:
            said = "The files that belong together here have more than 64 MB."
            return self._refused(said, "Split the process.")
        if known is None:
            return self.assembly(read)
        self.seen.update(new)
        self.characters += texts
        return known

    def _refused(self, message: str, hint: str = "") -> Finding:
        self.whole = False
        return syntax_finding("limit-exceeded", NOWHERE, message, hint=hint)

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
