"""The table of threats: each has a test, and each test that is named is there and can run."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "design" / "threats.md"
NAMED = re.compile(r"\[(tests/[\w/]+\.py)::(\w+)\]\((\S+)\)")


def rows(page: str) -> list[tuple[str, str, str]]:
    """The cells of the table, without its head."""
    found = [row.strip("|").split(" | ") for row in page.splitlines() if row.startswith("| ")]
    return [(cells[0].strip(), cells[1], cells[2]) for cells in found[1:]]


@cache
def named_in(file: str) -> frozenset[str]:
    """The test functions of a file; those that are always skipped do not count."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and not any(
            ast.unparse(each).startswith("pytest.mark.skip(") for each in node.decorator_list
        )
    )


def wrong(page: str) -> list[str]:
    """What is wrong with a table."""
    told = []
    for threat, answer, held in rows(page):
        named = NAMED.findall(held)
        if not named or len(answer) < 7:
            told.append(f"{threat}: nothing holds it")
        for file, test, link in named:
            if not (ROOT / file).exists() or test not in named_in(file):
                told.append(f"{threat}: there is no {file}::{test}")
            if (PAGE.parent / link).resolve() != (ROOT / file).resolve():
                told.append(f"{threat}: the link leads elsewhere than {file}")
    return told


def test_each_threat_has_a_test_that_is_there() -> None:
    assert wrong(PAGE.read_text(encoding="utf-8")) == []
    assert len(rows(PAGE.read_text(encoding="utf-8"))) >= 40


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("| a | we do something | nothing |", "nothing holds it"),
        ("| a | x | [tests/test_house.py::test_x](../../tests/test_house.py) |", "nothing holds it"),
        ("| a | we do something | [tests/no.py::test_x](../../tests/no.py) |", "there is no"),
        ("| a | we do something | [tests/test_house.py::test_no](../../tests/test_house.py) |", "there is no"),
        ("| a | we do something | [tests/test_house.py::test_no](x.py) |", "leads elsewhere"),
    ],
)  # fmt: skip
def test_a_table_that_is_wrong_is_noticed(row: str, said: str) -> None:
    page = f"| threat | what we do | held by |\n|---|---|---|\n{row}\n"
    assert any(said in each for each in wrong(page))


RUNS = {"eval", "exec", "compile", "__import__"}
# A worker reads the program that whoever started it has sent: it runs what that one says anyway.
WORKERS = {"replicate.py": {"pickle"}}
UNPICKLES = {"pickle", "marshal", "shelve", "dill", "cloudpickle"}


def test_nothing_of_ours_unpickles() -> None:
    """Only a worker reads a pickle, and nothing evaluates text; YAML is never constructed, no shell is started."""
    found = []
    for file in sorted((ROOT / "salesflow").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [each.name for each in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            bad = UNPICKLES & {name.partition(".")[0] for name in names}
            bad -= WORKERS.get(file.name, set())
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                shell = any(each.arg == "shell" for each in node.keywords)
                if called in RUNS or called in {"yaml.load", "os.system", "os.popen"} or shell:
                    bad = {called}
            found += [f"{file.relative_to(ROOT)}:{node.lineno}: {each}" for each in bad]
    assert found == []
    source = (ROOT / "salesflow/simulation/replicate.py").read_text(encoding="utf-8")
    assert re.findall(r"pickle\.(\w+)", source) == ["dumps", "loads"]
