"""``salesflow merge-driver``: what git calls to merge files of the language, element by element."""

import click

from salesflow.changes.merging.merge import Merge, conflict, merge
from salesflow.changes.merging.words import told
from salesflow.cli.outcome import CLEAN, FOUND, tell
from salesflow.cli.output import write_file
from salesflow.errors import SalesflowError
from salesflow.source.files import content_of


@click.command(
    "merge-driver",
    context_settings={"ignore_unknown_options": True},  # a file's name may start with a dash
    epilog="Exit code: 0 merged, 1 a conflict for people; git calls it, see docs/merge.md.",
)
@click.argument("base", metavar="%O")
@click.argument("ours", metavar="%A")
@click.argument("theirs", metavar="%B")
@click.argument("path", required=False, metavar="[%P]")
@click.argument("marker_size", required=False, type=click.IntRange(1, 1000), metavar="[%L]")
def command(*, base: str, ours: str, theirs: str, path: str | None, marker_size: int | None) -> int:
    """Merge two versions of a file by element; git calls it.

    Reads %O (what both come from), %A (ours) and %B (theirs) and writes the result to %A. %P is
    where the file stands, %L the length of conflict marks.
    """
    size = marker_size or 7
    contents = tuple(map(content_of, (base, ours, theirs)))
    name = path or ours
    made = _made(contents, name, size)
    if made.text is not None and made.text != contents[1]:
        write_file(ours, made.text, source=True)
    for sentence in told(made, path=name):
        tell(sentence)
    return CLEAN if made.clean else FOUND


def _made(contents: tuple[bytes, ...], name: str, size: int) -> Merge:
    """The merge; whatever goes wrong is a conflict, so that no side is ever lost."""
    base, ours, theirs = contents
    try:
        return merge(base, ours, theirs, path=name, marker_size=size)
    except SalesflowError as problem:
        why = f"the merge could not be checked: {problem}".rstrip(".")
    except Exception as fault:  # noqa: BLE001 - told below; git must get its conflict
        why = f"a fault of salesflow itself: {type(fault).__name__}: {fault}; please report it"
    text = conflict(base, ours, theirs, marker_size=size)
    return Merge(text=text, clean=False, why=why)
