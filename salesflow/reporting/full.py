"""The report for people: excerpt, caret, the way a deal gets there, related places, help."""

from collections.abc import Iterator, Mapping

from salesflow.checking.report import CheckReport
from salesflow.findings import Finding
from salesflow.reporting.elsewhere import elsewhere
from salesflow.reporting.levels import levels
from salesflow.reporting.visible import line, visible
from salesflow.reporting.widths import width
from salesflow.reporting.words import count, sentence, way
from salesflow.spans import Span

_WIDEST = 160  # characters of an excerpt; generated files have lines of a million
_COLOURS = {"error": "1;31", "warning": "1;33", "info": "1;36", "place": "34", "bold": "1"}


def full(report: CheckReport, *, colour: bool = False) -> str:
    """Every finding with its excerpt, then a summary; ``colour`` adds terminal colours."""
    paint = _Paint(colour)
    lines: list[str] = []
    texts = {file: text.splitlines() for file, text in report.texts.items()}
    for finding in report.findings:
        lines.extend(_finding(finding, texts, paint, elsewhere(report, finding)))
        lines.append("")
    lines.extend(_summary(report, paint))
    return "\n".join(lines) + "\n"


class _Paint:
    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def __call__(self, text: str, kind: str) -> str:
        return f"\x1b[{_COLOURS[kind]}m{text}\x1b[0m" if self._colour else text


def _finding(
    finding: Finding, texts: Mapping[str, list[str]], paint: _Paint, said: str
) -> Iterator[str]:
    head = paint(f"{finding.severity}[{finding.rule}]", finding.severity)
    yield f"{head}: {paint(visible(finding.message), 'bold')}"
    gutter = len(str(max([finding.line, *(other.span.line for other in finding.related)])))
    yield from _excerpt(finding.span, texts, gutter, paint, finding.severity)
    for other in finding.related:
        near = other.span[:2] == finding.span[:2]
        column = f" (column {other.span.column})" if near else ""
        yield f"{' ' * gutter} {paint('=', 'place')} see: {visible(other.message)}{column}"
        if not near:  # the line stands above already
            yield from _excerpt(other.span, texts, gutter, paint, "place")
    if finding.witness:
        yield f"{' ' * gutter} {paint('=', 'place')} way: {visible(way(finding.witness))}"
    if said:
        yield f"{' ' * gutter} {paint('=', 'place')} {visible(said[:1].lower() + said[1:])}"
    if finding.help:
        yield f"{' ' * gutter} {paint('=', 'place')} help: {visible(finding.help)}"


def _excerpt(
    span: Span, texts: Mapping[str, list[str]], gutter: int, paint: _Paint, kind: str
) -> Iterator[str]:
    pad = " " * gutter
    bar = paint("|", "place")
    yield f"{pad}{paint('-->', 'place')} {visible(span.file)}:{span.line}:{span.column}"
    rows = texts.get(span.file, [])
    if not 1 <= span.line <= len(rows):
        return
    row = rows[span.line - 1]
    end = span.end_column if span.end_line == span.line else len(row) + 1
    cut = max(0, span.column - _WIDEST // 2) if len(row) > _WIDEST else 0
    shown = row[cut : cut + _WIDEST]
    before = visible(shown[: span.column - 1 - cut])
    marked = visible(shown[span.column - 1 - cut : end - 1 - cut])
    yield f"{paint(f'{span.line:>{gutter}}', 'place')} {bar} {visible(shown)}"
    yield f"{pad} {bar} {_blank(before)}{paint('^' * max(1, width(marked)), kind)}"


def _blank(text: str) -> str:
    return " " * width(text)


def _summary(report: CheckReport, paint: _Paint) -> Iterator[str]:
    summary = report.summary
    files = count(len(report.files), "file")
    if report.known:
        yield f"The baseline hides {count(report.known, 'known finding')}."
    if not report.findings:
        new = "new " if report.known else ""
        yield f"{paint('All clear', 'bold')}: no {new}findings in {files}."
    else:
        parts = [count(n, kind if kind != "info" else "note") for kind, n in summary.items() if n]
        yield f"Found {sentence(parts)} in {files}."
    yield from map(line, levels(report.processes.items()))
