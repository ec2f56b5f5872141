"""GitHub's workflow commands, which show something on a line of a pull request."""

from collections.abc import Iterable, Mapping

from salesflow.reporting.visible import visible


def workflow_command(level: str, place: Mapping[str, object], lines: Iterable[str]) -> str:
    """One command: ``level`` is error, warning or notice, ``place`` its properties in order."""
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in place.items())
    return f"::{level} {properties}::{_data(chr(10).join(map(visible, lines)))}\n"


def _data(text: str) -> str:
    """Escape the message of a workflow command as GitHub's own toolkit does."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape a property of a workflow command."""
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
