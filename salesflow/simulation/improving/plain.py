"""The ranking as JSON: every field under its name."""

from collections.abc import Mapping
from typing import Any

from salesflow.nouns import Noun
from salesflow.simulation.result_json import VERSION, number


def document(improvement: Any) -> dict[str, Any]:
    """All of an ``Improvement``; each intervention with the lines to write."""
    return {"version": VERSION, **_plain(improvement)}


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return number(value)
    if isinstance(value, Noun) or hasattr(value, "_fields"):
        fields = {name: _plain(getattr(value, name)) for name in value._fields}
        lines = getattr(value, "lines", None)
        return fields if lines is None else {"name": value.name, **fields, "lines": [*lines]}
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value
