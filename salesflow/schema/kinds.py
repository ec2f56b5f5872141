"""Which parts of a document are elements and maps of ids; all else is a value, kept whole."""

from typing import Any

VALUE = "value"
PROCESS = "process"

# Kind of a map -> its keys -> the kind of what stands there; ``*`` is any id.
KINDS: dict[str, dict[str, str]] = {
    PROCESS: {
        "calendars": "elements",
        "departments": "departments",
        "data": "elements",
        "stages": "stages",
        "sources": "sources",
        "steps": "steps",
        "outcomes": "elements",
        "touchpoints": "elements",
        "policies": "elements",
        "objectives": "elements",
    },
    "elements": {"*": "element"},
    "element": {},
    "departments": {"*": "department"},
    "department": {"roles": "elements"},
    "stages": {"*": "stage"},
    "stage": {"crm": "fields"},
    "sources": {"*": "source"},
    "source": {"gives": "fields", "arrivals": "arrivals"},
    "steps": {"*": "step"},
    "step": {"next": "results", "parallel": "branches", "captures": "fields"},
    "branches": {"*": "branch"},
    "branch": {"steps": "steps"},
    "results": {"*": "result"},
    "result": {"set": "fields", "captures": "fields"},
    "fields": {"*": VALUE},
}

# The words that a short form leaves out, and the maps of ids that people skip by mistake.
SKIPPED: dict[str, tuple[str, ...]] = {
    PROCESS: (
        *("steps", "sources", "outcomes", "departments", "stages", "data", "touchpoints"),
        *("policies", "objectives", "calendars"),
    ),
    "step": ("parallel", "next"),
    "branch": ("steps",),
    "department": ("roles",),
}


def below(kind: str, key: str) -> str:
    """The kind of what stands at ``key`` in a map of this kind."""
    table = KINDS.get(kind)
    if not table or key.startswith("x-"):
        return VALUE
    return table.get(key) or table.get("*", VALUE)


def kind_at(kind: str, path: tuple[str, ...]) -> str:
    """The kind of what stands at a path below a map of this kind."""
    for part in path:
        kind = below(kind, part)
    return kind


def parts(key: str) -> tuple[str, ...]:
    """The parts of a dotted key; metadata and empty parts are no paths."""
    if "." not in key or key.startswith("x-"):
        return (key,)
    return tuple(key.split("."))


def merges(kind: str) -> bool:
    """Whether two maps of this kind merge key by key."""
    return kind in KINDS


def gathers(kind: str, key: str) -> bool:
    """Whether a word of the language, in a map of this kind, leads to a map of ids."""
    return key != "*" and "*" in KINDS.get(KINDS.get(kind, {}).get(key, ""), ())


def document_kind(document: dict[str, Any]) -> str:
    """The kind key of a document: process, organization, variant, scenario, tests; or ""."""
    for kind in ("process", "organization", "variant", "scenario", "tests"):
        if kind in document:
            return kind
    return ""
