"""What can be wrong with a text before anybody asks what it says, in words that help."""

import re
from collections.abc import Iterable
from typing import Any

from salesflow.findings import Finding, Related, syntax_finding
from salesflow.source.limits import Limits
from salesflow.source.located import Text
from salesflow.source.scalars import MOST_DIGITS, Doubtful
from salesflow.spans import Span

_REFUSED = {
    "tag": ("Tags (`!…`) are not part of the language.", "Leave the tag out."),
    "anchor": ("Anchors (`&name`) are not part of the language.", "Write the value where needed."),
    "alias": ("Aliases (`*name`) are not part of the language.", "Write the value out here."),
    "merge key": ("Merge keys (`<<`) are not part of the language.", "Write the keys out here."),
    "directive": ("Directives (`%YAML`, `%TAG`) are not part of the language.", "Remove the line."),
    "second document": (
        "A file holds one document, and a second one starts here.",
        "Put it into a file of its own.",
    ),
    "map or list as a key": ("A key is a single word here.", "Write `key: value`."),
}
# Characters that YAML does not allow, and those that end a line for some readers only: behind them
# could hide what nobody sees.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]"
)


# A key whose colon has no space behind it: to YAML it is one word.
_TIGHT = r"(?:\s|#[^\n]*\n)*(?P<key>\w{1,64}):(?P<value>[^\s:/,\]}]{1,64})"


class Mistakes:
    """The findings of one reading."""

    def __init__(self, text: Text, limits: Limits) -> None:
        """Start without any."""
        self.text = text
        self.limits = limits
        self.found: list[Finding] = []
        self.beyond = 0  # how many more there are than shown

    def findings(self) -> tuple[Finding, ...]:
        """All of them by place; beyond the limit they are only counted."""
        found = sorted(self.found, key=lambda finding: finding.place)
        if not self.beyond:
            return tuple(found)
        message = f"And {self.beyond:,} more mistakes of this kind in this file."
        return (*found, syntax_finding(found[-1].rule, found[-1].span, message))

    def full(self) -> bool:
        """Whether the next one is only counted: a file can hold millions."""
        full = len(self.found) >= self.limits.findings
        self.beyond += full
        return full

    def add(self, findings: Iterable[Finding]) -> None:
        """Take findings that somebody else made."""
        self.found.extend(finding for finding in findings if not self.full())

    def note(
        self, rule: str, start: int, end: int, message: str, *, hint: str = "", path: str = ""
    ) -> None:
        """Note one mistake at a stretch of the text."""
        if not self.full():
            self._last(rule, start, end, message, hint, path=path)

    def _last(
        self, rule: str, start: int, end: int, message: str, hint: str, *, path: str = ""
    ) -> None:
        """Note a mistake that is always shown: as a rule, reading ends with it."""
        span = self.text.span(start, end)
        self.found.append(syntax_finding(rule, span, message, path=path, hint=hint))

    def small_enough(self) -> bool:
        """Whether the text is to be read at all."""
        content = self.text.content
        if len(content) > self.limits.characters:
            most = (self.limits.characters + 1) // 1024 // 1024
            span = Span(self.text.file)
            self.found.append(
                syntax_finding(
                    "limit-exceeded", span, f"The file has more than {most} MB.", hint="Split it."
                )
            )
            return False
        return True

    def without_strange(self) -> str:
        """The text, each character that cannot stand there replaced by a blank."""
        content = self.text.content
        for match in _FORBIDDEN.finditer(content):
            self.note(
                "syntax",
                match.start(),
                match.end(),
                f"This character (U+{ord(match[0]):04X}) cannot stand in a text file.",
                hint="Delete it. If the file looks like rubbish, save it again as UTF-8.",
            )
        return _FORBIDDEN.sub(" ", content) if self.found else content

    def unreadable(self, problem: Any) -> None:
        """What libyaml could not read."""
        mark = getattr(problem, "problem_mark", None)
        start = mark.index if mark is not None else 0
        start = min(start, len(self.text.content))
        if "nesting depth" in str(problem):  # the parser's own limit, met while it looked ahead
            self.too_deep(start)
            return
        from salesflow.source.explain import explain  # only for texts that are no YAML

        message, hint = explain(str(getattr(problem, "problem", problem)), self.text.content, start)
        end = start + 1 if self.text.content[start : start + 1].strip() else start
        span = self.text.span(start, end)
        context = getattr(problem, "context_mark", None)
        related: tuple[Related, ...] = ()
        if context is not None and context.index < start:
            opened = self.text.span(context.index, context.index + 1)
            related = (Related("", opened, "what it belongs to starts here"),)
        self.found.append(
            Finding("syntax", "syntax", "error", "", span, message, hint, related=related)
        )

    def empty(self) -> None:
        """A file that says nothing."""
        self.note(
            "syntax",
            0,
            0,
            "The file is empty.",
            hint="`salesflow init` writes a process to start from.",
        )

    def no_map(self) -> None:
        """A document that is a list or a single value."""
        first = re.match(_TIGHT, self.text.content)
        if first:
            message, hint = _no_space(first["key"], first["value"])
            self.note("syntax", first.start("key"), first.end("value"), message, hint=hint)
            return
        if self.text.content.lstrip().startswith("<"):
            hint = "A BPMN diagram is made a process file by `salesflow import FILE.bpmn`."
            self.note("syntax", 0, 0, "This is XML or HTML, not YAML.", hint=hint)
            return
        self.note(
            "syntax",
            0,
            0,
            "A salesflow file is a list of `key: value` lines, and this is something else.",
            hint="Start with `salesflow: 1` and, on the next line, `process: my_process`.",
        )

    def refused(self, start: int, end: int, what: str) -> None:
        """Something that YAML has and the language has not."""
        message, hint = _REFUSED[what]
        self.note("refused-yaml", start, max(end, start + 1), message, hint=hint)

    def too_deep(self, start: int) -> None:
        """Nested deeper than allowed."""
        message = f"The text is nested deeper than {self.limits.depth} levels."
        self._last("limit-exceeded", start, start + 1, message, "Flatten it.")

    def too_long(self, start: int, end: int) -> None:
        """A key longer than allowed."""
        message = f"A key has at most {self.limits.key:,} characters."
        self.note("limit-exceeded", start, end, message, hint="Shorten it.")

    def too_many_nodes(self, start: int) -> None:
        """More keys and values than allowed."""
        message = f"The file has more than {self.limits.nodes:,} keys and values."
        self._last("limit-exceeded", start, start + 1, message, "Split it.")

    def doubtful(self, value: Doubtful, start: int, end: int, path: str) -> None:
        """An unquoted scalar on which readers disagree."""
        if value.reason == "too long":
            self.note(
                "limit-exceeded",
                start,
                end,
                f"A number has at most {MOST_DIGITS} digits.",
                hint="Shorten it, or quote it if it is text.",
                path=path,
            )
            return
        shown = value.text if len(value.text) <= 40 else f"{value.text[:39]}…"
        self.note(
            "ambiguous-scalar",
            start,
            end,
            f"`{shown}` is text to some YAML readers and {_a(value.reason)} to others.",
            hint=_unambiguous(value),
            path=path,
        )

    def duplicate(
        self, key: str, start: int, end: int, path: str, first: tuple[Related, ...]
    ) -> None:
        """A key that stands twice in one map."""
        span = self.text.span(start, end)
        message = f"`{key}` stands twice in the same place; only one can count."
        hint = "Rename or remove one of them."
        self.found.append(
            Finding("duplicate-key", "syntax", "error", path, span, message, hint, related=first)
        )

    def nothing(self, key: str, start: int, end: int, path: str) -> None:
        """A key or list item without a value."""
        message = f"`{key}` has no value." if key else "This list item has no value."
        hint = "Write a value, or remove it."
        tight = re.fullmatch(_TIGHT, key)
        if tight:
            message, hint = _no_space(tight["key"], tight["value"])
        self.note("schema", start, end, message, hint=hint, path=path)


def _no_space(key: str, value: str) -> tuple[str, str]:
    return f"A space is missing after the colon of `{key}`.", f"Write `{key}: {value}`."


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _unambiguous(value: Doubtful) -> str:
    text = value.text
    quoted = f'Quote it: `"{text}"`'
    if value.reason == "boolean":
        meant = "true" if text.lower() in ("y", "yes", "true", "on") else "false"
        return f"{quoted}, or write `{meant}`."
    if value.reason == "number" and "_" in text:
        return f"{quoted}, or write `{text.replace('_', '')}`."
    if value.reason == "empty value":
        return f"{quoted}, or remove the key."
    return f"{quoted}."
