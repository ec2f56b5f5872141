"""The comparison of two versions, put together from its parts."""

from collections.abc import Callable

from salesflow.changes.compare import Sides, edits, sides_of
from salesflow.changes.difference import Diff
from salesflow.changes.edit import Edit
from salesflow.changes.judge import judged
from salesflow.changes.levels import Levels
from salesflow.changes.matching.match import match
from salesflow.changes.matching.nouns import Matching
from salesflow.changes.places import placed
from salesflow.changes.sheet import HEADER, sheets_of
from salesflow.checking.config import Settings
from salesflow.process.dump import dump
from salesflow.process.model import Process
from salesflow.simulation.plan import Plan


def diff(
    old: Process,
    new: Process,
    *,
    levels: Levels | None = None,
    deals: str | bytes | None = None,
    deals_file: str = "<deals>",
    impact: Plan | None = None,
    progress: Callable[[float, float], None] | None = None,
    settings: Settings | None = None,
) -> Diff:
    """What changed from an old to a new version.

    ``deals`` is the text of a CSV file with deals under way, ``impact`` how both versions are to be
    simulated (``progress`` is told of it). ``settings`` are those of checks: which rules count, how
    long to search. UsageError for a malformed file of deals, LoadError where a version does not say
    enough to be simulated.
    """
    from salesflow.changes.behaviour.judge import BUDGET, behaviour
    from salesflow.changes.found import findings_changed
    from salesflow.changes.statements.statements import statements

    settings = settings or Settings()
    known, sides = _changed(old, new, levels or Levels())
    matching = known.matching
    found = findings_changed(old, new, matching, settings=settings)
    budget = BUDGET * settings.selection.patience
    runs = behaviour(old, new, matching, budget=budget, sides=sides)
    parts = known.replace(
        behaviour=runs.replace(statements=statements(old, new, matching)),
        introduced=found.introduced,
        repaired=found.repaired,
    )
    if deals is not None:
        from salesflow.changes.running.judge import running_deals

        running = running_deals(deals, old, new, matching, file=deals_file)
        parts = parts.replace(deals=running, notes=(*parts.notes, *running.notes))
    return parts if impact is None else _measured(parts, old, new, impact, progress)


def _measured(
    parts: Diff,
    old: Process,
    new: Process,
    plan: Plan,
    progress: Callable[[float, float], None] | None,
) -> Diff:
    """With what the change does to the figures."""
    from salesflow.changes.impact import impact

    return parts.replace(impact=impact(old, new, parts.matching, plan, progress=progress))


def changed(old: Process, new: Process, *, levels: Levels | None = None) -> Diff:
    """Only what the files say: the edits, judged, and what they mean for each department."""
    return _changed(old, new, levels or Levels())[0]


def _changed(old: Process, new: Process, levels: Levels) -> tuple[Diff, Sides]:
    from salesflow.changes.departments import per_department

    sheets = sheets_of(old, new)
    matching = match(*sheets)
    sides = sides_of(old, new, matching, sheets=sheets)
    told, notes = judged(edits(old, new, sides), old, new, matching, levels)
    told = placed(told, old, new)
    diff = Diff(
        old=old,
        new=new,
        matching=matching,
        edits=told,
        departments=per_department(told, old, new, matching=matching),
        notes=notes,
    )
    return diff, sides


def lone(process: Process, *, added: bool, levels: Levels | None = None) -> Diff:
    """A whole process that was added, or removed."""
    from salesflow.changes.departments import per_department

    edit = Edit(
        kind="added" if added else "removed",
        what="process",
        path=HEADER,
        old_path="" if added else HEADER,
        new=dump(process) if added else None,
        old=None if added else dump(process),
    )
    told, notes = judged((edit,), process, process, Matching(), levels or Levels())
    span = process.span
    told = tuple(e.replace(new_span=span) if added else e.replace(old_span=span) for e in told)
    return Diff(
        old=None if added else process,
        new=process if added else None,
        edits=told,
        departments=per_department(told, process, process),
        notes=notes,
    )
