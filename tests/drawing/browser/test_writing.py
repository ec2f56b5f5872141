"""Names that are written from right to left, beside what is written from left to right."""

from salesflow.drawing.layout.arrange import layout
from salesflow.drawing.svg.picture import svg
from tests.drawing.browser.conftest import Show
from tests.drawing.svg.drawn import diagram

_STARTS = """text => [...text.textContent].map(
  (letter, at) => [letter, text.getStartPositionOfChar(at).x])"""


def test_a_share_keeps_its_percent_sign_beside_hebrew(show: Show) -> None:
    drawn = diagram("\u05dc\u05d0, 50%, at most 3×")
    page = f"<!doctype html><title>x</title>{svg(layout(drawn))}"
    tab = show(page, ready=False).tab
    label = tab.locator(".edge-label text").first
    starts = [(letter, x) for letter, x in label.evaluate(_STARTS) if letter in "\u05dc\u05d0,50%"]
    order = "".join(letter for letter, _ in sorted(starts, key=lambda each: each[1]))
    assert order.startswith("\u05d0\u05dc,50%")
