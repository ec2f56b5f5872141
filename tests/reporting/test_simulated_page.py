"""The page and its pictures: well-formed, self-contained, nothing in a name is markup."""

import re
from collections import Counter
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from salesflow.nouns import FrozenMap
from salesflow.reporting.simulated.page import notebook, page, section
from salesflow.reporting.simulated.plots.funnel import funnel
from salesflow.reporting.simulated.plots.intervals import intervals
from salesflow.reporting.simulated.plots.scale import Scale, ticks
from salesflow.reporting.simulated.plots.times import times
from salesflow.reporting.simulated.plots.week import week
from tests.reporting.simulated_results import ROLES, part, result, role, scenarios, step
from tests.reporting.test_simulated_text import everything

ODD = "</style></svg><script>alert(1)</script>\"' & \u202e\x00::error::"
VOID = {"meta", "br", "img", "hr", "link", "input"}
SVG = "{http://www.w3.org/2000/svg}"


class Reader(HTMLParser):
    """Holds that tags nest, and collects tags, ids and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: Counter[str] = Counter()
        self.ids: Counter[str] = Counter()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes |= {name for name, _ in attrs}
        self.ids.update(str(value) for name, value in attrs if name == "id")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


def test_the_page_is_well_formed_and_fetches_nothing() -> None:
    html = page(everything())
    reader = read(html)
    assert html.startswith("<!doctype html>\n<html lang=")
    assert reader.tags["svg"] == 6
    assert not {"script", "link", "iframe", "img", "object"} & set(reader.tags)
    assert not {"src", "href", "onload", "onclick"} & reader.attributes
    assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org/2000/svg)", html)
    assert "prefers-color-scheme: dark" in html
    assert "@media print" in html


def test_ids_are_stable_and_each_is_there_once() -> None:
    both = {"enterprise": part(), "smb": part(id="smb", title="smb")}
    html = page(result(processes=FrozenMap(both), scenarios=scenarios()))
    reader = read(html)
    assert set(reader.ids.values()) == {1}
    assert {"sf-times-0", "sf-times-1", "sf-funnel-1", "sf-week"} <= set(reader.ids)
    assert html == page(result(processes=FrozenMap(both), scenarios=scenarios()))


def test_nothing_in_a_name_is_markup() -> None:
    html = page(
        result(
            processes=FrozenMap(
                {ODD: part(title=ODD, steps=FrozenMap({ODD: step(ODD, 9, stuck=1)}))}
            ),
            roles=FrozenMap({ODD: role(ODD, "x", 2, 0.9, queue=4, waits=50)}),
            warnings=(ODD, f"`{ODD}`"),
            currency=ODD,
            zone=ODD,
        )
    )
    reader = read(html)
    assert "script" not in reader.tags
    assert "\u202e" not in html
    assert "\x00" not in html
    assert not any(row.startswith("::") for row in html.splitlines())


def test_code_in_a_sentence_is_code() -> None:
    assert "<code>counsel</code> is asked for 93%" in page(everything())


def test_a_section_brings_its_style_along() -> None:
    assert section(everything()) in page(everything())
    assert notebook(everything()) == section(everything())
    assert section(everything()).startswith('<section class="sf-report">\n<style>')
    assert read(section(everything())).tags["section"] == 1


def pictures() -> list[str]:
    compared = result(scenarios=scenarios())
    return [
        times(part(), "times"),
        funnel(part(), "funnel"),
        week(ROLES, "week", "Europe/Berlin"),
        intervals(compared, "enterprise", "cycle_time_won", "change"),
        intervals(compared, "enterprise", "win_value", "change"),
    ]


@pytest.mark.parametrize("picture", pictures())
def test_a_picture_says_what_it_shows_to_those_who_cannot_see(picture: str) -> None:
    root = ET.fromstring(picture)
    assert root.get("role") == "img"
    labels = str(root.get("aria-labelledby")).split()
    assert [root.find(f"{SVG}title").get("id"), root.find(f"{SVG}desc").get("id")] == labels  # type: ignore[union-attr]
    assert len(root.findall(f".//{SVG}text")) >= 3
    assert all(len((text.text or "").strip()) for text in root.iter(f"{SVG}text"))


@pytest.mark.parametrize("picture", pictures())
def test_all_of_a_picture_lies_within_it(picture: str) -> None:
    root = ET.fromstring(picture)
    wide, high = float(root.get("width", 0)), float(root.get("height", 0))
    for element in root.iter():
        for name, most in (("x", wide), ("x1", wide), ("cx", wide), ("y", high), ("y2", high)):
            assert 0 <= float(element.get(name, 0)) <= most
        assert float(element.get("x", 0)) + float(element.get("width", 0)) <= wide


def test_bars_of_the_histogram_hold_every_deal_but_the_longest() -> None:
    buckets = tuple((24.0 * n, 24.0 * (n + 1), 10) for n in range(100))
    root = ET.fromstring(times(part(distribution=buckets), "times"))
    tips = [tip.text or "" for tip in root.findall(f".//{SVG}rect/{SVG}title")]
    assert tips[0] == "0 to 3 days: 3.0% of won deals"
    shares = [float(re.search(r"([\d.]+)%", tip)[1]) for tip in tips]  # type: ignore[index]
    assert sum(shares) == pytest.approx(100, abs=1)
    assert len(tips) <= 60


def test_what_is_not_known_is_not_drawn() -> None:
    unknown = role("desk", "x", 2, None)
    assert "desk: not known" in week({"desk": unknown}, "w")
    few = part(cycle_time_won=part().cycle_time_won._replace(median=None, p90=None))
    assert "half within" not in times(few, "t")


def test_pictures_of_nothing_are_nothing() -> None:
    assert times(part(distribution=()), "t") == ""
    assert times(part(distribution=((0.0, 1.0, 0),)), "t") == ""
    assert funnel(part(steps=FrozenMap()), "f") == ""
    assert week({}, "w") == ""
    assert intervals(result(), "enterprise", "win_rate", "i") == ""


def test_times_within_hours_are_shown_in_hours() -> None:
    short = times(part(distribution=((0.5, 0.75, 3), (1.0, 1.5, 1))), "t")
    assert "hours from arrival to won" in short


def test_a_funnel_of_short_names_has_room_for_all_deals() -> None:
    root = ET.fromstring(funnel(part(steps=FrozenMap({"ask": step("ask", 5)})), "f"))
    (all_of_them,) = (one for one in root.iter(f"{SVG}text") if one.text == "deals that come")
    assert float(all_of_them.attrib["x"]) > 7.5 * len("deals that come")  # in bold, to the right


def test_a_long_funnel_is_cut() -> None:
    steps = FrozenMap({f"s{n}": step(f"s{n}", 5) for n in range(50)})
    assert "and 10 more steps" in funnel(part(steps=steps), "f")


def test_the_week_joins_equal_hours() -> None:
    flat = role("desk", "x", 4, 0.5).replace(week=(0.0,) * 24 + (2.0,) * 24 + (0.0,) * 120)
    root = ET.fromstring(week({"desk": flat}, "w"))
    (tip,) = root.findall(f".//{SVG}rect/{SVG}title")
    assert tip.text == "Tue 00:00: 2.0 of 4 at work"


@pytest.mark.parametrize(
    ("low", "high", "at"),
    [
        (0, 10, [0, 2, 4, 6, 8, 10]),
        (-1.1, 1.1, [-1, -0.5, 0, 0.5, 1]),
        (3, 3, [3]),
        (0, 250, [0, 50, 100, 150, 200, 250]),
    ],
)
def test_ticks_are_round(low: float, high: float, at: list[float]) -> None:
    assert ticks(low, high, 6) == pytest.approx(at)


def test_a_scale_keeps_what_lies_outside_at_its_edge() -> None:
    scale = Scale(0, 10, 100, 200)
    assert [scale.at(value) for value in (-5, 0, 5, 10, 20)] == [100, 100, 150, 200, 200]
    assert Scale(3, 3, 0, 10).at(3) == 5
