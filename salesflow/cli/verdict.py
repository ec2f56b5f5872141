"""What ``check`` does once its options are understood: look, report, and the exit code.

Nothing here needs the command line toolkit: a check without options skips it, being mostly
start-up.
"""

import os
import sys
from collections.abc import Sequence
from typing import TextIO

from salesflow import api
from salesflow.checking.config import Settings, read_settings
from salesflow.checking.report import CheckReport
from salesflow.cli.outcome import tell
from salesflow.cli.output import Pairs, annotated, spare, wants_colour, write_file, write_out
from salesflow.reporting.words import count, untried_told

FORMATS = ("full", "concise", "json", "github", "gitlab", "sarif", "junit", "markdown")
_PROSE = ("", "full", "concise", "github")  # for people: more lines on standard output do no harm
_MODULES = ("gitlab", "sarif", "junit", "markdown")  # a module of reporting for each
_ENDINGS = {".json": "json", ".sarif": "sarif", ".xml": "junit", ".md": "markdown"}


def settings_of(paths: Sequence[str]) -> Settings:
    """The configuration that speaks for the first path."""
    return read_settings(paths[0] if paths[0] != api.STANDARD_INPUT else ".")


def check(paths: Sequence[str], settings: Settings, *, pairs: Pairs = ()) -> int:
    """Check and report in each format; the exit code."""
    return report_on(paths, settings, pairs=pairs, stdin=read_stdin(paths, settings))


def report_on(
    paths: Sequence[str],
    settings: Settings,
    *,
    pairs: Pairs,
    stdin: bytes,
    stream: TextIO | None = None,
) -> int:
    """Check and report, with standard input read already; ``stream`` instead of standard output."""
    spare(pairs, paths)
    names = {name or _by_ending(file or "") for name, file in pairs}
    report = api.check_paths(
        paths,
        settings=settings,
        stdin=stdin,
        chains="json" in names,
        ways="sarif" in names,
        fixes=not names.isdisjoint(("json", "sarif")),
    )
    _write(report, pairs, stream or sys.stdout)
    if report.untried:
        tell(untried_told(report.untried))
    return int(report.fails(settings.fail_on))


def check_plainly(paths: Sequence[str]) -> int:
    """``salesflow check PATH…`` without any option."""
    paths = paths or (".",)
    return check(paths, settings_of(paths))


def read_stdin(paths: Sequence[str], settings: Settings) -> bytes:
    """Standard input, no more of it than is needed to see that it is too much: it may be endless.

    A character takes at most four bytes.
    """
    if api.STANDARD_INPUT not in paths:
        return b""
    return sys.stdin.buffer.read(4 * settings.limits.characters + 4)


def write_baseline(file: str, paths: Sequence[str], settings: Settings) -> int:
    """Write today's findings down as known; the exit code."""
    from salesflow.checking.baseline import baseline_of

    spare([("json", file)], paths)
    report = api.check_paths(
        paths, settings=settings.replace(baseline=None), stdin=read_stdin(paths, settings)
    )
    loading = [finding for finding in report.findings if finding.family == "syntax"]
    write_file(file, baseline_of(report.findings, file=file).text())
    known = len(report.findings) - len(loading)
    tell(f"Wrote {count(known, 'finding')} to {file}.")
    if loading:
        tell(f"{count(len(loading), 'mistake')} must be mended first.")
    return int(bool(loading))


def _write(report: CheckReport, pairs: Pairs, stream: TextIO) -> None:
    for name, file in annotated(pairs or (("full", None),), _PROSE):
        if file is None:
            write_out(render(report, name or "full", colour=wants_colour(stream)), stream)
        else:
            write_file(file, render(report, name or _by_ending(file), colour=False))


def _by_ending(file: str) -> str:
    return _ENDINGS.get(os.path.splitext(file)[1], "full")


def render(report: CheckReport, name: str, *, colour: bool) -> str:
    """The report in one of the formats."""
    if name == "full":
        from salesflow.reporting.full import full

        return full(report, colour=colour)
    if name in _MODULES:
        from importlib import import_module  # one of several, each of which has its own needs

        text: str = getattr(import_module(f"salesflow.reporting.{name}"), name)(report)
        return text
    from salesflow.reporting import plain

    renderers = {"concise": plain.concise, "json": plain.as_json, "github": plain.github}
    return renderers[name](report)
