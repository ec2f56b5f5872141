"""All tools, in the order in which an assistant reads of them; and how one is called."""

from collections.abc import Mapping
from typing import Any

from salesflow.errors import UsageError
from salesflow.mcp_server.answer import Answer, safe
from salesflow.mcp_server.ground import Ground
from salesflow.mcp_server.tool import Tell, Tool, judged, near
from salesflow.mcp_server.tools import check, diff, draw, language, rule, show, simulate, test

TOOLS: tuple[Tool, ...] = (
    check.TOOL,
    show.TOOL,
    simulate.TOOL,
    diff.TOOL,
    test.TOOL,
    draw.TOOL,
    rule.TOOL,
    language.TOOL,
)

_LESS = {
    "check": "Ask with a smaller `limit`.",
    "show": "Ask for one `department`, or name the file of a part.",
    "draw": "Ask for `mermaid`, or draw less with `only`, `depth` or another `view`.",
    "diff": "Ask for one `department`, or name one file.",
}


def tool_of(name: str) -> Tool:
    """The tool of this name. UsageError, with what was meant, where there is none."""
    for tool in TOOLS:
        if tool.name == name:
            return tool
    names = tuple(tool.name for tool in TOOLS)
    raise UsageError(f"There is no tool `{name[:100]}`. {near(name[:100], names)}")


def call(name: str, arguments: Mapping[str, Any], ground: Ground, tell: Tell) -> Answer:
    """What a tool answers. UsageError for what cannot be asked or done, LoadError for texts that
    do not load.
    """
    tool = tool_of(name)
    less = _LESS.get(name, "Ask for less.")
    return safe(tool.run(judged(tool, arguments), ground, tell), less=less)
