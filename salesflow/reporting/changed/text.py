"""The report for a terminal: the verdict, for whom something changes, then all that led to it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from salesflow.changes.behaviour.nouns import Behaviour
from salesflow.changes.difference import Diff
from salesflow.changes.edit import Edit
from salesflow.changes.impact import Impact
from salesflow.changes.matching.nouns import Matching
from salesflow.changes.running.nouns import RunningDeals
from salesflow.findings import Finding
from salesflow.reporting.changed import effects, under_way, ways
from salesflow.reporting.changed.concerns import concerns, together
from salesflow.reporting.changed.elements import Changed, changed, place, waived
from salesflow.reporting.changed.repeats import Telling, tellings
from salesflow.reporting.changed.verdict import (
    alarm,
    headline,
    of_several,
)
from salesflow.reporting.simulated.story import Table
from salesflow.reporting.simulated.text import tabled
from salesflow.reporting.visible import line
from salesflow.reporting.widths import cut, left, width, wrapped

_COLOURS = {
    "breaking": "1;31",
    "check": "33",
    "safe": "32",
    "cosmetic": "2",
    "none": "2",
    "bad": "1;31",
    "doubt": "33",
    "good": "32",
    "head": "1",
    "faint": "2",
}
_MARKS = {"breaking": "!", "check": "•", "safe": "✓", "bad": "!", "doubt": "•", "good": "✓"}
_SEVERITIES = {"error": "breaking", "warning": "check", "info": "none"}
_WIDEST = 100  # columns
_NARROWEST = 40  # what is left for a text beside its name
_WIDE_TITLE = 28  # columns for those for whom something changes
_MOST_TITLE = 360
_MOST = {"whom": 60, "ways": 6, "groups": 20, "findings": 20, "edits": 80, "waived": 20, "same": 40}
_ALL = "--format json has all"


class _Paint(NamedTuple):
    """Colours a text, if colours are wanted."""

    colour: bool

    def __call__(self, text: str, kind: str) -> str:
        return f"\x1b[{_COLOURS[kind]}m{text}\x1b[0m" if self.colour and kind and text else text


def text(diffs: Sequence[Diff], *, colour: bool = False) -> str:
    """The whole report; ``colour`` adds terminal colours."""
    paint = _Paint(colour)
    told, others = tellings(diffs)
    if len(told) + len(others) == 1 and told:
        return "\n".join(_process(told[0], paint)) + "\n"
    lines = [paint(line(of_several([one.diff for one in told], others)), "head")]
    for one in (each for each in told if not each.folded):
        lines += ["", "─" * 60, *_process(one, paint)]
    if told and others:
        names = [diff.id for diff in others]
        lines += ["", *_wrapped(f"Unchanged: {_few(names, 'same')}.", 0)]
    return "\n".join(lines) + "\n"


def _few(names: Sequence[str], kind: str) -> str:
    shown = list(names[: _MOST[kind]])
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more:,} more" if more else "")


def _process(telling: Telling, paint: _Paint) -> Iterator[str]:
    bad = alarm(telling.diff)
    head = paint(line(headline(telling.diff)), "head" if bad == "none" else bad)
    first, *sentences = telling.about or ("",)
    yield f"{head} {line(first)}".rstrip()
    if sentences:
        yield from (paint(row, "head") for row in _wrapped(" ".join(sentences), 2))
    diff = telling.shown
    yield from _concerns(diff, paint)
    if diff.behaviour is not None and diff.edits:
        yield from _ways(diff.behaviour, diff.edits, paint)
    if diff.deals is not None:
        yield from _deals(diff.deals, diff.matching, paint)
    if diff.impact is not None:
        yield from _impact(diff.impact, paint)
    yield from _findings("New findings", diff.introduced, paint)
    yield from _findings("Repaired findings", diff.repaired, paint)
    yield from _details(changed(diff), paint)
    yield from _waived(waived(diff), paint)
    if diff.notes:
        yield from _title("Notes", paint)
        yield from (row for note in diff.notes for row in _wrapped(note, 2))


def _title(title: str, paint: _Paint) -> Iterator[str]:
    yield ""
    yield paint(title, "head")


def _wrapped(content: str, indent: int, first: str = "") -> Iterator[str]:
    """A sentence in lines that begin ``indent`` columns in; ``first`` stands before it."""
    begin = first or " " * indent
    rows = wrapped(line(content), max(_WIDEST - indent, _NARROWEST))
    yield f"{begin}{rows[0]}"
    yield from (f"{' ' * indent}{line(row)}" for row in rows[1:])  # it begins a line here too


def _more(number: int, noun: str, paint: _Paint) -> Iterator[str]:
    if number > 0:
        things = noun if number > 1 else noun.removesuffix("s")
        yield f"  {paint(f'and {number:,} more {things} ({_ALL})', 'faint')}"


def _mark(level: str, paint: _Paint) -> str:
    return paint(_MARKS.get(level, " "), level)


def _concerns(diff: Diff, paint: _Paint) -> Iterator[str]:
    """One line for each: who, and what matters most to them."""
    found = together(concerns(diff))
    if not found:
        return
    yield from _title("For whom something changes", paint)
    titles = [_named(each.title) for each in found]
    wide = max(width(row) for rows in titles for row in rows)
    for each, rows in list(zip(found, titles, strict=True))[: _MOST["whom"]]:
        said = list(_wrapped(each.line, wide + 6))
        names = [*rows, *[""] * (len(said) - len(rows))]
        said += [""] * (len(names) - len(said))
        mark = _mark(each.level, paint)
        for name, row in zip(names, said, strict=True):
            named = paint(left(name, wide), "head")
            yield f"  {mark} {named}  {row[wide + 6 :]}".rstrip()
            mark = " "
    yield from _more(len(found) - _MOST["whom"], "departments", paint)


def _named(title: str) -> list[str]:
    """Who it is, in the lines of a narrow column."""
    rows = wrapped(line(cut(title, _MOST_TITLE)), _WIDE_TITLE)
    return [cut(line(row), _WIDE_TITLE) for row in rows]


def _ways(behaviour: Behaviour, edits: Sequence[Edit], paint: _Paint) -> Iterator[str]:
    yield from _title("What deals can do", paint)
    yield from _wrapped(ways.verdict(behaviour, edits), 2)
    for statement in behaviour.statements:
        yield from _wrapped(statement, 4, "  • ")
    found, others = ways.witnesses(behaviour)
    for version, run in found[: _MOST["ways"]]:
        yield from _wrapped(f"{version}: {run}", 4, "  ")
    yield from _more(len(found[_MOST["ways"] :]) + len(others), "ways", paint)


def _deals(deals: RunningDeals, matching: Matching, paint: _Paint) -> Iterator[str]:
    yield from _title("Running deals", paint)
    yield from _wrapped(under_way.summary(deals), 2)
    if guess := under_way.guess(deals, matching):
        yield from _wrapped(guess, 2)
    found = under_way.to_tell(deals)
    for group in found[: _MOST["groups"]]:
        mark = _mark(under_way.TONES.get(group.verdict, "check"), paint)
        place_ = under_way.standing(group)
        why = f": {group.why}" if group.why else "."
        yield from _wrapped(f"{group.count:,} at {place_}, {group.verdict}{why}", 4, f"  {mark} ")
        if group.suggestion:
            yield from _wrapped(group.suggestion, 4)
        if named := under_way.examples(group):
            yield from _wrapped(f"Deals: {named}", 4)
    yield from _more(len(found) - _MOST["groups"], "places", paint)


def _impact(impact: Impact, paint: _Paint) -> Iterator[str]:
    yield from _title(f"What it does to the figures ({line(effects.about(impact))})", paint)
    yield from (row for warning in impact.warnings for row in _wrapped(f"Careful: {warning}", 2))
    for each in effects.sentences(impact):
        yield from _wrapped(f"{each.lead}{each.text}", 4, f"  {_mark(each.tone, paint)} ")
    for table in (effects.measures(impact), effects.workload(impact)):
        yield from _table(table, paint)


def _table(table: Table, paint: _Paint) -> Iterator[str]:
    if table.rows:
        yield ""
        yield from tabled(table, colour=paint.colour)


def _findings(title: str, findings: Sequence[Finding], paint: _Paint) -> Iterator[str]:
    if not findings:
        return
    yield from _title(title, paint)
    for finding in findings[: _MOST["findings"]]:
        new = title.startswith("New")
        mark = _mark(_SEVERITIES[finding.severity] if new else "safe", paint)
        said = f"{finding.severity} {finding.rule}: {finding.message} ({place(finding.span)})"
        yield from _wrapped(said, 4, f"  {mark} ")
    yield from _more(len(findings) - _MOST["findings"], "findings", paint)


def _details(found: Sequence[Changed], paint: _Paint) -> Iterator[str]:
    if not found:
        return
    yield from _title("Details", paint)
    left_over = sum(len(each.edits) for each in found)
    told = 0
    for each in found:
        if told >= _MOST["edits"]:
            break
        yield from _element(each, paint)
        told += len(each.edits)
    yield from _more(left_over - told, "changes", paint)


def _element(each: Changed, paint: _Paint) -> Iterator[str]:
    where = f"  {paint(line(each.place), 'faint')}" if each.place else ""
    yield f"  {paint(line(f'{each.what} {each.node}'), 'head')}{where}"
    if each.doubt:
        yield from _wrapped(f"{each.doubt}.", 14)
    for edit in each.edits:
        level = paint(left(edit.level, 8), edit.level)
        yield from _wrapped(_said(edit), 14, f"    {level}  ")


def _said(edit: Edit) -> str:
    words = edit.message or " ".join(filter(None, [edit.kind, edit.field]))
    return f"{words} [{edit.rule}]" if edit.rule else words


def _waived(found: Sequence[Changed], paint: _Paint) -> Iterator[str]:
    edits = [(each, edit) for each in found for edit in each.edits]
    if not edits:
        return
    yield from _title("Waived", paint)
    for each, edit in edits[: _MOST["waived"]]:
        reason = f"{each.what} {each.node}, {edit.level}: {_said(edit)} Waived: {edit.waived}"
        yield from _wrapped(reason, 4, "    ")
    yield from _more(len(edits) - _MOST["waived"], "waived changes", paint)
