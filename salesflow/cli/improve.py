"""``salesflow improve``: which change helps most."""

import click

from salesflow.cli import options
from salesflow.cli.pairing import ReportCommand

FORMATS = ("text", "json", "markdown")
KINDS = ("people", "available", "effort", "wait", "bypass", "cut", "accept")
BUDGET, TOP = 800, 5


@click.command(
    "improve",
    cls=ReportCommand,
    epilog="Exit code: 0 whatever is found, 2 what was asked cannot be done, 130 interrupted.",
)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@options.duration
@options.warmup
@click.option(
    "--budget",
    type=int,
    default=BUDGET,
    show_default=True,
    metavar="N",
    help="Replications of all that is tried together; more of them find smaller effects.",
)
@click.option(
    "--top",
    type=int,
    default=TOP,
    show_default=True,
    metavar="N",
    help="Told in full, and looked at to the end.",
)
@click.option(
    "--only",
    multiple=True,
    metavar="KIND",
    help=f"Only such changes: {', '.join(KINDS)}. May be repeated.",
)
@click.option("--objective", metavar="NAME", help="The only objective that counts.")
@options.seed
@options.engine
@options.workers
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
    expose_value=False,  # paired in the order written: ctx.obj
    help="How the ranking is written (default: text). May be repeated, each with its own -o.",
)
@options.output
@click.pass_context
def command(
    ctx: click.Context,
    *,
    paths: tuple[str, ...],
    duration: str,
    warmup: str | None,
    budget: int,
    top: int,
    only: tuple[str, ...],
    objective: str | None,
    seed: int,
    engine: str,
    workers: int | None,
) -> int:
    """Rank changes by what they do for the objectives: people, work, waits, ways.

    It makes the changes itself, plays them side by side, and says what to write. A folder stands
    for its processes; without PATH the current folder is taken.
    """
    from salesflow.cli.improving import Search, improve  # slow to import

    workers = workers or options.cores()
    asked = Search(duration, warmup, seed, budget, top, only, objective, engine, workers)
    return improve(paths or (".",), asked, ctx.obj)
