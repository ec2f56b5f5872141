"""Which file a verb that shows one process takes of a folder, and what it says of the others."""

import os
import shlex
from collections.abc import Sequence

import click

from salesflow.cli.outcome import tell
from salesflow.errors import UsageError
from salesflow.names import listed
from salesflow.schema.targets import Held, held_at

_MOST = 12  # commands that are listed


def chosen(path: str) -> Held:
    """The one process that a PATH argument means, and the variants that were passed over for it.

    UsageError with a command for each where there are several, or only variants.
    """
    held = held_at(path)
    if len(held.processes) == 1:
        return held
    several = held.processes or held.variants
    what = "several processes" if held.processes else "variants and no process"
    if len(several) == 1:
        what = "a variant and no process"
    rest = len(several) - _MOST
    more = [f"  and {rest} more"] if rest > 0 else []
    commands = [f"  {_again(path, file)}" for file in several[:_MOST]]
    raise UsageError(f"`{path}` holds {what}, name {_one(several)}:", *commands, *more)


def tell_passed_over(held: Held, done: str) -> None:
    """Say which process was ``done`` ("drawn"), where variants of the folder were not."""
    if held.variants:
        are = "A variant is" if len(held.variants) == 1 else "Variants are"
        it = "it is" if len(held.variants) == 1 else "they are"
        names = listed(held.variants, most=4)
        tell(f"`{held.processes[0]}` was {done}. {are} {done} when {it} named: {names}.")


def _one(several: Sequence[str]) -> str:
    return "it" if len(several) == 1 else "one"


def _again(path: str, file: str) -> str:
    """The command as it was typed, with a file in place of the folder."""
    context = click.get_current_context()
    typed: Sequence[str] = context.obj or (context.info_name or "", path)
    verb = next(at for at, word in enumerate(typed) if word == context.info_name)
    at = typed.index(path, verb + 1)
    return shlex.join(["salesflow", *typed[:at], os.path.normpath(file), *typed[at + 1 :]])
