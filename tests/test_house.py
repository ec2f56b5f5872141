"""The habits of the house, held by a test: what a linter cannot say is said here.

Each habit is a function from a file's text to what is wrong with it. The first tests show each habit
broken, so that none of them can stop working unnoticed; the last ones judge every file there is.
"""

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

import salesflow

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "salesflow"
FILES = sorted(PACKAGE.rglob("*.py"))

LONGEST_FILE = 300
LONGEST_FUNCTION = 39

# What may be longer, how long, and why. An entry that is not needed any more fails too.
LONG_FILES: dict[str, tuple[int, str]] = {}
LONG_FUNCTIONS: dict[str, tuple[int, str]] = {}

# The tables of the language: one function names the keys of one element, each with its shape, its
# meaning and an example. They are read from top to bottom like a page, and hold no logic.
TABLES = "salesflow/schema/language"
LONGEST_TABLE = 65

# `replace` takes the fields of whatever noun it is called on; the class refuses unknown ones.
OPEN_OPTIONS = {"salesflow/nouns.py:replace"}

# Facts name the types of analyses, the verbs that of a comparison, which are imported only when
# they are asked for. import-linter counts imports for types as real ones, so no circle can hide
# behind these.
LATE_TYPES = {"salesflow/api.py", "salesflow/checking/facts.py"}

VAGUE_FILE = re.compile(r"(^|_)(utils?|helpers?|managers?|base|common|misc|stuff)(_|$)")
VAGUE_CLASS = re.compile(r"(^|_)(utils?|helpers?|managers?|base)(_|$)")


@cache
def parsed(text: str) -> ast.Module:
    return ast.parse(text)


@cache
def nodes(text: str) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(parsed(text)))


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def length(name: str, text: str) -> Iterator[str]:
    lines = len(text.splitlines())
    allowed, _ = LONG_FILES.get(name, (LONGEST_FILE, ""))
    if lines > allowed:
        yield f"{name} has {lines} lines, {allowed} are allowed"
    if name in LONG_FILES and lines <= LONGEST_FILE:
        yield f"{name} is short again: take it off the list"


def functions(name: str, text: str) -> Iterator[str]:
    for node in nodes(text):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        key = f"{name}:{node.name}"
        usual = LONGEST_TABLE if name.startswith(TABLES) else LONGEST_FUNCTION
        allowed, _ = LONG_FUNCTIONS.get(key, (usual, ""))
        if lines > allowed:
            yield f"{key} has {lines} lines, {allowed} are allowed"
        if key in LONG_FUNCTIONS and lines <= usual:
            yield f"{key} is short again: take it off the list"


def vague_names(name: str, text: str) -> Iterator[str]:
    rule = "/checking/rules/" in name  # named as the rule is, and that is what users know
    if not rule and any(VAGUE_FILE.search(part) for part in name.removesuffix(".py").split("/")):
        yield f"{name}: what is in it? A name in the terms of the field, please"
    for node in nodes(text):
        if isinstance(node, ast.ClassDef):
            snake = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", node.name).lower()
            if VAGUE_CLASS.search(snake):
                yield f"{name}:{node.lineno}: what is a {node.name}?"


def circles_hidden(name: str, text: str) -> Iterator[str]:
    for node in nodes(text):
        if isinstance(node, ast.ImportFrom) and any(part.name == "*" for part in node.names):
            yield f"{name}:{node.lineno}: a star import hides where names come from"
        # What comes from outside cannot make a circle; what is ours can.
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            inside = "".join(ast.dump(each) for each in node.body)
            ours = "salesflow" in inside and name not in LATE_TYPES
            yield from [f"{name}:{node.lineno}: hides a circle"] * ours


def printing(name: str, text: str) -> Iterator[str]:
    if name.startswith("salesflow/cli/"):
        return
    for node in nodes(text):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "print"
        ):
            yield f"{name}:{node.lineno}: only the command line prints"


def chance_and_state(name: str, text: str) -> Iterator[str]:
    for node in nodes(text):
        if isinstance(node, ast.Global):
            yield f"{name}:{node.lineno}: state of a module changes under its readers"
        names = [part.name for part in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        if "random" in names:
            yield f"{name}:{node.lineno}: chance comes from a seed that the caller gives"


def open_options(name: str, text: str) -> Iterator[str]:
    tree = parsed(text)
    owners = [tree, *(node for node in tree.body if isinstance(node, ast.ClassDef))]
    for node in (node for owner in owners for node in owner.body):
        if not isinstance(node, ast.FunctionDef) or node.args.kwarg is None:
            continue
        if not node.name.startswith("_") and f"{name}:{node.name}" not in OPEN_OPTIONS:
            yield f"{name}:{node.lineno}: {node.name} takes any option: name them"


def docstrings(name: str, text: str) -> Iterator[str]:
    tree = parsed(text)
    if text.strip() and not ast.get_docstring(tree):
        yield f"{name}: no docstring says what the file is for"
    yield from _undocumented(name, tree)


def _undocumented(name: str, owner: ast.Module | ast.ClassDef) -> Iterator[str]:
    for node in owner.body:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        overload = any("overload" in ast.dump(each) for each in node.decorator_list)
        if not ast.get_docstring(node) and not overload:
            yield f"{name}:{node.lineno}: {node.name} has no docstring"
        if isinstance(node, ast.ClassDef):
            yield from _undocumented(name, node)


HABITS: list[Callable[[str, str], Iterator[str]]] = [
    length,
    functions,
    vague_names,
    circles_hidden,
    printing,
    chance_and_state,
    open_options,
    docstrings,
]

LONG_BODY = "\n".join(f"    x{i} = {i}" for i in range(LONGEST_FUNCTION))


@pytest.mark.parametrize(
    ("habit", "name", "text"),
    [
        (length, "salesflow/a.py", "x = 1\n" * 301),
        (functions, "salesflow/a.py", f"def f():\n{LONG_BODY}\n"),
        (functions, "salesflow/a.py", f"class A:\n  async def f():\n{LONG_BODY}\n"),
        (vague_names, "salesflow/utils.py", ""),
        (vague_names, "salesflow/helpers/a.py", ""),
        (vague_names, "salesflow/a.py", "class DealManager: ..."),
        (vague_names, "salesflow/a.py", "class Base: ..."),
        (circles_hidden, "salesflow/a.py", "from x import *"),
        (circles_hidden, "salesflow/a.py", "if TYPE_CHECKING:\n  from salesflow.b import c"),
        (circles_hidden, "salesflow/a.py", "if typing.TYPE_CHECKING:\n  import salesflow"),
        (printing, "salesflow/api.py", "def f():\n    print(1)"),
        (chance_and_state, "salesflow/a.py", "def f():\n    global x"),
        (chance_and_state, "salesflow/a.py", "import random"),
        (chance_and_state, "salesflow/a.py", "from random import choice"),
        (open_options, "salesflow/a.py", "def f(**options): ..."),
        (open_options, "salesflow/a.py", "class A:\n  def f(self, **options): ..."),
        (docstrings, "salesflow/a.py", "x = 1"),
        (docstrings, "salesflow/a.py", '"""A."""\ndef f(): ...'),
        (docstrings, "salesflow/a.py", '"""A."""\nclass A:\n  """A."""\n  def f(self): ...'),
    ],
)
def test_a_broken_habit_is_noticed(
    habit: Callable[[str, str], Iterator[str]], name: str, text: str
) -> None:
    assert list(habit(name, text))


@pytest.mark.parametrize("habit", HABITS, ids=lambda habit: habit.__name__)
def test_the_house_keeps_its_habits(habit: Callable[[str, str], Iterator[str]]) -> None:
    assert [
        problem
        for file in FILES
        for problem in habit(name_of(file), file.read_text(encoding="utf-8"))
    ] == []


def test_exceptions_have_a_reason_and_exist() -> None:
    for name, (_, reason) in (LONG_FILES | LONG_FUNCTIONS).items():
        assert reason, name
        assert (ROOT / name.partition(":")[0]).is_file(), name


def test_most_functions_are_short() -> None:
    lengths = sorted(
        (node.end_lineno or 0) - node.lineno + 1
        for file in FILES
        for node in nodes(file.read_text(encoding="utf-8"))
        if isinstance(node, ast.FunctionDef)
    )
    assert lengths[len(lengths) // 2] <= 12


def test_every_folder_of_the_package_is_a_room_with_something_in_it() -> None:
    folders = [folder for folder in PACKAGE.rglob("*") if folder.is_dir()]
    for folder in folders:
        if folder.name != "__pycache__" and any(folder.glob("*.py")):
            assert (folder / "__init__.py").is_file(), folder
            assert len(list(folder.rglob("*.py"))) > 1, folder


def test_tests_mirror_the_package() -> None:
    rooms = {folder.name for folder in PACKAGE.iterdir() if any(folder.glob("*.py"))}
    tested = {
        folder.name
        for folder in (ROOT / "tests").iterdir()
        if folder.is_dir() and any(folder.glob("test_*.py"))
    }
    beside = {
        "ci",
        "docs_site",
        "fuzz",
        "mutation",
    }  # beside the package: its CI, its pages, proofs
    assert tested <= rooms | beside
    assert rooms <= tested


# ------------------------------------------------------------------------------- what is public


def test_public_names_are_sorted_and_exist() -> None:
    public = [name for name in dir(salesflow) if name != "__version__"]
    assert public == sorted(public)
    for name in public:
        assert inspect.getdoc(getattr(salesflow, name)), name
    with pytest.raises(AttributeError, match="no attribute 'chekc'"):
        salesflow.chekc  # type: ignore[attr-defined] # noqa: B018


def test_type_checkers_see_the_same_public_names() -> None:
    stub = ast.parse((PACKAGE / "__init__.pyi").read_text(encoding="utf-8"))
    seen = {
        (node.module, part.asname)
        for node in stub.body
        if isinstance(node, ast.ImportFrom)
        for part in node.names
    }
    assert seen == {(home, name) for name, home in salesflow._HOMES.items()}


def test_public_functions_take_at_most_two_arguments_by_position() -> None:
    for name in dir(salesflow):
        value = getattr(salesflow, name)
        if inspect.isfunction(value):
            parameters = inspect.signature(value).parameters.values()
            by_position = [p for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD]
            assert len(by_position) <= 2, name


def test_the_package_says_that_it_is_typed() -> None:
    assert (PACKAGE / "py.typed").is_file()


# -------------------------------------------------------------------------- README and .ci/run


def shell_blocks(markdown: str) -> list[str]:
    """The commands of every shell block, without comments and prompts."""
    blocks = re.findall(r"^```(?:sh|bash|shell)\n(.*?)^```", markdown, re.MULTILINE | re.DOTALL)
    return ["\n".join(line for line in b.splitlines() if line[:1] != "#").strip() for b in blocks]


def checked_by_ci(script: str) -> list[str]:
    return re.findall(r'^check "(.*)"$', script, re.MULTILINE)


def test_ci_runs_what_the_readme_says() -> None:
    readme = shell_blocks((ROOT / "README.md").read_text(encoding="utf-8"))
    script = checked_by_ci((ROOT / ".ci" / "run").read_text(encoding="utf-8"))
    assert [command for command in script if command in readme[:2]] == readme[:2]
    assert "salesflow check examples/enterprise" in readme[0]
    assert "pytest" in readme[1]


def test_the_comparison_of_readme_and_ci_sees_a_difference() -> None:
    assert shell_blocks("```sh\n# first\na && b\n```\n```console\n$ no\n```") == ["a && b"]
    assert checked_by_ci('check "a && b"\n# check "c"\n') == ["a && b"]


def test_ci_judges_style_types_and_floors() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for tool in ("ruff check", "ruff format --check", "mypy", "lint-imports"):
        assert f'check ".venv/bin/{tool}"' in script
