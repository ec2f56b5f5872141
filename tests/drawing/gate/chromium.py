"""What a real browser makes of an SVG: the box of every line of text, and of every node's shape."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
_FLAGS += ["--disable-component-update", "--disable-sync", "--no-first-run"]

# Each line of text (a tspan, or a text without any) as text, font size and where it is drawn.
TEXTS = """() => [...document.querySelectorAll('text')].flatMap(text => {
  const parts = text.querySelector('tspan') ? [...text.querySelectorAll('tspan')] : [text];
  return parts.map(part => {
    const box = part.getBBox(), matrix = text.getCTM(), style = getComputedStyle(part);
    return {text: part.textContent, size: parseFloat(style.fontSize), weight: style.fontWeight,
            width: part.getComputedTextLength(), left: box.x, right: box.x + box.width};
  });
})"""


@contextmanager
def page() -> Iterator[Any]:
    """An empty page; the test says loudly that it was left out where there is no browser."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        browser = None
    if browser is None:
        message = "No browser: `pip install playwright` and `apt-get install chromium`"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as run:
        opened = run.chromium.launch(executable_path=browser, args=_FLAGS)
        try:
            yield opened.new_page()
        finally:
            opened.close()


def texts(shown: Any, svg: str) -> list[dict[str, Any]]:
    """Text, font size, weight and width in pixels of each line of text in a picture."""
    shown.set_content(f"<!doctype html><body style='margin:0'>{svg}</body>")
    found: list[dict[str, Any]] = shown.evaluate(TEXTS)
    return found
