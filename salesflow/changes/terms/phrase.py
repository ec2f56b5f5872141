"""A few words that follow "you" in the first line that a department reads."""

from collections.abc import Iterable
from typing import NamedTuple

_MOST = 3  # things that one phrase names


class Term(NamedTuple):
    """``Term("owe {} to legal", "`champion`")``; ``says`` without ``{}`` is about nothing else."""

    says: str
    about: str | tuple[str, ...] = ()

    @property
    def vague(self) -> bool:
        """Whether it says nothing: the change is better told in a sentence."""
        return not self.says


VAGUE = Term("")


class Phrase(NamedTuple):
    """What some changes come to, and how many they are."""

    text: str
    changes: int


def phrases(terms: Iterable[Term]) -> list[Phrase]:
    """The terms in order, but vague ones; several that say the same are one."""
    about: dict[str, dict[str, None]] = {}
    count: dict[str, int] = {}
    for term in terms:
        if term.vague:
            continue
        things = (term.about,) if isinstance(term.about, str) else term.about
        about.setdefault(term.says, {}).update(dict.fromkeys(things))
        count[term.says] = count.get(term.says, 0) + 1
    return [
        Phrase(says.replace("{}", _named(list(things), _joined(says))), count[says])
        for says, things in about.items()
    ]


def _joined(says: str) -> str:
    """``no longer do `a` or `b```, but ``do `a` and `b```."""
    return "or" if {"no", "nothing"} & set(says.split()) else "and"


def _named(things: list[str], word: str) -> str:
    """The first few, and how many more."""
    shown, more = things[:_MOST], len(things) - _MOST
    if more > 0:
        return f"{', '.join(shown)} and {more} more"
    return f"{', '.join(shown[:-1])} {word} {shown[-1]}" if len(shown) > 1 else "".join(shown)
