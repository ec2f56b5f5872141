"""The tool ``show``: what a process is, or what one department has to do with it."""

import os
from collections.abc import Mapping
from typing import Any

from salesflow import api
from salesflow.errors import UsageError
from salesflow.mcp_server.answer import Answer
from salesflow.mcp_server.ground import Ground, placed, repository_inside
from salesflow.mcp_server.sources import PATH, TEXT, hold_files, process
from salesflow.mcp_server.tool import Parameter, Tell, Tool
from salesflow.source.project import project_root

_FORMS = ("tree", "yaml", "json")


def _run(asked: Mapping[str, Any], ground: Ground, _tell: Tell) -> Answer:
    if asked["variants"]:
        return _beside(asked, ground)
    shown = process(asked["path"], asked["text"], ground)
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


def _beside(asked: Mapping[str, Any], ground: Ground) -> Answer:
    """The processes beside their variants: those of a folder, or of the project of a file."""
    if asked["text"] is not None or asked["as"] not in (None, "json"):
        raise UsageError("`variants` are of files, as text or `json`: leave out `text`, or `as`.")
    path = placed(ground, asked["path"] or ".")
    folder = path if os.path.isdir(path) else project_root(path)
    if not repository_inside(ground, folder):
        raise UsageError(
            f"The project of `{path}` is larger than what may be read, which is {ground.words}: "
            "name a folder instead."
        )
    hold_files((folder,), ground)
    from salesflow.changes.variants import for_department, variants

    found = variants(path)
    if asked["department"] is not None:
        found = for_department(found, asked["department"])
    if asked["as"] == "json":
        import json  # slow to import

        from salesflow.reporting.variants.document import document

        return Answer(json.dumps(document(found), ensure_ascii=False) + "\n")
    from salesflow.reporting.variants.text import text

    return Answer(text(found))


TOOL = Tool(
    name="show",
    title="Show a process, or a department's part",
    meaning="What a process is once `use` and variant are put in: the flow as a tree, or the whole "
    "document. With `department`: when it enters and leaves, what it gets, what it owes, by when. "
    "With `variants`: what each country or segment has otherwise.",
    parameters=(
        PATH,
        TEXT,
        Parameter("as", "How: a tree to read, or the resolved document.", choices=_FORMS),
        Parameter("department", "A department's id, such as `legal`."),
        Parameter("variants", "Beside all its variants.", "boolean", default=False),
    ),
    run=_run,
)
