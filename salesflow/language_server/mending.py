"""What can be done about a finding where it stands: mend it, or ignore it with a reason."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from salesflow.checking.catalogue import told_by
from salesflow.checking.config import Settings
from salesflow.checking.fixes.mend import mend, offered
from salesflow.checking.fixes.propose import mendable
from salesflow.checking.fixes.scene import Scene
from salesflow.checking.select import choose
from salesflow.errors import UsageError
from salesflow.findings import Finding
from salesflow.language_server.rename import Replaced, replaced
from salesflow.language_server.sheets import Sheet
from salesflow.source.read import Reading, read

_LONGEST = 60


class Cure(NamedTuple):
    """Something to do about a finding: its title, the edits of its file, whether it is safe."""

    title: str
    edits: tuple[Replaced, ...]
    finding: Finding | None
    safe: bool = True
    ignores: bool = False


def cures(
    sheet: Sheet,
    findings: Iterable[Finding],
    *,
    roots: Iterable[str],
    opened: Mapping[str, Reading],
    settings: Settings,
) -> Iterator[Cure]:
    """What can be done about findings of a file: fixes that were tried out first, then ignoring.

    ``roots`` are the files whose check finds them, the file itself among them; ``opened`` are
    readings that count before what the disk holds.
    """
    some = [*findings]
    if any(map(mendable, some)):
        try:
            scene = _scene(roots, opened, settings)
            mended, _ = offered(scene, some)
        except UsageError:
            mended = ()
        for finding in mended:
            if finding.fix is not None:
                edits = tuple(
                    Replaced(*sheet.ruler.stretch(edit.span), edit.text)
                    for edit in finding.fix.edits
                    if edit.span.file == sheet.file
                )
                if len(edits) == len(finding.fix.edits):
                    yield Cure(_title(sheet, edits), edits, finding, safe=finding.fix.safe)
    for finding in some:
        ignoring = ignored(sheet, finding)
        if ignoring is not None:
            yield ignoring


def mended_text(
    sheet: Sheet, *, roots: Iterable[str], opened: Mapping[str, Reading], settings: Settings
) -> str:
    """The text of a file with all safe fixes that hold."""
    chosen = choose(settings.selection)

    def wanted(findings: tuple[Finding, ...]) -> Iterable[Finding]:
        return [one for one in findings if one.file == sheet.file and chosen.reports(one)]

    try:
        after = mend(_scene(roots, opened, settings), wanted=wanted).after
    except UsageError:
        return sheet.text
    return after.get(sheet.file, sheet.text)


def ignored(sheet: Sheet, finding: Finding) -> Cure | None:
    """The comment that ignores a finding, still without its reason; None where none can.

    The reason is left to be written: until then the check asks for it.
    """
    if finding.family == "syntax" or finding.span.file != sheet.file:
        return None
    rule = told_by(finding.rule)
    start, end = sheet.ruler.row(finding.span.line - 1)
    row = sheet.text[start:end]
    indent = row[: len(row) - len(row.lstrip(" "))]
    newline = "\r\n" if sheet.text.startswith("\r\n", end) else "\n"
    comment = f"# salesflow: ignore[{rule}] "
    tries = (
        Replaced(start + len(row.rstrip()), end, f"  {comment}"),
        Replaced(start, start, f"{indent}{comment}{newline}"),
    )
    for edit in tries:
        after = read(replaced(sheet.text, (edit,)), sheet.file)
        fresh = len(after.ignores) == len(sheet.reading.ignores) + 1
        if fresh and after.data == sheet.reading.data and not _unclear(after):
            return Cure(f"Ignore `{rule}` here, and say why", (edit,), finding, ignores=True)
    return None


def _unclear(reading: Reading) -> bool:
    return any(finding.rule == "syntax" for finding in reading.findings)


def _scene(roots: Iterable[str], opened: Mapping[str, Reading], settings: Settings) -> Scene:
    every = choose(settings.selection.replace(select=(), ignore=()))
    return Scene([*roots], every, limits=settings.limits, opened=opened)


def _title(sheet: Sheet, edits: tuple[Replaced, ...]) -> str:
    """What a fix does, in a few words."""
    start, end, new = edits[0]
    old = " ".join(sheet.text[start:end].split())
    fresh = " ".join(new.split()).strip(", ")
    more = f", and {len(edits) - 1} more" if len(edits) > 1 else ""
    if old and fresh:
        return f"Write `{_cut(fresh)}` instead of `{_cut(old)}`{more}"
    return f"Add `{_cut(fresh)}`{more}" if fresh else f"Remove `{_cut(old.strip(', '))}`{more}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
