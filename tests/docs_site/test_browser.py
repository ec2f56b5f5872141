"""The site in a real browser: it is found what is searched, and it fits a screen, light or dark."""

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.drawing.browser.test_access import contrast

PAGES = ("index", "gallery", "reference/python", "reference/command-line")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *of: Any) -> None:  # noqa: A002 - its own word
        pass


@pytest.fixture(scope="module")
def home(site: Path) -> Iterator[str]:
    """The address of the site; a search needs one, files cannot ask for its index."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def opened(browser: Any, home: str, **options: Any) -> tuple[Any, list[str]]:
    """A tab that notes whatever goes wrong, or is asked of somebody else."""
    tab = browser.new_context(**options).new_page()
    tab.set_default_timeout(30_000)
    wrong: list[str] = []
    tab.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on("request", lambda r: None if r.url.startswith(home) else wrong.append(r.url))
    return tab, wrong


def test_what_is_searched_is_found(browser: Any, home: str) -> None:
    tab, wrong = opened(browser, home)
    with tab.expect_console_message(lambda message: "search ready" in message.text):
        tab.goto(f"{home}/index.html")
    tab.keyboard.press("s")
    tab.locator("#mkdocs-search-query").press_sequentially("deadlock")
    tab.locator("#mkdocs-search-results article a", has_text="deadlock").first.click()
    tab.wait_for_url("**/deadlock.html*")
    assert tab.locator("h1").inner_text().startswith("deadlock")
    assert wrong == []
    tab.context.close()


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (390, "dark"), (1280, "dark")])
def test_pages_fit_and_can_be_read(browser: Any, home: str, width: int, scheme: str) -> None:
    size = {"width": width, "height": 800}
    tab, wrong = opened(browser, home, viewport=size, color_scheme=scheme)
    for page in PAGES:
        tab.goto(f"{home}/{page}.html")
        tab.wait_for_function("[...document.images].every(i => i.complete)")
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, page
        assert tab.evaluate("[...document.images].every(i => i.naturalWidth)"), page
        assert tab.evaluate("document.documentElement.dataset.bsTheme") == scheme
        for part in ("h1", ".navbar-brand"):
            assert contrast(*colours(tab, part)) >= 4.5, (page, part)
    assert wrong == []
    tab.context.close()


def colours(tab: Any, part: str) -> tuple[str, str]:
    """The colour of a text and of what is behind it."""
    ink, paper = tab.evaluate(
        """part => {
          let node = document.querySelector(part);
          const ink = getComputedStyle(node).color;
          while (node) {
            const paper = getComputedStyle(node).backgroundColor;
            const channels = paper.match(/[\\d.]+/g);
            if (channels.length === 3 || Number(channels[3]) === 1) return [ink, paper];
            node = node.parentElement;
          }
          return [ink, "rgb(255, 255, 255)"];
        }""",
        part,
    )
    return ink, paper
