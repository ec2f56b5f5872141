"""A tally as JSON and back, the same to the last bit."""

import json
from functools import cache
from types import GenericAlias
from typing import Any, NamedTuple, get_args, get_type_hints

from salesflow.simulation.tally import Tally


def tally_text(tally: Tally) -> str:
    """The tally as JSON on one line: lists in the order of its fields."""
    return json.dumps(tally, separators=(",", ":"))


def tally_of(data: Any) -> Tally:
    """The tally that a text was made from, once parsed. ValueError, TypeError for another shape."""
    tally: Tally = _shaped(data, Tally)
    return tally


def _shaped(data: Any, kind: Any) -> Any:
    if kind in (int, float):
        return _numbers((data,), kind)[0]
    if isinstance(kind, GenericAlias):  # tuple[X, ...] or tuple[X, Y]
        kinds = get_args(kind)
        if kinds[-1] is Ellipsis:
            inner = kinds[0]
            if inner in (int, float):
                return _numbers(data, inner)
            return tuple(_shaped(d, inner) for d in data)
        return tuple(_shaped(d, inner) for d, inner in zip(data, kinds, strict=True))
    fields = _kinds(kind)
    return kind(*(_shaped(d, inner) for d, inner in zip(data, fields, strict=True)))


def _numbers(data: Any, kind: Any) -> tuple[Any, ...]:
    numbers = tuple(data)
    if not {*map(type, numbers)} <= {int, kind}:
        raise TypeError(f"numbers are expected, not {numbers!r:.80}")
    return numbers


@cache
def _kinds(row: type[NamedTuple]) -> tuple[Any, ...]:
    """The types of a row's fields, in order."""
    return tuple(get_type_hints(row).values())
