"""Comments that ask to ignore a finding: ``# salesflow: ignore[dead-end] the reason``."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from salesflow.findings import Finding, syntax_finding
from salesflow.nouns import Noun
from salesflow.source.located import Text
from salesflow.spans import Span


class Ignore(Noun):
    """A comment that asks to ignore ``rules`` (or families) on ``line`` of its file."""

    file: str
    line: int
    rules: tuple[str, ...]
    reason: str
    span: Span  # where the comment itself stands


# Compiled when first used: most files ignore nothing.
_COMMENT = r"#[ \t]*salesflow[ \t]*:[ \t]*(?P<order>[^\r\n]*)"
_IGNORE = r"ignore[ \t]*\[(?P<rules>[^\]]*)\][ \t]*:?[ \t]*(?P<reason>.*)"
_ROW = r"[ \t]*(?P<said>[^\r\n]*)(?:\r\n|\r|\n|\Z)"


MOST = 10_000  # comments that are looked at; a file with more was made to do harm


def find_ignores(
    text: Text, scalars: Sequence[tuple[int, int]]
) -> tuple[tuple[Ignore, ...], tuple[Finding, ...]]:
    """The ignore comments of a text, and findings for those that cannot be understood.

    ``scalars`` are the offsets, ascending, of quoted and block scalars: a ``#`` in them starts no
    comment.
    """
    ignores: list[Ignore] = []
    findings: list[Finding] = []
    effect = _Effect(text.content)
    for count, match in enumerate(_comments(text.content, scalars)):
        start = match.start()
        order = match["order"].rstrip()
        span = text.span(start, match.start("order") + len(order))
        if count == MOST:
            findings.append(_too_many(span))
            break
        parts = re.match(_IGNORE, order)
        if not (parts and (rules := _names(parts["rules"]))):
            findings.append(_not_understood(span, order))
            continue
        line = effect.line(start, span.line)
        reason = parts["reason"].strip()
        ignores.append(Ignore(file=text.file, line=line, rules=rules, reason=reason, span=span))
    return tuple(ignores), tuple(findings)


def _comments(content: str, scalars: Sequence[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """The comments that speak to salesflow; ``# salesflow: 1`` is a first line put aside."""
    starts = [start for start, _ in scalars]
    for match in re.finditer(_COMMENT, content):
        start = match.start()
        if start and content[start - 1] not in " \t\r\n":
            continue
        before = bisect_right(starts, start) - 1
        if before >= 0 and start < scalars[before][1]:
            continue
        if not match["order"][:1].isdigit():
            yield match


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _not_understood(span: Span, order: str) -> Finding:
    return syntax_finding(
        "syntax",
        span,
        f"This comment speaks to salesflow, but `{order}` is no order it knows.",
        hint="Write `# salesflow: ignore[rule-name] the reason`.",
    )


def _too_many(span: Span) -> Finding:
    message = f"More than {MOST:,} comments in this file speak to salesflow."
    return syntax_finding("limit-exceeded", span, message, hint="Ignore rules in salesflow.toml.")


class _Effect:
    """On which line a comment works; comments in a row are passed over once."""

    def __init__(self, content: str) -> None:
        self.content = content
        self.last = (0, 0)  # where the last run of comments ended, and its line of effect

    def line(self, start: int, line: int) -> int:
        """Its own line, or, where it stands alone, the next line that says something."""
        content = self.content
        before = max(content.rfind("\n", 0, start), content.rfind("\r", 0, start)) + 1
        if content[before:start].strip():
            return line
        if start >= self.last[0]:
            self.last = self._below(start, line)
        return self.last[1]

    def _below(self, start: int, line: int) -> tuple[int, int]:
        for below, match in enumerate(re.compile(_ROW).finditer(self.content, start)):
            said = match["said"]
            if said and not said.startswith("#"):
                return match.start(), line + below
        return len(self.content), line
