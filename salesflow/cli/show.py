"""``salesflow show``: what a process is, for a reader or for a department."""

import json
import sys

import click

from salesflow import api
from salesflow.cli.output import wants_colour, write_out
from salesflow.errors import UsageError


@click.command("show")
@click.argument("path")
@click.option(
    "--as",
    "as_",
    type=click.Choice(["tree", "yaml", "json"]),
    default="tree",
    show_default=True,
    help="The flow as a tree, or the resolved process as a document.",
)
@click.option(
    "--department",
    metavar="NAME",
    help="When it enters and leaves, what it gets, what it owes, by when.",
)
def command(*, path: str, as_: str, department: str | None) -> int:
    """Show what a process is after `use` and variant, or what one department does in it."""
    process = api.load(api.one_process(path))
    if department is not None:
        if as_ != "tree":
            raise UsageError("--department is shown as text: leave out --as.")
        from salesflow.reporting.department import department_text

        write_out(department_text(process, department))
        return 0
    if as_ == "tree":
        from salesflow.reporting.tree import tree

        write_out(tree(process, colour=wants_colour(sys.stdout)))
        return 0
    data = api.dump(process)
    if as_ == "json":
        write_out(json.dumps(data, indent=2) + "\n")  # ASCII only: nothing in it can hide
    else:
        write_out(api.dumps(process))
    return 0
