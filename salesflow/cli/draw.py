"""``salesflow draw``: a picture of a process."""

import os

import click

from salesflow import api
from salesflow.cli.output import write_file, write_out
from salesflow.errors import UsageError
from salesflow.process.model import Process

_ENDINGS = {".mmd": "mermaid", ".mermaid": "mermaid"}
FORMATS = ("mermaid",)


@click.command("draw")
@click.argument("path")
@click.option("-o", "--output", metavar="FILE", help="Write to FILE; its ending names the format.")
@click.option("--format", "format_", type=click.Choice(FORMATS), help="Default: mermaid.")
@click.option(
    "--view",
    type=click.Choice(["flow", "departments"]),
    default="flow",
    show_default=True,
    help="The flow in lanes, or who hands over to whom.",
)
@click.option("--findings", is_flag=True, help="Mark what `check` finds.")
@click.option(
    "--against",
    metavar="OLD",
    help="Draw PATH and its old version OLD (a file, or REV:PATH) as one; what changed is marked.",
)
def command(
    *,
    path: str,
    output: str | None,
    format_: str | None,
    view: str,
    findings: bool,
    against: str | None,
) -> int:
    """Draw a process."""
    name = format_ or _format(output)
    old, process = _versions(against, api.one_process(path))
    marked = api.check(process) if findings else ()
    text = api.draw(process, name, findings=marked, view=view, against=old)
    if output:
        write_file(output, text)
        click.echo(f"Wrote {output}.", err=True)
    else:
        write_out(text)
    return 0


def _versions(against: str | None, path: str) -> tuple[Process | None, Process]:
    """The old version, if one is asked for, and the process."""
    if against is None:
        return None, api.load(path)
    if os.path.isdir(against):
        return api.load(api.one_process(against)), api.load(path)
    from salesflow.changes.versions import versions  # only where versions are compared

    (pair,) = versions(against, path)
    return pair.old, pair.new or api.load(path)


def _format(output: str | None) -> str:
    if output is None:
        return "mermaid"
    for ending, name in _ENDINGS.items():
        if output.endswith(ending):
            return name
    endings = ", ".join(_ENDINGS)
    raise UsageError(
        f"The format of `{output}` is unknown: end the name with one of {endings}, "
        "or say --format mermaid."
    )
