"""What a real deal is told with: visits, results taken, options, reasons, what is overdue."""

from datetime import datetime
from typing import Any, Literal, NamedTuple, TypeAlias

from salesflow.analysis.holders import Held
from salesflow.nouns import FrozenMap

ReasonKind: TypeAlias = Literal[
    "data",  # a field must be filled first
    "guard",  # its condition does not hold
    "limit",  # taken as often as allowed
    "otherwise",  # only when nothing else is possible
    "timer",  # its time has not come
    "happens",  # nobody chooses it
    "closed",  # the step is not open, or the deal has ended
    "person",  # the same person may not do both
    "policy",  # a policy forbids it
    "process",  # the process itself is wrong there: `salesflow check` tells
]


class Reason(NamedTuple):
    """Why a result cannot be taken now: in words, and the ``field`` or ``path`` that it is about.

    ``path`` is the step, result, outcome, touchpoint or policy that asks for it.
    """

    kind: ReasonKind
    message: str
    path: str
    field: str = ""

    def to_dict(self) -> dict[str, Any]:
        """As in JSON."""
        return self._asdict()


class Option(NamedTuple):
    """A result of an open step: ``path`` (``call.fit``), where it leads, and why not, if so."""

    path: str
    title: str
    leads_to: tuple[str, ...]
    missing: tuple[Reason, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether the deal may take it now."""
        return not self.missing

    def to_dict(self) -> dict[str, Any]:
        """As in JSON."""
        told = self._asdict() | {"leads_to": [*self.leads_to], "allowed": self.allowed}
        return told | {"missing": [reason.to_dict() for reason in self.missing]}


class Visit(NamedTuple):
    """A step where the deal is: since when, whether work has begun, and who does it.

    ``department`` and ``role`` are those that the process names, ``person`` who began. ``crossed``
    are the touchpoints by which it came.
    """

    path: str
    title: str
    department: str | None
    role: str | None
    since: datetime | None
    begun: datetime | None
    person: str | None
    crossed: tuple[str, ...]


class Taken(NamedTuple):
    """A result that a deal took: when, who did the step, whether its timer took it."""

    result: str
    at: datetime | None
    person: str | None
    timed: bool


OverdueKind: TypeAlias = Literal["sla", "timeout", "escalation", "acceptance", "stage"]


class Overdue(NamedTuple):
    """What should have happened by ``due``: at which step or stage, who is to act, in words."""

    kind: OverdueKind
    path: str
    due: datetime
    who: str | None
    message: str

    def to_dict(self) -> dict[str, Any]:
        """As in JSON."""
        return self._asdict() | {"due": self.due.isoformat()}


class Past(NamedTuple):
    """What a deal knows and did: values by field, times by result, the steps it came to."""

    values: FrozenMap[str, Any] = FrozenMap()
    counts: FrozenMap[str, int] = FrozenMap()
    visited: frozenset[str] = frozenset()


class Mark(NamedTuple):
    """A token of an open step: since when it lies there, who began when, what was crossed."""

    since: datetime | None = None
    begun: datetime | None = None
    person: str | None = None
    crossed: tuple[str, ...] = ()


class Standing(NamedTuple):
    """Where a deal stands: place numbers of its tokens, who holds them, what it knows and did."""

    marking: tuple[int, ...] = ()
    held: Held = ()
    past: Past = Past()


class Life(NamedTuple):
    """All that is kept of a deal. ``owed`` are policies of which a response is due.

    ``marks`` are by the number of the place of an open step; ``last`` is when something happened
    last, as far as anybody said.
    """

    source: str = ""
    standing: Standing = Standing()
    marks: FrozenMap[int, Mark] = FrozenMap()
    taken: tuple[Taken, ...] = ()
    owed: frozenset[str] = frozenset()
    stage: str | None = None
    stage_since: datetime | None = None
    last: datetime | None = None
