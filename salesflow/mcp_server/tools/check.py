"""The tool ``check``: everything wrong in processes, with what to write instead."""

from collections.abc import Mapping
from typing import Any

from salesflow.checking.config import read_settings
from salesflow.checking.paths import report_on, with_fixes
from salesflow.checking.report import CheckReport
from salesflow.mcp_server.answer import Answer
from salesflow.mcp_server.ground import Ground, placed
from salesflow.mcp_server.shapes import CHECKED
from salesflow.mcp_server.sources import PATH, TEXT, Unread, documents
from salesflow.mcp_server.tool import Parameter, Tell, Tool

_RULES = Parameter("select", "Only these rules or families, such as `structure`.", "strings")
_FIRST = 10  # files that were left out are told by name
_LIMIT = Parameter("limit", "Findings told at most.", "integer", default=50, least=1, most=500)


def _run(asked: Mapping[str, Any], ground: Ground, _tell: Tell) -> Answer:
    path, text = asked["path"], asked["text"]
    settings = read_settings(placed(ground, path or ".")).overridden(
        select=asked["select"] or (), ignore=asked["ignore"] or ()
    )
    found = documents(path, text, ground, limits=settings.limits)
    report = report_on(((each.file, each) for each in found.assemblies), settings, chains=True)
    told = report.first(asked["limit"])
    if asked["fixes"]:
        unsaved = None if text is None else (report.files[0], text.encode())
        told = with_fixes(told, settings, text=unsaved)
    else:
        told = told.told_as([finding._replace(fix=None) for finding in told.findings])
    left = len(report.findings) - len(told.findings)
    data = {**told.to_dict(), "summary": report.summary}
    if left:
        data["left_out"] = left
    if found.unread:
        data["unread"] = [each._asdict() for each in found.unread[: asked["limit"]]]
    return Answer(_unread(found.unread) + _text(told, left), data)


def _unread(files: tuple[Unread, ...]) -> str:
    """Which files of a folder were left out: first of all, as all else is without them."""
    if not files:
        return ""
    from salesflow.reporting.words import count

    told = [f"Not checked: {each.why}\n" for each in files[:_FIRST]]
    left = len(files) - len(told)
    return "".join(told) + (f"… and {count(left, 'more file')}.\n" if left > 0 else "") + "\n"


def _text(report: CheckReport, left: int) -> str:
    from salesflow.reporting.full import full
    from salesflow.reporting.words import count, untried_told

    more = f"… and {count(left, 'more finding')}: ask with a larger `limit`.\n" if left else ""
    untried = f"{untried_told(report.untried)}\n" if report.untried else ""
    return full(report) + more + untried


TOOL = Tool(
    name="check",
    title="Check a sales process",
    meaning="Finds everything wrong in processes: dead ends, deadlocks, missing data, broken "
    "promises, contradictions. Each finding has its place, the way a deal gets there and what to "
    "write. Call it after every change to a file.",
    parameters=(
        PATH,
        TEXT,
        _RULES,
        Parameter("ignore", "Not these rules or families.", "strings"),
        Parameter("fixes", "Also edits that were tried out and mend it.", "boolean", default=False),
        _LIMIT,
    ),
    run=_run,
    shape=CHECKED,
)
