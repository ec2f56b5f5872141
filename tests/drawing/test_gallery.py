"""The pictures that the pages show are those that are drawn today."""

import re
from functools import cache

import pytest

from tests.drawing.gallery import FOLDER, LARGEST, PICTURES, ROOT, file_of
from tests.drawing.gate.measures import measure
from tests.drawing.gate.reading import read

SHOWN = re.compile(r"\]\((?:docs/)?pictures/([\w-]+)\.svg\)")


@cache
def drawn(name: str) -> str:
    return PICTURES[name]()


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_current(name: str) -> None:
    kept = file_of(name).read_bytes().decode() if file_of(name).is_file() else ""
    if drawn(name) != kept:
        pytest.fail(f"{name}.svg is not what is drawn today: `python -m tests.drawing.gallery`")


@pytest.mark.parametrize("name", PICTURES)
def test_nothing_is_wrong_in_a_picture(name: str) -> None:
    """With figures, marks and two versions in it as well as without."""
    picture = read(drawn(name))
    found = measure(picture)
    wrong = [*found.broken, *found.struck_words, *found.loose_ends]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_small(name: str) -> None:
    assert len(file_of(name).read_bytes()) <= LARGEST


def test_there_are_no_others_and_pages_show_only_what_there_is() -> None:
    assert {file.stem for file in FOLDER.glob("*.svg")} == set(PICTURES)
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    shown = {name for page in pages for name in SHOWN.findall(page.read_text("utf-8"))}
    assert shown <= set(PICTURES)
    assert "enterprise" in shown
