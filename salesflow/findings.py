"""The one type for everything that is wrong, whoever found it: reader, schema, rule or test."""

from typing import Any, Literal, NamedTuple

from salesflow.spans import Span

Severity = Literal["error", "warning", "info"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


class Related(NamedTuple):
    """A second place that explains a finding: the other end of a clash, the loop's way back."""

    path: str
    span: Span
    message: str

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape: path, file, line, column, message."""
        return {
            "path": self.path,
            "file": self.span.file,
            "line": self.span.line,
            "column": self.span.column,
            "message": self.message,
        }


class Edit(NamedTuple):
    """Replace the text of a span by another text."""

    span: Span
    text: str

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape: file, start and end as [line, column], text."""
        span = self.span
        return {
            "file": span.file,
            "start": [span.line, span.column],
            "end": [span.end_line, span.end_column],
            "text": self.text,
        }


class Fix(NamedTuple):
    """Edits that repair a finding; ``verified`` once applied and checked again."""

    edits: tuple[Edit, ...]
    safe: bool = True
    verified: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape: safe, verified, edits."""
        return {
            "safe": self.safe,
            "verified": self.verified,
            "edits": [edit.to_dict() for edit in self.edits],
        }


class Finding(NamedTuple):
    """One thing that is wrong: where, why it costs deals, what to do.

    ``path`` is the element path (``steps.demo``), ``witness`` the shortest way a deal gets there
    (``("inbound", "call.interested", "demo")``), empty where a way is no part of the matter.
    """

    rule: str
    family: str
    severity: Severity
    path: str
    span: Span
    message: str
    help: str = ""
    witness: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    fix: Fix | None = None

    @property
    def file(self) -> str:
        """The file as it was named on the command line."""
        return self.span.file

    @property
    def line(self) -> int:
        """First line, from 1."""
        return self.span.line

    @property
    def column(self) -> int:
        """First column, from 1."""
        return self.span.column

    @property
    def end_line(self) -> int:
        """Last line, from 1."""
        return self.span.end_line

    @property
    def end_column(self) -> int:
        """First column after the place, from 1."""
        return self.span.end_column

    @property
    def place(self) -> tuple[str, int, int, str, str, str]:
        """The order in which findings are shown."""
        return (self.file, self.line, self.column, self.rule, self.path, self.message)

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        return {
            "rule": self.rule,
            "family": self.family,
            "severity": self.severity,
            "path": self.path,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "end_line": self.end_line,
            "end_column": self.end_column,
            "message": self.message,
            "help": self.help,
            "witness": list(self.witness),
            "related": [other.to_dict() for other in self.related],
            "fix": self.fix.to_dict() if self.fix else None,
        }


def syntax_finding(
    rule: str, span: Span, message: str, *, path: str = "", hint: str = ""
) -> Finding:
    """A finding of the family ``syntax``: the text does not load until it is mended."""
    return Finding(rule, "syntax", "error", path, span, message, hint)
