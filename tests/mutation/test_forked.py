"""A fault is put into functions that are there already, or it is said that this will not do."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutation import forked
from tests.mutation.room import FORKED

TEXT = '''
from functools import cache

LIMIT = 3


def twice(value, least=0):
    """Doubled."""
    return value * 2 + least


@cache
def kept(value):
    return [each for each in range(value) if each != 1]


def wrapped(function):
    def inner(value):
        return function(value) + 1

    return inner


@wrapped
def plus(value):
    return value


class Row:
    size: int = 1

    def area(self):
        return self.size * LIMIT
'''

FORKABLE = [
    ("value * 2", "value * 3", "twice(5) == 15"),
    ("each != 1", "each == 1", "kept(3) == [1]"),
    ("    return value\n", "    return value - 1\n", "plus(5) == 5"),
    ("self.size * LIMIT", "self.size + LIMIT", "Row().area() == 4"),
]
AT_IMPORT = [
    ("LIMIT = 3", "LIMIT = 4"),
    ("least=0", "least=1"),
    ("size: int = 1", "size: int = 2"),
    ("function(value) + 1", "function(value) + 2"),  # lives on in `plus`
    ("def area", "def space"),
    ("value * 2", "value * 2 "),  # no fault at all
]


def answered(folder: Path, before: str, after: str, claim: str) -> str:
    """What a process says that has imported the module and then puts the fault into it."""
    file = folder / "imported.py"
    file.write_text(TEXT, encoding="utf-8")
    assert TEXT.count(before) == 1
    script = (
        f"from imported import *; from forked import changed; kept(3); "
        f"print(changed({str(file)!r}, {TEXT.replace(before, after)!r}), {claim})"
    )
    paths = f"import sys; sys.path[:0] = [{str(folder)!r}, {str(FORKED.parent)!r}]; "
    words = [sys.executable, "-P", "-c", paths + script]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize(("before", "after", "claim"), FORKABLE)
def test_functions_get_the_code_of_the_fault(
    tmp_path: Path, before: str, after: str, claim: str
) -> None:
    assert answered(tmp_path, before, after, claim) == "True True"


@pytest.mark.parametrize(("before", "after"), AT_IMPORT)
def test_what_is_worked_out_at_import_is_left_to_a_new_process(
    tmp_path: Path, before: str, after: str
) -> None:
    assert answered(tmp_path, before, after, "True") == "False True"


def test_the_exit_code_for_that_is_none_of_pytests() -> None:
    assert forked.LEFT_ALONE not in {int(code) for code in pytest.ExitCode}
