"""What ``rule`` explains: a rule of ``check``, a family, or a kind of change that ``diff`` finds.

Manuals are loaded where somebody asks, and kinds of change, which take longer, where it is no rule.
"""

from salesflow.checking.catalogue import FAMILIES, family_of
from salesflow.errors import UsageError
from salesflow.names import listed

CHANGES = "changes"  # the family of what `diff` finds


def everything(*, plugins: bool | tuple[str, ...] = False) -> str:
    """All rules by family, a line each, and the kinds of change, for the terminal."""
    from salesflow.changes.catalogue.manual import summary
    from salesflow.checking import manual as rules

    return rules.listing(plugins=plugins, others=summary())


def explained(name: str, *, plugins: bool | tuple[str, ...] = False, marked: bool = False) -> str:
    """The manual of a rule or a kind of change, for the terminal or ``marked`` as Markdown.

    A rule of a plugin goes before a kind of change. UsageError for a name that is neither.
    """
    if name == CHANGES:
        from salesflow.changes.catalogue.manual import listing

        return listing()
    from salesflow.checking import manual as rules

    tell = rules.markdown if marked else rules.manual
    if family_of(name) is not None or name in FAMILIES or _plugged(name, plugins):
        return tell(name, plugins=plugins)
    from salesflow.changes.catalogue import manual as changes
    from salesflow.changes.catalogue.rules import by_name

    if name in by_name():
        return changes.markdown(name) if marked else changes.manual(name)
    some = changes.beginning(f"{name}-")
    if some:
        raise UsageError(f"There is no rule `{name}`, but {listed(some)}.")
    return tell(name, plugins=plugins, others=(*by_name(), CHANGES))


def _plugged(name: str, plugins: bool | tuple[str, ...]) -> bool:
    """Whether a plugin has a rule of a name."""
    from salesflow.checking.plugins import plugged_in

    return bool(plugins) and any(rule.name == name for rule in plugged_in(plugins))
