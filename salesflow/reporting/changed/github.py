"""GitHub's annotations: what changed, on the lines of a pull request."""

import re
from collections.abc import Iterator, Sequence

from salesflow.changes.difference import Diff
from salesflow.changes.edit import Edit
from salesflow.findings import Finding
from salesflow.reporting.changed.once import told, worst_first
from salesflow.reporting.changed.verdict import headline, ranked
from salesflow.reporting.repository import at_root
from salesflow.reporting.words import way
from salesflow.reporting.workflow_command import workflow_command, workflow_commands
from salesflow.spans import NOWHERE, Span

_COMMANDS = {"breaking": "error", "check": "warning"}
_SEVERITIES = {"error": "error", "warning": "warning", "info": "notice"}
_REVISION = re.compile(r"[^:/\\]{2,}:|[^:\\]*/[^:\\]*:")  # `main:`, `origin/main:`, never `C:`


def github(diffs: Sequence[Diff]) -> str:
    """A workflow command for stranded deals, each new finding, and each edit that counts.

    The worst first, as GitHub shows only the first few.
    What was removed is told at its file, as its line is none of the new version's.
    """
    changed, _ = ranked(diffs)
    return workflow_commands(command for diff in changed for command in _commands(diff))


def _commands(diff: Diff) -> Iterator[str]:
    if diff.deals is not None:
        for group in diff.deals.groups:
            if group.verdict == "stranded":
                at = ", ".join(group.at)
                lines = [f"{group.count:,} running deals at {at} are stranded.", group.why]
                stranded: dict[str, object] = {"title": "salesflow stranded deals"}
                told_all = filter(None, [*lines, group.suggestion])
                yield workflow_command("error", stranded, told_all)
    for finding in diff.introduced:
        yield _found(finding)
    for edit in worst_first(told(diff.edits)):
        if not edit.waived and edit.level != "none":
            level = _COMMANDS.get(edit.level, "notice")
            place = {**_place(edit), "title": f"salesflow {edit.rule or edit.kind}"}
            yield workflow_command(level, place, [edit.message or headline(diff)])


def _place(edit: Edit) -> dict[str, object]:
    if edit.new_span != NOWHERE:
        return _stretch(edit.new_span)
    file = edit.old_span.file
    revision = _REVISION.match(file)
    if revision is not None:  # git names files of a revision as seen from the root
        file = at_root(file[revision.end() :])
    return {"file": file} if file else {}


def _stretch(span: Span) -> dict[str, object]:
    place: dict[str, object] = {"file": span.file, "line": span.line, "endLine": span.end_line}
    if span.end_line == span.line:  # GitHub refuses columns over several lines
        place |= {"col": span.column, "endColumn": span.end_column}
    return place


def _found(finding: Finding) -> str:
    place = {**_stretch(finding.span), "title": f"salesflow {finding.rule}"}
    lines = [
        finding.message,
        f"Way: {way(finding.witness)}" if finding.witness else "",
        finding.help,
    ]
    return workflow_command(_SEVERITIES[finding.severity], place, filter(None, lines))
