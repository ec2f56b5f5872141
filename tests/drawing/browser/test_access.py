"""Usable without a mouse, without sight, in the dark and on paper."""

from typing import Any

import pytest

from tests.drawing.browser import pages
from tests.drawing.browser.conftest import Show
from tests.drawing.browser.sight import PICTURE, box, colour, node, panel

CONTROLS = "button, input, select, textarea, a[href], [tabindex]:not([tabindex='-1']), summary"
UNNAMED = f"""() => [...document.querySelectorAll("{CONTROLS}")]
  .filter((e) => e.getClientRects().length && getComputedStyle(e).visibility !== 'hidden')
  .filter((e) => !(e.getAttribute('aria-label') || e.textContent.trim() || e.title
      || (e.labels && [...e.labels].some((l) => l.textContent.trim()))
      || document.getElementById(e.getAttribute('aria-labelledby'))))
  .map((e) => e.outerHTML.slice(0, 120))"""
BROKEN_ARIA = """() => [...document.querySelectorAll('[aria-controls], [aria-labelledby], [for]')]
  .filter((e) => e.getClientRects().length)
  .flatMap((e) => ['aria-controls', 'aria-labelledby', 'for'].map((n) => e.getAttribute(n)).filter(Boolean))
  .filter((id) => !document.getElementById(id))"""
SAME_IDS = """() => { const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
  return ids.filter((id, n) => ids.indexOf(id) !== n); }"""
FOCUS = """() => { const e = document.activeElement;
  const b = e.getBoundingClientRect();
  return {tag: e.tagName, id: e.id, text: (e.textContent || '').slice(0, 30), w: b.width, h: b.height,
    outline: getComputedStyle(e).outlineStyle + getComputedStyle(e).boxShadow}; }"""
MAKERS = [pages.whole, pages.broken, pages.compared]


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_every_control_has_a_name_and_every_reference_leads_somewhere(
    show: Show, make: Any
) -> None:
    tab = show(make()).tab
    for each in tab.locator("[role=tab]").all():
        each.click()
        assert tab.evaluate(UNNAMED) == []
        assert tab.evaluate(BROKEN_ARIA) == []
        assert tab.evaluate(SAME_IDS) == []


def test_the_document_says_what_it_is(show: Show) -> None:
    tab = show(pages.whole()).tab
    assert tab.title() == "Enterprise"
    assert tab.locator("html").get_attribute("lang") == "en"
    assert tab.locator("h1").count() == 1
    for name in ("main", "nav", "header"):
        assert tab.locator(name).count() >= 1
    assert tab.locator(PICTURE).first.get_attribute("role") == "img"
    assert tab.locator(PICTURE).first.get_attribute("aria-label")
    assert tab.locator("[aria-live]").count() == 1


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_tab_goes_through_all_controls_and_out_again(show: Show, make: Any) -> None:
    tab = show(make()).tab
    stops = []
    for _ in range(160):
        tab.keyboard.press("Tab")
        stop = tab.evaluate(FOCUS)
        if stop["tag"] == "BODY":
            break
        assert stop["w"] > 0, stop
        assert stop["h"] > 0, stop
        stops.append(stop)
    else:
        pytest.fail(f"Tab never leaves the page: {stops[-3:]}")
    ids = [stop["id"] for stop in stops]
    for wanted in ("find", "focus", "help"):
        assert wanted in ids
    assert ids.index("find") < ids.index("help")
    assert all(stop["outline"] not in ("nonenone", "none") for stop in stops), stops


def test_the_focus_comes_out_of_the_search_and_of_the_keys(show: Show) -> None:
    tab = show(pages.whole()).tab
    tab.keyboard.press("/")
    assert tab.evaluate("document.activeElement.id") == "find"
    tab.keyboard.press("Escape")
    tab.keyboard.press("Escape")
    assert tab.evaluate("document.activeElement.id") != "find"
    tab.keyboard.press("?")
    dialog = tab.locator("dialog[open]")
    assert dialog.is_visible()
    for words in ("Next heat measure", "Move deals", "Find", "Next department"):
        assert words in dialog.inner_text()
    tab.keyboard.press("Escape")
    assert tab.locator("dialog[open]").count() == 0


def test_the_picture_can_be_read_as_a_list(show: Show) -> None:
    tab = show(pages.whole()).tab
    tab.keyboard.press("o")
    text = panel(tab)
    for words in ("Marketing", "Qualify the lead", "The customer", "Signature", "Legal", "Draft"):
        assert words in text, words
    tab.locator("#panel-body a", has_text="Quotation").first.click()
    assert "at=steps.quotation" in tab.url


def contrast(one: str, other: str) -> float:
    def light(text: str) -> float:
        rgb = [float(part) / 255 for part in text[text.index("(") + 1 : -1].split(",")[:3]]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    pale, dark = sorted((light(one), light(other)), reverse=True)
    return (pale + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_can_be_read_by_day_and_night(show: Show, scheme: str) -> None:
    tab = show(pages.whole(), color_scheme=scheme).tab
    paper = colour(tab, "body", "backgroundColor")
    assert (contrast(paper, "rgb(0, 0, 0)") < 3) == (scheme == "dark")
    assert contrast(colour(tab, "h1", "color"), paper) >= 7
    tab.select_option("#heat", "none")
    for path in ("steps.qualify", "steps.solution", "steps.sign"):
        ink = colour(tab, node(path) + " text")
        assert contrast(ink, colour(tab, node(path) + " > .shape")) >= 4.5
    for heat in ("waiting", "load", "value"):
        tab.select_option("#heat", heat)
        for path in ("steps.solution", "steps.quotation", "steps.discovery"):
            ground = colour(tab, node(path) + " > .shape")
            assert contrast(colour(tab, node(path) + " text"), ground) >= 4.5, (heat, path)
        badge = node("steps.solution") + " .heat-number "
        assert contrast(colour(tab, badge + "text"), colour(tab, badge + "rect")) >= 4.5


def test_the_theme_can_be_chosen(show: Show) -> None:
    tab = show(pages.whole()).tab
    day = colour(tab, "body", "backgroundColor")
    tab.keyboard.press("t")
    night = colour(tab, "body", "backgroundColor")
    assert contrast(day, night) > 7
    tab.locator("#theme").click()
    assert colour(tab, "body", "backgroundColor") == day


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_paper_there_is_the_whole_picture_by_day(show: Show, scheme: str) -> None:
    tab = show(pages.whole(), "#at=steps.qualify&heat=none", color_scheme=scheme).tab
    tab.emulate_media(media="print")
    picture = box(tab, PICTURE)
    assert picture["x"] >= 0
    assert picture["w"] <= 1280
    assert 0 < picture["h"] <= 800
    for hidden in ("#panel", ".minimap", ".tools", "canvas.deals"):
        assert tab.locator(hidden).first.is_hidden(), hidden
    ground = colour(tab, node("steps.nurture") + " > .shape")
    assert contrast(ground, "rgb(255, 255, 255)") < 1.3
    assert len(tab.pdf()) > 10_000
