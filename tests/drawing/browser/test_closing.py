"""The laws of closing, seen on the screen: nothing changes size, overlaps, slants or is lost."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import salesflow as sf
from salesflow.reporting.paged.page import paged
from tests.drawing.browser.conftest import Show

ROOT = Path(__file__).parents[3]
FILES = (
    ROOT / "examples" / "enterprise" / "enterprise.salesflow.yaml",
    *sorted(ROOT.glob("tests/drawing/gate/*.salesflow.yaml")),
)
LOOK = """() => {
  const svg = document.querySelector('svg.picture:not([hidden])');
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  const box = (one) => {
    const found = one.getBoundingClientRect();
    return [found.x, found.y, found.width, found.height].map((value) => value / scale);
  };
  const seen = (selector) => [...svg.querySelectorAll(selector)].filter((one) => !one.closest('.gone'));
  const id = (one, n) => `${one.dataset.path ?? one.dataset.group} ${n}`;
  const all = [...svg.querySelectorAll('.node')];
  return {
    nodes: seen('.node').map((one) => [id(one, all.indexOf(one)), box(one.querySelector('.shape'))]),
    closed: seen('.closed-group').map((one, n) => [id(one, n), box(one.querySelector('.shape'))]),
    lines: seen('.edge').map((one) => one.getAttribute('d')),
    drawing: svg.querySelector('.nodes').outerHTML + svg.querySelector('.edges').outerHTML + svg.getAttribute('viewBox'),
  };
}"""


def corners(drawn: str) -> Iterator[tuple[float, float]]:
    """Where a drawn line begins, turns and ends: of a rounded corner its control point."""
    for command, rest in re.findall(r"([MLQ])([^MLQ]*)", drawn):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", rest)]
        yield numbers[0], numbers[1]
        if command == "Q":
            yield numbers[2], numbers[3]


def slants(drawn: str) -> bool:
    points = [*corners(drawn)]
    return any(min(abs(a - c), abs(b - d)) > 0.6 for (a, b), (c, d) in pairwise(points))


def overlaps(boxes: list[tuple[str, list[float]]]) -> list[tuple[str, str]]:
    return [
        (one, two)
        for n, (one, (x, y, w, h)) in enumerate(boxes)
        for two, (ox, oy, ow, oh) in boxes[n + 1 :]
        if x + 1 < ox + ow and ox + 1 < x + w and y + 1 < oy + oh and oy + 1 < y + h
    ]


def looked(tab: Any, key: str = "") -> dict[str, Any]:
    """What is drawn, after a key and its glide."""
    if key:
        tab.keyboard.press(key)
        tab.wait_for_timeout(500)
    found: dict[str, Any] = tab.evaluate(LOOK)
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name.partition(".")[0])
def test_what_closes_takes_only_its_own_room(show: Show, file: Path) -> None:
    tab = show(paged(sf.load(file)), "#deals=off").tab
    tab.locator("section.stage").focus()
    before = looked(tab)
    sizes = {name: box[2:] for name, box in before["nodes"]}
    assert before["closed"] == []
    assert overlaps(before["nodes"]) == []
    for key in ("b", "s"):
        after = looked(tab, key)
        if key == "b":
            assert after["closed"] != []
            assert len(after["nodes"]) < len(before["nodes"])
        assert overlaps([*after["nodes"], *after["closed"]]) == []
        assert [drawn for drawn in after["lines"] if slants(drawn)] == []
        for name, box in after["nodes"]:
            assert box[2:] == pytest.approx(sizes[name], abs=1.5)
        again = looked(tab, key)
        assert again["closed"] == []
        assert again["drawing"] == before["drawing"]
