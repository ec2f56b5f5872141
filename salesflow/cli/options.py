"""Options that all verbs share which play deals: ``@options.duration`` and so on."""

import os

import click

from salesflow.cli import question

duration = click.option(
    "--for",
    "duration",
    default="26w",
    show_default=True,
    metavar="TIME",
    callback=question.span,
    help="The time that is measured.",
)
warmup = click.option(
    "--warmup",
    metavar="TIME",
    callback=question.span,
    help="Simulated before that, not measured (default: found by itself).",
)
seed = click.option(
    "--seed",
    type=int,
    default=1,
    show_default=True,
    callback=question.seed,
    help="All chance comes from it: the same seed, the same figures.",
)
engine = click.option(
    "--engine",
    default="auto",
    show_default=True,
    metavar="NAME",
    help="auto, python or numba: the same figures, sooner or later.",
)
workers = click.option(
    "--workers",
    type=int,
    metavar="N",
    help="Replications played at a time (default: one for each core).",
)
output = click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    metavar="FILE",
    expose_value=False,  # paired in the order written: ctx.obj
    help="Write the format before it.",
)


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
