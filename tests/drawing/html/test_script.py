"""The script's own rules, and the laws of closing: nothing changes its order, its size or its turns."""

import json
import os
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import salesflow.drawing.html
from salesflow.drawing.html.parts import SCRIPTS, STYLES, script, style

FOLDER = Path(salesflow.drawing.html.__file__).parent
FILES = sorted(FOLDER.glob("*.js"))
FORBIDDEN = (
    *("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"),
    *("fetch(", "XMLHttpRequest", "WebSocket", "import(", "localStorage", "setAttribute('on"),
)


def node(program: str, given: Any) -> Any:
    """What a program answers that has the geometry of the page and ``given``."""
    found = shutil.which("node")
    if found is None:
        message = "Node is not installed: get it from https://nodejs.org"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    parts = [FOLDER.joinpath(f"{name}.js").read_text("utf-8") for name in ("geometry", "squeeze")]
    code = "\n".join([*parts, f"const given = {json.dumps(given)};", program])
    done = subprocess.run(
        [found, "-"], input=code, capture_output=True, text=True, check=True, timeout=60
    )
    return json.loads(done.stdout)


def test_all_files_are_in_the_page() -> None:
    assert {file.stem for file in FILES} == set(SCRIPTS)
    assert {file.stem for file in FOLDER.glob("*.css")} == set(STYLES)
    assert all(FOLDER.joinpath(f"{name}.js").read_text("utf-8") in script() for name in SCRIPTS)
    assert all(FOLDER.joinpath(f"{name}.css").read_text("utf-8") in style() for name in STYLES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_is_short_and_makes_no_markup_of_text(file: Path) -> None:
    text = file.read_text("utf-8")
    assert len(text.splitlines()) <= 300
    assert text.startswith("// ")
    assert [word for word in FORBIDDEN if word in text] == []


def test_nothing_ends_the_elements_they_stand_in() -> None:
    assert re.search(r"</script|<!--", script(), re.IGNORECASE) is None
    assert re.search(r"</style|<!--", style(), re.IGNORECASE) is None


def test_names_are_given_once() -> None:
    names = re.findall(r"(?m)^(?:async )?(?:function|const|let) (\w+)", script())
    assert sorted(names) == sorted(set(names))


span = st.tuples(st.integers(0, 300), st.integers(1, 60)).map(lambda it: [it[0], sum(it)])
axis = st.fixed_dictionaries(
    {
        "spans": st.lists(span, max_size=4),
        "solids": st.lists(span, max_size=8),
        "places": st.lists(st.integers(-20, 400), min_size=2, max_size=12),
        "least": st.integers(0, 200),
    }
)


@settings(max_examples=8, deadline=None)
@given(st.lists(axis, min_size=20, max_size=40))
def test_an_axis_shrinks_only_where_it_may(axes: list[dict[str, Any]]) -> None:
    """Order is kept, what is shown keeps its length, and a closed box has the room it needs."""
    moved = node(
        """console.log(JSON.stringify(given.map(({spans, solids, places, least}) => {
          const all = spans.map(([from, to]) => ({from, to, least: Math.min(least, to - from)}));
          const to = squeezedAxis(spans, solids, all);
          return [places.map(to), solids.map((one) => one.map(to)), spans.map((one) => one.map(to))];
        })));""",
        axes,
    )
    for given_axis, (places, solids, spans) in zip(axes, moved, strict=True):
        pairs = sorted(zip(given_axis["places"], places, strict=True))
        for (old, new), (next_old, next_new) in pairwise(pairs):
            assert -1e-6 <= next_new - new <= next_old - old + 1e-6
        for (a, b), (x, y) in zip(given_axis["solids"], solids, strict=True):
            assert y - x == pytest.approx(b - a)
        for (a, b), (x, y) in zip(given_axis["spans"], spans, strict=True):
            assert y - x >= min(given_axis["least"], b - a) - 1e-6
        if not given_axis["spans"]:
            assert [new - old for old, new in pairs] == [0] * len(pairs)


@st.composite
def lines(draw: Any) -> list[list[float]]:
    """A line that turns at every corner."""
    x, y = draw(st.integers(0, 500)), draw(st.integers(0, 500))
    points = [[x, y]]
    level = draw(st.booleans())
    for _ in range(draw(st.integers(1, 6))):
        step = draw(st.integers(20, 200)) * draw(st.sampled_from((-1, 1)))
        x, y = (x + step, y) if level else (x, y + step)
        points.append([x, y])
        level = not level
    return points


@settings(max_examples=5, deadline=None)
@given(st.lists(lines(), min_size=20, max_size=40))
def test_a_line_is_read_as_it_is_drawn(drawn: list[Any]) -> None:
    read = "console.log(JSON.stringify(given.map((line) => pointsOf(drawnLine(line)))));"
    assert node(read, drawn) == drawn


@settings(max_examples=5, deadline=None)
@given(st.lists(lines(), min_size=20, max_size=40))
def test_a_line_cut_at_a_box_begins_on_its_border(drawn: list[Any]) -> None:
    """A box around the line's first point: what is left is outside, and turns as before."""
    cut = node(
        """console.log(JSON.stringify(given.map((line) => {
          const [[x, y]] = line;
          return leaving(line, {x: x - 15, y: y - 15, w: 30, h: 30});
        })));""",
        drawn,
    )
    for line, left in zip(drawn, cut, strict=True):
        (x, y), (first_x, first_y) = line[0], left[0]
        assert max(abs(first_x - x), abs(first_y - y)) == pytest.approx(15)
        assert left[-1] == line[-1] or len(left) == 1
        for (ax, ay), (bx, by) in pairwise(left):
            assert ax == bx or ay == by
