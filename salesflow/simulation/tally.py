"""What one replication counted: whole numbers that either engine fills alike.

Times are summed in milliseconds. *Counted* deals are those that arrive from the warm-up on; the
*measured time* runs from the warm-up to the end. Visits are counted for counted deals whenever they
happen; what people do is counted in the measured time, whoever's deal it is.
"""

from typing import NamedTuple

BITS = 8  # a bucket is at most 1/256 of its value wide


class Spread(NamedTuple):
    """How values in milliseconds are spread: ``buckets`` are (bucket, count), ascending."""

    number: int = 0
    total: int = 0
    buckets: tuple[tuple[int, int], ...] = ()


class PartTally(NamedTuple):
    """Of one process. Arrived = the sum of ``kinds`` + open + stuck, all of counted deals.

    ``rework`` are visits of work beyond a deal's first, ``effort`` hands-on time and ``elapsed``
    the cycle time of counted deals that ended. ``won_value`` and ``lost_value`` are of counted
    deals, when they ended. In the measured time: ``ended`` deals, ``won`` ones, the ``value`` of
    those, ``role_effort`` by role, ``came`` by source (numbers of the program), and ``open_time``,
    the sum of the time that deals are open. ``unfinished`` counts ends of a deal, run or branch
    that left work behind; ``missing`` fields that an outcome requires and that were not filled.
    """

    arrived: int
    kinds: tuple[int, int, int, int, int]
    open: int
    stuck: int
    rework: int
    effort: int
    elapsed: int
    won_value: float
    lost_value: float
    ended: int
    won: int
    value: float
    role_effort: tuple[int, ...]
    came: tuple[int, ...]
    open_time: int
    unfinished: int
    missing: int


class NodeTally(NamedTuple):
    """Of one node, visits of counted deals.

    ``visits`` begun · ``started`` whose people began, after ``waiting`` in all · ``ended`` in any
    way but withdrawal, and ``withdrawn`` (a lost deal, a branch left): after ``elapsed`` in all ·
    ``effort`` hands-on time spent, ``withdrawn_effort`` the part of it in visits that were
    withdrawn or timed out · ``judged`` against the sla, ``within`` it · ``stuck`` deals that stand
    here at the end and cannot go on · ``missing`` fields that it requires and that were not filled.
    """

    visits: int
    started: int
    waiting: int
    ended: int
    withdrawn: int
    elapsed: int
    effort: int
    withdrawn_effort: int
    judged: int
    within: int
    stuck: int
    missing: int


class RoleTally(NamedTuple):
    """Of one role. ``started`` visits of counted deals and their ``waiting`` for it.

    In the measured time: ``taken`` person-time in the role's open time, ``effort`` hands-on time,
    ``selling`` the part of it that faces the customer, ``withdrawn_effort`` that was for nothing,
    ``queue`` the sum of the time that visits wait. ``week``: for each of the 168 hours how many
    people were at work in all, looked at on each whole hour that it is open.
    """

    started: int
    waiting: int
    taken: int
    effort: int
    selling: int
    withdrawn_effort: int
    queue: int
    week: tuple[int, ...]


class TouchTally(NamedTuple):
    """Of one touchpoint, for counted deals: ``accepted`` after ``accept`` in all (elapsed)."""

    crossings: int
    accepted: int
    accept: int
    judged: int
    within: int
    missing: int


class StageTally(NamedTuple):
    """Of one stage, for counted deals: ``spells`` that ended, their ``time``; ``open`` ones.

    ``beyond`` counts all spells, open ones too, that lasted longer than ``max_age``.
    """

    spells: int
    time: int
    beyond: int
    open: int


class ProbeTally(NamedTuple):
    """Of one probe: deals that ended, by kind; the ``time`` of those that came to its end.

    ``won_time`` is of those among them that were won. For all deals that came to its start:
    ``lost_time`` until the deal was lost, ``gone_time`` until it ended neither won nor lost, and
    ``open_age`` of those that are open at the end and can go on.
    """

    kinds: tuple[int, int, int, int, int]
    time: Spread
    won_time: Spread
    lost_time: Spread = Spread()
    gone_time: Spread = Spread()
    open_age: Spread = Spread()


class Tally(NamedTuple):
    """All that one replication counted, in the order of the program's rows.

    ``ways`` how often counted deals took each result · ``open_by_day`` open deals of all processes
    at each 24th hour from 0 · ``week`` how often each hour of the week was looked at · ``events``
    that happened, ``instances`` visits of work that ended or were broken off · ``trace`` a number
    made of every event in order (0 unless asked for).
    """

    replication: int
    parts: tuple[PartTally, ...]
    nodes: tuple[NodeTally, ...]
    ways: tuple[int, ...]
    roles: tuple[RoleTally, ...]
    touchpoints: tuple[TouchTally, ...]
    stages: tuple[StageTally, ...]
    probes: tuple[ProbeTally, ...]
    waits: tuple[Spread, ...]
    open_by_day: tuple[int, ...]
    week: tuple[int, ...]
    events: int
    instances: int
    trace: int = 0


def bucket_of(value: int) -> int:
    """The number of the bucket of a time in milliseconds; buckets grow with what they hold.

    Up to 2^BITS each value has its own; from there on each doubling has 2^BITS buckets.
    """
    shift = value.bit_length() - BITS - 1
    return (shift << BITS) + (value >> shift) if shift > 0 else value


def bucket_bounds(bucket: int) -> tuple[int, int]:
    """The values ``[low, high)`` that a bucket holds."""
    shift = max((bucket >> BITS) - 1, 0)
    low = (bucket - (shift << BITS)) << shift
    return low, low + (1 << shift)
