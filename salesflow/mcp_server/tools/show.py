"""The tool ``show``: what a process is, or what one department has to do with it."""

from collections.abc import Mapping
from typing import Any

from salesflow import api
from salesflow.errors import UsageError
from salesflow.mcp_server.answer import Answer
from salesflow.mcp_server.ground import Ground
from salesflow.mcp_server.sources import PATH, TEXT, process
from salesflow.mcp_server.tool import Parameter, Tell, Tool

_FORMS = ("tree", "yaml", "json")


def _run(asked: Mapping[str, Any], ground: Ground, _tell: Tell) -> Answer:
    shown = process(asked, ground)
    if asked["department"] is not None:
        if asked["as"] not in (None, "tree"):
            raise UsageError("What a department does is told as text: leave out `as`.")
        from salesflow.reporting.department import department_text

        return Answer(department_text(shown, asked["department"]))
    if asked["as"] == "json":
        import json  # slow to import

        return Answer(json.dumps(api.dump(shown), indent=1, ensure_ascii=False) + "\n")
    if asked["as"] == "yaml":
        return Answer(api.dumps(shown))
    from salesflow.reporting.tree import tree

    return Answer(tree(shown))


TOOL = Tool(
    name="show",
    title="Show a process, or a department's part",
    meaning="What a process is once `use` and variant are put in: the flow as a tree, or the whole "
    "document. With `department`: when it enters and leaves, what it gets, what it owes, by when.",
    parameters=(
        PATH,
        TEXT,
        Parameter("as", "How: a tree to read, or the resolved document.", choices=_FORMS),
        Parameter("department", "A department's id, such as `legal`."),
    ),
    run=_run,
)
