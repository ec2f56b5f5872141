"""``salesflow check``: finds everything wrong in process files."""

import os
import sys

import click

from salesflow import api
from salesflow.checking.config import Settings, read_settings
from salesflow.checking.report import CheckReport
from salesflow.cli.output import ReportCommand, wants_colour, write_file, write_out
from salesflow.errors import UsageError
from salesflow.findings import SEVERITIES
from salesflow.reporting.words import count

FORMATS = ("full", "concise", "json", "github")


@click.command(
    "check",
    cls=ReportCommand,
    epilog="Exit code: 0 clean, 1 findings at or above --fail-on, 2 a file cannot be read.",
)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
    help="How findings are written (default: full). May be repeated, each with its own -o.",
)
@click.option(
    "-o", "--output", "outputs", multiple=True, metavar="FILE", help="Write the format before it."
)
@click.option("--select", multiple=True, metavar="RULE", help="Only these rules or families.")
@click.option("--ignore", multiple=True, metavar="RULE", help="Not these rules or families.")
@click.option("--preset", metavar="NAME", help="correctness, recommended (default) or all.")
@click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, "never"]),
    help="Exit 1 from this severity on (default: error).",
)
@click.option("--baseline", metavar="FILE", help="Leave out the findings written down there.")
@click.option("--write-baseline", metavar="FILE", help="Write today's findings down and exit 0.")
@click.pass_context
def command(
    ctx: click.Context,
    *,
    paths: tuple[str, ...],
    formats: tuple[str, ...],
    outputs: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    preset: str | None,
    fail_on: str | None,
    baseline: str | None,
    write_baseline: str | None,
) -> int:
    """Find everything wrong in process files.

    A folder stands for its *.salesflow.yaml files, `-` for standard input; without PATH the current
    folder is checked.
    """
    del formats, outputs  # paired in the order written: ctx.obj
    paths = paths or (".",)
    settings = read_settings(paths[0] if paths[0] != api.STANDARD_INPUT else ".").overridden(
        select=_words(select),
        ignore=_words(ignore),
        preset=preset,
        fail_on=fail_on,
        baseline=baseline,
    )
    stdin = sys.stdin.buffer.read() if api.STANDARD_INPUT in paths else b""
    if write_baseline:
        return _write_baseline(write_baseline, paths, settings, stdin)
    report = api.check_paths(paths, settings=settings, stdin=stdin)
    _write(report, ctx.obj)
    return int(_fails(report, settings.fail_on))


def _words(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())


def _write_baseline(file: str, paths: tuple[str, ...], settings: Settings, stdin: bytes) -> int:
    from salesflow.checking.baseline import baseline_of

    report = api.check_paths(paths, settings=settings.replace(baseline=None), stdin=stdin)
    loading = [finding for finding in report.findings if finding.family == "syntax"]
    write_file(file, baseline_of(report.findings, file=file).text())
    known = len(report.findings) - len(loading)
    click.echo(f"Wrote {count(known, 'finding')} to {file}.", err=True)
    if loading:
        click.echo(f"{count(len(loading), 'mistake')} must be mended first.", err=True)
    return int(bool(loading))


def _fails(report: CheckReport, fail_on: str) -> bool:
    if fail_on == "never":
        return False
    counted = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return any(report.summary[severity] for severity in counted)


def _write(report: CheckReport, pairs: tuple[tuple[str, str | None], ...]) -> None:
    pairs = pairs or (("full", None),)
    if os.environ.get("GITHUB_ACTIONS") == "true" and all(name != "github" for name, _ in pairs):
        pairs = (*pairs, ("github", None)) if _prose(pairs) else pairs
    if sum(file is None for _, file in pairs) > 1 and not _prose(pairs):
        raise UsageError("Two formats on standard output would mix: give one of them `-o FILE`.")
    for name, file in pairs:
        if file is None:
            write_out(render(report, name or "full", colour=wants_colour(sys.stdout)))
        else:
            write_file(file, render(report, name or _by_ending(file), colour=False))


def _prose(pairs: tuple[tuple[str, str | None], ...]) -> bool:
    """Whether what goes to standard output is for people, so that more lines do no harm."""
    return all(name in ("", "full", "concise", "github") for name, file in pairs if file is None)


def _by_ending(file: str) -> str:
    return "json" if file.endswith(".json") else "full"


def render(report: CheckReport, name: str, *, colour: bool) -> str:
    """The report in one of the formats."""
    if name == "full":
        from salesflow.reporting.full import full

        return full(report, colour=colour)
    from salesflow.reporting import plain

    renderers = {"concise": plain.concise, "json": plain.as_json, "github": plain.github}
    return renderers[name](report)
