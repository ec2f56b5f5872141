"""Laws try fewer examples where that is asked for, whatever they say of themselves."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutation.fewer import EXAMPLES
from tests.mutation.room import ALONE, ROOT

LAWS = """
from hypothesis import given, settings, strategies as st

TRIED = []

@settings(max_examples=60)
@given(st.integers())
def test_one_that_says_how_many(number):
    TRIED.append(number)

def test_how_many_they_were():
    assert len(TRIED) == SAYS

@given(st.integers())
def test_one_that_says_nothing(number):
    TRIED.append(number)

def test_how_many_there_are_now():
    assert len(TRIED) == SAYS + SILENT

def test_those_that_are_made_within():
    made = []
    settings(max_examples=5)(given(st.integers())(lambda number: made.append(number)))()
    assert len(made) == WITHIN
"""


@pytest.mark.parametrize(
    ("most", "says", "silent", "within"),
    [(None, 60, 100, 5), ("7", 7, 7, 5), ("3", 3, 3, 3), ("80", 60, 80, 5)],
)
def test_no_law_tries_more_than_asked_for(
    tmp_path: Path, most: str | None, says: int, silent: int, within: int
) -> None:
    text = LAWS.replace("SAYS", str(says)).replace("SILENT", str(silent))
    file = tmp_path / "test_laws.py"
    file.write_text(text.replace("WITHIN", str(within)), encoding="utf-8")
    asked = {EXAMPLES: most} if most else {}
    words = [sys.executable, "-m", "pytest", *ALONE, "-c", os.devnull, str(file)]
    ours = {name: value for name, value in os.environ.items() if name != EXAMPLES}
    environment = {**ours, "PYTHONPATH": str(ROOT), **asked}
    done = subprocess.run(words, cwd=tmp_path, env=environment, check=False)
    assert done.returncode == 0
