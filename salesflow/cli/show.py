"""``salesflow show``: what a process is, to a reader or a department, or beside its variants."""

import json
import sys

import click

from salesflow import api
from salesflow.cli.chosen import chosen, tell_passed_over
from salesflow.cli.output import wants_colour, write_out
from salesflow.errors import UsageError
from salesflow.process.model import Process

_ALONE = ("tree", "yaml", "json")
_BESIDE = ("table", "markdown", "json")


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
@click.option(
    "--result",
    "results",
    multiple=True,
    metavar="FILE",
    help="With --variants: what `simulate --format json` wrote of one of them. May be repeated.",
)
def command(
    *,
    path: str,
    as_: str | None,
    department: str | None,
    variants: bool,
    results: tuple[str, ...],
) -> int:
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
        from salesflow.cli.beside import show_variants  # slow to import

        return show_variants(path, as_ or "table", department, results)
    if results:
        raise UsageError("--result goes with --variants.")
    held = chosen(path)
    process = api.load(held.processes[0])
    if department is not None:
        if as_ not in (None, "tree"):
            raise UsageError("--department is shown as text: leave out --as.")
        from salesflow.reporting.department import department_text

        write_out(department_text(process, department))
    else:
        _alone(process, as_ or "tree")
    tell_passed_over(held, "shown")
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
