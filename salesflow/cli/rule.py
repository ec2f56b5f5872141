"""``salesflow rule``: what a rule means, or a kind of change."""

import sys

import click

from salesflow.cli.output import wants_colour, write_out


@click.command("rule")
@click.argument("name", required=False)
def command(*, name: str | None) -> int:
    """Explain a rule: what it means, why it costs deals, wrong and right.

    Kinds of change that `diff` finds are explained too: `rule changes` lists them. Without NAME
    all rules are listed by family.
    """
    from salesflow.changes.catalogue.explained import CHANGES, everything, explained
    from salesflow.checking.config import read_settings

    plugins = read_settings(".").selection.plugins
    if name is None:
        write_out(everything(plugins=plugins))
    elif name != CHANGES and wants_colour(sys.stdout):
        _page(explained(name, plugins=plugins, marked=True))
    else:
        write_out(explained(name, plugins=plugins))
    return 0


def _page(text: str) -> None:
    """Show Markdown on a terminal, with headings and coloured YAML."""
    from rich.console import Console  # slow to import, and only a terminal needs it
    from rich.markdown import Markdown

    width = min(100, Console().width)
    Console(width=width, force_terminal=True).print(Markdown(text, code_theme="ansi_dark"))
