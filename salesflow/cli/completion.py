"""``salesflow completion``: the script that lets a shell complete what is typed."""

import os

import click

from salesflow.cli.output import write_out
from salesflow.errors import UsageError

SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", required=False, metavar="bash|zsh|fish")
def command(*, shell: str | None) -> int:
    """Print what lets your shell complete: verbs, options, files, rules, names in your processes.

    \b
    bash: put  eval "$(salesflow completion bash)"  into ~/.bashrc
    zsh:  put  eval "$(salesflow completion zsh)"  into ~/.zshrc, below compinit
    fish: salesflow completion fish > ~/.config/fish/completions/salesflow.fish
    """
    if shell not in SHELLS:
        raise UsageError(_which(shell))
    from importlib.resources import files  # slow to import, and only here

    script = files("salesflow").joinpath("cli", "shells", f"salesflow.{shell}")
    write_out(script.read_text(encoding="utf-8"))
    return 0


def _which(shell: str | None) -> str:
    """What to say instead of a shell that is none, or not said."""
    yours = os.path.basename(os.environ.get("SHELL", ""))
    if shell is None:
        return (
            f"Say for which shell: `salesflow completion {yours if yours in SHELLS else 'bash'}`."
        )
    from salesflow.names import nearest  # only when something is wrong

    near = nearest(shell, SHELLS)
    hint = f" Did you mean `{near}`?" if near else ""
    return f"There is no completion for `{shell}`, but for bash, zsh and fish.{hint}"
