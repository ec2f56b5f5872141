"""Boxes and lanes that lead somewhere: only those that are asked for, and never the keyboard."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import salesflow as sf
from salesflow.drawing.layout.arrange import layout
from salesflow.drawing.scene import Scene
from salesflow.drawing.svg.picture import fragment, inset
from salesflow.nouns import FrozenMap
from salesflow.reporting.views import view_of

EXAMPLE = Path(__file__).parents[3] / "examples" / "enterprise" / "enterprise.salesflow.yaml"
LINKS = FrozenMap({"steps.qualify": "a.html?x=1&y=2", "departments.legal": 'b".html'})


def scene() -> Scene:
    return layout(view_of(sf.load(EXAMPLE), "flow"))


def test_what_has_an_address_is_a_link_around_it() -> None:
    tree = ET.fromstring(inset(scene(), LINKS))
    found = {link.get("href"): link for link in tree.iter("a")}
    assert set(found) == set(LINKS.values())
    (box,) = found["a.html?x=1&y=2"]
    assert box.get("data-path") == "steps.qualify"
    title = box.find("title")
    assert title is not None
    assert (title.text or "").startswith("Qualify the lead")
    lane = found['b".html']
    assert next(part.get("class") for part in lane) == "head"
    assert {link.get("tabindex") for link in found.values()} == {"-1"}


def test_the_rules_of_a_lane_outside_hold_within_its_link() -> None:
    links = FrozenMap({"departments.customer": "c.html"})
    assert '<a href="c.html" class="external" tabindex="-1"><rect class="head"' in inset(
        scene(), links
    )


def test_without_addresses_nothing_is_a_link() -> None:
    drawn = scene()
    assert "<a " not in fragment(drawn)
    linked = re.sub(r"</?a\b[^>]*>|<title>[^<]*</title>", "", fragment(drawn, LINKS))
    assert linked == fragment(drawn)


def test_an_inset_has_a_name_a_legend_and_no_ids() -> None:
    text = inset(scene(), LINKS)
    root = ET.fromstring(text)
    assert root.get("role") == "img"
    assert "27 steps" in (root.get("aria-label") or "")
    assert 'class="legend"' in text
    assert " id=" not in text
