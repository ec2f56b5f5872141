"""A process beside all its variants: what each of them has otherwise, thing by thing."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from salesflow.changes.comparing import changed
from salesflow.changes.edit import Edit
from salesflow.changes.variant_words import GROUPS, group_of, label_of, said, spoken
from salesflow.errors import UsageError
from salesflow.nouns import FrozenMap, Noun
from salesflow.process.family import Family, families_at
from salesflow.process.model import Process
from salesflow.simulation.result import SimulationResult

_WORDS = frozenset({"name", "description", "was", "goal"})


class Member(NamedTuple):
    """A process or variant of a family, with what its shares say.

    ``of`` is the id of what a variant is of. ``win_rate`` is of deals that are won or lost,
    ``value`` the worth of a deal when it comes, ``value_per_won`` of a won one, in ``currency``;
    None where that cannot be told, and ``steps`` counts those in blocks too.
    """

    id: str
    name: str
    file: str
    of: str
    currency: str
    steps: int
    win_rate: float | None
    value: float | None
    value_per_won: float | None
    locked: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        return {**self._asdict(), "locked": list(self.locked)}


class Cell(NamedTuple):
    """What one variant has otherwise: ``text`` for a table, and the edits that it comes from."""

    text: str
    edits: tuple[Edit, ...]


class Row(NamedTuple):
    """One thing that some variants have otherwise; ``cells`` by the id of the variant."""

    group: str
    label: str
    path: str
    field: str
    base: str
    cells: FrozenMap[str, Cell]

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape: each cell with its text, level, audience and message."""
        return {
            "group": self.group,
            "label": self.label,
            "path": self.path,
            "field": self.field,
            "base": self.base,
            "variants": {name: _cell_data(cell) for name, cell in self.cells.items()},
        }


class Variants(Noun):
    """A process beside its variants.

    A cell that is as in the base is not there. ``departments`` are the ids of all of them.
    ``shared`` are rows that all variants, two or more, have alike: what they have there may belong
    into the base. ``results`` of simulations are by the id of the process, where there are some.
    """

    base: Member
    variants: tuple[Member, ...]
    rows: tuple[Row, ...]
    departments: tuple[str, ...] = ()
    shared: tuple[Row, ...] = ()
    results: FrozenMap[str, SimulationResult] = FrozenMap()

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape of one of ``bases`` in ``show --variants --as json``."""
        return {
            "base": self.base.to_dict(),
            "variants": [member.to_dict() for member in self.variants],
            "rows": [row.to_dict() for row in self.rows],
            "same_in_all": [row.to_dict() for row in self.shared],
            **({"simulated": dict(self._simulated())} if self.results else {}),
        }

    def _simulated(self) -> Iterator[tuple[str, Any]]:
        for member in (self.base, *self.variants):
            if member.id in self.results:
                kpis = self.results[member.id].processes[member.id].kpis
                yield member.id, {k: None if e is None else e._asdict() for k, e in kpis.items()}


def variants(path: str) -> tuple[Variants, ...]:
    """Each process at a path beside its variants.

    A folder stands for all variants in it, a process or variant for all variants of that process in
    its project. UsageError where there is none, LoadError where one does not load.
    """
    return tuple(map(beside, families_at(path)))


def beside(family: Family) -> Variants:
    """A process beside its variants, each compared with the process itself, not one between."""
    base = family.base
    _hold_apart(family)
    edits = {each.id: _edits(base, each) for each in family.variants}
    rows = _rows(base, family.variants, edits)
    shared = [row for row in rows if _alike(row, len(family.variants))]
    return Variants(
        base=_member(base),
        variants=tuple(map(_member, family.variants)),
        rows=tuple(rows),
        departments=tuple(
            sorted({d for each in (base, *family.variants) for d in each.departments})
        ),
        shared=tuple(shared),
    )


def _hold_apart(family: Family) -> None:
    """Hold that each has an id of its own: the table knows them by it."""
    files: dict[str, str] = {}
    for each in (family.base, *family.variants):
        other = files.setdefault(each.id, each.file)
        if other != each.file:
            raise UsageError(
                f"`{other}` and `{each.file}` are both called `{each.id}`: give each an id of its "
                "own."
            )


def _edits(base: Process, variant: Process) -> tuple[Edit, ...]:
    """What a variant has otherwise, without its id and without what things are called."""
    found = changed(base, variant).edits
    return tuple(e for e in found if e.field not in _WORDS and (e.what, e.kind) != _OWN_ID)


_OWN_ID = ("process", "renamed")


def _rows(
    base: Process, members: Sequence[Process], edits: dict[str, tuple[Edit, ...]]
) -> list[Row]:
    found: dict[tuple[str, str], dict[str, list[Edit]]] = {}
    for name, each in edits.items():
        for edit in each:
            found.setdefault(_thing(edit), {}).setdefault(name, []).append(edit)
    by_id = {member.id: member for member in members}
    rows = [
        _row(path, field, cells, [base, *(by_id[name] for name in cells)])
        for (path, field), cells in found.items()
    ]
    return sorted(rows, key=lambda row: (GROUPS.index(row.group), row.path, row.field))


def _thing(edit: Edit) -> tuple[str, str]:
    """What a row is about: a path and a key; one row for all holidays, one for each id of a set."""
    path = edit.old_path or edit.path
    if edit.field == "holidays":
        return path, edit.field
    item = edit.new if edit.old is None else edit.old
    if edit.kind == "changed" and None in (edit.old, edit.new) and isinstance(item, str):
        return path, f"{edit.field} {item}" if edit.field in _SETS else edit.field
    return path, edit.field


_SETS = frozenset({"requires", "returns", "values", "with", "locked"})


def _row(path: str, field: str, cells: dict[str, list[Edit]], processes: Sequence[Process]) -> Row:
    first = next(iter(cells.values()))[0]
    base, *others = processes
    how = spoken(field, [edit for edits in cells.values() for edit in edits])
    return Row(
        group=group_of(first),
        label=label_of(first, field),
        path=path,
        field=field,
        base=said(how, next(iter(cells.values())), old=True, process=base),
        cells=FrozenMap(
            {
                name: Cell(said(how, edits, old=False, process=process), tuple(edits))
                for (name, edits), process in zip(cells.items(), others, strict=True)
            }
        ),
    )


def _alike(row: Row, members: int) -> bool:
    texts = {cell.text for cell in row.cells.values()}
    news = [[(edit.kind, edit.new) for edit in cell.edits] for cell in row.cells.values()]
    whole = len(row.cells) == members > 1 and len(texts) == 1
    return whole and all(each == news[0] for each in news)


def _member(process: Process) -> Member:
    from salesflow.analysis.chain import chain_of  # slow to import

    odds = chain_of(process).all
    return Member(
        id=process.id,
        name=process.name,
        file=process.file,
        of=process.base.process.id if process.base is not None else "",
        currency=process.people.currency,
        steps=len(process.nodes),
        win_rate=odds.win_rate if odds is not None else None,
        value=odds.value if odds is not None else None,
        value_per_won=odds.value_per_won if odds is not None else None,
        locked=process.locked,
    )


def _cell_data(cell: Cell) -> dict[str, Any]:
    return {
        "text": cell.text,
        "edits": [
            {
                "kind": edit.kind,
                "level": edit.level,
                "audience": list(edit.audience),
                "old": edit.old,
                "new": edit.new,
                "message": edit.message,
            }
            for edit in cell.edits
        ],
    }


def groups_of(rows: Iterable[Row]) -> Iterator[tuple[str, list[Row]]]:
    """The rows by group, in order."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.group, []).append(row)
    yield from found.items()


def for_department(found: Sequence[Variants], department: str) -> tuple[Variants, ...]:
    """Only the rows that concern a department in some variant; UsageError where none has it."""
    ids = {id_ for each in found for id_ in each.departments}
    if department not in ids:
        from salesflow.names import nearest  # only where something is wrong

        near = nearest(department, sorted(ids))
        hint = f"Did you mean `{near}`?" if near else f"There are {', '.join(sorted(ids))}."
        raise UsageError(f"There is no department `{department}`. {hint}")
    return tuple(
        each.replace(
            rows=tuple(row for row in each.rows if _concerns(row, department)),
            shared=tuple(row for row in each.shared if _concerns(row, department)),
        )
        for each in found
    )


def _concerns(row: Row, department: str) -> bool:
    return any(department in edit.audience for cell in row.cells.values() for edit in cell.edits)
