"""Ids of the language from the names that people gave in a diagram."""

import re
import unicodedata

from salesflow.schema.shapes import RESERVED

LONGEST = 48  # characters of an id made from a name; the language allows 64
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "œ": "oe", "&": " and "}
)
_MACHINE = re.compile(  # ids that a tool made up
    r"sid-.*|[0-9a-f]{8}-.*|_?[0-9a-f-]{20,}|.*_(?=[a-z]*[0-9])[0-9a-z]{7}|_?[0-9]+|[A-Za-z]+_?[0-9]+|Id_.*",
    re.IGNORECASE,
)


def plain_id(text: str, *, longest: int = LONGEST) -> str:
    """An id of the words of a text; "" where it has no Latin letter."""
    lower = re.sub("(?<=[a-z0-9])(?=[A-Z])", "_", text[:400]).lower().translate(_LETTERS)
    decomposed = unicodedata.normalize("NFKD", lower)
    latin = "".join(c for c in decomposed if not unicodedata.combining(c))
    words = re.sub("[^a-z0-9]+", "_", latin).strip("_")
    if len(words) > longest:
        head, _, cut = words[: longest + 1].rpartition("_")
        words = head if head and len(cut) < longest else words[:longest]
    words = words.strip("_")
    return words if words[:1].isalpha() else ""


def speaks(key: str) -> bool:
    """Whether an id of the file was chosen by a person."""
    return bool(key) and not _MACHINE.fullmatch(key)


class Names:
    """The ids of one namespace, each given once."""

    def __init__(self, *, also: frozenset[str] = frozenset()) -> None:
        """Start with none given; ``also`` are words of the language that are allowed."""
        self.taken: set[str] = set(RESERVED) - also
        self.counts: dict[str, int] = {}

    def keep(self, name: str) -> bool:
        """Take an id as it is; False where it is no id, or taken."""
        if name in self.taken or not re.fullmatch("[a-z][a-z0-9_]{0,63}", name):
            return False
        self.taken.add(name)
        return True

    def give(self, *wishes: str, otherwise: str) -> str:
        """The id of the first wish that makes one, with a number behind it where it is taken."""
        made = [name for name in map(plain_id, wishes) if name]
        name = made[0] if made else otherwise
        if name in RESERVED and name in self.taken:
            name = f"{otherwise}_{name}"
        number = self.counts.get(name, 1)
        given = name
        while given in self.taken:
            number += 1
            given = f"{name}_{number}"
        self.counts[name] = number
        self.taken.add(given)
        return given


def called(name: str, given: str) -> str:
    """The name to write beside an id; "" where the id says it."""
    text = " ".join(name.split())
    title = given.replace("_", " ")
    return "" if text in (title, title.capitalize()) else text
