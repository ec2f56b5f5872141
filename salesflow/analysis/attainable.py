"""Which share of the visits can be done within a time at all, given when people work.

A visit that begins at ``t`` can make it when enough open time lies between the first instant at
which work may begin and the last one at which it must have ended:

    H(t) = W(D(t) - wait) - W(S(t)) >= need

with W the open time of those who work, D the deadline, S the begin (later for who is escalated to).
All three go up in straight lines of slope 0 or 1, so H is straight between instants that are known
beforehand: the edges of the timetables and what S and D move there. On each piece the part with
H >= need is cut out exactly; nothing is sampled. Queues are left out, so it is the best possible.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from salesflow.analysis.timetable import Timetable

_TOLERANCE = 1e-3  # ms; what floats lose over a year is a thousandth of that


class Clock(NamedTuple):
    """A span of the open time of a timetable; elapsed time where that is always open."""

    by: Timetable
    span: float

    def after(self, at: float) -> float:
        """The instant when it has passed."""
        return self.by.after(at, self.span)

    def before(self, at: float) -> float:
        """An instant from which it has passed at ``at``."""
        return self.by.reached(self.by.open_until(at) - self.span)


class Crew(NamedTuple):
    """One way to have the work done: when its people work, and how much of it there is at least.

    ``begins``: how long after entry they may begin; None = at once.
    """

    work: Timetable
    need: float
    begins: Clock | None = None


class Visit(NamedTuple):
    """What is asked of a visit: one of the crews does the work, the ``wait`` follows, by then.

    ``started``: it is enough that the work has begun by then.
    """

    crews: tuple[Crew, ...]
    wait: float
    deadline: Clock
    started: bool = False

    @property
    def period(self) -> int:
        """The period of all timetables."""
        return self.deadline.by.period

    @property
    def hopeless(self) -> bool:
        """Whether some of the timetables never opens: then there is nothing to work out."""
        return not self.deadline.by.total or not all(crew.work.total for crew in self.crews)


def best_share(visit: Visit, arrivals: Timetable) -> float:
    """The share of the instants at which ``arrivals`` is open from which the visit can make it.

    1 where it is never open, or people never work: then nothing can be said.
    """
    if not arrivals.total or visit.hopeless:
        return 1.0
    return min(1.0, sum(_good(visit, piece) for piece in _pieces(visit, arrivals)) / arrivals.total)


def ever(visit: Visit, arrivals: Timetable) -> bool:
    """Whether there is any instant, the ends of open stretches included, from which it can do.

    True where people never work: then nothing can be said.
    """
    if visit.hopeless:
        return True
    later = visit.deadline._replace(span=visit.deadline.span + 1)  # 1 ms: ends count as open
    closed = visit._replace(deadline=later)
    return any(_good(closed, piece) > 0 for piece in _pieces(closed, arrivals))


class _Piece(NamedTuple):
    """A stretch of time on which all is straight: H of each crew at its start and at its end."""

    start: float
    end: float
    room: tuple[tuple[float, float], ...]


def _good(visit: Visit, piece: _Piece) -> float:
    """How much of a piece is good for any of the crews."""
    found: list[tuple[float, float]] = []
    enough = _TOLERANCE if visit.started else -_TOLERANCE
    start, end, room = piece
    for crew, (first, last) in zip(visit.crews, room, strict=True):
        at_start, at_end = first - crew.need, last - crew.need
        if at_start >= enough and at_end >= enough:
            return end - start
        if at_start > enough or at_end > enough:
            crossing = start + (end - start) * at_start / (at_start - at_end)
            found.append((start, crossing) if at_start > at_end else (crossing, end))
    length, reached = 0.0, start
    for first, last in sorted(found):
        length += max(0.0, last - max(first, reached))
        reached = max(reached, last)
    return length


def _pieces(visit: Visit, arrivals: Timetable) -> Iterator[_Piece]:
    """The period cut where anything may bend, without what lies outside ``arrivals``."""
    clocks = [visit.deadline, *(crew.begins for crew in visit.crews if crew.begins)]
    if all(clock.by.always for clock in clocks):
        return _swept(visit, arrivals)
    return _probed(visit, arrivals)


def _swept(visit: Visit, arrivals: Timetable) -> Iterator[_Piece]:
    """The pieces where all limits are elapsed time: H has no jumps, so its slopes are summed up."""
    period = visit.period
    bends: list[tuple[float, int, int]] = [(edge, -1, 1) for edge in arrivals.opens]
    bends += [(edge, -1, -1) for edge in arrivals.closes]
    for number, crew in enumerate(visit.crews):
        early = crew.begins.span if crew.begins else 0.0
        late = visit.deadline.span - visit.wait
        bends += [((edge - early) % period, number, -1) for edge in crew.work.opens]
        bends += [((edge - early) % period, number, 1) for edge in crew.work.closes]
        bends += [((edge - late) % period, number, 1) for edge in crew.work.opens]
        bends += [((edge - late) % period, number, -1) for edge in crew.work.closes]
    bends = [bend for bend in bends if bend[0] < period]  # at the end it begins anew
    bends.append((period, -1, 0))
    bends.sort()
    room = [_room(visit, crew, 0.0) for crew in visit.crews]
    slopes = [_slope(visit, crew) for crew in visit.crews]
    at, opened = 0.0, 0
    for bend, which, change in bends:
        if bend - at > _TOLERANCE:
            after = [h + slope * (bend - at) for h, slope in zip(room, slopes, strict=True)]
            if opened:
                yield _Piece(at, bend, tuple(zip(room, after, strict=True)))
            at, room = bend, after
        if which < 0:
            opened += change
        else:
            slopes[which] += change


def _slope(visit: Visit, crew: Crew) -> int:
    """How H goes up just before the period begins."""
    early = crew.begins.span if crew.begins else 0.0
    late = visit.deadline.span - visit.wait
    return crew.work.open_before(late) - crew.work.open_before(early)


def _probed(visit: Visit, arrivals: Timetable) -> Iterator[_Piece]:
    """The pieces where some limit is open time: H may jump between them, so each is measured."""
    period = visit.period
    cuts: set[float] = {0.0, float(period)}
    cuts.update(map(float, arrivals.edges))
    cuts.update(map(float, visit.deadline.by.edges))
    for crew in visit.crews:
        edges = crew.work.edges
        begins = crew.begins
        cuts.update(map(float, begins.by.edges if begins else ()))
        cuts.update((begins.before(edge) if begins else edge) % period for edge in edges)
        cuts.update(visit.deadline.before(edge + visit.wait) % period for edge in edges)
    for start, end in pairwise(sorted(cuts)):
        if end - start > _TOLERANCE and arrivals.is_open((start + end) / 2):
            room = tuple(_straight(visit, crew, start, end) for crew in visit.crews)
            yield _Piece(start, end, room)


def _straight(visit: Visit, crew: Crew, start: float, end: float) -> tuple[float, float]:
    """H at both ends of a piece, from two instants within."""
    quarter = (end - start) / 4
    first = _room(visit, crew, start + quarter)
    last = _room(visit, crew, end - quarter)
    step = (last - first) / 2
    return first - step, last + step


def _room(visit: Visit, crew: Crew, at: float) -> float:
    """H: the open time between the begin and the deadline; below 0 where that is past."""
    begin = crew.begins.after(at) if crew.begins else at
    latest = visit.deadline.after(at) - visit.wait
    return crew.work.open_until(latest) - crew.work.open_until(begin)
