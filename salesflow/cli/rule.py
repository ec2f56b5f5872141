"""``salesflow rule``: what a rule means, or a kind of change."""

import sys
from typing import TypeAlias

import click

from salesflow.cli.output import wants_colour, write_out
from salesflow.errors import UsageError
from salesflow.names import listed

Plugins: TypeAlias = bool | tuple[str, ...]

CHANGES = "changes"  # the family of what `diff` finds


@click.command("rule")
@click.argument("name", required=False)
def command(*, name: str | None) -> int:
    """Explain a rule: what it means, why it costs deals, wrong and right.

    Kinds of change that `diff` finds are explained too: `rule changes` lists them. Without NAME
    all rules are listed by family.
    """
    from salesflow.checking.config import read_settings

    plugins = read_settings(".").selection.plugins
    if name is None:
        write_out(_all(plugins=plugins))
    elif name == CHANGES:
        write_out(_changes())
    elif wants_colour(sys.stdout):
        _page(_explained(name, plugins=plugins, marked=True))
    else:
        write_out(_explained(name, plugins=plugins, marked=False))
    return 0


def _all(*, plugins: Plugins) -> str:
    from salesflow.changes.catalogue.manual import summary
    from salesflow.checking.manual import listing

    return listing(plugins=plugins, others=summary())


def _changes() -> str:
    from salesflow.changes.catalogue.manual import listing

    return listing()


def _explained(name: str, *, plugins: Plugins, marked: bool) -> str:
    """The manual of a rule of ``check`` or ``diff``. UsageError for a name that is neither."""
    from salesflow.checking import manual as rules
    from salesflow.checking.catalogue import FAMILIES, family_of

    others: tuple[str, ...] = ()
    if (
        family_of(name) is None
        and name not in FAMILIES
        and not (plugins and _plugged(name, plugins))
    ):
        from salesflow.changes.catalogue import manual as changes  # larger than all of `check`
        from salesflow.changes.catalogue.rules import by_name

        if name in by_name():
            return changes.markdown(name) if marked else changes.manual(name)
        some = changes.beginning(f"{name}-")
        if some:
            raise UsageError(f"There is no rule `{name}`, but {listed(some)}.")
        others = (*by_name(), CHANGES)
    tell = rules.markdown if marked else rules.manual
    return tell(name, plugins=plugins, others=others)


def _plugged(name: str, plugins: Plugins) -> bool:
    """Whether a plugin has a rule of a name, which then goes before a kind of change."""
    from salesflow.checking.plugins import plugged_in

    return any(rule.name == name for rule in plugged_in(plugins))


def _page(text: str) -> None:
    """Show Markdown on a terminal, with headings and coloured YAML."""
    from rich.console import Console  # slow to import, and only a terminal needs it
    from rich.markdown import Markdown

    width = min(100, Console().width)
    Console(width=width, force_terminal=True).print(Markdown(text, code_theme="ansi_dark"))
