"""What was typed wrongly, in a sentence that says what was meant: click's errors in our words."""

import os
import re
import shlex

import click

from salesflow.names import listed, nearest

_MOST = 12  # values that are listed


def told(mistake: click.ClickException, command: click.Command | None = None) -> str:
    """The sentence for a mistake; ``command`` is the verb that was called, where there is one."""
    if isinstance(mistake, click.NoSuchOption):
        return _no_option(mistake)
    if isinstance(mistake, click.MissingParameter):
        return _missing(mistake)
    if isinstance(mistake, click.BadOptionUsage):
        return _without_value(mistake, command)
    if isinstance(mistake, click.BadParameter):
        return _bad_value(mistake)
    extra = re.match(r"Got unexpected extra arguments? \((.*)\)", mistake.message)
    if extra and isinstance(mistake, click.UsageError):
        words = listed(extra[1].split(" "))
        return f"{words}: too many words. {_see(mistake)} says what it takes."
    if mistake.message.startswith("Missing command"):
        return "Say what to do: `salesflow --help` lists the verbs."
    return mistake.message


def no_verb(word: str, verbs: list[str]) -> str:
    """What to say where a word is no verb."""
    near = nearest(word, verbs)
    if near:
        return f"There is no verb `{word}`. Did you mean `{near}`?"
    if os.path.exists(word) or word.endswith((".yaml", ".yml")):
        path = shlex.quote(word)
        return f"Say what to do with `{word}`, for example `salesflow check {path}`."
    return f"There is no verb `{word}`. `salesflow --help` lists them."


def _see(mistake: click.UsageError) -> str:
    path = mistake.ctx.command_path if mistake.ctx else "salesflow"
    return f"`{path} --help`"


def _no_option(mistake: click.NoSuchOption) -> str:
    path = mistake.ctx.command_path if mistake.ctx else "salesflow"
    said = f"`{path}` has no option `{mistake.option_name}`."
    options = [] if mistake.ctx is None else _options(mistake.ctx.command)
    near = nearest(mistake.option_name, options)
    return f"{said} Did you mean `{near}`?" if near else f"{said} {_see(mistake)} lists them."


def _options(command: click.Command) -> list[str]:
    names = [name for option in command.params for name in option.opts]
    return ["--help", *(name for name in names if name.startswith("--"))]


def _missing(mistake: click.MissingParameter) -> str:
    path = mistake.ctx.command_path if mistake.ctx else "salesflow"
    name = mistake.param.make_metavar(mistake.ctx) if mistake.param and mistake.ctx else "FILE"
    word = name.strip("[].")
    if word.startswith("{"):  # words to choose from
        return f"`{path}` needs one of {listed(word.strip('{}').split('|'))}."
    return f"`{path}` needs {word}, for example `{path} {_example(word)}`."


def _example(word: str) -> str:
    """A file that could stand there: the first process file of this folder."""
    from salesflow.source.project import is_wanted  # only when something is missing

    there = sorted(name for name in os.listdir(".") if is_wanted(name)) if word == "PATH" else []
    return shlex.quote(there[0]) if there else {"PATH": "sales.salesflow.yaml"}.get(word, word)


def _without_value(mistake: click.BadOptionUsage, command: click.Command | None) -> str:
    if "requires an argument" not in mistake.message:
        return mistake.message
    for option in command.params if command else []:
        if mistake.option_name in option.opts:
            value = option.metavar or option.type.name.upper()
            if isinstance(option.type, click.Choice):
                value = str(next(iter(option.type.choices)))
            return f"`{mistake.option_name}` needs a value: `{mistake.option_name} {value}`."
    return f"`{mistake.option_name}` needs a value."


def _bad_value(mistake: click.BadParameter) -> str:
    """A value of the wrong kind, or none of those there are."""
    option = mistake.param
    quoted = re.match(r"'(.*)' is not", mistake.message)
    if option is None or quoted is None:
        name = option.opts[-1] if option else ""
        return f"`{name}`: {mistake.message}" if name else mistake.message
    value = quoted[1]
    typed = f"`{option.opts[-1]} {value}`" if option.opts[-1].startswith("-") else f"`{value}`"
    if isinstance(option.type, click.Choice):
        choices = [str(each) for each in option.type.choices]
        near = nearest(value, choices)
        hint = f" Did you mean `{near}`?" if near else ""
        return f"{typed}: there is no `{value}`, but {listed(choices, most=_MOST)}.{hint}"
    number = isinstance(option.type, click.types.IntParamType)
    return f"{typed}: that is no {'whole ' if number else ''}number."
