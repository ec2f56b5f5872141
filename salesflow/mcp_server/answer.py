"""What a tool answers: a text, data in the shapes of the command line's JSON, perhaps a picture.

All of it goes through an assistant to a screen: nothing in it moves a cursor or hides, and none of
it is longer than an assistant can read.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from salesflow.errors import UsageError
from salesflow.visible import visible

MOST_CHARACTERS = 200_000  # of a text, and of data as JSON
MOST_BYTES = 1_000_000  # of a picture
LONGEST_REPORT = 30_000  # characters of a text that only repeats the data for people


class Answer(NamedTuple):
    """A ``text``; ``data`` with the same in a fixed shape; ``picture``, a PNG."""

    text: str
    data: Mapping[str, Any] | None = None
    picture: bytes = b""


def safe(answer: Answer, *, less: str) -> Answer:
    """The answer with nothing hidden in it. UsageError, which says how to ask for ``less``, where
    it is too long to be read.
    """
    import json  # slow to import

    data = None if answer.data is None else _safe(answer.data)
    if len(answer.picture) > MOST_BYTES:
        raise UsageError(
            f"The picture would have {len(answer.picture):,} bytes, and {MOST_BYTES:,} is the most "
            f"that assistants take. {less}"
        )
    size = len(answer.text) if data is None else len(json.dumps(data))
    if size > MOST_CHARACTERS:
        raise UsageError(
            f"The answer would have {size:,} characters, and more than {MOST_CHARACTERS:,} help "
            f"nobody. {less}"
        )
    text = answer.text
    if data is not None and len(text) > LONGEST_REPORT:
        text = f"{text[:LONGEST_REPORT]}\n… the rest is in the data.\n"
    return Answer(_lines(text), data, answer.picture)


def _lines(text: str) -> str:
    return "\n".join(map(visible, text.split("\n")))


def _safe(value: Any) -> Any:
    """Data with every text in it made visible, line by line."""
    if isinstance(value, str):
        return _lines(value)
    if isinstance(value, Mapping):
        return {_lines(str(key)): _safe(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_safe(each) for each in value]
    return value
