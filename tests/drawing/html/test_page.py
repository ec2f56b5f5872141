"""The page as a file: whole, safe whatever a process says, by itself, the same every time."""

import base64
import hashlib
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesflow.drawing.html.page import page
from salesflow.drawing.layout.arrange import layout
from salesflow.visible import visible
from tests.drawing.html.pages import Read, filled, held, large, unpacked
from tests.drawing.svg.drawn import HOSTILE, diagram

HTML = {*("html", "head", "meta", "title", "style", "script", "body", "header", "h1", "nav")}
HTML |= {*("div", "main", "section", "aside", "noscript", "p")}
SVG = {"svg", "defs", "marker", "g", "rect", "path", "text", "tspan", "circle"}


def policy(read: Read) -> dict[str, list[str]]:
    [content] = [
        attributes["content"]
        for tag, attributes, _ in read.elements
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert content is not None
    rules = (rule.split() for rule in content.split(";"))
    return {name: values for name, *values in rules}


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_policy_allows_this_style_and_this_script_alone() -> None:
    read = Read(page(filled()))
    allowed = policy(read)
    assert allowed["default-src"] == ["'none'"]
    assert allowed["style-src"] == [digest(text) for text in read.texts("style")]
    programs = [
        "".join(inside)
        for tag, attributes, inside in read.elements
        if tag == "script" and "type" not in attributes
    ]
    assert allowed["script-src"] == [digest(text) for text in programs]
    assert allowed["base-uri"] == allowed["form-action"] == ["'none'"]


def test_nothing_comes_from_elsewhere() -> None:
    text = page(filled())
    read = Read(text)
    for tag, attributes, _ in read.elements:
        assert not {"src", "href", "srcset", "style", "action", "data"} & attributes.keys(), tag
        assert not [name for name in attributes if name.startswith("on")], tag
    assert set(re.findall(r"https?://[^\s\"'<)]*", text)) <= {"http://www.w3.org/2000/svg"}
    assert [name for name in re.findall(r"url\(([^)]*)\)", text) if name[:4] != "#sf-"] == []
    assert "@import" not in text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    written = page(filled(text))
    read = Read(written)
    assert read.wrong == []
    assert read.open == []
    assert {tag for tag, _, _ in read.elements} <= HTML | SVG
    assert [tag for tag, _, _ in read.elements].count("script") == 2
    assert visible(text) in held(read)["words"]
    assert "\u202e" not in written
    assert "\x1b" not in written


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=40))
def test_any_text_stays_text(text: str) -> None:
    read = Read(page(filled(text)))
    assert read.wrong == read.open == []
    assert {tag for tag, _, _ in read.elements} <= HTML | SVG
    found = held(read)
    assert found["words"][found["title"]] == visible(text)
    assert len(found["words"]) == len(set(found["words"]))


def test_pictures_are_there_without_a_script() -> None:
    text = page(filled())
    start = text.index('<svg class="picture" data-view="flow"')
    drawn = ET.fromstring(text[start : text.index("</svg>", start) + 6])
    nodes = [each for each in drawn.iter("g") if "node" in (each.get("class") or "").split()]
    assert "steps.call" in {each.get("data-path") for each in nodes}


def test_a_large_page_is_packed_and_holds_the_same() -> None:
    scene = layout(diagram())
    text = page(large(scene))
    read = Read(text)
    assert read.wrong == read.open == []
    inside = unpacked(read)
    small = page(large(scene).replace(views=large(scene).views[:1]))
    assert f">{inside['pictures'][0]}</svg>" in small
    assert len(inside["pictures"]) == len(held(read)["views"]) == 60
    assert sum(map(len, inside["pictures"])) > 400_000 > len(text)


def test_the_same_page_is_the_same_text_in_every_run() -> None:
    code = (
        "from tests.drawing.html.pages import *; from salesflow.drawing.html.page import page;"
        "import sys; sys.stdout.buffer.write(page(filled()).encode())"
    )
    texts = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
            timeout=120,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(texts) == 1
    assert texts == {page(filled()).encode()}
