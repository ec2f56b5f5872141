"""How wide text is taken to be, against what a real browser draws."""

from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

import pytest

import salesflow as sf
from salesflow.drawing.extract import flow
from salesflow.drawing.lettering import width, wrap
from tests.drawing.gate.chromium import page, texts
from tests.drawing.gate.drawn import drawn
from tests.drawing.gate.processes import GATE, SHIPPED
from tests.drawing.gate.reading import BOLD

NARROWER = 0.02  # by how much we may take text for narrower than it is
WORDS = [
    "Contract, security and purchasing",
    "ill till fill",
    "WWW MMM @ %",
    "0123456789 1.5 €",
    "within limits, if discount <= 10%",
    "(a) [b] {c} / \\ | _ ^ * ~",
    "Ärger mit Übergrößen",
    "naïve café señor",
    "Договор",
    "Συμβόλαιο",
    "ÄÖÜ ŁÓDŹ Щит ΩΘΦ",
    "and so on… “quoted” ‘once’ – twice — thrice • ≤ ≥ →",
]


@pytest.fixture(scope="module")
def shown() -> Iterator[Any]:
    with page() as opened:
        yield opened


def _key(text: dict[str, Any]) -> tuple[str, float, bool]:
    return text["text"], text["size"], int(text["weight"]) >= 600


def _svg(lines: list[str]) -> str:
    rows = "".join(f'<text x="0" y="{20 + 20 * n}">{escape(t)}</text>' for n, t in enumerate(lines))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 999 999" font-size="13" '
        f'font-family="Helvetica, Arial, Liberation Sans, sans-serif">{rows}</svg>'
    )


def test_text_is_no_wider_than_we_think(shown: Any) -> None:
    for found in texts(shown, _svg(WORDS)):
        taken = width(found["text"], 13)
        assert found["width"] <= taken * (1 + NARROWER), found
        assert found["width"] >= taken * 0.8, found


def test_wrapped_lines_fit(shown: Any) -> None:
    lines = [line for text in WORDS for line in wrap(text, 13, 90, 3)]
    for found in texts(shown, _svg(lines)):
        assert found["width"] <= 90 * (1 + NARROWER), found


@pytest.mark.parametrize("name", [*GATE, "enterprise/enterprise", "smb/smb"])
def test_words_in_a_picture_are_as_wide_as_we_read_them(name: str, shown: Any) -> None:
    """The browser's boxes, so that what the other tests call inside is inside on a screen."""
    found = drawn(flow(sf.load({**GATE, **SHIPPED}[name])))
    read = [words for words in found.picture.words if words.text.strip()]
    real = [text for text in texts(shown, found.text) if text["text"].strip()]
    by_text = {(words.text, words.size, words.bold): words.box for words in read}
    both = [(text, by_text.get(_key(text))) for text in real]
    assert sum(box is not None for _, box in both) >= 0.9 * len(read) > 30
    for text, box in both:
        if box:
            assert text["width"] <= (box.right - box.left) * (1 + NARROWER), text
            assert text["width"] >= (box.right - box.left) * 0.8 / BOLD, text
