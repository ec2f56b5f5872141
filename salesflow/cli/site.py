"""``salesflow site``: pages for everybody."""

import click


@click.command(
    "site",
    epilog="Exit code: 0 the pages are there, 1 a text does not load, 2 what was asked cannot be "
    "done.",
)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "-o", "--output", metavar="DIR", help="The folder for the pages; made where there is none."
)
@click.option(
    "--result",
    "results",
    multiple=True,
    metavar="FILE",
    help="Show a result: what `simulate --format json` has written. May be repeated.",
)
@click.option("--title", metavar="TEXT", help="What the site is called (default: the process).")
@click.option("--open", "open_", is_flag=True, help="Open the first page at once.")
def command(
    *,
    paths: tuple[str, ...],
    output: str | None,
    results: tuple[str, ...],
    title: str | None,
    open_: bool,
) -> int:
    """Write pages that show everybody the processes and their part in them.

    A page for each process, department, touchpoint and field; plain files with relative links, for
    any web server or none. A folder stands for its processes and variants; without PATH the current
    folder is taken.
    """
    from salesflow.cli.pages import Asked, write_site  # slow to import

    asked = Asked(output=output, results=results, title=title or "", shown=open_)
    return write_site(paths or (".",), asked)
