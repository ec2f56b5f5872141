"""A result as JSON: every field under its name, and no number that JSON cannot say.

Names and shapes are normative. It knows the nouns of a result only by their fields, for they call
it: ``SimulationResult.to_dict``.
"""

from collections.abc import Mapping
from math import isfinite
from typing import Any

from salesflow.nouns import Noun

VERSION = 1


def document(result: Any) -> dict[str, Any]:
    """All of a ``SimulationResult``; one process stands at the top, several by their ids."""
    fields = _fields(result)
    parts = fields.pop("processes")
    for part in parts.values():
        del part["id"]
    roles, scenarios = fields.pop("roles"), fields.pop("scenarios")
    alone = len(parts) == 1
    return {
        "version": VERSION,
        **({"process": next(iter(parts))} if alone else {}),
        **fields,
        **(next(iter(parts.values())) if alone else {"processes": parts}),
        "roles": roles,
        "scenarios": {name: _scenario(one) for name, one in scenarios.items()},
    }


def _scenario(scenario: dict[str, Any]) -> dict[str, Any]:
    """The differences; its own figures are beside them, as ``value``."""
    kpis = scenario["kpis"]
    alone = len(kpis) == 1
    differences = (
        {"kpis": next(iter(kpis.values()))}
        if alone
        else {"processes": {process: {"kpis": of} for process, of in kpis.items()}}
    )
    return {
        "title": scenario["title"],
        "changes": scenario["changes"],
        **differences,
        "roles": {name: {"utilization": one} for name, one in scenario["roles"].items()},
        "objectives": scenario["objectives"],
    }


def _fields(noun: Any) -> dict[str, Any]:
    # A scenario's whole result stays out: it would be as long as this one.
    left_out = ("result", "models", "counted")
    return {name: plain(getattr(noun, name)) for name in noun._fields if name not in left_out}


def plain(value: Any) -> Any:
    """A noun, a map, a tuple or a number as plain data that JSON can say."""
    if isinstance(value, float):
        return number(value)
    if isinstance(value, Noun) or hasattr(value, "_fields"):
        return _fields(value)
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [plain(inner) for inner in value]
    return value


def number(value: float | None) -> float | None:
    """A number that JSON can say; None for NaN and the infinite."""
    return value if value is not None and isfinite(value) else None
