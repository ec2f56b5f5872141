"""Values that are drawn, in a few words instead of the language of the files."""

from collections.abc import Callable, Mapping
from typing import Any

_MOST = 4  # values that are named

_SAID: Mapping[frozenset[str], str] = {
    frozenset({"mean"}): "{mean} on average",
    frozenset({"mean", "sd"}): "{mean} on average (give or take {sd})",
    frozenset({"median", "p90"}): "typically {median} (one in ten above {p90})",
    frozenset({"min", "usual", "max"}): "{min} to {max}, usually {usual}",
    frozenset({"min", "max"}): "{min} to {max}",
}


def spread(value: Any, flow: Callable[[Any], str]) -> str:
    """A distribution in words: ``typically 3d (one in ten above 6d)``; "" for other data."""
    if not isinstance(value, Mapping):
        return ""
    said = _SAID.get(frozenset(value))
    if said is not None:
        return said.format(**{key: flow(each) for key, each in value.items()})
    if set(value) == {"any_of"}:
        return any_of(value["any_of"], flow)
    return ""


def any_of(values: Mapping[Any, Any], flow: Callable[[Any], str]) -> str:
    """``10 (60%) or 20 (the rest)``."""
    shares = {key: "the rest" if each == "rest" else flow(each) for key, each in values.items()}
    said = [f"{flow(key)} ({share})" for key, share in shares.items()]
    if len(said) > _MOST:
        said = [*said[: _MOST - 1], f"one of {len(said) - _MOST + 1} others"]
    return f"{', '.join(said[:-1])} or {said[-1]}" if len(said) > 1 else "".join(said)
