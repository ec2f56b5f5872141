"""Whatever a page shows is true: its YAML loads, its commands print that, its Python runs.

* ```yaml that starts with ``salesflow: 1`` is loaded and checked: exactly the findings that its
  ``# error: [rule]`` marks announce. ``# file: name`` at the top, or ``<!-- file: name -->``
  above it, names it for later blocks. Other YAML is a piece of a file; ``<!-- a piece -->`` above it says so, and it has to be YAML.
* ```console: lines with ``$ `` are run, what stands below them is what they print; ``…`` alone on a
  line stands for any lines.
* ```xml with ``<!-- file: name -->`` above it is written to that file.
* ```python runs, block after block; ``>>>`` shows what comes back.
* Links lead to files.

Each page has a folder of its own with a copy of ``examples/``, as if it were the repository.
"""

import doctest
import re
import shlex
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

import salesflow as sf
from salesflow.checking.manual import Example
from salesflow.cli.command import run

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    page
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md")]
    if "reference/rules" not in page.as_posix()  # the examples there are those of the manuals
)
BLOCK = re.compile(
    r"^(?:<!-- (a piece|file: \S+) -->\n+)?```(\w+)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL
)


class Block(NamedTuple):
    """A fenced block of a page."""

    language: str
    text: str
    line: int
    about: str  # `a piece`, `file: name` or nothing


def blocks(markdown: str) -> list[Block]:
    return [
        Block(
            language=match[2],
            text=match[3],
            line=markdown[: match.start(3)].count("\n") + 1,
            about=match[1] or "",
        )
        for match in BLOCK.finditer(markdown)
    ]


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def check_yaml(block: Block, folder: Path) -> None:
    named = block.about.startswith("file: ")
    example = Example(f"# {block.about}\n{block.text}" if named else block.text)
    if not example.files[[*example.files][-1]].startswith("salesflow: 1"):
        assert block.about == "a piece", "neither a whole file nor marked <!-- a piece -->"
        yaml.safe_load(block.text)
        return
    for name, text in example.files.items():
        (folder / name).write_text(text, encoding="utf-8")
    last = [*example.files][-1]
    try:
        found: tuple[sf.Finding, ...] = sf.check(sf.load(folder / last))
    except sf.LoadError as problem:
        if "not a process" in str(problem):  # an organization or tests: judged where it is used
            return
        found = problem.findings
    shown = [(Path(f.file).name, f.line, f.rule) for f in found]
    assert sorted(shown) == sorted(example.marked)


def check_console(block: Block, capsys: pytest.CaptureFixture[str]) -> None:
    commands = re.split(r"^\$ ", block.text, flags=re.MULTILINE)
    assert not commands[0].strip(), "a console block begins with `$ `"
    for each in commands[1:]:
        command, _, expected = each.partition("\n")
        words = shlex.split(command)
        assert words[0] == "salesflow", command
        capsys.readouterr()
        run(words[1:])
        captured = capsys.readouterr()
        printed = (captured.out + captured.err).rstrip()
        assert fits(printed, expected.rstrip()), f"$ {command}\n{printed}"


def fits(printed: str, expected: str) -> bool:
    """Whether a text is what is expected, ``…`` on a line of its own standing for any lines."""
    parts = [re.escape(part.strip("\n")) for part in re.split(r"^…$", expected, flags=re.MULTILINE)]
    return (
        re.fullmatch(
            "(?:.*\n)?".join(f"{part}\n?" if part else "" for part in parts),
            f"{printed}\n",
            re.DOTALL,
        )
        is not None
    )


def check_python(block: Block, names: dict[str, Any], page: str) -> None:
    if ">>>" in block.text:
        test = doctest.DocTestParser().get_doctest(block.text, names, page, page, block.line)
        result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, clear_globs=False)
        assert result.failed == 0
    else:
        exec(compile(block.text, page, "exec"), names)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_what_a_page_shows_is_true(
    page: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    home = tmp_path / page.parent.relative_to(ROOT) if "examples" in page.parts else tmp_path
    monkeypatch.chdir(home)
    names: dict[str, Any] = {}
    for block in blocks(page.read_text(encoding="utf-8")):
        where = f"{name_of(page)}:{block.line}"
        try:
            if block.language == "yaml":
                check_yaml(block, home)
            elif block.language == "console":
                check_console(block, capsys)
            elif block.language == "python":
                check_python(block, names, where)
            elif block.language == "xml" and block.about.startswith("file: "):
                (home / block.about.removeprefix("file: ")).write_text(block.text, encoding="utf-8")
            elif block.language == "sh" and "examples" in page.parts:
                for line in block.text.splitlines():
                    assert run(shlex.split(line)[1:]) in (0, 1), line
        except (AssertionError, sf.SalesflowError) as problem:
            raise AssertionError(f"{where}: {problem}") from problem


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    fences = r"^(`{3,})[^\n]*\n.*?^\1$"  # a longer fence may hold shorter ones
    text = re.sub(fences, "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if "://" not in target and not target.startswith("mailto:"):
            assert (page.parent / target).exists(), f"{name_of(page)}: {target}"


def test_blocks_are_found_with_their_lines() -> None:
    text = "# A\n\n<!-- a piece -->\n```yaml\na: 1\n```\n\n```console\n$ x\ny\n```\n"
    assert blocks(text) == [
        Block("yaml", "a: 1\n", 5, "a piece"),
        Block("console", "$ x\ny\n", 9, ""),
    ]


def test_a_wrong_page_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    whole = (ROOT / "examples/hello/hello.salesflow.yaml").read_text(encoding="utf-8")
    check_yaml(Block("yaml", whole, 1, ""), tmp_path)
    with pytest.raises(AssertionError):
        check_yaml(Block("yaml", whole.replace("offer:", "ofer:"), 1, ""), tmp_path)
    with pytest.raises(AssertionError):
        check_yaml(Block("yaml", "a: 1\n", 1, ""), tmp_path)
    with pytest.raises(AssertionError):
        check_console(Block("console", "$ salesflow --version\nsalesflow 0.0\n", 1, ""), capsys)
    check_console(Block("console", "$ salesflow --version\nsalesflow 0.1.0\n", 1, ""), capsys)
    with pytest.raises(AssertionError):
        check_python(Block("python", ">>> 1 + 1\n3\n", 1, ""), {}, "a page")


@pytest.mark.parametrize(
    ("printed", "expected", "right"),
    [
        ("a\nb", "a\nb", True),
        ("a\nb", "a", False),
        ("a\nb\nc\nd", "a\n…\nd", True),
        ("a\nd", "a\n…\nd", True),
        ("a\nb\nc", "a\n…", True),
        ("a\nb\nc", "…\nb", False),
        ("a (b)", "a (b)", True),
    ],
)
def test_an_ellipsis_stands_for_lines(printed: str, expected: str, right: bool) -> None:
    assert fits(printed, expected) is right
