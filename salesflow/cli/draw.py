"""``salesflow draw``: a picture of a process."""

import click

from salesflow.reporting.drawn import FORMATS, HEATS
from salesflow.reporting.views import VIEWS


@click.command(
    "draw",
    epilog="Exit code: 0 it is drawn, 1 a text does not load, 2 what was asked cannot be done.",
)
@click.argument("path")
@click.option("-o", "--output", metavar="FILE", help="Write to FILE; its ending names the format.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="Default: by the ending of FILE, else mermaid.",
)
@click.option(
    "--view",
    type=click.Choice(VIEWS),
    default="flow",
    show_default=True,
    help="The flow in lanes, the stages of the CRM, or who hands over to whom.",
)
@click.option(
    "--only",
    multiple=True,
    metavar="STEP",
    help="Only these steps, stages or departments and what is next to them.",
)
@click.option("--around", type=int, metavar="N", help="With --only: so many steps far (default 1).")
@click.option(
    "--depth",
    type=int,
    metavar="N",
    help="What is open: 0 nothing, 1 blocks (default), 2 also sub-processes, 3 theirs.",
)
@click.option("--findings", is_flag=True, help="Mark what `check` finds.")
@click.option(
    "--result", metavar="FILE", help="Show a result: what `simulate --format json` has written."
)
@click.option(
    "--heat",
    type=click.Choice(HEATS),
    help="With --result: what steps show (default: waiting).",
)
@click.option(
    "--against",
    metavar="OLD",
    help="Draw PATH and its old version OLD (a file, or REV:PATH) as one; what changed is marked.",
)
@click.option("--open", "open_", is_flag=True, help="Open the picture (html unless told) at once.")
def command(
    *,
    path: str,
    output: str | None,
    format_: str | None,
    view: str,
    only: tuple[str, ...],
    around: int | None,
    depth: int | None,
    findings: bool,
    result: str | None,
    heat: str | None,
    against: str | None,
    open_: bool,
) -> int:
    """Draw a process: as Mermaid, Graphviz, SVG, PNG, a page or BPMN.

    A folder stands for the one process in it, `-` for standard input.
    """
    from salesflow.cli.drawing import Asked, draw  # slow to import

    asked = Asked(
        output=output,
        format=format_,
        view=view,
        only=only,
        around=around,
        depth=depth,
        findings=findings,
        result=result,
        heat=heat,
        against=against,
        shown=open_,
    )
    return draw(path, asked)
