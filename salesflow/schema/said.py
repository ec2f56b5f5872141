"""What a finding says, and how values of a document stand in its sentences."""

from typing import Any, NamedTuple

from salesflow.schema.shapes import kind_of

SHOWN = 40  # characters of a wrong value

_KINDS = {
    "number": "a number",
    "yes_no": "true or false",
    "list": "a list",
    "map": "a map",
}


class Said(NamedTuple):
    """What a finding says."""

    rule: str
    message: str
    hint: str


def shown(value: Any) -> str:
    """A wrong value for a sentence."""
    kind = kind_of(value)
    if kind in ("list", "map"):
        return _KINDS[kind]
    return f"`{clipped(plain(value))}`"


def plain(value: Any) -> str:
    """A scalar as it is written in YAML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def clipped(text: str) -> str:
    """A text no longer than fits into a message."""
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def written(value: Any) -> str:
    """An example as it is written in YAML, on one line."""
    if isinstance(value, dict):
        inner = ", ".join(f"{key}: {written(each)}" for key, each in value.items())
        return f"{{{inner}}}"
    if isinstance(value, list):
        return f"[{', '.join(written(each) for each in value)}]"
    text = plain(value)
    return f'"{text}"' if isinstance(value, str) and (":" in text or "," in text) else text
