"""A process with the document that it was made from: what changes are laid over."""

import os

from salesflow.nouns import Noun
from salesflow.process.compile import compile_document
from salesflow.process.dump import dump
from salesflow.process.model import Process
from salesflow.schema.assemble import assemble_file, assemble_text
from salesflow.schema.assembly import Assembly
from salesflow.schema.missing import has_room, reach
from salesflow.source.read import Reading, read
from salesflow.source.write import emit


class Ground(Noun):
    """A process that is simulated, and its document with the organization merged in."""

    process: Process
    assembly: Assembly

    def stands(self, path: tuple[str, ...]) -> bool:
        """Whether a change of the path hits something."""
        return has_room(self.assembly.data, path)

    def has(self, path: tuple[str, ...]) -> bool:
        """Whether there is something at the path."""
        return reach(self.assembly.data, path)[0] == len(path)


def ground_of(process: Process) -> Ground:
    """The document of a process, from the texts it was loaded from, not from the disk.

    A process that was made otherwise is written out first.
    """
    if process.file in process.texts:
        assembly = reassembled(process)
        if compile_document(assembly).process == process:
            return Ground(process=process, assembly=assembly)
    text = emit(dump(process))
    folder = process.folder or os.path.dirname(process.file) or "."
    name = os.path.basename(process.file) or "<process>"
    made = assemble_text(text, file=name, folder=folder, opened=_opened(process))
    return Ground(process=process, assembly=made)


def reassembled(process: Process) -> Assembly:
    """The document that a process was compiled from, by the texts it keeps."""
    opened = _opened(process)
    if process.folder is None:
        return assemble_file(process.file, opened=opened)
    text = process.texts[process.file]
    return assemble_text(text, file=process.file, folder=process.folder, opened=opened)


def _opened(process: Process) -> dict[str, Reading]:
    return {os.path.realpath(name): read(text, name) for name, text in process.texts.items()}
