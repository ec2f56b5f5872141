"""The parts of the page about one process."""

from collections.abc import Iterator, Sequence

from salesflow.changes.behaviour.nouns import Behaviour
from salesflow.changes.difference import Diff
from salesflow.changes.edit import Edit
from salesflow.changes.impact import Impact
from salesflow.changes.matching.nouns import Matching
from salesflow.changes.running.nouns import Group, RunningDeals
from salesflow.drawing.diagram import Diagram
from salesflow.findings import Finding
from salesflow.reporting.changed import effects, under_way, ways
from salesflow.reporting.changed.cards import class_of
from salesflow.reporting.changed.elements import Changed, changed, place, waived
from salesflow.reporting.changed.flow import listed
from salesflow.reporting.changed.picture import picture
from salesflow.reporting.changed.repeats import Telling
from salesflow.reporting.changed.verdict import MEANING, WORDS, alarm, headline
from salesflow.reporting.simulated.page import prose, tabled
from salesflow.reporting.simulated.plots.canvas import safe

_MOST = 2_000  # edits on a page
_MOST_ROWS = 200
_MOST_BOXES = 30  # of a list that is still read


def head(telling: Telling, heading: str) -> Iterator[str]:
    """What is said first; ``heading`` is h1 or h2."""
    diff = telling.diff
    yield f'<{heading} class="name">{prose(headline(diff))}</{heading}>'
    told = [prose(each) for each in telling.about]
    if told:
        yield f'<p class="verdict">{" ".join(told)}</p>'
    if diff.edits:
        yield f'<p class="about">{_badge(alarm(diff))} {MEANING[alarm(diff)]}</p>'


def sections(diff: Diff) -> Iterator[str]:
    """All there is to tell of a process after its head and the cards."""
    yield '<div class="rest">'
    if diff.behaviour is not None and diff.edits:
        yield from _ways(diff.behaviour, diff.edits)
    if diff.deals is not None:
        yield from _deals(diff.deals, diff.matching)
    if diff.impact is not None:
        yield from _impact(diff.impact)
    yield from _findings("New findings", diff.introduced)
    yield from _findings("Repaired findings", diff.repaired)
    if diff.edits:
        yield from listed(picture(diff, small=_readable))
    yield "</div>"
    yield from _details("All changes, with their places", changed(diff))
    yield from _details("Waived", waived(diff))
    if diff.notes:
        yield '<div class="rest"><h2>Notes</h2>'
        yield from (f"<p>{prose(note)}</p>" for note in diff.notes)
        yield "</div>"


def _readable(diagram: Diagram) -> bool:
    return len(diagram.nodes) <= _MOST_BOXES


def _badge(level: str) -> str:
    return f'<span class="level {level}">{WORDS[level]}</span>'


def _ways(behaviour: Behaviour, edits: Sequence[Edit]) -> Iterator[str]:
    yield "<h2>What deals can do</h2>"
    yield f"<p>{prose(ways.verdict(behaviour, edits))}</p>"
    if behaviour.statements:
        yield '<ul class="lines">'
        yield from (f"<li>{prose(statement)}</li>" for statement in behaviour.statements)
        yield "</ul>"
    found, others = ways.witnesses(behaviour)
    yield from map(_way, found)
    if others:
        yield "<details><summary>More ways that only one version has</summary>"
        yield from map(_way, others)
        yield "</details>"


def _way(witness: ways.Witness) -> str:
    return f'<p class="way"><b>{witness.version}:</b> {safe(witness.way)}</p>'


def _deals(deals: RunningDeals, matching: Matching) -> Iterator[str]:
    yield "<h2>Running deals</h2>"
    yield f"<p>{prose(under_way.summary(deals))}</p>"
    if guess := under_way.guess(deals, matching):
        yield f'<p class="note">{prose(guess)}</p>'
    found = under_way.to_tell(deals)
    if not found:
        return
    yield '<div class="scroll"><table>\n<thead><tr><th>deals</th><th class="left">at</th>'
    yield '<th class="left"></th><th class="left">why, and what to do</th></tr></thead>\n<tbody>'
    yield from map(_group, found[:_MOST_ROWS])
    yield "</tbody></table></div>"
    yield from _more(len(found) - _MOST_ROWS, "places")


def _group(group: Group) -> str:
    told = [prose(each) for each in (group.why, group.suggestion) if each]
    if named := under_way.examples(group):
        told.append(f"Deals: {safe(named)}")
    level = under_way.TONES.get(group.verdict, "check")
    return (
        f'<tr><td>{group.count:,}</td><td class="wide">{prose(under_way.standing(group))}</td>'
        f'<td class="left"><span class="level {level}">{group.verdict}</span></td>'
        f'<td class="wide">{"<br>".join(told)}</td></tr>'
    )


def _more(number: int, noun: str) -> Iterator[str]:
    if number > 0:
        things = noun if number > 1 else noun.removesuffix("s")
        yield f'<p class="note">And {number:,} more {things} (--format json has all).</p>'


def _impact(impact: Impact) -> Iterator[str]:
    yield "<h2>What it does to the figures</h2>"
    yield f'<p class="about">{safe(effects.about(impact))}</p>'
    yield from (f'<p class="warning">{prose(warning)}</p>' for warning in impact.warnings)
    yield '<ul class="lines">'
    for each in effects.sentences(impact):
        said = f"<strong>{prose(each.lead)}</strong>{prose(each.text)}"
        yield f'<li class="{each.tone or "plain"}">{said}</li>'
    yield "</ul>"
    for table in (effects.measures(impact), effects.workload(impact)):
        if table.rows:
            yield from tabled(table)


def _findings(title: str, findings: Sequence[Finding]) -> Iterator[str]:
    if not findings:
        return
    tones = {"error": "bad", "warning": "doubt", "info": "plain"}
    yield f'<h2>{title}</h2>\n<ul class="lines">'
    for finding in findings[:_MOST_ROWS]:
        tone = tones[finding.severity] if title.startswith("New") else "good"
        yield (
            f'<li class="{tone}">{finding.severity} <code>{safe(finding.rule)}</code> '
            f'{prose(finding.message)} <span class="rule">{safe(place(finding.span))}</span></li>'
        )
    yield "</ul>"
    yield from _more(len(findings) - _MOST_ROWS, "findings")


def _details(title: str, found: Sequence[Changed]) -> Iterator[str]:
    if not found:
        return
    whom = dict.fromkeys(w for each in found for edit in each.edits for w in edit.audience)
    yield f'<div class="{_classes("changes", whom)}"><h2>{title}</h2>'
    left = sum(len(each.edits) for each in found)
    told = 0
    for each in found:
        if told >= _MOST:
            break
        yield from _element(each)
        told += len(each.edits)
    yield from _more(left - told, "changes")
    yield "</div>"


def _element(each: Changed) -> Iterator[str]:
    whom = dict.fromkeys(name for edit in each.edits for name in edit.audience)
    where = f' <span class="place">{safe(each.place)}</span>' if each.place else ""
    named = safe(f"{each.what} {each.node}")
    yield f'<div class="{_classes("element", whom)}"><h3>{named}{where}</h3>'
    if each.doubt:
        yield f'<p class="{_classes("edit", whom)}">{prose(each.doubt)}.</p>'
    for edit in each.edits:
        reason = f" <b>Waived:</b> {prose(edit.waived)}" if edit.waived else ""
        rule = f' <span class="rule">{safe(edit.rule)}</span>' if edit.rule else ""
        yield (
            f'<p class="{_classes("edit", edit.audience)}">{_badge(edit.level)} '
            f"{prose(_said(edit))}{rule}{reason}</p>"
        )
    yield "</div>"


def _classes(first: str, whom: Sequence[str] | dict[str, None]) -> str:
    return " ".join([first, *map(class_of, whom)])


def _said(edit: Edit) -> str:
    return edit.message or " ".join(filter(None, [edit.kind, edit.field]))
