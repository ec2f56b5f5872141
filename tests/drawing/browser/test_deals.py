"""Deals move, stand where they wait, stop when asked, and stay off where motion is not wanted."""

from typing import Any

from tests.drawing.browser import pages
from tests.drawing.browser.conftest import Show
from tests.drawing.browser.sight import dots, paint, until

MOVING: dict[str, Any] = {"reduced_motion": "no-preference"}


def moves(tab: Any) -> bool:
    """Whether deals move before long: a busy machine paints late."""
    return any(not stands(tab) for _ in range(40))


def stands(tab: Any) -> bool:
    before = paint(tab)
    tab.wait_for_timeout(250)
    return paint(tab) == before


def shows_deals(tab: Any) -> bool:
    """Whether deals are painted before long."""
    return any(dots(tab) > 500 or tab.wait_for_timeout(250) for _ in range(40))


def test_deals_move_by_themselves(show: Show) -> None:
    tab = show(pages.whole(), **MOVING).tab
    assert shows_deals(tab)
    assert moves(tab)
    assert "As simulated" in tab.locator(".legend-deals").inner_text()


def test_with_reduced_motion_nothing_moves_until_asked(show: Show) -> None:
    tab = show(pages.whole()).tab
    assert dots(tab) == 0
    assert tab.locator(".legend-deals").is_hidden()
    tab.click("#deals")
    assert shows_deals(tab)
    assert moves(tab)


def test_pause_and_go_on(show: Show) -> None:
    tab = show(pages.whole(), **MOVING).tab
    tab.click(".deals-pause")
    tab.wait_for_timeout(100)
    assert stands(tab)
    assert shows_deals(tab)
    tab.click(".deals-pause")
    assert moves(tab)
    tab.keyboard.press("d")
    tab.wait_for_timeout(100)
    assert stands(tab)


def test_paused_deals_stay_at_their_places_when_the_picture_moves(show: Show) -> None:
    tab = show(pages.whole(), "#deals=paused").tab
    before = paint(tab)
    tab.keyboard.press("+")
    tab.wait_for_timeout(300)
    assert paint(tab) != before
    tab.keyboard.press("0")
    tab.wait_for_timeout(300)
    assert paint(tab) == before


def test_hidden_deals_are_gone(show: Show) -> None:
    tab = show(pages.whole(), **MOVING).tab
    tab.click("#deals")
    tab.wait_for_timeout(100)
    assert dots(tab) == 0
    assert stands(tab)


def test_a_hidden_page_stands_still(show: Show) -> None:
    tab = show(pages.whole(), **MOVING).tab
    tab.evaluate(
        """() => {
          Object.defineProperty(document, 'hidden', {get: () => true, configurable: true});
          document.dispatchEvent(new Event('visibilitychange'));
        }"""
    )
    tab.wait_for_timeout(100)
    assert stands(tab)
    tab.evaluate(
        """() => {
          Object.defineProperty(document, 'hidden', {get: () => false, configurable: true});
          document.dispatchEvent(new Event('visibilitychange'));
        }"""
    )
    assert moves(tab)


def test_deals_wait_where_the_result_says_that_they_wait(show: Show) -> None:
    """At a step where nobody waits long there are fewer dots than where most wait."""
    tab = show(pages.whole(), "#deals=paused").tab
    found = tab.evaluate(
        """() => {
          const canvas = document.querySelector('canvas.deals');
          const scale = canvas.width / canvas.clientWidth;
          const host = canvas.getBoundingClientRect();
          const below = (path) => {
            const b = document.querySelector(`.node[data-path="${path}"] .shape`).getBoundingClientRect();
            const [x, y] = [(b.x - host.x) * scale, (b.bottom - host.y - 2) * scale];
            const copy = new OffscreenCanvas(b.width * scale, 4 * scale);
            const pen = copy.getContext('2d', {willReadFrequently: true});
            pen.drawImage(canvas, -x, -y);
            const bytes = pen.getImageData(0, 0, copy.width, copy.height).data;
            let n = 0;
            for (let i = 3; i < bytes.length; i += 4) if (bytes[i]) n += 1;
            return n;
          };
          return [below('steps.nurture'), below('steps.price_settled')];
        }"""
    )
    assert found[0] > 20
    assert found[1] == 0


def test_the_speed_can_be_chosen(show: Show) -> None:
    tab = show(pages.whole(), **MOVING).tab
    tab.select_option(".deals-speed", "672")
    until(tab, "() => /week/.test(document.querySelector('.deals-sum').textContent)")
    fast = int(tab.locator(".legend-deals").get_attribute("data-moving"))
    tab.select_option(".deals-speed", "6")
    tab.wait_for_timeout(700)
    assert int(tab.locator(".legend-deals").get_attribute("data-moving")) < fast


def test_without_a_result_the_shares_move_them_and_the_page_says_so(show: Show) -> None:
    tab = show(pages.plain(), **MOVING).tab
    assert moves(tab)
    assert "By the shares alone" in tab.locator(".legend-deals").inner_text()


def test_where_nobody_knows_how_many_deals_come_none_move(show: Show) -> None:
    tab = show(pages.broken(), **MOVING).tab
    assert tab.locator("#deals").count() == 0
    assert "cannot be told" in tab.locator("#panel-body").inner_text()


def test_in_the_other_views_no_deals_move(show: Show) -> None:
    tab = show(pages.whole(), **MOVING).tab
    tab.locator(".views button", has_text="Departments").click()
    tab.wait_for_timeout(100)
    assert dots(tab) == 0
    assert tab.locator("#deals").is_disabled()
    tab.locator(".views button", has_text="Flow").click()
    assert moves(tab)
