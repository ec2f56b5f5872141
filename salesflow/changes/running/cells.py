"""In which cell of a net a field's value lies, for very many values."""

from bisect import bisect_left
from typing import Any

from salesflow.expressions.cells import FILLED, Cell
from salesflow.expressions.exact import exact
from salesflow.process.memory import Memory


class Cells:
    """The cells of one field of a net, none where the net does not keep it."""

    def __init__(self, memory: Memory, name: str) -> None:
        """Note where numbers are cut."""
        at = memory.field_at.get(name)
        cells: tuple[Cell, ...] = memory.cells[at] if at is not None else ()
        self._values = {cell.value: n for n, cell in enumerate(cells, 1) if cell.value is not None}
        self._cuts = [cell.low for cell in cells if cell.point and cell.low is not None]
        self._rough = [float(cut) for cut in self._cuts]
        self._one = cells == (FILLED,)
        self.kept = at is not None
        self.all = cells  # equal ones number values alike

    def number(self, value: Any) -> int | None:
        """The number of the cell; None where the field is not kept or cannot have the value."""
        if self._one:
            return 1
        if not self.kept or self._values or not isinstance(value, int | float):
            return self._values.get(value)
        rough = float(value)
        at = bisect_left(self._rough, rough)
        if at == len(self._rough) or self._rough[at] != rough:
            return 1 + 2 * at
        number, cut = exact(value), self._cuts[at]
        return 2 + 2 * at + (number > cut) - (number < cut)
