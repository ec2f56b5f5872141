"""Fields of a deal as bits, and what ways of the flow fill."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from salesflow.analysis.bitsets import members
from salesflow.analysis.runs import inner_first
from salesflow.process.binding import SOURCE_FIELD
from salesflow.process.model import Process


class Fill(NamedTuple):
    """What one way along an edge fills.

    ``before`` at the step's end, ``after`` by the result, both surely; ``perhaps`` are fields that
    the result sets from others, with the fields that must be filled for it; ``maybe`` are fields
    that are filled on some ways along it. ``free``: whoever comes here once can go this way.
    """

    before: int = 0
    after: int = 0
    perhaps: tuple[tuple[int, int], ...] = ()
    maybe: int = 0
    free: bool = True

    def __call__(self, known: int) -> int:
        """What is filled behind it."""
        known |= self.before
        filled = known | self.after
        for field, needed in self.perhaps:
            if needed & ~known == 0:
                filled |= field
        return filled


NOTHING = Fill()
CLOSED = Fill(free=False)


class Endings(NamedTuple):
    """A process that is run: what is ``surely`` filled on every way to an outcome, and ``maybe``.

    ``plain`` where every outcome can be reached whatever is known of the deal.
    """

    surely: Mapping[str, int]
    maybe: int
    plain: bool


class Fields:
    """The fields of a process and of those that it runs, each a bit."""

    def __init__(self, process: Process) -> None:
        """Number them."""
        names = {SOURCE_FIELD: None}
        for part in inner_first(process):
            names |= dict.fromkeys(part.data)
        self.names = tuple(names)
        self.bit = {name: 1 << number for number, name in enumerate(names)}
        self.all = (1 << len(names)) - 1
        self.source = self.bit[SOURCE_FIELD]

    def bits(self, names: Iterable[str]) -> int:
        """Fields as bits; names that are none do not count."""
        found = 0
        for name in names:
            found |= self.bit.get(name, 0)
        return found

    def of(self, bits: int) -> Iterator[str]:
        """The fields of some bits."""
        return (self.names[number] for number in members(bits))
