"""Colours can be read by day and by night, and a real browser sees the same in both ways we give."""

from typing import Any

import pytest

from salesflow.drawing.diagram import Figure, Mark
from salesflow.drawing.layout.arrange import layout
from salesflow.drawing.scene import Scene
from salesflow.drawing.svg.colours import DARK, LIGHT
from salesflow.drawing.svg.looks import LOOKS
from salesflow.drawing.svg.picture import fragment, svg
from salesflow.drawing.svg.style import DEFS, RULES, Pen, style, variables
from tests.drawing.gate.chromium import page
from tests.drawing.svg.drawn import KINDS, diagram

# What is written on what: each text's colour, and the grounds it may stand on.
_GROUNDS = {
    "title": ("paper",),
    "ink": ("box", "lane", "outer", "frame", "choice", "run", "source", "paper"),
    "soft": ("box", "paper", "choice", "run", "frame", "lane", "outer"),
    "head-ink": ("head",),
    "outer-ink": ("outer-head",),
    **{f"{pill}-ink": (pill,) for pill in ("source", "won", "lost", "gone", "failed")},
    **{f"{kind}-ink": (f"{kind}-ground", "lane", "outer", "frame") for kind in KINDS},
}
_PAIRS = [(ink, ground) for ink, grounds in _GROUNDS.items() for ground in grounds]
_PAIRS += [("ink", f"heat-{level}") for level in range(6)]
_PAIRS += [("ink", f"{kind}-ground") for kind in ("added", "removed", "changed")]


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_as_the_definition_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["day", "night"])
@pytest.mark.parametrize(("ink", "ground"), _PAIRS)
def test_text_can_be_read(colours: dict[str, str], ink: str, ground: str) -> None:
    assert contrast(colours[f"--sf-{ink}"], colours[f"--sf-{ground}"]) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["day", "night"])
def test_lines_and_signs_stand_out(colours: dict[str, str]) -> None:
    for name in ("flow", "main", "line", *KINDS):
        for ground in ("lane", "outer", "paper"):
            at_least = 2.8 if name == "line" else 3.0  # a box is also filled and has words
            assert contrast(colours[f"--sf-{name}"], colours[f"--sf-{ground}"]) >= at_least
    for kind in KINDS:  # the sign within its disc
        assert contrast(colours[f"--sf-{kind}"], colours["--sf-paper"]) >= 4.5


def test_heat_is_told_by_lightness_alone() -> None:
    for colours, falls in ((LIGHT, True), (DARK, False)):
        ramp = [luminance(colours[f"--sf-heat-{level}"]) for level in range(6)]
        assert ramp == sorted(ramp, reverse=falls)
        steps = [
            contrast(colours[f"--sf-heat-{n}"], colours[f"--sf-heat-{n + 1}"]) for n in range(5)
        ]
        assert min(steps) > 1.1


def test_both_themes_colour_the_same_things_and_every_colour_is_one() -> None:
    assert LIGHT.keys() == DARK.keys()
    used = {value[1:] for _, look in LOOKS.values() for value in look.values() if value[0] == "$"}
    assert {f"--sf-{name}" for name in used} == LIGHT.keys()


def test_the_style_sheet_is_for_screens_and_fetches_nothing() -> None:
    assert "@media screen and (prefers-color-scheme:dark)" in style()
    for text in (style(), RULES, DEFS):
        assert "http" not in text
        assert "@import" not in text


def test_a_pen_that_is_not_plain_leaves_colours_to_the_rules() -> None:
    assert Pen().look("shape", "won") == ""
    assert 'fill="#e0f4e6"' in Pen(plain=True).look("shape", "won")


# ---------------------------------------------------------------------------- in a real browser

_SEEN = """() => [...document.querySelectorAll('.nodes *, .edges *, .labels *, .lanes *, .frames *')]
  .filter(one => one.tagName !== 'title').map(one => {
    const seen = getComputedStyle(one);
    return [one.tagName, one.getAttribute('class'), seen.fill, seen.fillOpacity, seen.stroke,
            seen.stroke === 'none' ? '' : seen.strokeWidth + ' ' + seen.strokeDasharray,
            one.tagName === 'path' ? seen.markerEnd : ''].join(' | ');
  })"""


def everything() -> list[Scene]:
    """Pictures with marks of each kind, with figures of each level, and pale ones."""
    found = [layout(diagram())]
    found += [layout(diagram(marks=(Mark(kind=kind, text=kind),))) for kind in KINDS]
    found += [layout(diagram(figure=Figure(text="9", level=level / 6))) for level in range(6)]
    found += [
        layout(diagram(marks=(Mark(kind=kind, text=kind),), figure=Figure(text="9", level=0.9)))
        for kind in KINDS
    ]
    pale = diagram().replace(pale=True)
    marked = pale.nodes[1].replace(marks=(Mark(kind="added", text="added"),))
    found.append(layout(pale.replace(nodes=(pale.nodes[0], marked, *pale.nodes[2:]))))
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_attributes_and_rules_say_the_same(scheme: Any) -> None:
    colours = variables(LIGHT if scheme == "light" else DARK)
    with page() as shown:
        shown.emulate_media(color_scheme=scheme)
        for drawn in everything():
            shown.set_content(svg(drawn))
            alone = shown.evaluate(_SEEN)
            shown.set_content(
                f"<style>:root{{{colours}}}{RULES}</style>"
                f"<svg><defs>{DEFS}</defs>{fragment(drawn)}</svg>"
            )
            assert sorted(shown.evaluate(_SEEN)) == sorted(alone)  # lines lie in another order
            assert len(alone) > 100


def test_printed_at_night_it_is_as_by_day() -> None:
    drawn = everything()[0]
    with page() as shown:
        shown.set_content(svg(drawn))
        day = shown.evaluate(_SEEN)
        shown.emulate_media(color_scheme="dark")
        assert shown.evaluate(_SEEN) != day
        shown.emulate_media(color_scheme="dark", media="print")
        assert shown.evaluate(_SEEN) == day
