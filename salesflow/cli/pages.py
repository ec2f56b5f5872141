"""What ``site`` does once its options are understood: read, check, make the pages, write them."""

import os
from collections.abc import Sequence

from salesflow import api
from salesflow.checking.report import CheckReport
from salesflow.cli.drawing import show
from salesflow.cli.folder import Written, write_folder
from salesflow.cli.outcome import CLEAN, tell
from salesflow.cli.verdict import settings_of
from salesflow.errors import LoadError, UsageError
from salesflow.nouns import Noun
from salesflow.process.model import Process
from salesflow.reporting.site.atlas import Atlas
from salesflow.reporting.site.build import atlas_of, pages_of, results_of
from salesflow.reporting.words import count
from salesflow.schema.targets import shown_at


class Asked(Noun):
    """What was asked on the command line."""

    output: str | None = None
    results: tuple[str, ...] = ()
    title: str = ""
    shown: bool = False


def write_site(paths: Sequence[str], asked: Asked) -> int:
    """Make the pages of all paths and write them; the exit code."""
    folder = _folder(asked)
    results = results_of(asked.results)
    report = _checked(paths)
    atlas = atlas_of(_processes(paths), report.findings, results, asked.title)
    done = write_folder(folder, pages_of(atlas))
    _warn(atlas)
    first = os.path.join(folder, "index.html")
    tell(f"{_told(done)} Start with {first}.")
    if asked.shown:
        show(first)
    return CLEAN


def _told(done: Written) -> str:
    removed = f", removed {done.removed:,} that are no longer needed" if done.removed else ""
    if done.written == done.files:
        return f"Wrote {count(done.files, 'file')}{removed}."
    if not done.written and not removed:
        return f"Nothing has changed in {count(done.files, 'file')}."
    return f"Wrote {done.written:,} of {count(done.files, 'file')}: the rest is as it was{removed}."


def _folder(asked: Asked) -> str:
    if not asked.output:
        raise UsageError("Say which folder the pages go to: `-o DIR`, such as `-o site`.")
    return asked.output


def _checked(paths: Sequence[str]) -> CheckReport:
    """What a check finds. LoadError where a text does not load: nothing is written then."""
    if api.STANDARD_INPUT in paths:
        raise UsageError("A site is made of files, not of standard input: name them.")
    report = api.check_paths(paths, settings=settings_of(paths))
    broken = tuple(finding for finding in report.findings if finding.family == "syntax")
    if any(finding.severity == "error" for finding in broken):
        raise LoadError(broken, report.texts)
    return report


def _processes(paths: Sequence[str]) -> tuple[Process, ...]:
    files: dict[str, str] = {}
    for file in (file for path in paths for file in shown_at(path)):
        files.setdefault(os.path.realpath(file), file)
    return tuple(api.load(file) for file in files.values())


def _warn(atlas: Atlas) -> None:
    for chart in atlas.charts.values():
        if chart.stale:
            tell(f"{chart.id}: {chart.stale[:1].lower()}{chart.stale[1:]}")
