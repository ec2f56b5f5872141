"""What is written off the package is what it says today."""

import re
from importlib.resources import files

import pytest

import salesflow as sf
from salesflow import testing
from tests.docs_site import llms, python_page
from tests.docs_site.llms import DOCS


def test_the_python_page_is_current() -> None:
    if python_page.PAGE.read_text(encoding="utf-8") != python_page.page():
        pytest.fail("docs/reference/python.md is old: `python -m tests.docs_site.python_page`")


def test_every_public_name_is_on_the_python_page() -> None:
    headings = set(re.findall(r"^### (\S+)$", python_page.page(), re.MULTILINE))
    wanted = {f"sf.{name}" for name in sf.__all__ if name != "__version__"}
    wanted |= {f"testing.{name}" for name in testing.__all__}
    assert wanted <= headings


@pytest.mark.parametrize("value", [sf.Process, sf.Finding, sf.SimulationResult, sf.Diff, sf.Deal])
def test_what_values_have_is_on_the_python_page(value: type) -> None:
    section = python_page.page().partition(f"### sf.{value.__name__}\n")[2].partition("\n### ")[0]
    for name in dir(value):
        inner = name.startswith("_") or name in python_page._INNER | {"count", "index"}
        assert inner or re.search(rf"(^|\*\*`){name}[:(]", section, re.MULTILINE), name
    assert "``" not in section.replace("```", "")


def test_the_text_for_assistants_is_current() -> None:
    if llms.FILE.read_text(encoding="utf-8") != llms.text():
        pytest.fail("docs/llms.txt is old: `python -m tests.docs_site.llms`")


def test_the_text_for_assistants_has_its_form() -> None:
    """As llmstxt.org has it: a title, a quote, text, then lists of links under headings."""
    text = llms.FILE.read_text(encoding="utf-8")
    head, *sections = re.split(r"^## .*$", text, flags=re.MULTILINE)
    assert head.startswith("# salesflow\n\n> ")
    for section in sections:
        for line in filter(None, section.splitlines()):
            assert re.fullmatch(r"- \[.+\]\((\S+\.md)\): .+", line), line
    for link in re.findall(r"\]\((\S+?)\)", text):
        assert (DOCS / link).is_file(), link


def test_the_language_on_one_page_is_what_assistants_read() -> None:
    guide = (files("salesflow.mcp_server") / "guide.md").read_text(encoding="utf-8")
    page = (DOCS / "reference" / "in-short.md").read_text(encoding="utf-8")
    assert page == guide, "docs/reference/in-short.md is a copy of salesflow/mcp_server/guide.md"
