"""``salesflow rule``: what a rule means."""

import sys

import click

from salesflow.cli.output import wants_colour, write_out


@click.command("rule")
@click.argument("name", required=False)
def command(*, name: str | None) -> int:
    """Explain a rule: what it means, why it costs deals, wrong and right.

    Without NAME all rules are listed by family.
    """
    from salesflow.checking.config import read_settings
    from salesflow.checking.manual import listing, manual, markdown

    plugins = read_settings(".").selection.plugins
    if name is None:
        write_out(listing(plugins=plugins))
    elif wants_colour(sys.stdout):
        _page(markdown(name, plugins=plugins))
    else:
        write_out(manual(name, plugins=plugins))
    return 0


def _page(text: str) -> None:
    """Show Markdown on a terminal, with headings and coloured YAML."""
    from rich.console import Console  # slow to import, and only a terminal needs it
    from rich.markdown import Markdown

    width = min(100, Console().width)
    Console(width=width, force_terminal=True).print(Markdown(text, code_theme="ansi_dark"))
