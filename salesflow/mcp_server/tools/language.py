"""The tool ``language``: how to write a process, for assistants that read no resources."""

from collections.abc import Mapping
from typing import Any

from salesflow.mcp_server.answer import Answer
from salesflow.mcp_server.ground import Ground
from salesflow.mcp_server.tool import Parameter, Tell, Tool
from salesflow.mcp_server.tools.reading_matter import TOPICS, told


def _run(asked: Mapping[str, Any], _ground: Ground, _tell: Tell) -> Answer:
    return Answer(told(asked["topic"]))


TOOL = Tool(
    name="language",
    title="How to write a process",
    meaning="The language of process files. Read the `guide` before you write or change one; "
    "`keys` has every key, its meaning and an example; `example` is a whole process; `schema` is "
    "the JSON Schema.",
    parameters=(Parameter("topic", "What to read.", choices=TOPICS, default="guide"),),
    run=_run,
)
