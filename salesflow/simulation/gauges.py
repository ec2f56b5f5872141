"""Rows of a program that steer nothing: what is measured of deals beside steps and roles."""

from typing import NamedTuple


class Stage(NamedTuple):
    """A stage of a process; ``max_age`` in milliseconds, -1 for none."""

    path: str
    process: int
    max_age: int = -1


class Probe(NamedTuple):
    """Something measured of deals that come by mark ``start`` after the warm-up (-1: that arrive).

    ``end`` is the mark that is reached, -1 for the deal's end; of the deals of ``process``.
    """

    process: int
    start: int = -1
    end: int = -1


class WaitProbe(NamedTuple):
    """The spread of waiting that is asked for: of a ``node``, or of a ``role``."""

    node: int = -1
    role: int = -1
