"""Writes what many rows have: times, marks, fields and how they are filled."""

from typing import NamedTuple

from salesflow.simulation.engine_numba.compiled import signed
from salesflow.simulation.engine_numba.memory import Memory, at
from salesflow.simulation.engine_numba.places import InDeal, Places
from salesflow.simulation.engine_numba.rows import (
    LENGTH,
    SPAN_SIZE,
    SPAN_TABLE,
)
from salesflow.simulation.program import Capture, Span


class Writer(NamedTuple):
    """Memory, and where things are in it."""

    memory: Memory
    places: Places
    deal: InDeal

    def mark(self, number: int) -> int:
        """The place of a mark in a deal, 0 for -1."""
        return self.deal.marks + number if number >= 0 else 0

    def span(self, span: Span | None) -> int:
        """A row for a fixed time, 0 for none."""
        if span is None:
            return 0
        row = self.memory.room(SPAN_SIZE)
        table = at(self.places.tables, span.table)
        self.memory.put(row, {LENGTH: span.length, SPAN_TABLE: table})
        return row

    def fields(self, fields: tuple[int, ...]) -> int:
        """A list of the places of fields in a deal."""
        return self.memory.numbers(self.deal.values + field for field in fields)

    def captures(self, captures: tuple[Capture, ...]) -> int:
        """A list of fields that are filled."""
        return self.memory.listed(
            (self.deal.values + each.field, at(self.places.draws, each.draw), signed(each.key))
            for each in captures
        )
