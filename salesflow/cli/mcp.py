"""``salesflow mcp``: speaks with AI assistants."""

import sys

import click

from salesflow.errors import UsageError


@click.command("mcp")
@click.option(
    "--root",
    "roots",
    multiple=True,
    metavar="DIR",
    help="A folder that may be read (default: the current one). May be repeated.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(1, 3600),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="The longest that an answer may take.",
)
def command(*, roots: tuple[str, ...], timeout: float) -> None:
    """Speak with AI assistants: check, show, simulate, diff, draw (Model Context Protocol).

    An assistant starts it and speaks with it on standard input and output. It writes no file, and
    reads none outside of DIR.
    """
    from importlib.util import find_spec

    if find_spec("mcp") is None or find_spec("mcp_types") is None:  # the latter since 2.0
        raise UsageError(
            "`salesflow mcp` needs the package mcp, 2.0 or newer: `pip install 'salesflow[mcp]'`."
        )
    from salesflow.mcp_server.ground import ground_of

    ground = ground_of(roots or (".",))
    if sys.stdin.isatty():
        from salesflow.cli.outcome import tell

        tell(
            "salesflow mcp waits for an assistant, which starts it by itself "
            "(docs/assistants.md). Ctrl-C ends it."
        )
    from salesflow.mcp_server.server import run  # slow to import

    run(ground, seconds=timeout)
