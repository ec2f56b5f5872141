"""A real browser, offline, on sites that are written to disk: it may read their files, no other."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.drawing.browser.conftest import Opened, browser

__all__ = ["browser"]

Visit = Callable[..., Any]


@pytest.fixture
def visit(browser: Any, tmp_path: Path) -> Iterator[Visit]:
    """Opens a page of a site; options are those of a context."""
    contexts: list[Any] = []
    shown: list[Opened] = []

    def open_page(site: dict[str, str], at: str = "index.html", **options: Any) -> Any:
        for name, text in site.items():
            file = tmp_path / "site" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        page, mark, anchor = at.partition("#")
        wanted: dict[str, Any] = {
            "viewport": {"width": 1280, "height": 800},
            "offline": True,
            "reduced_motion": "reduce",
        } | options
        contexts.append(browser.new_context(**wanted))
        opened = Opened(contexts[-1], tmp_path / "site" / page)
        shown.append(opened)
        opened.tab.goto(opened.url + mark + anchor)
        return opened.tab

    yield open_page
    for opened in shown:
        opened.tab.wait_for_timeout(50)
    for context in contexts:
        context.close()
    home = (tmp_path / "site").as_uri()
    assert [problem for opened in shown for problem in opened.problems] == []
    assert [u for opened in shown for u in opened.requests if not u.startswith(f"{home}/")] == []
