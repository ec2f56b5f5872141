"""What an assistant reads before it writes a process: guide, keys, example, schema, rules."""

from collections.abc import Callable

from salesflow.changes.catalogue.explained import everything
from salesflow.nouns import FrozenMap


def _packaged(name: str) -> str:
    from importlib.resources import files  # slow to import

    return (files("salesflow") / name).read_text(encoding="utf-8")


def _keys() -> str:
    from salesflow.schema.reference import reference

    return reference()


def _schema() -> str:
    import json  # slow to import

    from salesflow.schema.json_schema import json_schema

    return json.dumps(json_schema(), ensure_ascii=False) + "\n"


_TEXTS: FrozenMap[str, Callable[[], str]] = FrozenMap(
    {
        "guide": lambda: _packaged("mcp_server/guide.md"),
        "keys": _keys,
        "example": lambda: _packaged("templates/smb/smb.salesflow.yaml"),
        "schema": _schema,
        "rules": everything,
    }
)

TOPICS = tuple(_TEXTS)


def told(topic: str) -> str:
    """The text of a topic, which is one of ``TOPICS``."""
    return _TEXTS[topic]()
