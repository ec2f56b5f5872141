"""The tool ``rule``: what a rule means, why it costs deals, wrong and right."""

from collections.abc import Mapping
from typing import Any

from salesflow.errors import UsageError
from salesflow.mcp_server.answer import Answer
from salesflow.mcp_server.ground import Ground
from salesflow.mcp_server.tool import Parameter, Tell, Tool
from salesflow.names import listed


def _run(asked: Mapping[str, Any], _ground: Ground, _tell: Tell) -> Answer:
    name = asked["name"]
    return Answer(listing() if name is None else explained(name))


def listing() -> str:
    """All rules by family, a line each, and how many kinds of change there are."""
    from salesflow.changes.catalogue.manual import summary
    from salesflow.checking.manual import listing as all_rules

    return all_rules(others=summary())


def explained(name: str) -> str:
    """The manual of a rule, a family or a kind of change. UsageError for a name that is none."""
    from salesflow.changes.catalogue import manual as changes
    from salesflow.changes.catalogue.rules import by_name
    from salesflow.checking import manual as rules
    from salesflow.checking.catalogue import FAMILIES, family_of

    if name == "changes":
        return changes.listing()
    if family_of(name) is not None or name in FAMILIES:
        return rules.manual(name)
    if name in by_name():
        return changes.manual(name)
    some = changes.beginning(f"{name}-")
    if some:
        raise UsageError(f"There is no rule `{name}`, but {listed(some)}.")
    return rules.manual(name, others=(*by_name(), "changes"))


TOOL = Tool(
    name="rule",
    title="Explain a rule",
    meaning="What a rule of `check` or a kind of change of `diff` means, why it costs deals, a "
    "wrong and a right example. Without `name`: all rules.",
    parameters=(Parameter("name", "A rule such as `dead-end`, a family, or `changes`."),),
    run=_run,
)
