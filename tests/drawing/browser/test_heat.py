"""Heat: the chosen measure as colour, number and thickness, the same one in all three."""

from tests.drawing.browser import pages
from tests.drawing.browser.conftest import Show
from tests.drawing.browser.sight import box, colour, node, panel

GRADES = {f"h{n}" for n in range(6)}


def numbers(tab: object) -> dict[str, str]:
    """The numbers on the steps, by path."""
    found: dict[str, str] = tab.evaluate(  # type: ignore[attr-defined]
        """() => Object.fromEntries([...document.querySelectorAll('svg.picture:not([hidden]) .heat-number')]
            .map(e => [e.parentNode.dataset.path, e.textContent]))"""
    )
    return found


def test_each_measure_has_its_colours_and_numbers(show: Show) -> None:
    tab = show(pages.whole(), "#heat=none").tab
    pale = colour(tab, node("steps.solution") + " > .shape")
    assert numbers(tab) == {}
    seen = {}
    for heat in ("waiting", "load", "value"):
        tab.select_option("#heat", heat)
        seen[heat] = numbers(tab)
        assert len(seen[heat]) > 15
        hot = {
            path: colour(tab, node(path) + " > .shape")
            for path in ("steps.solution", "steps.qualify", "steps.discovery")
        }
        assert pale not in hot.values()
        assert f"heat={heat}" in tab.url
    assert all("%" in text for text in seen["load"].values())
    assert all("EUR" in text for text in seen["value"].values())
    assert any("hour" in text or "day" in text for text in seen["waiting"].values())
    tab.select_option("#heat", "none")
    assert numbers(tab) == {}
    assert colour(tab, node("steps.solution") + " > .shape") == pale


def test_the_first_measure_is_shown_at_once(show: Show) -> None:
    tab = show(pages.whole()).tab
    assert tab.locator("#heat").input_value() == "waiting"
    assert len(numbers(tab)) > 15
    assert "per visit" in tab.locator(".legend-heat").inner_text()


def test_the_hottest_step_is_the_one_where_deals_stand_longest(show: Show) -> None:
    tab = show(pages.whole(), "#heat=waiting").tab
    stands = {}
    for name, step in pages.result().processes["enterprise"].steps.items():
        if step.elapsed is not None and "." not in name and name != "contracting":
            worked = step.effort.mean if step.effort is not None else 0.0
            stands[f"steps.{name}"] = step.elapsed.mean - worked
    longest = max(stands, key=lambda path: stands[path])
    classes = {path: tab.locator(node(path)).first.get_attribute("class") for path in stands}
    assert "h5" in classes[longest].split()
    assert len({name for each in classes.values() for name in each.split() if name in GRADES}) > 2


def test_more_deals_are_a_thicker_way(show: Show) -> None:
    tab = show(pages.whole(), "#heat=waiting").tab
    wide = colour(tab, '.edge[data-path="sources.website"]', "strokeWidth")
    slim = colour(tab, '.edge[data-path="steps.approve_discount.next.too_much"]', "strokeWidth")
    assert float(wide.removesuffix("px")) > 2 * float(slim.removesuffix("px"))


def test_the_card_of_a_step_says_all_measures(show: Show) -> None:
    tab = show(pages.whole(), "#at=steps.solution").tab
    text = panel(tab)
    for word in ("Waiting", "Load", "Value"):
        assert word in text


def test_a_number_moves_with_its_step_when_a_block_is_closed(show: Show) -> None:
    tab = show(pages.whole(), "#heat=waiting").tab
    tab.keyboard.press("b")
    tab.wait_for_timeout(100)
    shown, number = tab.evaluate(
        """() => {
          const e = document.querySelector('.node[data-path="steps.book_order"]');
          const of = (x) => { const b = x.getBoundingClientRect(); return [b.x, b.y, b.right, b.bottom]; };
          return [of(e.querySelector('.shape')), of(e.querySelector('.heat-number'))];
        }"""
    )
    assert shown[0] < number[2] <= shown[2] + 20
    assert shown[1] - 20 < number[1] < shown[3]


def test_a_closed_block_shows_the_worst_in_it(show: Show) -> None:
    tab = show(pages.whole(), "#heat=waiting").tab
    inside = {
        path: text for path, text in numbers(tab).items() if path.startswith("steps.contracting.")
    }
    assert len(inside) > 4
    tab.keyboard.press("b")
    shut = '.closed-group[data-group="contracting"]'
    said = tab.locator(f"{shut} .heat-number").text_content()
    assert any(text in said for text in inside.values())
    tab.select_option("#heat", "none")
    assert tab.locator(f"{shut} .heat-number").count() == 0


def test_without_a_result_there_is_no_heat(show: Show) -> None:
    tab = show(pages.plain()).tab
    assert tab.locator("#heat").count() == 0
    assert tab.locator(".legend").is_hidden()


def test_the_key_goes_round(show: Show) -> None:
    tab = show(pages.whole()).tab
    chosen = []
    for _ in range(4):
        tab.keyboard.press("h")
        chosen.append(tab.locator("#heat").input_value())
    assert chosen == ["load", "value", "none", "waiting"]


def test_the_legend_leaves_the_picture_free(show: Show) -> None:
    tab = show(pages.whole()).tab
    legend, stage = box(tab, ".legend"), box(tab, ".stage")
    assert legend["y"] >= stage["y"] + stage["h"] - 1
    assert legend["y"] + legend["h"] <= 800
    assert legend["h"] < 60
