"""Markdown: a comment on a pull request, or the summary of a CI job."""

import re
from collections.abc import Iterator

from salesflow.checking.report import CheckReport
from salesflow.checking.words import transition
from salesflow.findings import SEVERITIES, Finding
from salesflow.reporting.elsewhere import with_elsewhere
from salesflow.reporting.visible import visible
from salesflow.reporting.words import count, sentence

_MOST = 300  # findings told; a comment on GitHub has at most 65,536 characters
_LONGEST = 60_000
_HEADS = {"error": "Errors", "warning": "Warnings", "info": "Notes"}
_SPECIAL = re.compile(r"([\\`*{}\[\]<>#|~&@$]|\b_|_\b|(?<=\w):(?=//))")
_CODE = re.compile(r"`([^`\n]*)`")


def markdown(report: CheckReport) -> str:
    """A verdict, a table for each severity, and for each finding its way and its help, folded."""
    lines = [f"## {_verdict(report)}", ""]
    left, told = _MOST, tuple(with_elsewhere(report))
    size = 0
    for severity in SEVERITIES:
        found = [finding for finding in told if finding.severity == severity]
        rows = []
        for finding in found[:left]:
            row = _row(finding)
            if size + len(row) > _LONGEST:
                break
            size += len(row)
            rows.append(row)
        left -= len(rows)
        if rows:
            lines += [f"### {_HEADS[severity]}", "", "| place | rule | what is wrong |"]
            lines += ["|---|---|---|", *rows, ""]
        if len(rows) < len(found):
            lines += [f"And {count(len(found) - len(rows), 'more ' + _noun(severity))}.", ""]
    if report.known:
        lines += [f"The baseline hides {count(report.known, 'known finding')}.", ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _verdict(report: CheckReport) -> str:
    files = count(len(report.files), "file")
    if not report.findings:
        return f"salesflow: no {'new ' if report.known else ''}findings in {files}"
    parts = [count(n, _noun(kind)) for kind, n in report.summary.items() if n]
    return f"salesflow: {sentence(parts)} in {files}"


def _noun(severity: str) -> str:
    return "note" if severity == "info" else severity


def _row(finding: Finding) -> str:
    place = _code(f"{finding.file}:{finding.line}")
    told = "<br>".join([prose(finding.message), *_details(finding)])
    return f"| {place} | {_code(finding.rule)} | {told} |"


def _details(finding: Finding) -> Iterator[str]:
    """Way, other places and help behind a line to unfold; all on one line, as it is in a table."""
    told = []
    if finding.witness:
        told.append(f"<b>Way:</b> {' → '.join(map(escaped, map(transition, finding.witness)))}")
    for other in finding.related:
        place = _code(f"{other.span.file}:{other.span.line}")
        told.append(f"<b>See:</b> {prose(other.message)} ({place})")
    if finding.help:
        told.append(f"<b>Help:</b> {prose(finding.help)}")
    if told:
        yield f"<details><summary>more</summary>{'<br>'.join(told)}</details>"


def prose(text: str) -> str:
    """A message: what stands in backticks is code, all else is escaped."""
    parts = _CODE.split(text)  # every second part stood in backticks
    return "".join(_code(p) if n % 2 else escaped(p) for n, p in enumerate(parts))


def escaped(text: str) -> str:
    """Text that is no Markdown, no HTML, no mention of a user or an issue."""
    return _SPECIAL.sub(_entity, visible(text.replace("\n", " ")))


def _entity(match: re.Match[str]) -> str:
    return f"&#{ord(match[1])};"


def _code(text: str) -> str:
    """Text as code inside a table: as HTML, since in Markdown a ``|`` or a backtick ends it."""
    return f"<code>{escaped(text)}</code>"
