"""What a change does to the figures: sentences first, then the tables."""

from collections.abc import Iterator, Mapping

from salesflow.changes.impact import Goal, Impact, Work
from salesflow.reporting.simulated.figures import SHARE, WORK, Figure, difference, figure
from salesflow.reporting.simulated.story import BAD, DOUBT, GOOD, Cell, Line, Table, cell
from salesflow.reporting.simulated.words import (
    HEADLINES,
    MEASURES,
    begins,
    bound,
    called,
    lasting,
    narrowed,
)
from salesflow.reporting.words import count, sentence
from salesflow.simulation.result import Comparison, Estimate

NOTE = (
    "Both on the same random numbers; ± is a 95% interval. * is sure: more than chance, all "
    "together."
)
_IF_SURE = frozenset({"wins", "stuck"})  # told only where they surely change
_HEADLINES = ("win_rate", "wins", *HEADLINES[1:], "stuck")
_MOST_ROWS = 12
_MOST_NAMED = 3


def about(impact: Impact) -> str:
    """How it was simulated."""
    warmup = f" after {lasting(impact.warmup)} of warm-up" if begins(impact.warmup) else ""
    cut = "; interrupted" if impact.interrupted else ""
    return (
        f"{lasting(impact.duration)}{warmup}, {count(impact.replications, 'replication')}, "
        f"seed {impact.seed}{cut}"
    )


def sentences(impact: Impact) -> tuple[Line, ...]:
    """What surely changes, what becomes of the objectives, who works more or less."""
    return (_headline(impact), *_objectives(impact.objectives), *_people(impact.departments))


def _headline(impact: Impact) -> Line:
    sure, unsure, same = [], [], []
    tones = set()
    for name in _HEADLINES:
        one = impact.kpis.get(name)
        if one is None or one.difference is None or (name in _IF_SURE and not one.significant):
            continue
        measure = MEASURES[name]
        if one.significant:
            shown = difference(one.difference, measure.kind, impact.currency)
            sure.append(f"{measure.name} {shown.whole}")
            tones.add(_tone(one, measure.more))
        elif _nothing(one.difference):
            same.append(measure.name)
        else:
            unsure.append(measure.name)
    rest = [f"{sentence(same)} unchanged"] if same else []
    if unsure:
        rest.append(f"no sure change in {sentence(unsure, 'or')}")
    if not sure:
        text = "; ".join(rest) or "nothing to compare"
        return Line("No headline figure surely changes", f": {text}.", DOUBT)
    tone = tones.pop() if len(tones) == 1 else DOUBT
    return Line(sentence(sure), f". {_capital('; '.join(rest))}." if rest else ".", tone)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _objectives(objectives: Mapping[str, Goal]) -> Iterator[Line]:
    for id_, goal in objectives.items():
        before = goal.old.verdict if goal.old else ""
        after = goal.new.verdict if goal.new else ""
        told = goal.new or goal.old
        if told is None or before == after == "met":
            continue
        asked = bound(told.bound)
        name = narrowed(id_, told.counted)
        tone = {"met": GOOD, "missed": BAD}.get(after, DOUBT)
        if not after:
            yield Line(name, f" is no objective any more; it was {before}.", DOUBT)
        elif not before:
            yield Line(name, f", {asked}, is a new objective: {after}.", tone)
        elif before == after:
            yield Line(name, f", {asked}: {after} before and now.", tone)
        else:
            yield Line(name, f", {asked}: {before} before, {after} now.", tone)


def _people(departments: Mapping[str, Work]) -> Iterator[Line]:
    """Who surely works more or less, the largest difference first."""
    moves = []
    for name, work in departments.items():
        one = work.hours
        if one.significant and one.difference is not None:
            moves.append((abs(one.difference.mean), name, work, one.difference))
    moves.sort(key=lambda move: (-move[0], move[1]))
    for _, name, work, change in moves[:_MOST_NAMED]:
        shown = difference(change, WORK)
        tone = DOUBT if change.mean > 0 else ""  # less work may be fewer deals
        yield Line(called(name, work.title), f": {shown.whole} of work a week.", tone)
    if not moves and departments:
        yield Line("No department", " surely works more or less.")


def measures(impact: Impact) -> Table:
    """A row for each headline figure, and for what else surely changes."""
    rows = []
    for name, measure in MEASURES.items():
        one = impact.kpis.get(name)
        if one is None or (name not in HEADLINES and not one.significant):
            continue
        if one.old is None and one.new is None:
            continue
        row = _row(one, measure.kind, impact.currency, measure.more)
        rows.append((Cell(measure.name), *row))
    return Table(("", "old", "new", "difference"), tuple(rows), note=NOTE)


def workload(impact: Impact) -> Table:
    """Hours a week and load of each department, then of roles whose load surely changes."""
    rows = [_works(name, work) for name, work in impact.departments.items()]
    for name, work in impact.roles.items():
        alone = name in impact.departments  # a department without roles is itself a role
        if not alone and (work.utilization.significant or work.hours.significant):
            rows.append(_works(name, work))
    heads = ("hours a week", "old", "new", "difference", "busy, old", "new", "difference")
    return Table(heads, tuple(rows[:_MOST_ROWS]), note=_cut(len(rows)))


def _cut(rows: int) -> str:
    return f"And {rows - _MOST_ROWS:,} more (--format json has all)." if rows > _MOST_ROWS else ""


def _works(name: str, work: Work) -> tuple[Cell, ...]:
    hours = _row(work.hours, WORK, "", None)
    busy = _row(work.utilization, SHARE, "", None)
    return (Cell(called(name, work.title)), *hours, *busy)


def _row(one: Comparison, kind: str, currency: str, more: bool | None) -> tuple[Cell, Cell, Cell]:
    old, new = (_shown(value, kind, currency) for value in (one.old, one.new))
    if one.difference is None:
        return cell(old), cell(new), Cell("–")
    if _nothing(one.difference):
        return cell(old), cell(new), Cell("same")
    shown = difference(one.difference, kind, currency)
    spread = f"±{shown.half}" if shown.half else ""
    told = Cell(shown.short, f"{spread}{'*' if one.significant else ''}", _tone(one, more))
    return cell(old), cell(new), told


def _shown(value: Estimate | None, kind: str, currency: str) -> Figure | None:
    return None if value is None else figure(value, kind, currency)


def _tone(one: Comparison, more: bool | None) -> str:
    if not one.significant or one.difference is None or more is None:
        return ""
    return GOOD if (one.difference.mean > 0) is more else BAD


def _nothing(change: Estimate) -> bool:
    return change.low == change.high == 0
