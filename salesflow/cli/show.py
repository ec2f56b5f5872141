"""``salesflow show``: what a process is, to a reader or a department, or beside its variants."""

import json
import shutil
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from salesflow import api
from salesflow.cli.output import wants_colour, write_out
from salesflow.errors import UsageError
from salesflow.process.model import Process

if TYPE_CHECKING:  # slow to import, and only one way of showing needs it
    from salesflow.changes.variants import Variants

_ALONE = ("tree", "yaml", "json")
_BESIDE = ("table", "markdown", "json")
_WIDTH = 100  # columns where nobody looks at a terminal


@click.command("show")
@click.argument("path")
@click.option(
    "--as",
    "as_",
    type=click.Choice([*_ALONE, "table", "markdown"]),
    help="The flow as a tree (default), or the resolved process as a document; of variants a "
    "table (default), Markdown or JSON.",
)
@click.option(
    "--department",
    metavar="NAME",
    help="When it enters and leaves, what it gets, what it owes, by when; of variants, what "
    "concerns it.",
)
@click.option(
    "--variants", is_flag=True, help="The process beside all its variants: who has what otherwise."
)
def command(*, path: str, as_: str | None, department: str | None, variants: bool) -> int:
    """Show what a process is after `use` and variant, what one department does in it, or in what
    its variants differ.

    With --variants a folder stands for all variants in it, a file for those in its project.
    """
    if as_ is not None and as_ not in (_BESIDE if variants else _ALONE):
        known = ", ".join(_BESIDE if variants else _ALONE)
        raise UsageError(
            f"--as {as_} {'is not for' if variants else 'goes with'} --variants; "
            f"{'with' if variants else 'without'} it: {known}."
        )
    if variants:
        from salesflow.changes.variants import variants as beside  # slow to import

        return _beside(beside(path), as_ or "table", department)
    process = api.load(api.one_process(path))
    if department is not None:
        if as_ not in (None, "tree"):
            raise UsageError("--department is shown as text: leave out --as.")
        from salesflow.reporting.department import department_text

        write_out(department_text(process, department))
        return 0
    _alone(process, as_ or "tree")
    return 0


def _alone(process: Process, as_: str) -> None:
    if as_ == "tree":
        from salesflow.reporting.tree import tree

        write_out(tree(process, colour=wants_colour(sys.stdout)))
    elif as_ == "json":
        # ASCII only: nothing in it can hide
        write_out(json.dumps(api.dump(process), indent=2) + "\n")
    else:
        write_out(api.dumps(process))


def _beside(found: "Sequence[Variants]", as_: str, department: str | None) -> int:
    if department is not None:
        from salesflow.changes.variants import for_department

        found = for_department(found, department)
    if as_ == "json":
        from salesflow.reporting.variants.document import document

        write_out(json.dumps(document(found), indent=2) + "\n")
    elif as_ == "markdown":
        from salesflow.reporting.variants.markdown import markdown

        write_out(markdown(found))
    else:
        from salesflow.reporting.variants.text import text

        columns = shutil.get_terminal_size((_WIDTH, 1)).columns if sys.stdout.isatty() else _WIDTH
        write_out(text(found, columns=columns))
    return 0
