"""What a shell is told when somebody presses Tab: the words that can stand there.

The scripts in ``shells`` ask with a variable, ``_SALESFLOW_TAB``: click finds out which option
or argument is typed, and the table below says what can stand there. The answer is a line for each:
its kind (word, part, file, folder), the value and a few words about it. A part goes on: no space
belongs after it.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

import click
from click.shell_completion import CompletionItem, ShellComplete

from salesflow.cli import completed
from salesflow.cli.completed import Item
from salesflow.cli.completion import SHELLS
from salesflow.cli.output import write_out

ASKED = "_SALESFLOW_TAB"
_MARK = "\x01"  # ends the line, so that the last word is there even when it is empty

Finder = Callable[[Mapping[str, object], str], Iterable[Item]]

# What can stand there, by verb and option or argument, by that alone, by metavar.
FINDERS: Mapping[str, Finder] = {
    "improve --only": completed.kinds_of_change,
    "import path": completed.files_with(".bpmn", ".xml"),
    "init --output": completed.folders,
    "site --output": completed.folders,
    "--only": completed.parts,
    "--department": completed.departments,
    "--objective": completed.objectives,
    "--set": completed.settings,
    "--preset": completed.presets,
    "--engine": completed.engines,
    "--result": completed.files_with(".json"),
    "--baseline": completed.files_with(".json"),
    "--deals": completed.files_with(".csv"),
    "--scenario": completed.process_files,
    "--against": completed.process_files,
    "path": completed.process_files,
    "paths": completed.process_files,
    "template": completed.templates,
    "more": completed.words(),  # one template is all that `init` takes
    "shell": completed.words(*SHELLS),
    "name": completed.rules_and_changes,
    "RULE": completed.rules,
    "FILE": completed.all_files,
    "PATH": completed.all_files,
    "DIR": completed.folders,
}


class Completed(click.ParamType):  # type: ignore[type-arg]  # click 8.1 has none
    """The type of a value that somebody is typing: it only knows what could stand there."""

    name = "completed"

    def __init__(self, finder: Finder, line: Mapping[str, object]) -> None:
        """Keep how to find the values, and what stands on the line already."""
        self.finder = finder
        self.line = line

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - click calls it so
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        """The values that begin with what is typed."""
        found = self.finder(self.line, incomplete)
        return [CompletionItem(each.value, each.kind, each.help) for each in found]


def answer(shell: str, group: click.Group) -> int:
    """Print what can stand where the cursor is; an empty answer where nobody knows."""
    *before, typed = words_typed(shell, os.environ)[1:] or [""]
    items: list[CompletionItem] = []
    with suppress(click.ClickException):  # a verb that there is not
        for place, verb in enumerate(before):
            command = group.get_command(click.Context(group), verb)
            if command is not None:
                prepare(command, verb, before[place + 1 :])
                break
        items = ShellComplete(group, {}, "salesflow", ASKED).get_completions(before, typed)
    write_out("".join(_rows(typed, items)))
    return 0


def prepare(command: click.Command, verb: str, given: Sequence[str]) -> None:
    """Let a verb's options and arguments know what can stand there.

    ``given`` are the words before the one that is typed. An option that still lacks its value is
    left out: click would forget all others with it.
    """
    words = [*given[:-1], *(word for word in given[-1:] if not word.startswith("-"))]
    line = command.make_context(verb, words, resilient_parsing=True).params
    for parameter in command.params:
        finder = finder_of(parameter, verb)
        if finder is not None:
            parameter.type = Completed(finder, line)


def finder_of(parameter: click.Parameter, verb: str) -> Finder | None:
    """How to find the values of an option or argument; None where click or nobody knows."""
    if isinstance(parameter.type, click.Choice) or getattr(parameter, "is_flag", False):
        return None
    name = parameter.opts[-1]
    keys = (f"{verb} {name}", name, parameter.metavar or "")
    return next((FINDERS[key] for key in keys if key in FINDERS), None)


def words_typed(shell: str, environment: Mapping[str, str]) -> list[str]:
    """The words of the command line up to the cursor, the last one as far as it is typed."""
    if shell != "bash":
        before = environment.get("_SALESFLOW_WORDS", "").split("\n")
        return [*before, environment.get("_SALESFLOW_TYPED", "")]
    words = _split(environment.get("_SALESFLOW_LINE", "") + _MARK)
    while words and "=" in words[0]:  # `NO_COLOR=1 salesflow …`
        del words[0]
    return [word.removesuffix(_MARK) for word in words]


def _split(line: str) -> list[str]:
    """The words of a line of bash, the last one perhaps with a quote that is not closed."""
    import shlex  # only here

    lexer = shlex.shlex(line, posix=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    words: list[str] = []
    try:
        words.extend(lexer)
    except ValueError:
        words.append(lexer.token or "")
    return words


def _rows(typed: str, items: Iterable[CompletionItem]) -> Iterator[str]:
    option, equals, _ = typed.partition("=") if typed.startswith("--") else ("", "", "")
    yield f"typed\t{typed}\n"
    for item in items:
        kind = "word" if item.type == "plain" else item.type
        cells = (kind, f"{option}{equals}{item.value}" if equals else item.value, item.help or "")
        if not any(character < " " for cell in cells[1:] for character in cell):
            yield "\t".join(cells) + "\n"


def asked(arguments: Iterable[str]) -> str | None:
    """The shell that asks, None where nobody does."""
    shell = os.environ.get(ASKED, "")
    return shell if shell in SHELLS and not [*arguments] else None
