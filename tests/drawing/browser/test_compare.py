"""Two versions: together, each alone, side by side under one camera, and the list of changes."""

from typing import Any

import pytest

import salesflow as sf
from tests.drawing.browser import pages
from tests.drawing.browser.conftest import Show
from tests.drawing.browser.sight import PICTURE, box, node, panel, seen


def lone(tab: Any) -> tuple[str, str]:
    """A node that only the new version has, and a way that only the old one has."""
    found: list[str] = tab.evaluate(
        f"""() => {{
          const first = (selector) => document.querySelector('{PICTURE} ' + selector)?.dataset.path;
          return [first('.node.added'), first('.edge.removed')];
        }}"""
    )
    return found[0], found[1]


def drawn(tab: Any, selector: str, pane: int = 0) -> bool:
    shown: bool = tab.locator(f".pane >> nth={pane} >> {PICTURE} {selector}").first.evaluate(
        "e => getComputedStyle(e).display !== 'none' && e.getBoundingClientRect().width + e.getBoundingClientRect().height > 0"
    )
    return shown


def test_both_versions_stand_in_one_picture(show: Show) -> None:
    tab = show(pages.compared()).tab
    assert drawn(tab, ".node.added")
    assert drawn(tab, ".edge.removed")
    assert drawn(tab, ".node.changed")
    # marks besides colour: the word or the sign stands in the picture
    assert "added" in tab.locator(PICTURE).first.text_content()


def test_old_and_new_alone(show: Show) -> None:
    tab = show(pages.compared()).tab
    tools = tab.get_by_role("group", name="Versions")
    tools.get_by_role("button", name="Old", exact=True).click()
    assert not drawn(tab, ".node.added")
    assert drawn(tab, ".edge.removed")
    assert "Old: 2.0.0" in tab.locator(".pane-name").inner_text()
    tools.get_by_role("button", name="New", exact=True).click()
    assert drawn(tab, ".node.added")
    assert not drawn(tab, ".edge.removed")
    assert "New: 2.1.0" in tab.locator(".pane-name").inner_text()
    tools.get_by_role("button", name="Both").click()
    assert drawn(tab, ".node.added")
    assert drawn(tab, ".edge.removed")
    assert tab.locator(".pane-name").count() == 0


def test_each_version_alone_shows_exactly_its_own_steps(show: Show) -> None:
    old, new = (
        pages.enterprise(),
        sf.load(pages.EXAMPLES / "enterprise-next" / "enterprise.salesflow.yaml"),
    )
    tab = show(pages.compared()).tab
    for name, process in (("old", old), ("new", new)):
        tab.evaluate(f"location.hash = 'compare={name}'")
        tab.wait_for_timeout(150)
        shown = tab.evaluate(
            f"""[...document.querySelectorAll('{PICTURE} .node:is(.step, .decision)')]
                .filter(e => getComputedStyle(e).display !== 'none').length"""
        )
        inner = sum(len(run.nodes) for run in process.runs.values())
        work = [s for s in process.nodes.values() if type(s).__name__ == "Work"]
        assert shown == len(work) + inner, name


def test_side_by_side_moves_together(show: Show) -> None:
    tab = show(pages.compared(), "#compare=side").tab
    assert tab.locator(".pane").count() == 2
    assert not drawn(tab, ".node.added", 0)
    assert drawn(tab, ".node.added", 1)
    assert drawn(tab, ".edge.removed", 0)
    assert not drawn(tab, ".edge.removed", 1)
    names = tab.locator(".pane-name").all_inner_texts()
    assert names == ["Old: 2.0.0", "New: 2.1.0"]

    def places() -> list[float]:
        left, right = (box(tab, node("steps.qualify", pane)) for pane in (0, 1))
        hosts = [box(tab, f".pane >> nth={pane}") for pane in (0, 1)]
        return [
            left["x"] - hosts[0]["x"],
            right["x"] - hosts[1]["x"],
            left["y"] - hosts[0]["y"],
            right["y"] - hosts[1]["y"],
            left["w"],
            right["w"],
        ]

    before = places()
    assert before[0::2] == pytest.approx(before[1::2], abs=3)  # a border between the panes
    host = box(tab, ".pane >> nth=1")
    tab.mouse.move(host["x"] + host["w"] / 2, host["y"] + host["h"] / 2)
    tab.mouse.wheel(0, -400)
    tab.wait_for_timeout(200)
    after = places()
    assert after[4] > before[4] * 1.2
    assert after[0::2] == pytest.approx(after[1::2], abs=3)
    tab.get_by_role("group", name="Versions").get_by_role("button", name="Both").click()
    assert tab.locator(".pane").count() == 1


def test_side_by_side_stays_when_the_view_changes_and_back(show: Show) -> None:
    tab = show(pages.compared(), "#compare=side").tab
    tab.locator(".views button", has_text="Departments").click()
    assert tab.locator(".pane").count() == 2
    tab.locator(".views button", has_text="Flow").click()
    assert tab.locator(".pane").count() == 2
    assert drawn(tab, ".node.added", 1)


def test_the_changes_are_listed_and_lead_to_their_places(show: Show) -> None:
    tab = show(pages.compared()).tab
    tab.click("#tab-changes")
    assert "breaking" in panel(tab)
    items = tab.locator(".change-item")
    assert items.count() > 10
    added, _ = lone(tab)
    name = added.rpartition(".")[2]
    tab.locator(".change-item .finding-head", has_text=name).first.click()
    assert seen(tab, added)
    assert tab.locator("#tab-changes").get_attribute("aria-selected") == "true"


def test_changes_for_one_department(show: Show) -> None:
    tab = show(pages.compared()).tab
    tab.click("#tab-changes")
    every = tab.locator(".change-item").count()
    tab.select_option("#changes-for", "legal")
    assert 0 < tab.locator(".change-item").count() < every


def test_the_key_goes_round(show: Show) -> None:
    tab = show(pages.compared()).tab
    seen_names = []
    for _ in range(4):
        tab.keyboard.press("v")
        seen_names.append(
            (tab.locator(".pane").count(), tab.locator(".pane-name").all_inner_texts())
        )
    assert [panes for panes, _ in seen_names] == [1, 1, 2, 1]
    assert seen_names[3] == (1, [])


def test_one_version_has_no_switch(show: Show) -> None:
    tab = show(pages.plain()).tab
    assert tab.get_by_role("group", name="Versions").count() == 0
    assert tab.locator("#tab-changes").count() == 0
