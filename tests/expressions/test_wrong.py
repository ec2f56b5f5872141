"""What people get wrong, and exactly what they are told: ``wrong.txt``.

An entry is the expression (``set FIELD: …`` for a value), then for each problem a row of carets
under its place with the rule, the message and, in parentheses, the hint.
"""

from pathlib import Path

import pytest

from salesflow.expressions import Problem, compile_expression

from .grammar import FIELDS, SCOPE

ENTRIES = Path(__file__).with_name("wrong.txt").read_text(encoding="utf-8").strip().split("\n\n")


def shown(entry: str) -> str:
    """The entry as it should be."""
    line = entry.split("\n", 1)[0]
    prefix, text, wanted = "", line, None
    if line.startswith("set "):
        prefix = line[: line.index(":") + 2]
        text = line.removeprefix(prefix)
        wanted = FIELDS[prefix[4:-2]]
    _, problems = compile_expression(text, SCOPE, wanted=wanted)
    return "\n".join([line, *(caret(problem, len(prefix)) for problem in problems)])


def caret(problem: Problem, indent: int) -> str:
    """A problem below its place."""
    mark = "^" * max(1, problem.end - problem.start)
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"{' ' * (indent + problem.start)}{mark} {problem.rule}: {problem.message}{hint}"


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.split("\n", 1)[0])
def test_what_people_are_told(entry: str) -> None:
    assert shown(entry) == entry
    assert "\n" in entry, "an entry is of something wrong"
