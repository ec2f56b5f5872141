"""People on their way through a site: by links, by search, by keyboard, on a phone, at night."""

import re
from typing import Any

import pytest

from tests.drawing.browser.pages import HOSTILE
from tests.reporting.site import sites
from tests.reporting.site.browser.conftest import Visit

PHONE = {"viewport": {"width": 360, "height": 720}, "is_mobile": True, "has_touch": True}
PAGES = (
    "index.html",
    "processes/enterprise.html",
    "steps/enterprise.html",
    "departments/sales.html",
    "touchpoints/enterprise.contract_request.html",
    "data.html",
    "findings.html",
    "words.html",
)
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
CONTRAST = """() => {
  const luminance = (colour) => {
    const [r, g, b] = colour.map((v) => v / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const numbers = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const found = numbers(getComputedStyle(at).backgroundColor);
      if (found.length < 4 || found[3] === 1) return found.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const wrong = [];
  for (const element of document.querySelectorAll("main *:not(svg, svg *), header *, footer *")) {
    const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || !element.checkVisibility()) continue;
    const pair = [luminance(numbers(getComputedStyle(element).color).slice(0, 3)), luminance(ground(element))].sort();
    const ratio = (pair[1] + 0.05) / (pair[0] + 0.05);
    if (ratio < 4.5) wrong.push(`${element.tagName}.${element.className}: ${ratio.toFixed(2)} ${element.textContent.slice(0, 30)}`);
  }
  return wrong;
}"""


def heading(tab: Any) -> str:
    return str(tab.locator("h1").inner_text())


def test_from_the_first_page_over_a_department_and_a_touchpoint_to_the_process(
    visit: Visit,
) -> None:
    tab = visit(sites.whole())
    tab.locator("#departments").get_by_role("link", name="Legal").first.click()
    assert heading(tab) == "Legal"
    tab.get_by_role("link", name="Contract request").first.click()
    assert heading(tab) == "Contract request"
    tab.locator(".trail").get_by_role("link", name="Enterprise").click()
    assert heading(tab) == "Enterprise"
    tab.locator("#steps").get_by_role("link", name="Discovery").first.click()
    assert tab.url.endswith("steps/enterprise.html#steps.discovery")
    assert tab.locator("article:target h3").inner_text() == "Discovery"
    tab.locator(".home").click()
    assert heading(tab) == "How we sell"


def test_a_box_and_a_lane_of_a_picture_are_pressed(visit: Visit) -> None:
    tab = visit(sites.whole(), "departments/legal.html")
    tab.locator(".picture [data-path='steps.contracting.parallel.legal.steps.redline']").click()
    assert tab.locator("article:target h3").inner_text() == "Redline"
    tab.go_back()
    tab.locator(".picture .band a").first.click()
    assert tab.locator(".kind").inner_text() in ("Department", "Outside of our company")


def test_the_picture_to_explore_opens_and_comes_alive(visit: Visit) -> None:
    tab = visit(sites.whole(), "processes/enterprise.html")
    tab.get_by_role("link", name="Explore it").first.click()
    tab.wait_for_selector("html.ready")
    assert "Enterprise" in heading(tab)


@pytest.mark.parametrize(
    ("typed", "title", "there"),
    [
        ("legal", "Legal", "departments/legal.html"),
        ("redl", "Redline", "steps/enterprise.html#steps.contracting"),
        ("loss reason", "Loss reason", "data.html#data.loss_reason"),
        ("contract request", "Contract request", "touchpoints/enterprise.contract_request.html"),
        ("handoff", "Handoff", "words.html#handoff"),
    ],
)
def test_search_finds_and_enter_goes_there(
    visit: Visit, typed: str, title: str, there: str
) -> None:
    tab = visit(sites.whole(), "departments/finance.html")
    tab.keyboard.press("/")
    tab.keyboard.type(typed)
    assert tab.locator(".hits a").first.inner_text().startswith(title)
    tab.keyboard.press("Enter")
    tab.wait_for_url(re.compile(re.escape(there)))


def test_search_by_arrows_and_what_is_not_there(visit: Visit) -> None:
    tab = visit(sites.whole())
    field = tab.get_by_role("combobox", name="Search")
    field.fill("sales")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowDown")
    assert tab.locator(".hits [aria-selected=true]").count() == 1
    chosen = tab.locator(".hits [aria-selected=true]")
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id") == "hit-1"
    tab.keyboard.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") == "hit-0"
    field.fill("zzzz")
    assert tab.locator(".hits").inner_text() == "Nothing is called so."
    tab.keyboard.press("Escape")
    assert tab.locator(".hits").is_hidden()
    assert field.input_value() == ""


def test_a_column_is_sorted_by_what_it_means(visit: Visit) -> None:
    tab = visit(sites.whole(), "processes/enterprise.html")
    table = tab.locator("#steps table")
    head = table.get_by_role("button", name="Deals a week")
    place = head.evaluate("b => b.closest('th').cellIndex")
    head.click()
    assert head.locator("..").get_attribute("aria-sort") == "ascending"
    column = f"rows => rows.map(r => Number(r.cells[{place}].textContent || 'NaN'))"
    up = [n for n in table.locator("tbody tr").evaluate_all(column) if n == n]  # noqa: PLR0124
    assert up == sorted(up)
    assert len(up) > 10
    head.click()
    down = [n for n in table.locator("tbody tr").evaluate_all(column) if n == n]  # noqa: PLR0124
    assert down == sorted(up, reverse=True)


def test_a_large_picture_is_shown_whole_and_in_full_size(visit: Visit) -> None:
    tab = visit(sites.whole(), "processes/enterprise.html")
    figure = tab.locator("#flow figure")
    wide = "f => f.querySelector('svg').getBoundingClientRect().width - f.clientWidth"
    assert figure.evaluate(wide) > 0
    figure.get_by_role("button", name="Whole picture").click()
    assert figure.evaluate(wide) <= 0
    figure.get_by_role("button", name="Full size").click()
    assert figure.evaluate(wide) > 0


@pytest.mark.parametrize("page", PAGES)
def test_on_a_phone_nothing_runs_out_of_the_page(visit: Visit, page: str) -> None:
    tab = visit(sites.whole(), page, **PHONE)
    assert tab.evaluate(WIDER) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_words_stand_out_by_day_and_by_night(visit: Visit, page: str, scheme: str) -> None:
    tab = visit(sites.whole(), page, color_scheme=scheme)
    ground = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, re.findall(r"\d+", ground)[:3])) < 200) == (scheme == "dark")
    assert tab.evaluate(CONTRAST) == []


def test_too_little_contrast_is_noticed(visit: Visit) -> None:
    tab = visit(sites.plain(), "words.html")
    tab.evaluate("document.querySelector('h1').style.setProperty('color', '#aaa')")
    assert len(tab.evaluate(CONTRAST)) == 1


def test_the_keyboard_comes_to_the_content_first_and_sees_where_it_is(visit: Visit) -> None:
    tab = visit(sites.whole(), "departments/legal.html")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "To the content"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert tab.evaluate(outline) == "solid"
    for _ in range(30):
        tab.keyboard.press("Tab")
        assert not tab.evaluate("!!document.activeElement.closest('svg')")


def test_without_a_script_everything_is_there_but_the_search(visit: Visit) -> None:
    tab = visit(sites.whole(), java_script_enabled=False)
    assert tab.locator("[role=search]").is_hidden()
    tab.locator("#departments").get_by_role("link", name="Legal").first.click()
    assert heading(tab) == "Legal"
    assert tab.locator(".picture").is_visible()


def test_on_paper_nothing_is_cut_off(visit: Visit) -> None:
    tab = visit(sites.whole(), "processes/enterprise.html", color_scheme="dark")
    tab.emulate_media(media="print")
    assert tab.locator(".bar").is_hidden()
    assert (
        tab.evaluate("getComputedStyle(document.querySelector('.scroll')).overflowX") == "visible"
    )
    ground = tab.evaluate(
        "getComputedStyle(document.documentElement).getPropertyValue('--sf-paper')"
    )
    assert ground.strip() == "#ffffff"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_run_nowhere(visit: Visit, text: str) -> None:
    site = sites.hostile(text)
    tab = visit(site)
    said = []
    tab.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    for page in ("processes/con-.html", "steps/con-.html", "departments/nul-.html", "data.html"):
        tab.goto(tab.url.rpartition("/site/")[0] + "/site/" + page)
        assert tab.evaluate(WIDER) == 0, page
        tab.get_by_role("combobox", name="Search").fill("a")
    assert said == []
    assert tab.evaluate("document.querySelectorAll('img, iframe, [onerror]').length") == 0
