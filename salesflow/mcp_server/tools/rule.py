"""The tool ``rule``: what a rule means, why it costs deals, wrong and right."""

from collections.abc import Mapping
from typing import Any

from salesflow.mcp_server.answer import Answer
from salesflow.mcp_server.ground import Ground
from salesflow.mcp_server.tool import Parameter, Tell, Tool


def _run(asked: Mapping[str, Any], _ground: Ground, _tell: Tell) -> Answer:
    from salesflow.changes.catalogue.explained import everything, explained  # slow to import

    name = asked["name"]
    return Answer(everything() if name is None else explained(name))


TOOL = Tool(
    name="rule",
    title="Explain a rule",
    meaning="What a rule of `check` or a kind of change of `diff` means, why it costs deals, a "
    "wrong and a right example. Without `name`: all rules.",
    parameters=(Parameter("name", "A rule such as `dead-end`, a family, or `changes`."),),
    run=_run,
)
