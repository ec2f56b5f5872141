"""A deal that shows it: of many rows of a table the one that people would think of."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from salesflow.analysis.guard_nouns import NONE, UNKNOWN, Deal, Found, Known, Sight
from salesflow.analysis.guard_space import COUNT, FIELD, VISIT, Space
from salesflow.expressions.cells import Cell
from salesflow.expressions.examples import example, written
from salesflow.expressions.types import FieldType

MOST_TRIES = 200  # rows of sums that are tried before the question is given up


class Picked(NamedTuple):
    """A row by its ``options``, one of ``rows``, and the numbers of fields that are in sums."""

    options: list[int]
    rows: int
    values: dict[str, Any]


def some_deal(space: Space, rows: int) -> bool | None:
    """Whether a deal can be in one of these rows; None where that is not decided."""
    rows &= space.valid
    if not rows or not space.summed:
        return bool(rows)
    found = _search(space, rows, {})
    return None if found is None else bool(found)


def find_deal(space: Space, rows: int, sight: Sight, known: Known | None = None) -> Found:
    """A deal in these rows; NONE where no deal can be in any, UNKNOWN where that is not decided.

    With ``known`` it is the deal of which so much is known, if that is in one of the rows.
    """
    rows &= space.valid
    near = rows & _like(space, known) if known is not None else rows
    found = _search(space, near or rows, sight.types)
    if not found:
        return UNKNOWN if found is None else NONE
    values = known.fields if known is not None and near else {}
    picked = found[0]._replace(rows=rows, values={**values, **found[0].values})
    return Found(_deal(space, picked, sight))


def _like(space: Space, known: Known) -> int:
    """The rows that a deal of which so much is known can be in."""
    rows = space.everything
    for at, part in enumerate(space.parts):
        here = {FIELD: known.fields, COUNT: known.counts, VISIT: known.visits}.get(part.kind, {})
        if part.name not in here:
            continue
        value = here[part.name]
        fitting = 0
        for option, column in zip(part.options, space.columns(at), strict=True):
            if _fits(option, value, part.options[-1]):
                fitting |= column
        rows &= fitting
    return rows


def _fits(option: Any, value: Any, last: Any) -> bool:
    """Whether a value is one of an option; a count may go on above the last one."""
    if isinstance(option, Cell):
        return value is not None and option.holds(value)
    if option is None or isinstance(option, bool):
        return option is value
    return bool(option == min(value, last))


def _search(space: Space, rows: int, types: Mapping[str, FieldType]) -> tuple[Picked, ...] | None:
    """One row that is possible, none, or None where that is not decided."""
    for _ in range(MOST_TRIES):
        if not rows:
            return ()
        picked = _pick(space, rows)
        if not space.summed:
            return (Picked(picked, rows, {}),)
        from salesflow.analysis.guard_sums import TooMany, solve  # fractions are slow to import

        wanted, same = _numbers(space, picked)
        try:
            values = solve(wanted, types)
        except TooMany:
            return None
        if values is not None:
            return (Picked(picked, rows, values),)
        rows &= ~same
    return None


def _pick(space: Space, rows: int) -> list[int]:
    """The options of one row: filled rather than not, a range rather than its end."""
    picked = []
    for at, part in enumerate(space.parts):
        columns = space.columns(at)
        ranked = sorted(range(len(columns)), key=lambda option: _odd(part.options[option]))
        best = next(option for option in ranked if rows & columns[option])
        rows &= columns[best]
        picked.append(best)
    return picked


def _odd(option: Any) -> int:
    """How far from people's minds an option is."""
    if option is None:
        return 3
    if not isinstance(option, Cell) or option.value is not None:
        return 0
    if option.high is not None and option.high <= 0 and not option.point:
        return 2  # numbers below 0
    return 1 if option.point else 0


def _numbers(space: Space, picked: list[int]) -> tuple[list[tuple[dict[str, Any], Cell]], int]:
    """What a row says of fields in sums, and all rows that say the same."""
    chosen = {part.name: part.options[picked[at]] for at, part in enumerate(space.parts)}
    wanted: list[tuple[dict[str, Any], Cell]] = []
    same = space.everything
    seen: set[str] = set()
    for at, part in enumerate(space.parts):
        names = [name for name, _ in part.sum]
        if not names or any(chosen[name] is None for name in names):
            continue
        wanted.append((dict(part.sum), part.options[picked[at]]))
        same &= space.columns(at)[picked[at]]
        for name in names:
            if name not in seen:
                seen.add(name)
                field = space.at[FIELD, name]
                wanted.append(({name: 1}, chosen[name]))
                same &= space.columns(field)[picked[field]]
    return wanted, same


def _deal(space: Space, picked: Picked, sight: Sight) -> Deal:
    """The row by example."""
    values, without, taken, visited = [], [], [], []
    for at in _telling(space, picked):
        part = space.parts[at]
        option = part.options[picked.options[at]]
        if part.kind == COUNT:
            taken.append((part.name, option))
        elif part.kind == VISIT:
            visited.append((part.name, option))
        elif option is None:
            without.append(part.name)
        elif part.kind == FIELD:
            known = sight.types[part.name]
            value = picked.values.get(part.name)
            value = example(option, known) if value is None else value
            values.append((part.name, written(value, known)))
    return Deal(tuple(values), tuple(without), tuple(taken), tuple(visited))


def _telling(space: Space, picked: Picked) -> list[int]:
    """The parts that matter: those of which not every option would do as well.

    Sums hang together with their fields: all of them matter or none.
    """
    rows = space.everything  # the row, and those that differ from it in what does not matter
    for at in range(len(space.parts)):
        rows &= space.columns(at)[picked.options[at]]
    telling: list[int] = []
    for group in _groups(space):
        wider = rows
        for at in group:
            wider = _widened(space, wider, at, picked.options[at])
        if wider & space.valid & ~picked.rows:
            telling.extend(group)
        else:
            rows = wider
    return sorted(telling)


def _groups(space: Space) -> list[list[int]]:
    """The parts one by one, but all that is part of sums together."""
    summed = [at for at, part in enumerate(space.parts) if part.sum or part.name in space.summed]
    single = [[at] for at in range(len(space.parts)) if at not in summed]
    return [summed, *single] if summed else single


def _widened(space: Space, rows: int, at: int, option: int) -> int:
    """The rows, and all that differ from them in one part only."""
    wider = 0
    for other in range(len(space.parts[at].options)):
        shift = (other - option) * space.strides[at]
        wider |= rows << shift if shift > 0 else rows >> -shift
    return wider
