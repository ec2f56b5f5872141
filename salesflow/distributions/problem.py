"""What is wrong with a written distribution."""

from typing import NamedTuple


class Problem(NamedTuple):
    """One mistake: the ``key`` of the map it stands at ("" = all of it), what, what to write."""

    key: str
    message: str
    hint: str = ""
