"""``salesflow simulate``: what a process will do, with intervals."""

import click

from salesflow.cli import options, question
from salesflow.cli.pairing import ReportCommand

FORMATS = ("text", "json", "markdown", "html", "github")


@click.command(
    "simulate",
    cls=ReportCommand,
    epilog="Exit code: 0 no objective is missed, 1 one is missed, 2 what was asked cannot be done, "
    "130 interrupted (what was complete is written).",
)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
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
@click.option(
    "--precision",
    metavar="SHARE",
    callback=question.percent,
    help="Add replications until intervals are this narrow: 2%.",
)
@options.seed
@click.option(
    "--scenario", "scenarios", multiple=True, metavar="FILE", help="What if: a scenario file."
)
@click.option(
    "--set", "settings", multiple=True, metavar="PATH=VALUE", help="What if: a single change."
)
@options.engine
@options.workers
@click.option("--dask", metavar="ADDRESS", help="Play on the workers of a Dask scheduler.")
@click.option(
    "--log",
    metavar="FILE",
    callback=question.log,
    help="Write what happens to each deal: FILE.csv or FILE.xes.",
)
@click.option(
    "--log-sample", metavar="SHARE", callback=question.percent, help="Only so many deals: 10%."
)
@click.option("--resume", metavar="FILE", help="Keep a journal there, and go on from it.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
    expose_value=False,  # paired in the order written: ctx.obj
    help="How results are written (default: text). May be repeated, each with its own -o.",
)
@options.output
@click.pass_context
def command(
    ctx: click.Context,
    *,
    paths: tuple[str, ...],
    duration: str,
    warmup: str | None,
    replications: int,
    precision: float | None,
    seed: int,
    scenarios: tuple[str, ...],
    settings: tuple[str, ...],
    engine: str,
    workers: int | None,
    dask: str | None,
    log: str | None,
    log_sample: float | None,
    resume: str | None,
) -> int:
    """Say what a process will do: deals won, how long they take, who is the bottleneck.

    Several processes share the people of their organization. A folder stands for its processes;
    without PATH the current folder is taken.
    """
    from salesflow.cli.simulating import simulate  # slow to import

    asked = question.Question(
        duration, warmup, replications, precision, seed, scenarios, settings, engine
    )
    asked = asked._replace(
        workers=workers, dask=dask, resume=resume, log=log, log_sample=log_sample
    )
    return simulate(paths or (".",), question.consistent(asked), ctx.obj)
