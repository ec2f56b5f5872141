"""The command ``salesflow``: its verbs, loaded one at a time, and its exit codes."""

import os
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from salesflow.cli.outcome import USAGE, annotate, guarded, tell

_VERBS = {
    "init": "Write a process to start from.",
    "check": "Find everything wrong in process files.",
    "show": "Show what a process is, or what one department has to do with it.",
    "simulate": "Say what a process will do: deals won, time, bottlenecks, what-ifs.",
    "diff": "Say what changed between two versions, for whom, and to what effect.",
    "improve": "Say which change helps most, and what to write.",
    "draw": "Draw a process.",
    "site": "Write pages that show everybody the processes and their part in them.",
    "import": "Make process files of a BPMN diagram.",
    "fmt": "Lay process files out in the one canonical way.",
    "test": "Run tests files: deals, and where they must go.",
    "rule": "Explain a rule: what it means, why it costs deals, wrong and right.",
    "schema": "Print the JSON Schema of the language, for editors.",
    "completion": "Let your shell complete verbs, options, files and names.",
    "server": "Speak with editors: findings as you type, names, what a step does.",
    "mcp": "Speak with AI assistants: check, show, simulate, diff.",
    "merge-driver": "Merge two versions of a file by element; git calls it.",
}

_VERSION = ("version", "-v", "-V")  # what many type instead of --version
_FOR_GIT = "merge-driver"  # no verb for people
_MODULES = {"import": "import_"}  # `import` is no name that a module can have


class _Verbs(click.Group):
    """Verbs are imported when they are called: ``check`` must not pay for ``draw``."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click calls it so
        """The verbs in the order a newcomer needs them."""
        return list(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The verb's command, None for an unknown one."""
        if cmd_name not in _VERBS:
            return None
        name = _MODULES.get(cmd_name, cmd_name.replace("-", "_"))
        module = import_module(f"salesflow.cli.{name}")
        command: click.Command = module.command
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        """The verbs that begin so, without importing them; the options of all of them."""
        from click.shell_completion import CompletionItem  # only a shell asks

        options = click.Command.shell_complete(self, ctx, incomplete)
        verbs = [verb for verb in _VERBS if verb.startswith(incomplete) and verb != _FOR_GIT]
        return [*options, *(CompletionItem(verb, help=_VERBS[verb]) for verb in verbs)]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggest the verb that was probably meant."""
        if args and args[0] not in _VERBS and not args[0].startswith("-"):
            from salesflow.cli.mistakes import no_verb  # only when something is wrong

            raise click.UsageError(no_verb(args[0], [*_VERBS]), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the verbs without importing them."""
        with formatter.section("Verbs"):
            formatter.write_dl([*_VERBS.items()])


def _print_version(ctx: click.Context, _param: click.Parameter, asked: bool) -> None:
    if asked:
        from salesflow import __version__

        click.echo(f"salesflow {__version__}")
        ctx.exit()


@click.group(
    cls=_Verbs,
    no_args_is_help=False,
    subcommand_metavar="VERB …",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version.",
)
@click.option("--traceback", is_flag=True, help="Show where salesflow itself failed.")
def group(*, traceback: bool) -> None:
    """Check, simulate and draw sales processes written in YAML.

    Start with `salesflow init`, which writes a process, and `salesflow check`, which judges it.
    `salesflow rule NAME` explains a finding.
    """
    del traceback  # read from the arguments by `run`, so that it also covers the parsing


def _meant(arguments: Sequence[str]) -> list[str]:
    """The arguments; `help check` and `version`, which many type, as what they mean."""
    first, *rest = arguments
    if first == "help":
        return [*rest[:1], "--help"]
    return ["--version"] if first in _VERSION and not rest else [*arguments]


def run(arguments: Sequence[str]) -> int:
    """Run the command line; the exit code."""
    if "_SALESFLOW_TAB" in os.environ:
        from salesflow.cli.completing import answer, asked  # only a shell asks

        shell = asked(arguments)
        if shell is not None:
            return guarded(lambda: answer(shell, group), traceback=False)

    def body() -> object:
        if not arguments:
            from salesflow.cli.first_steps import first_steps  # for newcomers only

            return first_steps()
        try:
            words = _meant(arguments)
            return group.main(words, prog_name="salesflow", standalone_mode=False, obj=words)
        except click.exceptions.Exit as exit_:
            return exit_.exit_code
        except click.ClickException as mistake:
            from salesflow.cli.mistakes import told  # only when something is wrong

            verb = next((word for word in arguments if word in _VERBS), "")
            command = group.get_command(click.Context(group), verb)
            message = told(mistake, command)
            tell(f"salesflow: {message}")
            annotate([message])
            return USAGE
        except click.Abort:
            raise KeyboardInterrupt from None

    return guarded(body, traceback="--traceback" in arguments)
