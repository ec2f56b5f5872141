"""``salesflow import``: a BPMN diagram as process files."""

import os

import click

from salesflow.cli.outcome import tell
from salesflow.cli.output import spare, write_file, write_out
from salesflow.cli.question import writable
from salesflow.errors import UsageError
from salesflow.importing.bpmn import ENDING, Document, Imported, import_bpmn
from salesflow.importing.files import content
from salesflow.importing.text import text_of
from salesflow.source.files import STANDARD_INPUT, STDIN_NAME


@click.command("import")
@click.argument("path")
@click.option("-o", "--output", metavar="FILE", help="Write to FILE instead of standard output.")
@click.option("--force", is_flag=True, help="Overwrite files that are there.")
def command(*, path: str, output: str | None, force: bool) -> int:
    """Make a process file of a BPMN 2.0 diagram (a `.bpmn` file; `-` for standard input).

    What the language has no place for, and what is guessed, is told line by line on standard error
    and stands as a comment at the head of the file. A diagram of several processes becomes several
    files: the others are written beside FILE.
    """
    spare([("salesflow.yaml", output)], [path], source=True)
    raw = content(path)
    path = STDIN_NAME if path == STANDARD_INPUT else path
    imported = import_bpmn(raw, path)
    if output is None:
        first, *others = imported.documents
        if others:
            count = len(imported.documents)
            raise UsageError(
                f"`{path}` holds {count} processes, each of which becomes a file. Say where: "
                f"`-o {first.file}`; the others are written beside it."
            )
        write_out(text_of(first.data, os.path.basename(path), imported.remarks))
    else:
        _write(imported, output, os.path.basename(path), force=force)
    for remark in imported.remarks:
        tell(f"{path}: {remark.told()}")
    return 0


def _write(imported: Imported, output: str, source: str, *, force: bool) -> None:
    """Write all files, or none where one is there already."""
    folder = os.path.dirname(output)
    targets = [output, *(os.path.join(folder, each.file) for each in imported.documents[1:])]
    if len(set(map(os.path.realpath, targets))) < len(targets):
        raise UsageError(
            f"`{output}` is what another process of `{source}` is called: choose another name."
        )
    writable(targets)
    there = [target for target in targets if os.path.lexists(target) and os.path.basename(target)]
    taken = [target for target in there if os.path.isfile(target)]
    if taken and not force:
        raise UsageError(f"`{taken[0]}` is there already. To overwrite it, say --force.")
    for target, document in zip(targets, imported.documents, strict=True):
        write_file(target, text_of(document.data, source, imported.remarks), source=True)
        tell(f"Wrote {target}{_hint(document, target)}.")


def _hint(document: Document, target: str) -> str:
    """A name that tools would not pick up is told."""
    del document
    return "" if target.endswith(ENDING) else f"; tools look for names that end with {ENDING}"
