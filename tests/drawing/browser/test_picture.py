"""The picture: zoom, pan, minimap, search, closing blocks, one department, walking by keys."""

from tests.drawing.browser import pages
from tests.drawing.browser.conftest import Show
from tests.drawing.browser.sight import PICTURE, box, middle, node, panel, scale, seen


def test_all_of_the_picture_is_in_sight_at_first(show: Show) -> None:
    tab = show(pages.whole()).tab
    stage, picture = box(tab, ".stage"), box(tab, PICTURE)
    assert picture["x"] >= stage["x"] - 1
    assert picture["x"] + picture["w"] <= stage["x"] + stage["w"] + 1
    assert picture["y"] + picture["h"] <= stage["y"] + stage["h"] + 1


def test_the_wheel_zooms_where_the_pointer_is(show: Show) -> None:
    tab = show(pages.whole()).tab
    before = scale(tab)
    at = middle(tab, node("steps.quotation"))
    tab.mouse.move(*at)
    for _ in range(4):
        tab.mouse.wheel(0, -300)
    tab.wait_for_timeout(300)
    assert scale(tab) > 1.5 * before
    now = middle(tab, node("steps.quotation"))
    assert abs(now[0] - at[0]) < 12
    assert abs(now[1] - at[1]) < 12


def test_buttons_and_keys_zoom(show: Show) -> None:
    tab = show(pages.whole()).tab
    whole = scale(tab)
    tab.get_by_role("button", name="Nearer").click()
    assert scale(tab) > 1.2 * whole
    tab.keyboard.press("+")
    assert scale(tab) > 1.6 * whole
    tab.keyboard.press("-")
    tab.keyboard.press("0")
    assert abs(scale(tab) - whole) < 0.01


def test_dragging_pans(show: Show) -> None:
    tab = show(pages.whole(), "#at=steps.quotation").tab
    tab.keyboard.press("Escape")
    before = box(tab, PICTURE)
    stage = box(tab, ".stage")
    tab.mouse.move(stage["x"] + stage["w"] / 2, stage["y"] + 40)
    tab.mouse.down()
    tab.mouse.move(stage["x"] + stage["w"] / 2 - 90, stage["y"] + 100, steps=4)
    tab.mouse.up()
    tab.wait_for_timeout(600)
    after = box(tab, PICTURE)
    assert after["x"] - before["x"] < -60
    assert after["y"] - before["y"] > 30
    assert "at=" not in tab.url


def test_the_minimap_shows_where_one_is_and_leads_elsewhere(show: Show) -> None:
    tab = show(pages.whole(), "#at=steps.qualify").tab
    assert not seen(tab, "steps.close")
    sight = box(tab, ".minimap .sight")
    small = box(tab, ".minimap canvas")
    assert sight["w"] * sight["h"] < 0.6 * small["w"] * small["h"]
    tab.mouse.click(small["x"] + small["w"] * 0.93, small["y"] + small["h"] * 0.75)
    tab.wait_for_timeout(300)
    assert box(tab, ".minimap .sight")["x"] > sight["x"] + 20
    assert not seen(tab, "steps.qualify")


def test_search_finds_names_roles_and_fields(show: Show) -> None:
    tab = show(pages.whole()).tab
    for words, wanted in (
        ("Quotation", "Quotation"),
        ("controller", "Finance approves"),
        ("champion", "Demo and solution outline"),
        ("order number", "Book the order"),
    ):
        tab.keyboard.press("/")
        tab.keyboard.type(words)
        assert wanted in tab.locator("#hits").inner_text()
        tab.keyboard.press("Escape")
        tab.keyboard.press("Escape")


def test_enter_goes_to_the_first_hit(show: Show) -> None:
    tab = show(pages.whole(), "#at=steps.qualify").tab
    assert not seen(tab, "steps.close")
    tab.keyboard.press("/")
    tab.keyboard.type("signed, booked")
    tab.keyboard.press("Enter")
    tab.wait_for_timeout(200)
    chosen = tab.evaluate("document.querySelector('.node.chosen').dataset.path")
    assert seen(tab, chosen)


def test_what_is_nowhere_is_said(show: Show) -> None:
    tab = show(pages.whole()).tab
    tab.fill("#find", "xyzzy")
    assert tab.locator(".live").inner_text() == "Nothing found"
    assert tab.locator("#hits").is_hidden()


def test_a_closed_block_is_one_box_and_opens_again(show: Show) -> None:
    tab = show(pages.whole()).tab
    inner = "steps.contracting.parallel.legal.steps.draft"
    wide = tab.evaluate(f"document.querySelector('{PICTURE}').getBoundingClientRect().width")
    assert seen(tab, inner)
    tab.keyboard.press("b")
    assert not seen(tab, inner)
    assert tab.locator(f"{PICTURE} .closed-group").count() >= 1
    assert "closed=contracting" in tab.url
    tab.locator(f"{PICTURE} .closed-group").first.dblclick()
    tab.wait_for_timeout(300)
    assert seen(tab, inner)
    assert wide > 0


def test_ways_lead_to_the_closed_box(show: Show) -> None:
    tab = show(pages.whole(), "#closed=contracting").tab
    start, shut = tab.evaluate(
        f"""() => {{
          const line = document.querySelector('{PICTURE} .edge[data-path="steps.commit.next.done"]');
          const box = document.querySelector('{PICTURE} .closed-group').getBoundingClientRect();
          const end = line.getPointAtLength(line.getTotalLength());
          const at = new DOMPoint(end.x, end.y).matrixTransform(line.getScreenCTM());
          return [[at.x, at.y], [box.x, box.y, box.right, box.bottom]];
        }}"""
    )
    assert shut[0] - 8 < start[0] < shut[2] + 8
    assert shut[1] - 8 < start[1] < shut[3] + 8


def test_stages_close(show: Show) -> None:
    tab = show(pages.whole()).tab
    tab.keyboard.press("s")
    shown = tab.evaluate(
        f"[...document.querySelectorAll('{PICTURE} .node:not(.gone)')].map(e => e.dataset.path)"
    )
    assert "steps.nurture" in shown
    assert "steps.sign" not in shown


def test_one_department_shows_its_own_part_and_its_guide(show: Show) -> None:
    tab = show(pages.whole()).tab
    tab.select_option("#focus", "legal")
    own = [
        "steps.contracting.parallel.legal.steps.draft",
        "steps.contracting.parallel.legal.steps.redline",
    ]
    assert all(seen(tab, path) for path in own)
    for other in ("steps.qualify", "steps.nurture", "steps.book_order"):
        assert not seen(tab, other)
    guide = panel(tab)
    for words in (
        "Enters",
        "from Sales",
        "quote",
        "owes back: contract",
        "Works on",
        "counsel",
        "Leaves",
        "to Sales",
        "Promises",
        "begun within 2 business days for 90%",
        "kept",
        "Is promised",
    ):
        assert words in guide, words
    tab.select_option("#focus", "")
    tab.keyboard.press("0")
    tab.wait_for_timeout(300)
    assert seen(tab, "steps.qualify")


def test_a_click_on_a_lane_shows_its_department(show: Show) -> None:
    tab = show(pages.whole()).tab
    tab.mouse.click(*middle(tab, f"{PICTURE} .band .head"))
    tab.wait_for_timeout(100)
    assert "focus=" in tab.url


def test_a_click_chooses_and_the_card_says_what_is_known(show: Show) -> None:
    tab = show(pages.whole()).tab
    tab.mouse.click(*middle(tab, node("steps.solution")))
    text = panel(tab)
    for words in (
        "Demo and solution outline",
        "solution engineer",
        "champion",
        "hands-on work",
        "median 12d, p90 35d",
        "20 business days for 70%",
        "wants quote",
        "66%",
        "wait until somebody begins",
    ):
        assert words in text, words


def test_walking_by_keys(show: Show) -> None:
    tab = show(pages.whole(), "#at=sources.website").tab
    steps = []
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft"):
        tab.keyboard.press(key)
        steps.append(tab.evaluate("document.querySelector('.node.chosen').dataset.path"))
        assert seen(tab, steps[-1])
    assert steps[0] == steps[2] == "steps.qualify"
    tab.keyboard.press("Escape")
    assert tab.locator(".node.chosen").count() == 0


def test_an_address_leads_to_the_same_sight(show: Show) -> None:
    opened = show(pages.whole())
    opened.tab.select_option("#heat", "load")
    opened.tab.mouse.click(*middle(opened.tab, node("steps.pricing")))
    address = "#" + opened.tab.url.partition("#")[2]
    again = show(pages.whole(), address).tab
    assert again.locator("#heat").input_value() == "load"
    assert "Check the price" in panel(again)


def test_the_other_views(show: Show) -> None:
    tab = show(pages.whole()).tab
    tab.keyboard.press("2")
    assert tab.locator(f'{PICTURE} .node[data-path="stages.lead"]').count() == 1
    tab.keyboard.press("3")
    assert tab.locator(f'{PICTURE} .node[data-path="departments.legal"]').count() == 1
    tab.mouse.click(*middle(tab, node("departments.legal")))
    assert "owes back: contract" in panel(tab)


def test_a_small_window(show: Show) -> None:
    tab = show(pages.whole(), viewport={"width": 390, "height": 780}).tab
    assert scale(tab) > 0
    wide = tab.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
