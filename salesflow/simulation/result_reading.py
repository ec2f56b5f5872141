"""A result read back from its JSON: what ``simulate --format json`` wrote, as the noun it was.

Only scenarios stay out: their own figures are not in it.
"""

from collections.abc import Callable, Mapping
from math import inf, isfinite
from types import UnionType
from typing import Any, NoReturn, get_args, get_origin, get_type_hints

from salesflow.errors import UsageError
from salesflow.nouns import FrozenMap, Noun
from salesflow.simulation.result import Estimate, PartResult, RoleResult, SimulationResult
from salesflow.simulation.result_json import VERSION
from salesflow.source.files import content_of

_MOST = 1 << 26  # bytes: sixty thousand steps
_WRITES = "`salesflow simulate PATH --format json -o FILE.json`"
_NEEDED = frozenset(("version", "program", "replications"))
_APART = frozenset(("processes", "roles", "scenarios", "models"))
_WORDS = {float: "a number", int: "a whole number", str: "a text", bool: "true or false"}


def read_result(file: str) -> SimulationResult:
    """The result in a JSON file. UsageError where it cannot be read, or holds something else."""
    text = _text(file)
    import json  # only where a result is read

    try:
        document = json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as problem:
        place = f"{file}:{problem.lineno}:{problem.colno}"
        raise UsageError(f"{place}: this is no JSON: {_lowered(problem.msg)}. {_hint()}") from None
    except (ValueError, RecursionError) as problem:  # `NaN`, thousands of digits or brackets
        deep = isinstance(problem, RecursionError)
        said = "it is nested too deeply" if deep else "a number in it is none that JSON knows"
        raise UsageError(f"`{file}` is no result of a simulation: {said}. {_hint()}") from None
    try:
        return result_of_document(document)
    except UsageError as problem:
        raise UsageError(f"`{file}` {problem}") from None


def result_of_document(document: Any) -> SimulationResult:
    """The result in the data of its JSON. UsageError, without a subject: ``is no result …``."""
    if not isinstance(document, Mapping) or not _NEEDED.issubset(document):
        raise UsageError(f"is no result of a simulation. {_hint()}")
    if document["version"] != VERSION:
        raise UsageError(
            f"is a result of version {document['version']!r}, and this salesflow reads version "
            f"{VERSION}: simulate again."
        )
    alone = _value(str | None, document.get("process"), "process")
    several = _value(dict, document.get("processes", {}), "processes") if alone is None else {}
    parts = several if alone is None else {alone: document}
    return SimulationResult(
        **_fields(SimulationResult, document, "", apart=_APART),
        processes=FrozenMap(
            {
                name: PartResult(
                    id=name,
                    **_fields(
                        PartResult, part, f"processes.{name}." if several else "", apart={"id"}
                    ),
                )
                for name, part in parts.items()
            }
        ),
        roles=_value(FrozenMap[str, RoleResult], document.get("roles", {}), "roles"),
        scenarios=FrozenMap(),
    )


def _text(file: str) -> str:
    content = content_of(file, _MOST + 1)
    if len(content) > _MOST:
        raise UsageError(f"`{file}` has more than {_MOST >> 20} MB: that is no result. {_hint()}")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"`{file}` is no result of a simulation. {_hint()}") from None


def _hint() -> str:
    return f"A result is what {_WRITES} writes."


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def _fields(
    kind: Any, data: Any, where: str, *, apart: frozenset[str] | set[str] = frozenset()
) -> dict[str, Any]:
    """What the data says of the fields of a kind; those with a default may be left out."""
    if not isinstance(data, Mapping):
        raise _wrong(where.rstrip("."), "a map")
    hints = get_type_hints(kind)
    found = {}
    for name in kind._fields:
        if name in apart:
            continue
        if name in data:
            found[name] = _value(hints[name], data[name], f"{where}{name}")
        elif not _optional(kind, name):
            raise UsageError(f"lacks `{where}{name}`: it may be of an older salesflow. {_again()}")
    return found


def _optional(kind: Any, name: str) -> bool:
    return issubclass(kind, Noun) and hasattr(kind, name)


def _value(kind: Any, data: Any, where: str) -> Any:
    """The data as a kind of thing; UsageError where it is none."""
    if isinstance(kind, UnionType):
        kinds = [each for each in get_args(kind) if each is not type(None)]
        return None if data is None else _value(kinds[0], data, where)
    made: Callable[[Any, Any, str], Any] | None = _MADE.get(get_origin(kind) or kind)
    if made is not None:
        return made(kind, data, where)
    return kind(**_fields(kind, data, f"{where}."))


def _estimate(kind: Any, data: Any, where: str) -> Estimate:
    """An end of an interval that is infinitely far away is null in JSON."""
    ends = {"low": -inf, "high": inf}
    said = data if isinstance(data, dict) else {}
    far = {name: end for name, end in ends.items() if said.get(name, 0.0) is None}
    near = said | dict.fromkeys(far, 0.0) if far else data
    return Estimate(**(_fields(kind, near, f"{where}.") | far))


def _number(_: Any, data: Any, where: str) -> float:
    try:
        if isinstance(data, int | float) and not isinstance(data, bool) and isfinite(data):
            return float(data)
    except OverflowError:  # a whole number beyond all floats
        pass
    raise _wrong(where, _WORDS[float])


def _plain(kind: Any, data: Any, where: str) -> Any:
    if type(data) is not kind:
        raise _wrong(where, _WORDS[kind])
    return data


def _map(kind: Any, data: Any, where: str) -> Any:
    if not isinstance(data, dict):
        raise _wrong(where, "a map")
    if kind is dict:
        return data
    inner = get_args(kind)[1]
    return FrozenMap({key: _value(inner, each, f"{where}.{key}") for key, each in data.items()})


def _row(kind: Any, data: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(data, list):
        raise _wrong(where, "a list")
    inner = get_args(kind)
    endless = inner[-1] is Ellipsis
    if not endless and len(inner) != len(data):
        raise _wrong(where, f"a list of {len(inner)}")
    kinds = [inner[0]] * len(data) if endless else inner
    return tuple(
        _value(each, value, f"{where}.{number}")
        for number, (each, value) in enumerate(zip(kinds, data, strict=True))
    )


def _wrong(where: str, expected: str) -> UsageError:
    return UsageError(f"is no result that can be used: `{where}` must be {expected}. {_again()}")


def _again() -> str:
    return "Simulate again, and leave the file as it is written."


_MADE: dict[Any, Callable[[Any, Any, str], Any]] = {
    Estimate: _estimate,
    float: _number,
    int: _plain,
    str: _plain,
    bool: _plain,
    dict: _map,
    FrozenMap: _map,
    tuple: _row,
}
