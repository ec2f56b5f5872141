"""The nouns of handoffs: who lets go, who takes over, and a run as it looks from outside."""

from typing import NamedTuple

from salesflow.spans import Span


class Handoff(NamedTuple):
    """Department ``giver`` lets go with ``via``, and ``receiver`` takes over at step ``at``.

    ``giver_node`` is the step that gives (inside a run with the run's node in front) or the source,
    ``via`` its result (the source's id for a source). ``span`` is where the giving result stands,
    ``place`` the step of this process where it arrives: ``at``, or the run around it.
    ``covered_by`` are the ids of the touchpoints that are the contract for it.
    """

    giver: str
    receiver: str
    giver_node: str
    at: str
    via: str
    span: Span
    place: str
    covered_by: tuple[str, ...] = ()

    @property
    def transition(self) -> str:
        """What lets go: ``discovery.fit``, or the source's id."""
        return self.via if self.via == self.giver_node else f"{self.giver_node}.{self.via}"


class Giver(NamedTuple):
    """One way to let go of a deal."""

    department: str
    node: str
    via: str
    span: Span


class Receiver(NamedTuple):
    """Where a department takes over from others; ``givers`` are bits, ``place`` the outer step."""

    department: str
    at: str
    place: str
    givers: int


class Ending(NamedTuple):
    """Who may have let go last when a run ends so: one step for each department.

    ``passes``: the thread that entered may come through without any step of ours.
    """

    givers: tuple[tuple[str, str], ...]
    passes: bool


class Summary(NamedTuple):
    """A process that is run, seen from outside.

    ``entries`` are the departments that may take over first in it, with the steps where they do;
    ``pairs`` giver and receiver of the handoffs within.
    """

    entries: tuple[tuple[str, str], ...]
    endings: dict[str, Ending]
    pairs: frozenset[tuple[str, str]]
