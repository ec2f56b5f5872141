"""One thing that may be written at a place."""

from typing import NamedTuple


class Offer(NamedTuple):
    """What is shown and what is written.

    ``kind`` is key, element, word, value, function, file or snippet. ``snippet``: ``text`` has
    stops (``$1``). ``about`` is one line, ``told`` Markdown. ``needed``: a key that must be there.
    """

    label: str
    kind: str
    text: str
    about: str = ""
    told: str = ""
    snippet: bool = False
    needed: bool = False
