"""Changes from the command line, ``--set PATH=VALUE``, as a document of the language.

Each setting is read by the reader that reads files, so ``people=3`` is a number and
``effort={mean: 2d}`` a map. What is wrong in one stands in a file called ``--set``, a line each.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from salesflow.errors import LoadError, UsageError
from salesflow.findings import Finding, Related
from salesflow.source.located import Map, key_span, put
from salesflow.source.read import read
from salesflow.source.write import one_line
from salesflow.spans import Span

FILE = "--set"

_PATH = re.compile(r"[A-Za-z0-9_.-]+\Z")


class Setting(NamedTuple):
    """One setting as it was typed: its path and the text of its value."""

    path: str
    value: str

    @property
    def text(self) -> str:
        """As it is shown where something is wrong with it."""
        return f"{self.path}={self.value}"


class Written(NamedTuple):
    """What settings say: ``change`` from path to value, each knowing where it was typed."""

    settings: tuple[Setting, ...]
    change: Map

    @property
    def text(self) -> str:
        """The settings, one a line."""
        return "\n".join(setting.text for setting in self.settings)

    def shown(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Findings with their places in what was typed, not in what the reader read of it."""
        return tuple(
            finding._replace(
                span=self._typed(finding.span),
                related=tuple(
                    other._replace(span=self._typed(other.span)) for other in finding.related
                ),
            )
            for finding in findings
        )

    def _typed(self, span: Span) -> Span:
        """The reader read `path: value`, typed was `path=value`: one character less."""
        if span.file != FILE or span.line > len(self.settings):
            return span
        behind = len(self.settings[span.line - 1].path) + 1
        start, end = (c - (c > behind) for c in (span.column, span.end_column))
        return span._replace(column=start, end_column=end)


def read_settings(texts: Sequence[str]) -> Written:
    """Read settings; UsageError for one without path or ``=``, LoadError for a wrong value."""
    settings = tuple(map(_split, texts))
    written = Written(settings, Map())
    findings: list[Finding] = []
    for line, setting in enumerate(settings):
        content = "\n" * line + f"{setting.path}: {setting.value}"
        reading = read(content, FILE)
        findings += reading.findings
        if reading.data is not None and setting.path in reading.data:
            _take(written.change, setting.path, reading.data, findings)
    if findings:
        raise LoadError(written.shown(findings), {FILE: written.text})
    return written


def _split(text: str) -> Setting:
    path, equals, value = (part.strip() for part in text.partition("="))
    if not equals or not path:
        raise UsageError(
            f"`{FILE} {text}` says nothing to change: write {FILE} PATH=VALUE, such as "
            f"{FILE} steps.call.effort=30min."
        )
    if not _PATH.match(path):
        raise UsageError(f"`{path}` is no path: write ids joined by dots ({FILE} PATH=VALUE).")
    if "\n" in value or "\r" in value:
        raise UsageError(f"The value of `{FILE} {path}=…` must stand on one line.")
    return Setting(path, value)


def _take(change: Map, path: str, read_as: Map, findings: list[Finding]) -> None:
    value: Any = read_as[path]
    if path not in change:
        put(change, path, value, like=read_as, like_key=path)
    elif change[path] != value:
        message = (
            f"`{path}` is set twice: to `{one_line(change[path])}` and to `{one_line(value)}`."
        )
        related = (Related(path, key_span(change, path), "the other one"),)
        span, hint = key_span(read_as, path), "Set it once."
        findings.append(
            Finding("schema", "syntax", "error", path, span, message, hint, related=related)
        )
