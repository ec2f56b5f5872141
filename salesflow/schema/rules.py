"""Rules over several keys of one map: judged on that map alone, and sayable in JSON Schema."""

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

from salesflow.nouns import Noun


class Broken(NamedTuple):
    """How a rule is broken: the key it shows at ("" = the map itself), and keys that must go."""

    key: str
    message: str
    hint: str
    drop: tuple[str, ...] = ()


class ExactlyOne(Noun):
    """Exactly one of ``keys``. ``what`` names them together, ``example`` shows one."""

    keys: tuple[str, ...]
    what: str
    example: str

    @property
    def wanted(self) -> tuple[str, ...]:
        """The keys that may be missing."""
        return self.keys

    def broken(self, data: Mapping[str, Any]) -> Broken | None:
        """How the map breaks the rule."""
        found = [key for key in data if key in self.keys]
        if len(found) == 1:
            return None
        if not found:
            return Broken(
                "",
                f"{self.what} is missing: one of {quoted(self.keys, last='or')}.",
                self.example,
            )
        message = f"{self.what} must stand alone: {quoted(found)} are here together."
        return Broken(found[1], message, f"Keep one of them. {self.example}", tuple(found[1:]))

    def schema(self) -> dict[str, Any]:
        """As JSON Schema."""
        return {"oneOf": [{"required": [key]} for key in self.keys]}


class Excludes(Noun):
    """Beside ``key`` none of ``others`` may stand."""

    key: str
    others: tuple[str, ...]
    why: str

    @property
    def wanted(self) -> tuple[str, ...]:
        """The keys that may be missing."""
        return ()

    def broken(self, data: Mapping[str, Any]) -> Broken | None:
        """How the map breaks the rule."""
        if self.key not in data:
            return None
        found = tuple(key for key in data if key in self.others)
        if not found:
            return None
        message = f"`{found[0]}` cannot stand beside `{self.key}`."
        return Broken(found[0], message, self.why, found)

    def schema(self) -> dict[str, Any]:
        """As JSON Schema."""
        refused = [{"required": [key]} for key in self.others]
        return {"if": {"required": [self.key]}, "then": {"not": {"anyOf": refused}}}


class Needs(Noun):
    """``key`` means nothing without ``other``."""

    key: str
    other: str
    why: str

    @property
    def wanted(self) -> tuple[str, ...]:
        """The keys that may be missing."""
        return (self.other,)

    def broken(self, data: Mapping[str, Any]) -> Broken | None:
        """How the map breaks the rule."""
        if self.key not in data or self.other in data:
            return None
        return Broken(self.key, f"`{self.key}` needs `{self.other}` beside it.", self.why)

    def schema(self) -> dict[str, Any]:
        """As JSON Schema."""
        return {"dependentRequired": {self.key: [self.other]}}


class OnlyFor(Noun):
    """``other`` stands exactly where ``key`` is ``value``."""

    key: str
    value: str
    other: str
    example: str

    @property
    def wanted(self) -> tuple[str, ...]:
        """The keys that may be missing."""
        return (self.other,)

    def broken(self, data: Mapping[str, Any]) -> Broken | None:
        """How the map breaks the rule."""
        meant = data.get(self.key) == self.value
        if meant == (self.other in data):
            return None
        where = f"`{self.key}: {self.value}`"
        if meant:
            return Broken(self.key, f"{where} needs `{self.other}`.", self.example)
        message = f"`{self.other}` belongs to {where} only."
        return Broken(self.other, message, self.example, (self.other,))

    def schema(self) -> dict[str, Any]:
        """As JSON Schema."""
        return {
            "if": {
                "required": [self.key],
                "properties": {self.key: {"const": self.value}},
            },
            "then": {"required": [self.other]},
            "else": {"not": {"required": [self.other]}},
        }


class NeededWhenSeveral(Noun):
    """``key`` is needed once the map at ``of`` has several entries."""

    key: str
    of: str
    why: str

    @property
    def wanted(self) -> tuple[str, ...]:
        """The keys that may be missing."""
        return (self.key,)

    def broken(self, data: Mapping[str, Any]) -> Broken | None:
        """How the map breaks the rule."""
        several = data.get(self.of)
        if self.key in data or not isinstance(several, dict) or len(several) < 2:
            return None
        first = next(iter(several))
        message = f"`{self.key}` is missing: {self.why}"
        return Broken("", message, f"For example `{self.key}: {first}`.")

    def schema(self) -> dict[str, Any]:
        """As JSON Schema."""
        several = {"type": "object", "minProperties": 2}
        return {
            "if": {"required": [self.of], "properties": {self.of: several}},
            "then": {"required": [self.key]},
        }


Rule: TypeAlias = "ExactlyOne | Excludes | Needs | OnlyFor | NeededWhenSeveral"


def quoted(words: Any, *, last: str = "and") -> str:
    """Words for a sentence: `a`, `b` and `c`."""
    shown = [f"`{word}`" for word in words]
    return f" {last} ".join([", ".join(shown[:-1]), *shown[-1:]] if shown[1:] else shown)
