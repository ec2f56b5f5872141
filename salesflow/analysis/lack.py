"""What is told of fields that may be missing: the nouns of the analysis of data."""

from typing import NamedTuple


class Lack(NamedTuple):
    """A field that the deal comes to a place without; the place needs it and is the first to.

    ``decided`` False: whether that can happen is not known, there is no ``witness``. Not ``sure``
    where the run hangs on values within a cell, so that it need not be real.
    """

    place: str
    field: str
    witness: tuple[str, ...] = ()
    decided: bool = True
    sure: bool = True


class Breach(NamedTuple):
    """A field that a touchpoint ``requires`` or ``returns`` and that may be missing at a place.

    ``decided`` False: whether that can happen is not known, there is no ``witness``.
    """

    touchpoint: str
    how: str
    field: str
    place: str
    witness: tuple[str, ...] = ()
    decided: bool = True
    sure: bool = True
