"""Comments that ask to ignore a finding: ``# salesflow: ignore[dead-end] the reason``."""

import re
from collections.abc import Sequence

from salesflow.findings import Finding, syntax_finding
from salesflow.nouns import Noun
from salesflow.source.located import Text
from salesflow.spans import Span


class Ignore(Noun):
    """A comment that asks to ignore ``rules`` (or families) on ``line`` of its file."""

    rules: tuple[str, ...]
    reason: str
    span: Span
    line: int

    @property
    def file(self) -> str:
        """The file it stands in."""
        return self.span.file


_COMMENT = re.compile(r"#[ \t]*salesflow[ \t]*:[ \t]*(?P<order>[^\r\n]*)")
_IGNORE = re.compile(r"ignore[ \t]*\[(?P<rules>[^\]]*)\][ \t]*:?[ \t]*(?P<reason>.*)")


def find_ignores(
    text: Text, scalars: Sequence[tuple[int, int]]
) -> tuple[tuple[Ignore, ...], tuple[Finding, ...]]:
    """The ignore comments of a text, and findings for those that cannot be understood.

    ``scalars`` are the offsets of quoted and block scalars: a ``#`` in them starts no comment.
    """
    ignores: list[Ignore] = []
    findings: list[Finding] = []
    content = text.content
    for match in _COMMENT.finditer(content):
        start = match.start()
        if start and content[start - 1] not in " \t\r\n":
            continue
        if any(first <= start < last for first, last in scalars):
            continue
        end = match.start("order") + len(match["order"].rstrip())
        span = text.span(start, end)
        order = _IGNORE.match(match["order"].rstrip())
        rules = _names(order["rules"]) if order else ()
        if order is None or not rules:
            findings.append(_not_understood(span, match["order"].strip()))
            continue
        line = _line_of_effect(content, start, span.line)
        ignores.append(Ignore(rules=rules, reason=order["reason"].strip(), span=span, line=line))
    return tuple(ignores), tuple(findings)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _not_understood(span: Span, order: str) -> Finding:
    return syntax_finding(
        "syntax",
        span,
        f"This comment speaks to salesflow, but `{order}` is no order it knows.",
        hint="Write `# salesflow: ignore[rule-name] the reason`.",
    )


def _line_of_effect(content: str, start: int, line: int) -> int:
    """Its own line, or, where it stands alone, the next line that says something."""
    before = max(content.rfind("\n", 0, start), content.rfind("\r", 0, start)) + 1
    if content[before:start].strip():
        return line
    rows = re.split(r"\r\n|\r|\n", content[start:])
    for below, row in enumerate(rows[1:], start=1):
        said = row.strip()
        if said and not said.startswith("#"):
            return line + below
    return line
