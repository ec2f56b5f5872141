"""Findings on pages: what is wrong, how a deal gets there, and what to do."""

from collections.abc import Iterable, Iterator

from salesflow.checking.words import GETS_THERE
from salesflow.findings import SEVERITIES, Finding
from salesflow.reporting.site.atlas import Chart
from salesflow.reporting.site.markup import NOTHING, Html, join, link, listed, prose, safe, tag
from salesflow.reporting.site.pictures import Link
from salesflow.reporting.words import count

_ARROW = Html(' <span aria-hidden="true">→</span> ')


def remarks(chart: Chart | None, findings: Iterable[Finding], to: Link) -> Html:
    """A list of findings, the worst first; ``chart`` is the process they are about, if any is."""
    ordered = sorted(findings, key=lambda each: (SEVERITIES.index(each.severity), each.place))
    return listed((_remark(chart, each, to) for each in ordered), "ul.findings")


def counted(findings: Iterable[Finding]) -> str:
    """``2 errors, 1 warning``; "" for none."""
    numbers = dict.fromkeys(SEVERITIES, 0)
    for finding in findings:
        numbers[finding.severity] += 1
    nouns = {"error": "error", "warning": "warning", "info": "remark"}
    return ", ".join(count(number, nouns[kind]) for kind, number in numbers.items() if number)


def about(chart: Chart, *paths: str) -> tuple[Finding, ...]:
    """The findings about elements and what is in them."""
    inside = tuple(f"{path}." for path in paths)
    return tuple(f for f in chart.findings if f"{f.path}.".startswith(inside))


def _remark(chart: Chart | None, finding: Finding, to: Link) -> Html:
    where = to(chart.places.of(finding.path)) if chart is not None and finding.path else ""
    place = f"{finding.file}:{finding.line}" if finding.file else ""
    head = tag(
        "p",
        tag(f"span.badge.{finding.severity}", finding.severity),
        " ",
        prose(_said(finding)),
        has={"dir": "auto"},
    )
    lines = [head, *_more(chart, finding, to)]
    about_it = link(where, finding.path) if where else safe(finding.path)
    lines.append(tag("p.place", join(filter(None, (about_it, place, finding.rule)), " · ")))
    return join(lines)


def _said(finding: Finding) -> str:
    """The message; the way is told with links below it."""
    return finding.message.partition(GETS_THERE)[0] if finding.witness else finding.message


def _more(chart: Chart | None, finding: Finding, to: Link) -> Iterator[Html]:
    if finding.witness:
        steps = (_step(chart, node, to) for node in finding.witness)
        yield tag("p.way", tag("b", "How a deal gets there: "), join(steps, _ARROW))
    for other in finding.related:
        at = chart.places.of(other.path) if chart is not None and other.path else ""
        said = prose(other.message)
        yield tag(
            "p.way", tag("b", "See also: "), link(to(at), other.path) if at else NOTHING, " ", said
        )
    if finding.help:
        yield tag("p.help", tag("b", "What to do: "), prose(finding.help))


def _step(chart: Chart | None, node: str, to: Link) -> Html:
    if chart is None:
        return safe(node)
    if node in chart.process.nodes or "." not in node:
        return link(to(chart.address(node)), chart.label(node))
    return link(to(chart.address(node)), chart.way(node))
