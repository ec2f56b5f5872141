"""GitHub's workflow commands, which show something on a line of a pull request."""

from collections import Counter
from collections.abc import Iterable, Mapping

from salesflow.reporting.repository import from_root
from salesflow.reporting.visible import visible

SHOWN = 10  # of each level, of one step of a job; GitHub leaves the others in the log

_LEVELS = {"error": "errors", "warning": "warnings", "notice": "notes"}


def workflow_command(level: str, place: Mapping[str, object], lines: Iterable[str]) -> str:
    """One command: ``level`` is error, warning or notice, ``place`` its properties in order.

    A ``file`` is named as seen from the working folder, and written as GitHub looks for it.
    """
    known = {**place, "file": from_root(str(place["file"]))} if "file" in place else place
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in known.items())
    return f"::{level} {properties}::{_data(chr(10).join(map(visible, lines)))}\n"


def workflow_commands(commands: Iterable[str]) -> str:
    """All commands of a step, none twice. Where GitHub shows only some of them, a first one says
    so.
    """
    told = [*dict.fromkeys(commands)]
    levels = Counter(command[2:].partition(" ")[0] for command in told)
    many = [f"{levels[key]} {noun}" for key, noun in _LEVELS.items() if levels[key] > SHOWN]
    if many:
        said = f"GitHub shows {SHOWN} of each kind here, and there are {' and '.join(many)}."
        whole = "The log of this job has them all."
        told.insert(0, workflow_command("notice", {"title": "salesflow"}, [f"{said} {whole}"]))
    return "".join(told)


def _data(text: str) -> str:
    """Escape the message of a workflow command as GitHub's own toolkit does."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape a property of a workflow command."""
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
