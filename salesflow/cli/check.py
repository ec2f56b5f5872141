"""``salesflow check``: finds everything wrong in process files."""

import click

from salesflow.checking.config import Settings
from salesflow.cli import options, verdict
from salesflow.cli.outcome import tell
from salesflow.cli.pairing import ReportCommand
from salesflow.findings import SEVERITIES
from salesflow.names import listed


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
    type=click.Choice(verdict.FORMATS),
    expose_value=False,  # paired with -o in the order written: ctx.obj
    help="How findings are written (default: full). May be repeated, each with its own -o.",
)
@options.output
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
@click.option(
    "--dependents",
    is_flag=True,
    help="Also check the files of the repository that draw on these: for hooks on commits.",
)
@click.option(
    "--tracked",
    is_flag=True,
    help="Of folders only the files that git tracks: drafts that nobody has added hold nobody up.",
)
@click.option("--fix", is_flag=True, help="Mend what can be mended, then report the rest.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: also less certain fixes.")
@click.option("--diff", is_flag=True, help="Show what --fix would change; exit 1 if anything.")
@click.pass_context
def command(
    ctx: click.Context,
    *,
    paths: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    preset: str | None,
    fail_on: str | None,
    baseline: str | None,
    write_baseline: str | None,
    dependents: bool,
    tracked: bool,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
) -> int:
    """Find everything wrong in process files.

    A folder stands for its *.salesflow.yaml files, `-` for standard input; without PATH the current
    folder is checked.
    """
    paths = paths or (".",)
    settings = verdict.settings_of(paths).overridden(
        select=_words(select),
        ignore=_words(ignore),
        preset=preset,
        fail_on=fail_on,
        baseline=baseline,
    )
    paths = _meant(paths, settings, tracked=tracked, dependents=dependents)
    if fix or diff or unsafe_fixes:
        if write_baseline or not (fix or diff):
            raise click.UsageError("--unsafe-fixes goes with --fix or --diff, and no baseline.")
        from salesflow.cli import fixing  # most checks mend nothing

        return fixing.mend(paths, settings, pairs=ctx.obj, unsafe=unsafe_fixes, show=diff)
    if write_baseline:
        return verdict.write_baseline(write_baseline, paths, settings)
    return verdict.check(paths, settings, pairs=ctx.obj)


def _meant(
    paths: tuple[str, ...], settings: Settings, *, tracked: bool, dependents: bool
) -> tuple[str, ...]:
    """The paths that are checked, as git and other files have it."""
    if tracked:
        from salesflow.source.tracked import kept_in  # most checks ask git nothing

        asked, paths = paths, kept_in(paths)
        if not paths:
            tell(f"Nothing to check: git tracks no process file in {listed(asked)}.")
    if dependents:
        from salesflow.schema.dependents import with_dependents  # most follow nothing back

        paths = with_dependents(paths, limits=settings.limits)
    return paths


def _words(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())
