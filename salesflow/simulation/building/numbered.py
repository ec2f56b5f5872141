"""Rows that are told apart by what they say."""

from collections.abc import Hashable
from typing import Generic, TypeVar

Row = TypeVar("Row", bound=Hashable)


class Numbered(Generic[Row]):
    """Rows in the order in which they were first asked for; equal ones share a number."""

    def __init__(self) -> None:
        """No rows yet."""
        self._at: dict[Row, int] = {}

    def number(self, row: Row) -> int:
        """The number of a row, a new one if there is none like it."""
        return self._at.setdefault(row, len(self._at))

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows by number."""
        return tuple(self._at)
