"""Every measure can fail: small pictures made by hand, each with one thing wrong."""

import pytest

from tests.drawing.gate.measures import (
    Measures,
    links,
    measure,
    outside_lanes,
    through_frames,
    wrong_frames,
)
from tests.drawing.gate.reading import BOLD, Box, Picture, read

# Four boxes of 80 by 40 on the corners of a square:   a   b
#                                                      c   d
PLACES = {"a": (20, 20), "b": (220, 20), "c": (20, 160), "d": (220, 160)}


def node(path: str, x: float, y: float, words: str = "") -> str:
    return (
        f'<g class="node step" data-path="{path}"><title>{path}</title>'
        f'<rect x="{x}" y="{y}" width="80" height="40"/>{words}</g>'
    )


def edge(path: str, way: str) -> str:
    return f'<path class="edge flow" data-path="{path}" d="{way}"/>'


def label(path: str, text: str, x: float, y: float) -> str:
    return (
        f'<text class="edge-label" data-path="{path}" x="{x}" y="{y}" font-size="11">{text}</text>'
    )


def drawn(*parts: str, places: dict[str, tuple[float, float]] = PLACES) -> Picture:
    nodes = [node(path, *at) for path, at in places.items()]
    body = "".join([*nodes, *parts])
    return read(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 220">{body}</svg>')


def judged(*parts: str) -> Measures:
    return measure(drawn(*parts))


STRAIGHT = edge("ab", "M 100 40 L 220 40"), edge("cd", "M 100 180 L 220 180")


def test_a_clean_picture_has_nothing_wrong() -> None:
    found = judged(*STRAIGHT, label("ab", "fits", 110, 36), label("cd", "fits", 110, 176))
    assert not found.broken
    assert not found.crossings
    assert not found.struck_words
    assert not found.loose_ends
    assert found.bends == found.turns == 0
    assert found.aspect == pytest.approx(320 / 220)


@pytest.mark.parametrize(
    ("name", "lines", "crossings"),
    [
        ("both change sides", ("M 100 30 L 150 30 L 150 170 L 220 170", "M 100 190 L 180 190 L 180 50 L 220 50"), 1),
        ("at an angle", ("M 100 40 L 220 180", "M 100 180 L 220 40"), 1),
        ("one touches the other's side", ("M 100 40 L 220 40", "M 100 180 L 160 180 L 160 41 L 190 41 L 190 150 L 220 170"), 1),
        ("corner at corner", ("M 100 40 L 160 40 L 160 100 L 220 30", "M 100 180 L 160 180 L 160 100 L 220 170"), 1),
        ("a part of the way together", ("M 100 40 L 160 40 L 160 180 L 220 180", "M 60 160 L 60 100 L 160 100 L 160 120 L 280 120 L 280 60"), 1),
        ("a pixel beside each other", ("M 100 40 L 160 40 L 160 180 L 220 180", "M 60 160 L 60 100 L 161 100 L 161 120 L 280 120 L 280 60"), 1),
        ("six pixels beside each other", ("M 100 30 L 220 30", "M 100 180 L 140 180 L 140 36 L 220 36"), 0),
        ("twice", ("M 100 30 L 220 30", "M 100 180 L 120 180 L 120 10 L 190 10 L 190 50 L 220 50"), 2),
        ("rounded corners", ("M 100 30 L 144 30 Q 150 30 150 36 L 150 164 Q 150 170 156 170 L 220 170", "M 100 190 L 180 190 L 180 50 L 220 50"), 1),
    ],
)  # fmt: skip
def test_crossings_of_lines_that_have_nothing_in_common(
    name: str, lines: tuple[str, str], crossings: int
) -> None:
    found = judged(edge("one", lines[0]), edge("two", lines[1]))
    assert len(found.crossings) == crossings, found.crossings


def test_lines_from_or_to_the_same_box_may_run_together_but_not_cross() -> None:
    together = "M 100 40 L 160 40 L 160 180 L 220 180"
    assert not judged(edge("ad", together), edge("ab", "M 100 40 L 220 40")).crossings
    assert not judged(edge("ad", together), edge("cd", "M 100 180 L 220 180")).crossings
    crossing = edge("cd", "M 100 180 L 140 180 L 140 120 L 190 120 L 190 170 L 220 170")
    assert len(judged(edge("ad", together), crossing).crossings) == 1


def test_a_line_over_itself_counts() -> None:
    loop = "M 100 40 L 180 40 L 180 100 L 140 100 L 140 20 L 220 20"
    assert len(judged(edge("ab", loop)).crossings) == 1
    there_and_back = "M 100 40 L 190 40 L 140 40 L 140 50 L 220 50"
    assert len(judged(edge("ab", there_and_back)).crossings) == 1


def test_bends_are_corners_one_can_see() -> None:
    down = "M 100 40 L 160 40 L 160 170 L 220 170"
    found = judged(edge("ad", down), edge("ab", "M 100 40 L 160 40 L 160 30 L 220 30"))
    assert found.turns == 4
    assert found.bends == 3
    straight = judged(edge("ab", "M 100 40 L 150 40 L 180 40 L 220 40"))
    assert straight.turns == 0
    rounded = "M 100 40 L 155 40 Q 160 40 160 45 L 160 165 Q 160 170 165 170 L 220 170"
    assert judged(edge("ad", rounded)).bends == 2


@pytest.mark.parametrize(
    ("way", "hit"),
    [
        ("M 60 60 L 60 210 L 320 210", ["x through c"]),
        ("M 60 60 L 60 158 L 260 158 L 260 160", ["x through c"]),
        ("M 60 60 L 60 150 L 260 150 L 260 160", []),
        ("M 100 40 L 30 40 L 30 100 L 260 100 L 260 160", ["x through a"]),
        ("M 100 40 L 110 40 L 110 70 L 10 70 L 10 210 L 260 210 L 260 200", []),
        ("M 100 20 L 110 10 L 310 10 L 310 60 L 230 60 L 230 160", ["x through b"]),
    ],
)
def test_lines_through_boxes(way: str, hit: list[str]) -> None:
    assert judged(edge("x", way)).through_nodes == hit


def test_a_line_through_words_of_another() -> None:
    low = label("ab", "fits", 140, 44)
    assert judged(*STRAIGHT, low).struck_words == []
    foreign = label("cd", "fits", 140, 44)
    assert judged(*STRAIGHT, foreign).struck_words == ["ab through “fits” of cd"]
    lane = '<text class="lane-label" data-path="sales" x="140" y="44" font-size="11">Sales</text>'
    assert judged(*STRAIGHT, lane).struck_words == ["ab through “Sales” of sales"]


def test_boxes_over_each_other() -> None:
    assert judged(node("e", 95, 50)).overlapping_nodes == ["a over e"]
    assert judged(node("e", 100, 20)).overlapping_nodes == []


def test_words_over_words_and_over_boxes() -> None:
    one, two = label("ab", "agreed", 120, 36), label("cd", "refused", 140, 40)
    assert judged(*STRAIGHT, one, two).overlapping_words == ["“agreed” of ab over “refused” of cd"]
    over = label("ab", "agreed", 195, 36)
    assert judged(*STRAIGHT, over).overlapping_words == ["“agreed” of ab over b"]
    lines = (
        '<text class="edge-label" data-path="ab" font-size="11">'
        '<tspan x="120" y="20">agreed</tspan><tspan x="120" y="34">at once</tspan></text>'
    )
    assert judged(*STRAIGHT, lines).overlapping_words == []
    assert judged(*STRAIGHT, lines.replace("34", "26")).overlapping_words
    outer = node("e", 120, 90, '<text x="160" y="150" text-anchor="middle" font-size="11">e</text>')
    assert judged(outer).overlapping_words == []


def test_words_wider_than_their_box() -> None:
    words = '<text x="160" y="112" text-anchor="middle" font-size="11">{}</text>'
    assert judged(node("e", 120, 90, words.format("short"))).wide_words == []
    long = judged(node("e", 120, 90, words.format("much too long for it")))
    assert long.wide_words == ["“much too long for it” of e sticks out"]


def test_what_lies_outside() -> None:
    assert judged(node("e", 250, 90)).outside == ["e outside"]
    assert judged(label("ab", "far away", 290, 100)).outside == ["“far away” of ab outside"]
    assert judged(edge("ab", "M 100 40 L 100 -5 L 220 -5 L 220 20")).outside == ["ab outside"]


def test_lines_that_end_in_the_air() -> None:
    assert judged(edge("ab", "M 100 40 L 217 40")).loose_ends == []
    assert judged(edge("ab", "M 100 40 L 200 40")).loose_ends == ["ab"]
    assert [*links(drawn(edge("ab", "M 100 40 L 200 40")))] == [("a", "ab", "?")]
    assert [*links(drawn(*STRAIGHT))] == [("a", "ab", "b"), ("c", "cd", "d")]


def test_boxes_outside_their_lane() -> None:
    lanes = (
        '<rect class="lane" data-path="sales" x="0" y="0" width="320" height="100"/>'
        '<rect class="lane" data-path="legal" x="0" y="100" width="320" height="90"/>'
    )
    lane_of = {"a": "sales", "c": "legal", "d": "legal"}
    assert [*outside_lanes(drawn(lanes), lane_of)] == [
        "c outside legal",
        "d outside legal",
    ]
    assert [*outside_lanes(drawn(lanes.replace("90", "120")), lane_of)] == []


@pytest.mark.parametrize(
    ("right", "said"),
    [
        (310, []),
        (250, ["b sticks out of f"]),
        (210, ["b sticks out of f"]),
        (120, ["b sticks out of f"]),
    ],
)
def test_a_frame_that_is_too_small(right: int, said: list[str]) -> None:
    frame = f'<rect class="frame" data-path="f" x="10" y="10" width="{right - 10}" height="60"/>'
    assert [*wrong_frames(drawn(frame), {"f": frozenset({"a", "b"})})] == said


def test_a_frame_that_holds_others_and_one_that_is_not_there() -> None:
    frame = '<rect class="frame" data-path="f" x="10" y="10" width="300" height="160"/>'
    assert [*wrong_frames(drawn(frame), {"f": frozenset({"a", "b"})})] == [
        "c in f, where it does not belong",
        "d in f, where it does not belong",
    ]
    assert [*wrong_frames(drawn(frame), {"g": frozenset()})] == ["no frame g"]


def test_lines_over_the_ground_of_a_frame() -> None:
    frame = '<rect class="frame" data-path="f" x="10" y="150" width="300" height="60"/>'
    foreign = edge("ab", "M 60 60 L 60 155 L 260 155 L 260 60")
    assert [*through_frames(drawn(frame, foreign))] == ["ab over the ground of f"]
    assert [*through_frames(drawn(frame, edge("ac", "M 60 60 L 60 160")))] == []
    assert [*through_frames(drawn(frame, edge("ab", "M 60 60 L 60 140 L 260 140 L 260 60")))] == []


def test_what_style_sheets_and_groups_do_to_words() -> None:
    found = read(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><style>'
        "text {font-size: 10px} .big text, .huge {font-size: 20px}"
        "@media print {text {font-size: 40px}} /* text {font-size: 1px} */"
        "g.tail text {text-anchor: end}</style>"
        '<text x="0" y="50">llll</text><g class="big"><text x="0" y="50">llll</text></g>'
        '<g class="tail" transform="translate(100,0)"><text x="50" y="50" style="font-weight:700">'
        "llll</text></g></svg>"
    )
    assert [words.size for words in found.words] == [10, 20, 10]
    assert [words.box.left for words in found.words] == [0, 0, pytest.approx(150 - 8.88 * BOLD)]
    assert found.words[1].box == Box(0, 35, 17.76, 54.2)


def test_ornaments_of_a_box_are_not_the_box() -> None:
    group = (
        '<g class="node step" data-path="a" transform="translate(10 20)"><title>a</title>'
        '<rect class="halo" x="-9" y="-9" width="99" height="99"/>'
        '<g class="badge"><circle cx="0" cy="0" r="9"/><text x="0" y="0">!</text></g>'
        '<polygon points="0,20 20,0 40,20 20,40"/></g>'
    )
    found = read(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99 99">{group}</svg>')
    assert found.nodes[0].box == Box(10, 20, 50, 60)
    assert found.words == ()
