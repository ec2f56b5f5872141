"""How far a study is: replications done, with the part that the running ones have done."""

from collections.abc import Callable
from threading import Lock
from typing import TypeAlias

Tell: TypeAlias = Callable[[float, float], None]  # replications done, replications in all
Pulse: TypeAlias = Callable[[int], None]  # of an engine: the simulated time, now and then


class Stopped(Exception):
    """A replication was broken off because the study stops."""


class Progress:
    """Counts replications and tells somebody; looking changes no figure.

    ``done`` is a whole number whenever a replication has just finished and may be a fraction in
    between, where the engine plays in this process. ``total`` may grow on the way.
    """

    def __init__(self, tell: Tell | None = None) -> None:
        """Tell nobody, or call ``tell(done, total)`` from whatever thread plays."""
        self.tell = tell
        self.total = 0
        self.done = 0
        self.stopped = False
        self._parts: dict[object, float] = {}
        self._lock = Lock()

    def expect(self, replications: int) -> None:
        """Some more replications are to be played."""
        self.total += replications
        self._say()

    def pulse(self, task: object, end: int) -> Pulse:
        """What an engine calls while it plays a task that ends at ``end`` milliseconds."""

        def pulse(now: int) -> None:
            if self.stopped:
                raise Stopped
            if self.tell is not None:
                with self._lock:
                    self._parts[task] = min(now / end, 1.0)
                self._say()

        return pulse

    def finish(self, task: object) -> None:
        """A replication is done."""
        with self._lock:
            self._parts.pop(task, None)
            self.done += 1
        self._say()

    def _say(self) -> None:
        if self.tell is not None:
            with self._lock:
                done = self.done + sum(self._parts.values())
            self.tell(min(done, self.total), self.total)
