"""The pieces of the comment on a pull request."""

from collections.abc import Iterator, Mapping, Sequence

from salesflow.changes.behaviour.nouns import Behaviour
from salesflow.changes.difference import Diff
from salesflow.changes.edit import LEVELS, Edit
from salesflow.changes.impact import Impact
from salesflow.changes.matching.nouns import Matching
from salesflow.changes.running.nouns import Group, RunningDeals
from salesflow.drawing.diagram import Diagram
from salesflow.drawing.mermaid import fits, mermaid
from salesflow.findings import Finding
from salesflow.reporting.changed import effects, under_way, ways
from salesflow.reporting.changed.concerns import Concern, concerns, together
from salesflow.reporting.changed.elements import Changed, changed, place, waived
from salesflow.reporting.changed.picture import picture
from salesflow.reporting.changed.room import Block
from salesflow.reporting.markdown import escaped, prose
from salesflow.reporting.simulated.markdown import tabled
from salesflow.reporting.widths import cut

MARKS = {"breaking": "❗ ", "check": "🔸 ", "safe": "✅ ", "cosmetic": "", "none": ""}
_TONES = {"bad": "❗ ", "doubt": "🔸 ", "good": "✅ "}
_SEVERITIES = {"error": "❗ ", "warning": "🔸 ", "info": ""}
_LONGEST = 600  # characters of a sentence
_MOST_LINES = 12  # of a department, folded
_MOST_BOXES = 25  # of a picture that people can still read in a comment
_LEGEND = "+ added, − removed (dashed), ~ changed; the rest is as it was."


def blocks(diff: Diff) -> Iterator[Block]:
    """All there is to tell of a process after its verdict, in the order in which it is read."""
    yield from _concerns(together(concerns(diff)))
    if diff.behaviour is not None and diff.edits:
        yield from _ways(diff.behaviour, diff.edits)
    if diff.edits:
        yield from _picture(diff)
    if diff.deals is not None:
        yield from _deals(diff.deals, diff.matching)
    if diff.impact is not None:
        yield from _impact(diff.impact)
    yield from _findings("New findings", _SEVERITIES, diff.introduced)
    yield from _findings("Repaired findings", dict.fromkeys(_SEVERITIES, "✅ "), diff.repaired)
    yield from _details(changed(diff))
    yield from _waived(waived(diff))
    if diff.notes:
        rows = tuple(f"- {_prose(note)}" for note in diff.notes)
        yield Block(name="notes", rows=rows, rank=6, before="### Notes\n\n", noun="notes")


def _prose(text: str) -> str:
    return prose(cut(text, _LONGEST))


def _code(text: str) -> str:
    return f"<code>{escaped(cut(text, _LONGEST))}</code>"


def _folded(summary: str, inside: str) -> str:
    return f"<details><summary>{summary}</summary>{inside}</details>"


def _concerns(found: Sequence[Concern]) -> Iterator[Block]:
    if found:
        head = "| for | what changes |\n|---|---|\n"
        rows = tuple(map(_concern, found))
        yield Block(name="for whom something changes", rows=rows, before=head, noun="rows")


def _concern(each: Concern) -> str:
    told = _prose(each.summary)
    if each.lines:
        shown = "<br>".join(map(_prose, each.lines[:_MOST_LINES]))
        if len(each.lines) > _MOST_LINES:
            shown += f"<br>and {len(each.lines) - _MOST_LINES:,} more"
        told += _folded(each.more, shown)
    return f"| {MARKS[each.level]}<b>{escaped(cut(each.title, _LONGEST))}</b> | {told} |"


def _ways(behaviour: Behaviour, edits: Sequence[Edit]) -> Iterator[Block]:
    head = f"### What deals can do\n\n{_prose(ways.verdict(behaviour, edits))}\n\n"
    found, others = ways.witnesses(behaviour)
    rows = tuple(f"- {_prose(statement)}" for statement in behaviour.statements)
    rows = (*rows, *(f"- {version}: {escaped(run)}" for version, run in found)) or ("",)
    yield Block(name="what deals can do", rows=rows, before=head, noun="statements", rank=1)
    if others:
        told = [f"{version}: {escaped(run)}" for version, run in others]
        shown = _folded("More ways that only one version has", "<br>".join(told))
        yield Block(name="ways", rows=(f"{shown}\n",), rank=3)


def _picture(diff: Diff) -> Iterator[Block]:
    drawn = picture(diff, small=_readable)
    if diff.new is None or (drawn.pale and not drawn.marked):
        return  # nothing that is drawn changed
    legend = [_LEGEND] if drawn.pale else []
    notes = " ".join([*legend, *(escaped(note) for note in drawn.notes)])
    rows = (f"```mermaid\n{mermaid(drawn)}```\n\n<sub>{notes}</sub>\n",)
    yield Block(name="the picture", rows=rows, before="### The flow\n\n", rank=5)


def _readable(diagram: Diagram) -> bool:
    return len(diagram.nodes) <= _MOST_BOXES and fits(diagram)


def _deals(deals: RunningDeals, matching: Matching) -> Iterator[Block]:
    said = " ".join(filter(None, [under_way.summary(deals), under_way.guess(deals, matching)]))
    head = f"### Running deals\n\n{_prose(said)}\n\n"
    found = under_way.to_tell(deals)
    table = "| deals | at | | why, and what to do |\n|--:|---|---|---|\n" if found else ""
    rows = tuple(map(_group, found)) or ("",)
    yield Block(name="running deals", rows=rows, before=head + table, noun="places", rank=1)


def _group(group: Group) -> str:
    told = [_prose(text) for text in (group.why, group.suggestion) if text]
    if named := under_way.examples(group):
        told.append(f"Deals: {escaped(cut(named, _LONGEST))}")
    mark = MARKS[under_way.TONES.get(group.verdict, "check")]
    where = _prose(under_way.standing(group))
    return f"| {group.count:,} | {where} | {mark}{group.verdict} | {'<br>'.join(told)} |"


def _impact(impact: Impact) -> Iterator[Block]:
    head = f"### What it does to the figures\n\n<sub>{escaped(effects.about(impact))}</sub>\n\n"
    rows = [f"> ⚠ {_prose(warning)}\n" for warning in impact.warnings]
    rows += [
        f"- {_TONES.get(each.tone, '')}<b>{_prose(each.lead)}</b>{_prose(each.text)}"
        for each in effects.sentences(impact)
    ]
    yield Block(name="the figures", rows=tuple(rows), before=head, noun="lines", rank=2)
    for name, table in (("measures", effects.measures(impact)), ("work", effects.workload(impact))):
        if table.rows:
            title = "All headline figures" if name == "measures" else "Work of each department"
            inside = "\n".join(tabled(table))
            text = f"<details><summary>{title}</summary>\n\n{inside}\n\n</details>\n"
            yield Block(name=f"the table of {name}", rows=(text,), rank=4)


def _findings(title: str, marks: Mapping[str, str], findings: Sequence[Finding]) -> Iterator[Block]:
    if findings:
        rows = tuple(
            f"- {marks[finding.severity]}{finding.severity} {_code(finding.rule)} "
            f"{_prose(finding.message)} ({_code(place(finding.span))})"
            for finding in findings
        )
        before = f"### {title}\n\n"
        yield Block(name=title.lower(), rows=rows, before=before, noun="findings", rank=2)


def _details(found: Sequence[Changed]) -> Iterator[Block]:
    edits = [(edit, each, not n) for each in found for n, edit in enumerate(each.edits)]
    edits.sort(key=lambda row: LEVELS.index(row[0].level))
    rows = tuple(_edit(edit, each, first=first) for edit, each, first in edits)
    if rows:
        head = (
            "<details><summary>All changes, the worst first</summary>\n\n"
            "| level | change | rule | place |\n|---|---|---|---|\n"
        )
        after = "\n</details>\n"
        yield Block(name="details", rows=rows, before=head, after=after, noun="changes", rank=4)


def _edit(edit: Edit, each: Changed, *, first: bool) -> str:
    doubt = f"<br>{_prose(each.doubt)}." if each.doubt and first else ""
    return (
        f"| {MARKS[edit.level]}{edit.level} | {_prose(_said(edit))}{doubt} "
        f"| {_code(edit.rule)} | {_code(each.place) if each.place else ''} |"
    )


def _said(edit: Edit) -> str:
    return edit.message or " ".join(filter(None, [edit.kind, f"`{edit.path}`", edit.field]))


def _waived(found: Sequence[Changed]) -> Iterator[Block]:
    rows = tuple(
        f"| {edit.level} | {_prose(_said(edit))} | {_code(edit.rule)} | {_prose(edit.waived)} |"
        for each in found
        for edit in each.edits
    )
    if rows:
        head = (
            "<details><summary>Waived</summary>\n\n"
            "| level | change | rule | reason |\n|---|---|---|---|\n"
        )
        after = "\n</details>\n"
        yield Block(name="waived", rows=rows, before=head, after=after, noun="changes", rank=6)
