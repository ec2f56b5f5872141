"""Findings: a list, one after the other, each at its place with the way of a deal that gets there."""

import re
from typing import Any

import salesflow as sf
from tests.drawing.browser import pages
from tests.drawing.browser.conftest import Show
from tests.drawing.browser.sight import PICTURE, colour, node, panel, seen


def found() -> tuple[Any, ...]:
    path = pages.EXAMPLES / "enterprise-broken" / "new_business.salesflow.yaml"
    return sf.check(sf.load(path))


def opened(show: Show, **options: Any) -> Any:
    tab = show(pages.broken(), **options).tab
    tab.click("#tab-findings")
    return tab


def test_every_finding_is_listed_the_worst_first(show: Show) -> None:
    tab = opened(show)
    items = [text.replace("\n", " ") for text in tab.locator(".finding-item").all_inner_texts()]
    findings = found()
    assert len(items) == len(findings)
    for finding in findings:
        assert any(finding.message.replace("`", "") in item for item in items), finding.message
    kinds = [item.get_attribute("class") or "" for item in tab.locator(".finding-item").all()]
    order = [
        next(n for n, k in enumerate(("error", "warning", "info")) if k in each) for each in kinds
    ]
    assert order == sorted(order)
    assert f"Findings ({len(findings)})" in tab.locator("#tab-findings").inner_text()


def test_a_finding_shows_its_place_its_help_and_its_element(show: Show) -> None:
    tab = opened(show)
    finding = next(f for f in found() if f.path == "steps.trial" and f.severity == "error")
    tab.locator(".finding-head", has_text=finding.message.replace("`", "")[:40]).click()
    assert seen(tab, "steps.trial")
    ring = colour(tab, node("steps.trial") + " > .shape", "strokeWidth")
    assert float(ring.removesuffix("px")) >= 3
    text = panel(tab)
    assert finding.rule in text
    assert f":{finding.line}" in text
    assert finding.help.replace("`", "")[:30] in text
    assert "at=steps.trial" in tab.url


def test_the_way_of_a_deal_that_gets_there_stands_out(show: Show) -> None:
    tab = opened(show)
    finding = next(f for f in found() if f.path == "steps.trial" and len(f.witness) > 2)
    tab.locator(".finding-head", has_text=finding.message.replace("`", "")[:40]).click()
    on_way = tab.evaluate(
        f"[...document.querySelectorAll('{PICTURE} .way')].map(e => e.dataset.path)"
    )
    for name in finding.witness:
        step, dot, result = name.partition(".")
        path = f"steps.{step}.next.{result}" if dot else f"steps.{name}"
        assert path in on_way or f"sources.{name}" in on_way, name
    off = tab.evaluate(
        f"""[...document.querySelectorAll('{PICTURE} .node:not(.way)')]
            .map(e => Number(getComputedStyle(e).opacity))"""
    )
    assert max(off) < 0.5
    tab.keyboard.press("Escape")
    assert tab.locator(".way").count() == 0


def test_next_and_before_by_key_and_by_button(show: Show) -> None:
    tab = show(pages.broken()).tab
    number = len(found())
    said = []
    for key in ("n", "n", "N", "N"):
        tab.keyboard.press(key)
        said.append(tab.locator(".live").inner_text())
    starts = [re.match(r"Finding (\d+) of (\d+)", text) for text in said]
    assert [int(each[1]) for each in starts if each] == [1, 2, 1, number]
    tab.get_by_role("button", name="Next ›").click()
    assert "Finding 1 of" in tab.locator(".live").inner_text()
    assert tab.locator(".finding-item.current").count() == 1


def test_a_finding_in_a_closed_block_opens_it(show: Show) -> None:
    tab = show(pages.broken()).tab
    tab.keyboard.press("b")
    inside = tab.evaluate(
        f"""[...document.querySelectorAll('{PICTURE} .node.gone')].map(e => e.dataset.path)"""
    )
    wanted = next(f for f in found() if any(path.endswith(f.path) for path in inside))
    tab.click("#tab-findings")
    tab.locator(".finding-head", has_text=wanted.message.replace("`", "")[:40]).first.click()
    path = next(path for path in inside if path.endswith(wanted.path))
    assert seen(tab, path)


def test_the_card_of_a_step_lists_its_findings(show: Show) -> None:
    tab = show(pages.broken(), "#at=steps.trial").tab
    finding = next(f for f in found() if f.path == "steps.trial")
    assert finding.message.replace("`", "") in panel(tab).replace("\n", " ")


def test_without_findings_there_is_no_tab(show: Show) -> None:
    assert show(pages.plain()).tab.locator("#tab-findings").count() == 0
