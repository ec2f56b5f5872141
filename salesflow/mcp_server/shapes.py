"""The data that tools answer with, as JSON Schema: what is always there, open for more to come."""

from collections.abc import Mapping
from typing import Any

from salesflow.nouns import FrozenMap

_ESTIMATE = "an estimate is {mean, low, high}: low and high bound a 95% interval"


def shape(needed: Mapping[str, Any], maybe: Mapping[str, Any] | None = None) -> FrozenMap[str, Any]:
    """An object with these properties, and more."""
    properties = {"version": {"const": 1}, **needed, **(maybe or {})}
    return FrozenMap({"type": "object", "properties": properties, "required": ["version", *needed]})


def listed(items: Mapping[str, Any], meaning: str = "") -> dict[str, Any]:
    """A list of such items."""
    return {"type": "array", "items": dict(items), **_said(meaning)}


def mapped(meaning: str = "") -> dict[str, Any]:
    """A map by id."""
    return {"type": "object", **_said(meaning)}


def text(meaning: str = "", *choices: str) -> dict[str, Any]:
    """A text, perhaps one of some."""
    return {"type": "string", **({"enum": list(choices)} if choices else {}), **_said(meaning)}


def number(meaning: str = "") -> dict[str, Any]:
    """A whole number."""
    return {"type": "integer", **_said(meaning)}


def _said(meaning: str) -> dict[str, str]:
    return {"description": meaning} if meaning else {}


FINDING = FrozenMap(
    {
        "type": "object",
        "properties": {
            "rule": text("`rule` explains it"),
            "severity": text("", "error", "warning", "info"),
            "path": text("the element: steps.demo"),
            "file": text(),
            "line": number(),
            "column": number(),
            "message": text(),
            "help": text("what to write"),
            "witness": listed({"type": "string"}, "the way a deal gets there"),
            "fix": {"type": ["object", "null"], "description": "edits that were tried and mend it"},
        },
        "required": ["rule", "severity", "path", "file", "line", "message"],
    }
)

CHECKED = shape(
    {
        "files": listed({"type": "string"}),
        "maturity": number("level 1 to 4, 0 where nothing loads"),
        "processes": mapped("by id: file, maturity, chain"),
        "findings": listed(FINDING),
        "summary": mapped("how many of each severity, those left out too"),
    },
    {
        "left_out": number("findings beyond `limit`"),
        "unread": listed(
            {"type": "object", "properties": {"file": text(), "why": text()}},
            "files of the folder that may not, or cannot, be read",
        ),
    },
)

SIMULATED = shape(
    {"seed": number(), "replications": number(), "duration": text(), "warmup": text()},
    {
        "process": text(),
        "processes": mapped("by id, where several were simulated together"),
        "deals": mapped(_ESTIMATE),
        "kpis": mapped(f"win_rate, cycle_time_won (hours), …; {_ESTIMATE}"),
        "steps": mapped("by path: visits, waiting, effort, elapsed (hours), results"),
        "roles": mapped("by id: utilization, waiting, queue"),
        "objectives": listed({"type": "object"}, "with verdict met, missed or unsure"),
        "scenarios": mapped("by name: differences, and whether they are significant"),
    },
)

CHANGED = shape(
    {},
    {
        "level": text("", "breaking", "check", "safe", "cosmetic", "none"),
        "edits": listed({"type": "object"}, "kind, path, field, old, new, level, message"),
        "departments": mapped("by id, what changes for it, a line each"),
        "behaviour": {"type": ["object", "null"], "description": "verdict, statements"},
        "deals": {"type": ["object", "null"]},
        "impact": {"type": ["object", "null"]},
        "processes": mapped("by id, where several were compared"),
    },
)

TESTED = shape(
    {
        "suites": listed({"type": "object"}, "tests, of, cases with status and failures"),
        "coverage": listed({"type": "object"}, "of each process: transitions, covered, missing"),
        "findings": listed(FINDING, "of files that do not load"),
        "summary": mapped("passed, failed, undecided"),
    }
)
