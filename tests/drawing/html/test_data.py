"""What the script reads says what the nouns say: read here place by place, as data.js does."""

from typing import Any

import pytest

from salesflow.drawing.html.page import page
from tests.drawing.html.pages import Read, filled, held

PAGE = filled("Call")


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    return held(Read(page(PAGE)))


def test_every_shape_and_line_in_the_order_of_the_picture(data: dict[str, Any]) -> None:
    words = data["words"]
    for view, told in zip(PAGE.views, data["views"], strict=True):
        assert words[told["id"]] == view.id
        nodes = [(words[one[0]], words[one[1]], words[one[2]], one[9:13]) for one in told["nodes"]]
        assert nodes == [
            (
                shape.node.id,
                shape.node.kind,
                shape.node.label,
                [round(value, 1) for value in (shape.x, shape.y, shape.width, shape.height)],
            )
            for shape in view.scene.shapes
        ]
        edges = [(words[one[0]], one[3], one[4], one[5]) for one in told["edges"]]
        assert edges == [
            (route.edge.kind, route.start, route.end, route.main + 2 * route.back)
            for route in view.scene.routes
        ]
        assert len(told["frames"]) == len(view.scene.borders)
        assert [band[1] for band in told["bands"]] == [band.row for band in view.scene.bands]
    assert [words[name] for name in data["views"][0]["closed"]] == ["both"]


def test_labels_are_counted_as_they_are_drawn(data: dict[str, Any]) -> None:
    """The script gives the drawn labels in order to the lines that have a place for one."""
    text = page(PAGE)
    start = text.index('<svg class="picture" data-view="flow"')
    drawn = text[start : text.index("</svg>", start)].count('<g class="edge-label')
    assert drawn == sum(1 for one in data["views"][0]["edges"] if one[6]) > 0


def test_what_is_known_of_the_elements(data: dict[str, Any]) -> None:
    words = data["words"]
    [[path, lead, [[title, [first, second]]]]] = data["cards"]
    assert [words[n] for n in (path, lead, title)] == ["steps.call", "Call", "Call"]
    assert [words[n] for n in first] == ["Call", "Call", "steps.call", "won"]
    assert [words[n] for n in second] == ["Call", "", "", ""]
    [[remark_path, severity, *_, way, place]] = data["remarks"]
    assert [words[n] for n in (remark_path, severity, place)] == ["steps.call", "error", "Call"]
    assert [words[n] for n in way] == ["sources.web", "steps.call"]
    [[rate_path, *rate]] = data["rates"]
    assert (words[rate_path], rate) == ("sources.web", [2.5, 8, 1.25])
    [[heat, _, [[heated, text, level]]]] = data["heats"]
    assert (words[heat], words[heated], words[text], level) == (
        "waiting",
        "steps.call",
        "Call",
        0.5,
    )
    _, _, _, [[edited, kind, _, change, [audience]]] = data["versions"]
    assert [words[n] for n in (edited, kind, change, audience)] == [
        "steps.call",
        "added",
        "check",
        "sales",
    ]


def test_without_versions_there_is_nothing_to_compare() -> None:
    assert held(Read(page(PAGE.replace(versions=None))))["versions"] is None
