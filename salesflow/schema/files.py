"""Documents from files and texts: each file that several documents use is read once."""

import os

from salesflow.findings import Finding
from salesflow.schema.assemble import Assembly, assemble
from salesflow.source.project import follow, read_file
from salesflow.source.read import Reading, read


class Shelf:
    """Readings by name; checking a folder reads a shared organization only once."""

    def __init__(self) -> None:
        """Start empty."""
        self._readings: dict[str, Reading] = {}

    def open(self, path: str) -> Reading:
        """The reading of a file named by the user; UsageError when it cannot be read."""
        name = os.path.normpath(path)
        if name not in self._readings:
            self._readings[name] = read_file(path)._replace(file=name)
        return self._readings[name]

    def follow(self, reference: str, relative_to: str) -> Reading | Finding:
        """The reading of a file that another one refers to, or why there is none."""
        name = os.path.normpath(os.path.join(os.path.dirname(relative_to), reference))
        if name in self._readings:
            return self._readings[name]
        found = follow(reference, relative_to)
        if not isinstance(found, Finding):
            self._readings[name] = found
        return found


def assemble_file(path: str, *, shelf: Shelf | None = None) -> Assembly:
    """The document of a file with all that it uses; UsageError when it cannot be read."""
    shelf = shelf or Shelf()
    return assemble(shelf.open(path), read=shelf.follow)


def assemble_text(text: str, *, file: str, folder: str) -> Assembly:
    """The document of a text; what it uses is looked up from ``folder``."""
    inside = os.path.join(folder, "text")

    def find(reference: str, relative_to: str) -> Reading | Finding:
        return follow(reference, inside if relative_to == file else relative_to)

    return assemble(read(text, file), read=find)
