"""What a deal knows in one version, as the other version remembers it."""

from collections.abc import Iterable, Mapping
from itertools import product
from typing import Any

from salesflow.changes.matching.nouns import Matching
from salesflow.changes.running.bridge import Bridge
from salesflow.expressions.cells import Cell
from salesflow.process.binding import SOURCE_FIELD
from salesflow.process.memory import Data, Known, Memory


class Knowledge:
    """Translates data of the old net into data of the new one.

    A field that only the new version has is unfilled. Where limits of results are not counted in
    the old net, both are tried: never taken, and taken as often as may be.
    """

    def __init__(self, bridge: Bridge, old: Memory, matching: Matching) -> None:
        """Find for each cell of the old net the cells of the new one that it can be."""
        new = bridge.new.memory
        self.old = old
        self.new = new
        sources = {
            match.old.rpartition(".")[2]: match.new.rpartition(".")[2]
            for match in matching.matches.values()
            if match.old.startswith("sources.")
        }
        self._sources = sources
        self._fields = [self._field(name, bridge.fields.get(name, "")) for name in new.fields]
        before = {path: name for name, path in bridge.results.items()}
        self._counted = [before.get(name) for name in new.counts]
        stays = {node.path: path for path, node in bridge.nodes.items()}
        self._visited = [old.visit_at.get(stays.get(name, "")) for name in new.visits]

    def _field(self, name: str, before: str) -> tuple[int, list[Known]] | None:
        """Number of the old field, and for each of its cells the new ones; None: a new field."""
        at = self.old.field_at.get(before)
        if at is None:
            return None
        cells = self.new.cells[self.new.field_at[name]]
        ways = [self._cell(cell, cells, name) for cell in self.old.cells[at]]
        return at, [(0,), *ways]

    def _cell(self, cell: Cell, cells: Iterable[Cell], name: str) -> Known:
        """The new cells; of a choice that is no more, unfilled."""
        if cell.value is not None:
            value: Any = cell.value
            if name == SOURCE_FIELD:
                value = self._sources.get(value, value)
            same = tuple(n for n, other in enumerate(cells, 1) if other.value == value)
            filled = tuple(n for n, other in enumerate(cells, 1) if other == Cell())
            return same or filled or (0,)
        return tuple(
            n for n, other in enumerate(cells, 1) if other.value is not None or cell.overlaps(other)
        )

    def translated(
        self, data: Data, given: Mapping[str, int], uncounted: frozenset[str]
    ) -> tuple[Data, ...]:
        """The new data that old data can be; ``given`` are cells of new fields that are known.

        ``uncounted`` are results of the old net whose counts are not known.
        """
        options: list[Known] = []
        for name, field in zip(self.new.fields, self._fields, strict=True):
            if name in given:
                options.append((given[name],))
            else:
                options.append((0,) if field is None else field[1][data.fields[field[0]]])
        visits = sum(
            1 << new
            for new, old in enumerate(self._visited)
            if old is not None and data.visits >> old & 1
        )
        counts = self._counts(data, uncounted)
        return tuple(
            Data(fields, taken, visits) for fields in product(*options) for taken in counts
        )

    def _counts(self, data: Data, uncounted: frozenset[str]) -> list[tuple[int, ...]]:
        """How often results were taken, at least and at most."""
        least, most = [], []
        for name, before in zip(self.new.counts, self._counted, strict=True):
            cap = self.new.caps[name]
            at = self.old.count_at.get(before or "")
            if before in uncounted or (before and at is None):
                least.append(0)
                most.append(cap)
            else:
                taken = min(data.counts[at], cap) if at is not None else 0
                least.append(taken)
                most.append(taken)
        return [tuple(least)] if least == most else [tuple(least), tuple(most)]
