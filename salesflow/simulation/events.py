"""What can be watched while deals are played, event by event. Watching changes nothing."""

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

ARRIVED = "arrived"  # a deal comes: node is the number of its source
ENTERED = "entered"  # a visit begins; `data` tells from which node each thread came, for wait_for
STARTED = "started"  # people begin its work
WORKED = "worked"  # its effort is done, people are free again
ENDED = "ended"  # it ends by itself; `way` is the result, -1 where none is enabled
EXPIRED = "expired"  # its timer takes `way`
WITHDRAWN = "withdrawn"  # it is broken off because something else ended
TAKEN = "taken"  # a block or a run takes `way`
REACHED = "reached"  # the deal ends: node is the number of the outcome


class Event(NamedTuple):
    """Something that happened: at ``now`` milliseconds, to deal number ``deal``, visit of ``node``.

    ``way`` is the result taken, -1 for none. ``people`` are persons (STARTED, WORKED).
    ``values`` are the deal's fields after the event, for ARRIVED, ENDED, EXPIRED, TAKEN, REACHED.
    """

    what: str
    now: int
    deal: int
    node: int
    visit: int = 0
    way: int = -1
    people: tuple[int, ...] = ()
    values: tuple[float, ...] = ()


Watch: TypeAlias = Callable[[Event], None]
