"""How much a file may hold, so that no input can hang or fill a machine."""

from typing import NamedTuple


class Limits(NamedTuple):
    """Limits of reading; each one that is passed is a finding."""

    characters: int = 16 * 1024 * 1024 - 1
    depth: int = 64
    nodes: int = 250_000  # of more a check could take over 500 MB and 10 s
    key: int = 1024  # characters
    findings: int = 100  # shown per file; the rest is counted


DEFAULT_LIMITS = Limits()
