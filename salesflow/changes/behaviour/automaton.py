"""What deals can do, as an automaton: states, and steps with what is seen of them.

What is seen are the results taken, the source a deal comes from and the outcome that it reaches.
Both versions use the same words for what is the same in both. A run is a row of such words; a deal
may have come so far only, so the beginning of a run is a run too.
"""

from collections.abc import Hashable, Iterator
from typing import NamedTuple, Protocol, TypeAlias

State: TypeAlias = Hashable
Word: TypeAlias = tuple[str, ...]


class Step(NamedTuple):
    """Something that can happen: what is seen of it (maybe nothing) and the state behind it.

    ``state`` is None where the game ends behind it. ``doubtful``: it hangs on values that need not
    occur.
    """

    seen: Word
    state: State | None
    doubtful: bool = False


class Automaton(Protocol):
    """The runs of one version."""

    def starts(self) -> Iterator[Step]:
        """How a deal can begin."""

    def steps(self, state: State) -> Iterator[Step]:
        """What can happen next."""
