"""What ``diff`` does once its options are understood: compare, report, and the exit code."""

import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from salesflow.changes.asked import asked_at, compared, latest, pairs_asked
from salesflow.changes.difference import Diff, overall
from salesflow.changes.edit import LEVELS
from salesflow.changes.versions import Versions, since, versions
from salesflow.checking.config import Settings
from salesflow.cli.meter import Meter
from salesflow.cli.outcome import CLEAN, FOUND, INTERRUPTED, tell
from salesflow.cli.output import Pairs, annotated, spare, wants_colour, write_file, write_out
from salesflow.cli.question import Question, writable
from salesflow.errors import UsageError
from salesflow.process.model import Process
from salesflow.reporting.changed.verdict import same_told
from salesflow.simulation.plan import Plan
from salesflow.source.files import STANDARD_INPUT

_ENDINGS = {".json": "json", ".md": "markdown", ".html": "html", ".htm": "html"}
_PROSE = ("", "text", "github")  # for people: more lines on standard output do no harm


class Wanted(NamedTuple):
    """A comparison as it is asked for; ``played`` is how both versions are to be simulated."""

    paths: tuple[str, ...]
    base: str | None
    at: str | None
    deals: str | None
    played: Question | None
    fail_on: str | None
    department: str | None = None


def compare(wanted: Wanted, pairs: Pairs) -> int:
    """Compare and report in each format; the exit code."""
    pairs = annotated(pairs or (("text", None),), _PROSE)
    spare(pairs, (*wanted.paths, wanted.deals))
    writable([file for _, file in pairs])
    where = wanted.at or latest(wanted.paths)
    asked = asked_at(where, deals=wanted.deals, plan=_plan(wanted.played))
    found = pairs_asked(partial(_versions, wanted, asked.settings), asked)
    changed = [each for each in found if not each.same]
    with Meter() as meter:
        diffs = [compared(each, asked, progress=meter.tell) for each in changed]
    shown = _shown(diffs, wanted.department)
    for name, file in pairs:
        _write(shown, name, file)
    sys.stdout.flush()  # what is told goes below it
    if same := same_told(len(found) - len(changed)):
        tell(same)
    if any(diff.impact is not None and diff.impact.interrupted for diff in diffs):
        tell("salesflow: interrupted, what was complete is written")
        return INTERRUPTED
    return FOUND if _fails(diffs, wanted.fail_on or asked.levels.fail_on) else CLEAN


def _versions(wanted: Wanted, settings: Settings, every: bool) -> tuple[Versions, ...]:
    if wanted.base is not None:
        if wanted.at is not None:
            raise UsageError("`--as` goes with OLD NEW: `--base` reads files where they stand.")
        return since(wanted.base, wanted.paths, every=every, limits=settings.limits)
    stdin = b""
    if STANDARD_INPUT in wanted.paths:
        # No more than is needed to see that it is too much: it may be endless.
        stdin = sys.stdin.buffer.read(4 * settings.limits.characters + 4)
    old, new = wanted.paths
    return versions(old, new, stdin=stdin, at=wanted.at, every=every, limits=settings.limits)


def _plan(asked: Question | None) -> Callable[[Sequence[Process]], Plan] | None:
    """How two versions are to be simulated, if they are."""
    if asked is None:
        return None
    from salesflow.cli.playing import plan_for  # slow to import, and most comparisons play nothing

    return lambda processes: plan_for(processes, asked)


def _shown(diffs: Sequence[Diff], department: str | None) -> Sequence[Diff]:
    """What is reported: all, or what concerns one department."""
    if department is None:
        return diffs
    from salesflow.reporting.changed.one_department import for_department

    return for_department(diffs, department)


def _fails(diffs: Sequence[Diff], fail_on: str) -> bool:
    """Whether somebody must act: a level, a stranded deal, an error that was not there before."""
    if fail_on == "never":
        return False
    last = {"any": "cosmetic"}.get(fail_on, fail_on)
    return (
        overall(diffs) in LEVELS[: LEVELS.index(last) + 1]
        or any(diff.deals is not None and diff.deals.count("stranded") for diff in diffs)
        or any(finding.severity == "error" for diff in diffs for finding in diff.introduced)
    )


def _write(diffs: Sequence[Diff], name: str, file: str | None) -> None:
    if file is None:
        write_out(render(diffs, name or "text", colour=wants_colour(sys.stdout)))
        return
    kind = name or _ENDINGS.get(os.path.splitext(file)[1].lower(), "text")
    write_file(file, render(diffs, kind, colour=False))


def render(diffs: Sequence[Diff], name: str, *, colour: bool) -> str:
    """The report in one of the formats."""
    if name == "text":
        from salesflow.reporting.changed.text import text

        return text(diffs, colour=colour)
    if name == "json":
        import json

        from salesflow.reporting.changed.document import document

        return json.dumps(document(diffs), indent=2) + "\n"  # ASCII only: nothing can hide
    from importlib import import_module  # one of several, each of which has its own needs

    function = {"html": "page"}.get(name, name)
    module = import_module(f"salesflow.reporting.changed.{function}")
    report: str = getattr(module, function)(diffs)
    return report
