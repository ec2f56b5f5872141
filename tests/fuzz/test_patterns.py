"""No regular expression of ours can be made to hang: each is pumped with what its own text is of.

A pattern that backtracks without end (``(a+)+b``) takes ages on some 30 letters, one that is
quadratic on 5,000. Texts are made from each pattern's characters: repeated alone and in pairs, then
spoilt at the end.
"""

import ast
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

import salesflow
from salesflow.quantities.mistakes import LONGEST
from tests.fuzz.harmless import Hang, in_time

FILES = sorted(Path(salesflow.__file__).parent.rglob("*.py"))
LENGTH = 3_000
SECONDS = 4.0  # of processor time for all texts of a pattern
CALLS = {"compile", "match", "fullmatch", "search", "sub", "subn", "split", "finditer", "findall"}


SHORT = {"mistaken_times.py": LONGEST}  # longer texts are not looked at: see mistakes.py
SEARCHING = r"\.(?:search|sub|subn|split|finditer|findall)\("


def patterns() -> Iterator[tuple[str, str, bool]]:
    """Every pattern that stands in the package as a text: its place, and whether it is searched for
    anywhere in a text, or only at its beginning.
    """
    for file in FILES:
        source = file.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            if not isinstance(node, ast.Assign | ast.Expr | ast.AnnAssign | ast.Return | ast.Call):
                continue
            call = node if isinstance(node, ast.Call) else node.value
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
                continue
            owner, method = call.func.value, call.func.attr
            if not isinstance(owner, ast.Name) or owner.id != "re" or method not in CALLS:
                continue
            first = call.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                name = ast.unparse(node.targets[0]) if isinstance(node, ast.Assign) else ""
                used = re.search(rf"\b{re.escape(name)}{SEARCHING}", source) if name else None
                searched = bool(used) if method == "compile" else "match" not in method
                yield f"{file.name}:{call.lineno}", first.value, searched


def texts(pattern: str) -> Iterator[str]:
    kept = [letter for letter in dict.fromkeys(pattern) if letter not in "\\()[]{}|^$?*+"]
    letters = [*kept, *" a0_\t\n.-"][:24]
    for letter in letters:
        yield letter * LENGTH + "\0"
    for one, other in product(letters[:9], letters):
        yield (one + other) * (LENGTH // 10) + "\0"
    literal = re.sub(r"[\\()\[\]{}|^$?*+]", "", pattern)
    yield literal * (LENGTH // max(1, len(literal))) + "\0"


def pump(pattern: str, *, searched: bool, longest: int = LENGTH) -> None:
    compiled = re.compile(pattern)
    with in_time(SECONDS):
        for whole in texts(pattern):
            text = whole[-longest:]
            compiled.search(text) if searched else compiled.match(text)
            compiled.fullmatch(text)


FOUND: dict[str, tuple[str, bool]] = {}
for _place, _pattern, _searched in patterns():
    FOUND[_pattern] = (_place, _searched or FOUND.get(_pattern, ("", False))[1])
PLACES = [place for place, _ in FOUND.values()]


@pytest.mark.parametrize("pattern", FOUND, ids=PLACES)
def test_a_pattern_ends_soon(pattern: str) -> None:
    place, searched = FOUND[pattern]
    pump(pattern, searched=searched, longest=SHORT.get(place.partition(":")[0], LENGTH))


def test_there_are_patterns_to_look_at() -> None:
    assert len(FOUND) > 40


@pytest.mark.parametrize("pattern", [r"(a+)+b", r"(\s*a\s*)*b"])
def test_a_pattern_that_hangs_is_noticed(pattern: str) -> None:
    with pytest.raises(Hang):
        pump(pattern, searched=True)
