"""What a file that salesflow wrote says beyond BPMN: ``salesflow:data`` in the extension elements.

``<salesflow:data id="validate">`` has an element for each key of the fragment. Its text is JSON if
it reads as JSON, else the text itself; an element with ``entry`` elements is a map of ids.
"""

import re
from typing import Any

from salesflow.importing.vocabulary import OURS
from salesflow.source.xml import Tag

_HIDDEN = re.compile(
    r"\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})|[^\w.,;:!?%€$()\[\]/&'\"+*#<>=@-]"
)


def data_of(tag: Tag) -> dict[str, Any] | None:
    """The fragment of an element with its ``id``; None where salesflow says nothing of it."""
    for outer in tag.inside:
        if outer.name == "extensionElements":
            for inner in outer.inside:
                if inner.namespace == OURS and inner.name == "data":
                    return {**_fragment(inner), "id": inner.attributes.get("id", "")}
    return None


def _fragment(tag: Tag) -> dict[str, Any]:
    return {inner.name: _value(inner) for inner in tag.inside if inner.namespace == OURS}


def _value(tag: Tag) -> Any:
    """XML is read to a depth of 256 at most: this ends well."""
    entries = [inner for inner in tag.inside if inner.namespace == OURS and inner.name == "entry"]
    if entries:
        return {entry.attributes.get("id", ""): _fragment(entry) for entry in entries}
    return plain_value("".join(tag.texts))


def plain_value(text: str) -> Any:
    """What a text says: JSON, or the text itself. Nothing that the language cannot write."""
    import json  # only files of ours need it

    try:
        value = json.loads(text, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return text
    return value if _writable(value) else text


def _writable(value: Any) -> bool:
    """Whether the language can write a value: it has no null, and no number without end."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)
        elif each is None or (isinstance(each, float) and each in (float("inf"), float("-inf"))):
            return False
    return True


def same_name(shown: str, written: str) -> bool:
    """Whether a name in the diagram is the one salesflow wrote, whatever hides in it."""
    return _HIDDEN.sub("", shown) == _HIDDEN.sub("", written)


def renamed(data: dict[str, Any], shown: str, *, plain: str = "") -> str | None:
    """The name that somebody gave an element of ours in an editor; None: it has the one it had.

    ``plain`` is a further name that means nothing.
    """
    title = data.get("name") or str(data.get("id", "")).replace("_", " ")
    usual = {title, title.capitalize() if not data.get("name") else title, plain}
    return None if any(same_name(shown, str(each)) for each in usual) else shown
