"""A page opens offline, asks for nothing, runs nothing but its own script, and shows names as text."""

import re
from collections.abc import Callable

import pytest

from tests.drawing.browser import pages
from tests.drawing.browser.conftest import Show
from tests.drawing.browser.sight import panel, until

MAKERS = [pages.whole, pages.plain, pages.broken, pages.compared, pages.hostile]


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_a_page_opens_offline_and_says_nothing_to_the_console(
    show: Show, make: Callable[[], str]
) -> None:
    tab = show(make()).tab  # the fixture fails for each request, warning and error
    for view in tab.locator(".views button").all():
        view.click()
        assert tab.locator("svg.picture:not([hidden]) .node").count() >= 1
    assert tab.evaluate("performance.getEntriesByType('resource').length") == 0


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_nothing_in_the_text_of_a_page_leads_outside(make: Callable[[], str]) -> None:
    text = make()
    addresses = set(re.findall(r"https?://[\w./-]+", text))
    assert addresses <= {"http://www.w3.org/2000/svg"}
    assert not re.search(
        r"<(link|img|iframe|object|embed|base|form action)\b", text.split("<script", 1)[0]
    )
    assert not re.search(
        r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|new Function)\b", text
    )


def test_the_policy_is_in_force(show: Show) -> None:
    opened = show(pages.plain())
    opened.tab.evaluate(
        """() => {
          const script = document.createElement('script');
          script.textContent = 'window.broken = 1';
          document.body.append(script);
          const style = document.createElement('style');
          style.textContent = 'body { outline: 7px solid red }';
          document.body.append(style);
          document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.broken = 2">');
        }"""
    )
    opened.tab.wait_for_timeout(200)
    assert opened.tab.evaluate("window.broken") is None
    assert opened.tab.evaluate("getComputedStyle(document.body).outlineWidth") != "7px"
    refused = [problem for problem in opened.problems if "Content Security Policy" in problem]
    assert len(refused) >= 3
    assert opened.problems == refused
    opened.problems.clear()
    opened.requests.clear()


def test_a_changed_script_does_not_run(show: Show) -> None:
    text = pages.plain().replace("startPage();\n})", "startPage(); window.broken = 1;\n})")
    assert text != pages.plain()
    opened = show(text, ready=False)
    opened.tab.wait_for_timeout(300)
    assert opened.tab.evaluate("window.broken") is None
    assert opened.tab.locator("html.ready").count() == 0
    assert len(opened.problems) == 1
    assert "Content Security Policy" in opened.problems.pop()


def test_hostile_names_are_text(show: Show) -> None:
    opened = show(pages.hostile())
    dialogs: list[str] = []
    opened.tab.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    tab = opened.tab
    for view in tab.locator(".views button").all():
        view.click()
    tab.locator(".views button").first.click()
    for tab_of_panel in tab.locator("[role=tab]").all():
        tab_of_panel.click()
    said = []
    for place in range(len(pages.HOSTILE)):
        tab.evaluate(f"location.hash = 'at=steps.s{place}'")
        until(
            tab, f"() => document.querySelector('.node.chosen')?.dataset.path === 'steps.s{place}'"
        )
        tab.hover(f'svg.picture:not([hidden]) .node[data-path="steps.s{place}"] .shape', force=True)
        said.append(panel(tab))
    assert dialogs == []
    assert tab.evaluate("document.querySelectorAll('script').length") == 2
    assert (
        tab.evaluate("document.querySelectorAll('img, [onerror], [onmouseover], [onfocus]').length")
        == 0
    )
    plain = [name for name in pages.HOSTILE if name.isprintable() and "`" not in name]
    assert len(plain) >= 10
    for name, text in zip(pages.HOSTILE, said, strict=True):
        if name in plain:
            assert name in text.replace("\n", "")
    for hidden in ("\u202e", "\u202c", "\u200b", "\u2028"):
        assert hidden not in tab.evaluate("document.body.innerText")
        assert hidden not in pages.hostile()


def test_a_search_for_markup_finds_the_step_that_is_called_so(show: Show) -> None:
    tab = show(pages.hostile()).tab
    tab.fill("#find", "<!-- a comment")
    tab.keyboard.press("Enter")
    assert "<!-- a comment" in panel(tab)
