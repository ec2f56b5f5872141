"""``salesflow diff``: what changed between two versions, for whom, and to what effect."""

import click

from salesflow.cli import options, question
from salesflow.cli.pairing import ReportCommand
from salesflow.errors import UsageError

FORMATS = ("text", "json", "markdown", "github", "html")
FAIL_ON = ("breaking", "check", "any", "never")
_PLAYED = {
    "duration": "--for",
    "warmup": "--warmup",
    "replications": "--replications",
    "seed": "--seed",
    "engine": "--engine",
    "workers": "--workers",
}


@click.command(
    "diff",
    cls=ReportCommand,
    epilog="Exit code: 0 nothing at or above --fail-on, 1 a change that is, stranded deals, a new "
    "error or a version that does not load, 2 a version cannot be read, 130 interrupted.",
)
@click.argument("paths", nargs=-1, metavar="OLD NEW | --base REV [PATH]...")
@click.option("--base", metavar="REV", help="Compare files now with where this branch left REV.")
@click.option("--deals", metavar="FILE", help="Deals under way (deal, at): which are stranded?")
@click.option("--department", metavar="NAME", help="Report only what changes for it.")
@click.option("--simulate", is_flag=True, help="Play both versions: what it does to the figures.")
@options.duration
@options.warmup
@click.option(
    "--replications",
    type=int,
    default=30,
    show_default=True,
    callback=question.replications,
    help="Runs; more of them make narrower intervals.",
)
@options.seed
@options.engine
@options.workers
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    help="Exit 1 from this level on (default: breaking).",
)
@click.option("--as", "at", metavar="PATH", help="Read OLD and NEW as if they stood there.")
@click.option(
    "--textconv", metavar="FILE", help="Only write FILE as lines for `git diff`; see the page."
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
    expose_value=False,  # paired in the order written: ctx.obj
    help="How changes are written (default: text). May be repeated, each with its own -o.",
)
@options.output
@click.pass_context
def command(
    ctx: click.Context,
    *,
    paths: tuple[str, ...],
    base: str | None,
    deals: str | None,
    department: str | None,
    simulate: bool,
    duration: str,
    warmup: str | None,
    replications: int,
    seed: int,
    engine: str,
    workers: int | None,
    fail_on: str | None,
    at: str | None,
    textconv: str | None,
) -> int:
    """Say what changed between two versions, for whom, and to what effect.

    OLD and NEW are files or folders; REV:PATH is one of a git revision, `-` standard input. With
    --base, files and folders (default: the current one) are compared with where the branch began.
    """
    if textconv is not None:
        return _lines(textconv)
    from salesflow.cli import diffing  # slow to import

    played = None
    if simulate:
        asked = question.Question(duration, warmup, replications, None, seed, (), (), engine)
        played = asked._replace(workers=workers)
    else:
        _hold_unplayed(ctx)
    wanted = diffing.Wanted(_paths(paths, base), base, at, deals, played, fail_on, department)
    return diffing.compare(wanted, ctx.obj)


def _paths(paths: tuple[str, ...], base: str | None) -> tuple[str, ...]:
    """The paths, as many as are needed."""
    if base is not None:
        return paths or (".",)
    if len(paths) == 2:
        return paths
    raise UsageError(
        "Name two versions: `salesflow diff OLD NEW`, or compare with a branch: `salesflow diff "
        "--base origin/main [PATH]`."
    )


def _lines(file: str) -> int:
    """Write a file as lines for ``git diff``, and 0: git shows nothing at all on anything else."""
    from salesflow.cli.output import write_out
    from salesflow.schema.lines import lines_of

    write_out(lines_of(file))
    return 0


def _hold_unplayed(ctx: click.Context) -> None:
    """Hold that nothing is asked of a simulation that nobody asked for."""
    for name, option in _PLAYED.items():
        if ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
            raise UsageError(f"`{option}` goes with `--simulate`.")
