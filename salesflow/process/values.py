"""From written values to quantities and distributions, with a finding for each that is wrong."""

from typing import Any

from salesflow.distributions import Distribution, parse_distribution
from salesflow.expressions import Expression
from salesflow.nouns import FrozenMap
from salesflow.process.binding import Binder
from salesflow.quantities import Duration, parse_duration, parse_share
from salesflow.source.located import Map, Seq, key_span, value_span

FILLED = "filled"


def distribution(
    data: Map, key: str, kind: str, binder: Binder, *, path: str, choices: tuple[str, ...] = ()
) -> Distribution | None:
    """The distribution at ``data[key]``; None where there is none or it is wrong."""
    if key not in data:
        return None
    parsed = parse_distribution(data[key], kind, values=choices)
    if not isinstance(parsed, tuple):
        return parsed
    value = data[key]
    for problem in parsed:
        inner = isinstance(value, Map) and problem.key in value
        span = value_span(value, problem.key) if inner else value_span(data, key)
        where = f"{path}.{problem.key}" if inner else path
        binder.wrong(span, problem.message, path=where, hint=problem.hint)
    return None


def duration(data: Map, key: str) -> Duration | None:
    """The duration at ``data[key]``; the schema has already refused what is none."""
    return parse_duration(str(data[key])) if key in data else None


def share(data: Map, key: str) -> float | None:
    """The share at ``data[key]`` as a fraction of 1; None where there is none."""
    return parse_share(str(data[key])) if key in data else None


def fillings(data: Map, key: str, binder: Binder, *, path: str) -> FrozenMap[str, Any]:
    """``captures`` or ``gives``: field -> Distribution, or None for "filled"."""
    value = data.get(key)
    where = f"{path}.{key}"
    if isinstance(value, Seq):
        names = binder.field_names(data, key, path=path)
        return FrozenMap(dict.fromkeys(names))
    if not isinstance(value, Map):
        return FrozenMap()
    filled: dict[str, Distribution | None] = {}
    for name, drawn in value.items():
        if name not in binder.fields:
            binder.is_field(name, span=key_span(value, name), path=f"{where}.{name}")
            continue
        field = binder.fields[name]
        if drawn == FILLED:
            filled[name] = None
        elif field.kind in ("text", "date", "person", "document"):
            binder.wrong(
                value_span(value, name),
                f"`{name}` is a {field.kind}: salesflow only knows whether it is filled.",
                path=f"{where}.{name}",
                hint=f"Write `{name}: filled`.",
            )
        else:
            filled[name] = distribution(
                value, name, field.kind, binder, path=f"{where}.{name}", choices=field.values
            )
    return FrozenMap(filled)


def assignments(data: Map, binder: Binder, *, path: str) -> FrozenMap[str, Expression | None]:
    """``set`` of a result: field -> Expression, or None for "filled"."""
    value = data.get("set", Map())
    assigned: dict[str, Expression | None] = {}
    for name, written in value.items():
        where = f"{path}.set.{name}"
        if name not in binder.fields:
            binder.is_field(name, span=key_span(value, name), path=where)
            continue
        if written == FILLED:
            assigned[name] = None
            continue
        expression = binder.expression(value, name, path=where, wanted=binder.fields[name])
        if expression is not None:
            assigned[name] = expression
    return FrozenMap(assigned)
