"""A real browser, offline: whatever a page asks the network for, or complains about, fails the test."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = [
    "--no-sandbox",  # inside a container there is none to be had
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Opened:
    """A page that is open: ``tab`` is Playwright's, ``problems`` what its console said."""

    def __init__(self, context: Any, file: Path) -> None:
        self.problems: list[str] = []
        self.requests: list[str] = []
        self.url = file.as_uri()
        self.tab = context.new_page()
        self.tab.set_default_timeout(10_000)
        self.tab.on("console", self._heard)
        self.tab.on("pageerror", lambda error: self.problems.append(f"error: {error}"))
        self.tab.on("request", self._asked)

    def _heard(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(f"{message.type}: {message.text}")

    def _asked(self, request: Any) -> None:
        if request.url.partition("#")[0] != self.url:
            self.requests.append(request.url)


def missing(message: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    """One for all tests here; gone before other tests come, for its event loop would disturb them."""
    program = os.environ.get("SALESFLOW_CHROMIUM") or next(
        filter(None, map(shutil.which, _NAMES)), ""
    )
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("Playwright is not installed: run `pip install salesflow[test]`")
    if not program:
        missing(
            "Chromium is not installed: run `apt-get install chromium`, or say where it is: SALESFLOW_CHROMIUM=PATH"
        )
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        yield started
        started.close()


Show = Callable[..., Opened]


@pytest.fixture
def show(browser: Any, tmp_path: Path) -> Iterator[Show]:
    """Opens the text of a page from a file, with the network off; options are those of a context."""
    contexts: list[Any] = []
    shown: list[Opened] = []

    def open_page(text: str, at: str = "", *, ready: bool = True, **options: Any) -> Opened:
        file = tmp_path / f"page{len(shown)}.html"
        file.write_text(text, encoding="utf-8")
        wanted: dict[str, Any] = {
            "viewport": {"width": 1280, "height": 800},
            "offline": True,
            "reduced_motion": "reduce",  # everything is where it goes at once
        } | options
        contexts.append(browser.new_context(**wanted))
        opened = Opened(contexts[-1], file)
        shown.append(opened)
        opened.tab.goto(opened.url + at)
        if ready:
            opened.tab.wait_for_selector("html.ready")
        return opened

    yield open_page
    for opened in shown:
        opened.tab.wait_for_timeout(50)
    for context in contexts:
        context.close()
    assert [problem for opened in shown for problem in opened.problems] == []
    assert [request for opened in shown for request in opened.requests] == []
