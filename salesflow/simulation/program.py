"""What an engine plays: a process, or several that share people, as numbered rows.

Every engine reads this and nothing else. Numbers stand for things: a step is its number in
``nodes``, a result its number in ``ways``, and so on; -1 stands for none. Times are whole
milliseconds, ``now`` 0 being 00:00 UTC of the start date; spans of open time come with the number
of the table they are counted in, -1 for elapsed time. What it all means is told in
docs/design/simulation.md.
"""

import json
from functools import cached_property
from hashlib import sha256
from typing import Any, NamedTuple

from salesflow.nouns import Noun
from salesflow.simulation.gauges import Probe, Stage, WaitProbe

WORK, BLOCK, RUN = 0, 1, 2  # kinds of nodes
NODE, OUTCOME, DONE, LEAVE = 0, 1, 2, 3  # kinds of targets
WON, LOST, DISQUALIFIED, ENDED, FAILED = range(5)  # kinds of outcomes; ENDED is the word `done`
KINDS = ("won", "lost", "disqualified", "done", "failed")
CONSTANT, EXPONENTIAL, LOGNORMAL, TRIANGULAR, UNIFORM, CHOICE = range(6)  # families of draws
OLDEST, NEWEST, LARGEST, EARLIEST_DEADLINE = range(4)  # which work a role takes first

NEVER = 1 << 60  # an instant that does not come


class Draw(NamedTuple):
    """A distribution. Its value times ``scale`` is in milliseconds, or in the field's own unit.

    ``a``, ``b``, ``c``: CONSTANT value · EXPONENTIAL mean · LOGNORMAL mu, sigma of the logarithm ·
    TRIANGULAR min, usual, max · UNIFORM min, max. CHOICE: the first of ``values`` whose number in
    ``reached`` (shares summed up) is at least the uniform; the last one if none is.
    """

    family: int
    a: float = 0.0
    b: float = 0.0
    c: float = 0.0
    values: tuple[float, ...] = ()
    reached: tuple[float, ...] = ()
    scale: float = 1.0


class Span(NamedTuple):
    """A fixed time: milliseconds, of open time in ``table``, elapsed where that is -1."""

    length: int
    table: int = -1


class Table(NamedTuple):
    """When some calendars are all open: stretches ``[opens, closes)``, ascending and apart.

    ``passed`` is the open time before each. Laid out from the start to well behind the end; what
    would come later is NEVER.
    """

    opens: tuple[int, ...]
    closes: tuple[int, ...]
    passed: tuple[int, ...]


class Crew(NamedTuple):
    """Who does a step together: ``roles`` ascending, the ``leader`` (`by`, or who escalates) one.

    ``table``: when all of them are open, -1 always. ``stretch`` is how much open time an hour of
    effort takes: 1 by the smallest share that one of them gives.
    """

    leader: int
    roles: tuple[int, ...]
    table: int
    stretch: float


class Capture(NamedTuple):
    """A field that is filled: with a ``draw``, or (-1) with 1.0 if it is not filled yet.

    ``key`` is what its random number is keyed by.
    """

    field: int
    draw: int
    key: int


class Setting(NamedTuple):
    """A field that a result sets to the value of a ``code``; without one it keeps what it had."""

    field: int
    code: int


class Bridge(NamedTuple):
    """A touchpoint that a thread crosses when it enters a node after work of the ``giver``."""

    giver: int  # a department
    touchpoint: int


class Apart(NamedTuple):
    """A step's part in a ``different_person`` policy.

    Whoever leads it is noted at side ``own``; nobody may who is noted at another side from
    ``first`` up to ``last`` (not included).
    """

    own: int
    first: int
    last: int


class Node(NamedTuple):
    """A step, with the runs it lies in opened. Fields are called as in the language."""

    path: str  # the process's id and the node path: "enterprise:contracting.legal.draft"
    key: int  # of its random numbers
    kind: int
    process: int
    depth: int  # how deep it lies: inner timers fire first
    lane: int  # the branch it lies in directly, -1 at the top and in a run
    run: int  # the innermost run it lies in, -1 outside
    first_way: int  # its results are ways[first_way:last_way], by id
    last_way: int
    chosen: int  # the first `chosen` of them can be chosen when it ends by itself
    otherwise: int  # the way that is enabled when no other is
    crew: int = -1  # who must be free for its effort; -1: nobody of ours
    effort: int = -1  # a draw, in milliseconds of one person's work
    effort_table: int = -1  # where effort runs without a crew (an external role's calendar)
    wait: int = -1  # a draw, in milliseconds
    wait_table: int = -1
    timeout: Span | None = None
    timeout_way: int = -1
    sla: Span | None = None
    escalate: Span | None = None
    escalate_crew: int = -1
    facing: bool = False  # towards the customer
    stage: int = -1
    department: int = -1  # of `by`, ours only
    requires: tuple[int, ...] = ()  # fields
    captures: tuple[Capture, ...] = ()
    waits_for: tuple[int, ...] = ()  # nodes
    start: int = -1  # of a run: where its process starts
    lanes: tuple[int, ...] = ()  # of a block
    need: int = 0  # of a block: how many branches make it done, 0 for all that run
    outcomes: tuple[tuple[int, int], ...] = ()  # of a run: kind and own way (or -1) of each outcome
    done: int = -1  # of a block: its way `done`
    visited: int = -1  # its number among the nodes that conditions ask `visited` of
    mark: int = -1  # the mark that entering it sets
    bridges: tuple[Bridge, ...] = ()
    apart: tuple[Apart, ...] = ()  # who must not do it, because they did something else


class Way(NamedTuple):
    """A result. ``leads`` are (kind, number): a node, an outcome, or DONE or LEAVE with -1.

    For LEAVE ``block_way`` is the way of the innermost block that it takes. An outcome inside a run
    has the run's number of that outcome.
    """

    path: str
    node: int
    leads: tuple[tuple[int, int], ...]
    share: float = -1.0  # -1: none given
    guard: int = -1  # a code
    at_most: int = -1
    counter: int = -1  # its number among the results that are counted
    settings: tuple[Setting, ...] = ()
    captures: tuple[Capture, ...] = ()
    block_way: int = -1
    mark: int = -1


class Lane(NamedTuple):
    """A branch of a block."""

    path: str
    block: int  # node
    start: int  # node
    guard: int = -1  # a code


class Outcome(NamedTuple):
    """How a deal ends, at the top of a process."""

    path: str
    process: int
    kind: int
    requires: tuple[int, ...] = ()
    mark: int = -1


class Source(NamedTuple):
    """Where deals come from.

    ``gap`` is a draw of milliseconds between two arrivals (open ones in ``table``), the first one
    after such a gap too; with ``every`` above 0 instead ``batch`` deals come at 0, ``every``,
    2 ``every`` … Neither: none come.
    """

    path: str
    key: int  # of its deals' random numbers
    arrivals_key: int
    process: int
    start: int  # node
    department: int = -1
    cost: float = 0.0
    gap: int = -1
    table: int = -1
    every: int = 0
    batch: int = 1
    captures: tuple[Capture, ...] = ()
    source_field: int = -1  # the choice field `source`, where something reads it
    source_value: float = 0.0
    mark: int = -1


class Role(NamedTuple):
    """People of ours who do the same work: persons ``first`` up to ``first + people``."""

    id: str
    first: int
    people: int
    table: int  # its own calendar, -1 always
    cost: float  # per hour
    order: int  # which work it takes first
    keeper: int = -1  # its number among the roles that keep a deal
    max_open: int = -1  # per person


class Touchpoint(NamedTuple):
    """A contract between departments; ``accept`` from the crossing to the start of work."""

    path: str
    process: int
    requires: tuple[int, ...] = ()
    accept: Span | None = None


class Field(NamedTuple):
    """A field of the deals of a process; a choice stands as its index in ``values``."""

    path: str
    process: int
    type: str
    values: tuple[str, ...] = ()


class Part(NamedTuple):
    """One of the processes; ``value`` is the field (in ``fields``) that is a deal's worth."""

    id: str
    value: int = -1


class Program(Noun):
    """All that an engine needs for one replication, but for seed and number.

    ``codes`` are conditions and values in postfix form (see ``codes.py``). Deals count from
    ``warmup`` on; all stops at ``end``. ``hours`` has for each whole hour from 0 to ``end`` the
    hour of the week (0 is Monday 00:00) in the ``zone`` that figures are shown in.
    """

    unequal = frozenset({"zone"})

    parts: tuple[Part, ...]
    start_ms: int  # of now 0, since 1970
    warmup: int
    end: int
    nodes: tuple[Node, ...]
    ways: tuple[Way, ...]
    lanes: tuple[Lane, ...]
    outcomes: tuple[Outcome, ...]
    sources: tuple[Source, ...]
    roles: tuple[Role, ...]
    crews: tuple[Crew, ...]
    tables: tuple[Table, ...]
    draws: tuple[Draw, ...]
    codes: tuple[tuple[tuple[int, float], ...], ...]
    fields: tuple[Field, ...]
    touchpoints: tuple[Touchpoint, ...]
    stages: tuple[Stage, ...]
    probes: tuple[Probe, ...]
    wait_probes: tuple[WaitProbe, ...]
    departments: tuple[str, ...]
    counters: int
    visited: int
    marks: int
    keepers: int  # roles with `keeps_deal`
    sides: int  # of all different_person policies
    hours: tuple[int, ...]
    zone: str = "UTC"

    @cached_property
    def digest(self) -> str:
        """``sha256:…`` of all of it: two programs with the same digest play the same."""
        fields: dict[str, Any] = {name: getattr(self, name) for name in self._compared}
        text = json.dumps(fields, separators=(",", ":"))
        return f"sha256:{sha256(text.encode()).hexdigest()}"
