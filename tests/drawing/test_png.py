"""A PNG is one, has its letters on a machine without fonts, and says clearly why it cannot be."""

import builtins
import struct
from typing import Any

import pytest
import resvg_py

from salesflow.drawing.diagram import Diagram
from salesflow.drawing.png import _LETTERS, _PROBE, MOST, png
from salesflow.drawing.scene import Scene
from salesflow.drawing.svg.markup import escaped, isolated
from salesflow.errors import UsageError
from tests.drawing.svg.drawn import diagram, scene

_RENDER = resvg_py.svg_to_bytes


def size_of(image: bytes) -> tuple[int, int]:
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    assert image[-8:-4] == b"IEND"
    wide, high = struct.unpack(">II", image[16:24])
    return wide, high


def test_it_is_a_png_of_the_size_of_the_picture_at_its_scale() -> None:
    once, twice = size_of(png(scene(), scale=1)), size_of(png(scene()))
    assert twice == pytest.approx((2 * once[0], 2 * once[1]), abs=2)


def test_the_same_scene_gives_the_same_bytes() -> None:
    assert png(scene(), scale=1) == png(scene(), scale=1)


def test_letters_are_the_same_on_a_machine_without_any_font(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_fonts = png(scene("Ärger über Größe, łódź, λόγος, Жук"), scale=1)

    def bare(**given: Any) -> bytes:
        return _RENDER(**given, skip_system_fonts=True)

    monkeypatch.setattr(resvg_py, "svg_to_bytes", bare)
    assert png(scene("Ärger über Größe, łódź, λόγος, Жук"), scale=1) == with_fonts

    def wordless(**given: Any) -> bytes:
        given["svg_string"] = given["svg_string"].replace("<text", '<text visibility="hidden"')
        return bare(**given)

    monkeypatch.setattr(resvg_py, "svg_to_bytes", wordless)
    blank = png(scene("Ärger über Größe, łódź, λόγος, Жук"), scale=1)
    assert len(blank) < len(with_fonts) * 0.8


def test_a_letter_that_no_font_has_is_a_box(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def bare(**given: Any) -> bytes:
        drawn.append(given["svg_string"])
        return _RENDER(**given, skip_system_fonts=True)

    monkeypatch.setattr(resvg_py, "svg_to_bytes", bare)
    png(scene("→ Łódź 日本 ✂\ufe0f"), scale=1)
    assert "→ Łódź □□ □\ufe0f" in drawn[-1]
    assert not set("日本✂") & set(drawn[-1])


def test_our_letters_are_in_our_fonts() -> None:
    letters = [chr(code) for first, last in _LETTERS for code in range(ord(first), ord(last) + 1)]
    seen = [letter for letter in letters if letter.isprintable() and letter != " "]
    blank = drawn_alone(" ")
    assert [one for one in seen if drawn_alone(escaped(one)) == blank] == []
    assert len(seen) > 500


def drawn_alone(letter: str) -> bytes:
    from importlib.resources import files

    font = str(files("salesflow.drawing") / "fonts" / "Arimo-Regular.ttf")
    return _RENDER(svg_string=_PROBE.format(letter), skip_system_fonts=True, font_files=[font])


def test_names_from_right_to_left_keep_the_order_of_what_stands_beside_them() -> None:
    def rendered(words: str) -> bytes:
        text = f'<text y="15" font-family="Arimo,sans-serif">{words}</text>'
        return _RENDER(
            svg_string=f'<svg xmlns="http://www.w3.org/2000/svg" width="99" height="20">{text}</svg>'
        )

    name, seen = "\u05dc\u05d0", "\u202d\u05d0\u05dc, 50%\u202c"  # as its letters are seen
    if rendered("\u05dc") == rendered(" "):
        pytest.skip("no font here has Hebrew letters: `apt-get install fonts-dejavu`")
    assert rendered(isolated(f"{name}, 50%")) == rendered(seen)
    assert rendered(f"{name}, 50%") != rendered(seen)


def test_its_paper_is_white() -> None:
    empty = Diagram(title="", lanes=(), nodes=(), edges=())
    nothing: dict[str, Any] = dict.fromkeys(("bands", "borders", "shapes", "routes"), ())
    white = png(Scene(diagram=empty, width=500, height=40, **nothing), scale=1)
    wide, high = size_of(white)
    canvas = f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}"/>'
    assert white == _RENDER(svg_string=canvas, background="#ffffff")


def test_hostile_names_are_drawn() -> None:
    assert size_of(png(scene("<b>&\x00\u202e\ud800 \ufffe ]]> 🚀 日本"), scale=1))


def large(times: float) -> Scene:
    side = (MOST * times) ** 0.5
    return scene().replace(width=side, height=side)


def test_a_large_picture_gets_a_smaller_scale(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []

    def noted(**given: Any) -> bytes:
        asked.append(given["zoom"])
        return b""

    monkeypatch.setattr(resvg_py, "svg_to_bytes", noted)
    png(large(0.5), scale=2)
    assert 1.3 < asked[-1] < 1.5


def test_too_large_a_picture_says_what_to_do() -> None:
    with pytest.raises(UsageError, match=r"7,\d\d\d × 7,\d\d\d pixels.*\n.*`\.svg`"):
        png(large(1.5))


def test_without_resvg_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: Any) -> Any:
        if name == "resvg_py":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(UsageError, match=r"pip install 'salesflow\[png\]'"):
        png(scene())


def test_the_font_comes_with_its_licence() -> None:
    from importlib.resources import files

    folder = files("salesflow.drawing") / "fonts"
    names = {each.name for each in folder.iterdir()}
    assert names == {"Arimo-Regular.ttf", "Arimo-Bold.ttf", "OFL.txt"}
    assert "SIL Open Font License, Version 1.1" in (folder / "OFL.txt").read_text("utf-8")
    assert diagram()
