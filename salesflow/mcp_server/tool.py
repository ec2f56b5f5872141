"""A tool as an assistant sees it: its name, what it answers, what may be asked, and how it answers.

Arguments are judged before anything is read: messages say which is wrong and what to write.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

from salesflow.errors import UsageError
from salesflow.mcp_server.answer import Answer
from salesflow.mcp_server.ground import Ground
from salesflow.names import nearest
from salesflow.nouns import FrozenMap, Noun

Tell: TypeAlias = Callable[[float, float], None]  # how much is done, how much is to be done
Run: TypeAlias = Callable[[Mapping[str, Any], Ground, Tell], Answer]

_WORDS = {
    "string": "a text",
    "integer": "a whole number",
    "boolean": "true or false",
    "strings": "a list of texts",
}


class Parameter(NamedTuple):
    """What may be asked: a ``string``, ``integer``, ``boolean`` or ``strings``, with a default."""

    name: str
    meaning: str
    kind: str = "string"
    choices: tuple[str, ...] = ()
    default: Any = None
    least: int | None = None
    most: int | None = None
    needed: bool = False

    def schema(self) -> dict[str, Any]:
        """As JSON Schema."""
        one: dict[str, Any] = {"type": "string" if self.kind == "strings" else self.kind}
        if self.choices:
            one["enum"] = list(self.choices)
        if self.kind == "strings":
            one = {"type": "array", "items": one}
        bounds = {"default": self.default, "minimum": self.least, "maximum": self.most}
        told = {key: value for key, value in bounds.items() if value not in (None, ())}
        return {**one, "description": self.meaning, **told}


class Tool(Noun):
    """A tool; ``run`` answers arguments that were judged, ``shape`` is the schema of its data."""

    name: str
    title: str
    meaning: str
    parameters: tuple[Parameter, ...]
    run: Run
    shape: FrozenMap[str, Any] | None = None

    def schema(self) -> dict[str, Any]:
        """The arguments as JSON Schema."""
        needed = [parameter.name for parameter in self.parameters if parameter.needed]
        return {
            "type": "object",
            "properties": {parameter.name: parameter.schema() for parameter in self.parameters},
            "additionalProperties": False,
            **({"required": needed} if needed else {}),
        }


def judged(tool: Tool, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments with defaults put in. UsageError for one that is missing, unknown or wrong."""
    known = {parameter.name: parameter for parameter in tool.parameters}
    for name in arguments:
        if name not in known:
            raise UsageError(_unknown(tool, name))
    values = {}
    for name, parameter in known.items():
        value = arguments.get(name)
        if value is None and parameter.needed:
            raise UsageError(f"`{tool.name}` needs `{name}`: {parameter.meaning}")
        values[name] = parameter.default if value is None else _value(parameter, value)
    return values


def near(name: str, names: tuple[str, ...]) -> str:
    """The name that was probably meant, as a sentence; else all there are."""
    found = nearest(name, names)
    return f"Did you mean `{found}`?" if found else f"There are: {', '.join(names)}."


def _unknown(tool: Tool, name: str) -> str:
    names = tuple(parameter.name for parameter in tool.parameters)
    return f"`{tool.name}` takes no `{name[:100]}`. {near(name[:100], names)}"


def _value(parameter: Parameter, value: Any) -> Any:  # Any: as JSON has it
    name, kind = parameter.name, parameter.kind
    if kind == "integer" and isinstance(value, float) and value.is_integer():
        value = int(value)  # JSON does not tell 3 from 3.0
    if kind == "strings":
        value = (value,) if isinstance(value, str) else value
        if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
            raise UsageError(_wrong(parameter, value))
        return tuple(value)
    if kind not in _kinds(value):
        raise UsageError(_wrong(parameter, value))
    if parameter.choices and value not in parameter.choices:
        raise UsageError(f"`{name}` is no `{value[:100]}`. {near(value[:100], parameter.choices)}")
    least, most = parameter.least, parameter.most
    if least is not None and most is not None and not least <= value <= most:
        raise UsageError(f"`{name}` is from {least} to {most}, and `{value}` is not.")
    return value


def _kinds(value: object) -> tuple[str, ...]:
    """What a value of JSON is."""
    kinds = {str: ("string",), int: ("integer",), bool: ("boolean",)}
    return kinds.get(type(value), ())


def _wrong(parameter: Parameter, value: Any) -> str:
    import json  # slow to import

    shown = json.dumps(value, ensure_ascii=False)
    shown = shown if len(shown) <= 60 else f"{shown[:60]}…"
    return f"`{parameter.name}` is {_WORDS[parameter.kind]}, and `{shown}` is not."
