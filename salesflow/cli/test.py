"""``salesflow test``: runs tests files, deals and where they must go."""

import os
import sys

import click

from salesflow import api
from salesflow.analysis.case_result import SuiteReport
from salesflow.checking.config import read_settings
from salesflow.cli import options
from salesflow.cli.outcome import CLEAN, FOUND, does_not_load, tell
from salesflow.cli.output import Pairs, annotated, spare, wants_colour, write_file, write_out
from salesflow.cli.pairing import ReportCommand

FORMATS = ("full", "json", "junit", "github", "markdown")
_PROSE = ("", "full", "github")  # more lines among them do no harm
_ENDINGS = {".json": "json", ".xml": "junit", ".md": "markdown"}


@click.command(
    "test",
    cls=ReportCommand,
    epilog="Exit code: 0 all passed, 1 a test failed or does not load, 2 a path leads to no tests.",
)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
    expose_value=False,  # paired with -o in the order written: ctx.obj
    help="How results are written (default: full). May be repeated, each with its own -o.",
)
@options.output
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="Exit 1 if tests cover less of the transitions of a process.",
)
@click.option(
    "--dependents",
    is_flag=True,
    help="Run the tests of the repository that draw on these files: for hooks on commits.",
)
@click.pass_context
def command(
    ctx: click.Context,
    *,
    paths: tuple[str, ...],
    fail_under: float | None,
    dependents: bool,
) -> int:
    """Run tests files: deals, and where they must go on every way.

    A folder stands for the tests files in it, a process for those of its folder; without PATH the
    current folder is searched.
    """
    paths = paths or (".",)
    spare(ctx.obj, paths)
    settings = read_settings(paths[0])
    if dependents:
        from salesflow.schema.dependents import suites_on  # most runs name their tests

        paths = suites_on(paths, limits=settings.limits)
        if not paths:
            tell("No tests draw on these files.")
            return CLEAN
    report = api.run_tests(paths, settings=settings)
    _write(report, ctx.obj)
    if report.findings:
        return does_not_load(report.findings, report.texts)  # annotated by the report already
    low = [c for c in report.coverage if fail_under is not None and c.percent < fail_under]
    for coverage in low:
        tell(f"{coverage.process}: tests cover {coverage.percent:.1f}%, less than {fail_under:g}%.")
    return CLEAN if report.passed and not low else FOUND


def _write(report: SuiteReport, pairs: Pairs) -> None:
    for name, file in annotated(pairs or (("full", None),), _PROSE):
        if file is None:
            write_out(_rendered(report, name or "full", colour=wants_colour(sys.stdout)))
        else:
            kind = name or _ENDINGS.get(os.path.splitext(file)[1], "full")
            write_file(file, _rendered(report, kind, colour=False))


def _rendered(report: SuiteReport, name: str, *, colour: bool) -> str:
    if name == "full":
        from salesflow.reporting.suite_text import suite_text

        return suite_text(report, colour=colour)
    if name == "markdown":
        from salesflow.reporting.suite_markdown import suite_markdown

        return suite_markdown(report)
    from salesflow.reporting import suite_formats

    renderers = {
        "json": suite_formats.suite_json,
        "junit": suite_formats.suite_junit,
        "github": suite_formats.suite_github,
    }
    return renderers[name](report)
