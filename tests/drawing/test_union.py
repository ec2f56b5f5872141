"""Two versions in one picture: each thing once, and nothing of either version is missing."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesflow import api
from salesflow.drawing.diagram import Diagram, Edge, Figure, Lane, Mark, Node, Overlay
from salesflow.drawing.extract import flow
from salesflow.drawing.focus import fitted
from salesflow.drawing.mermaid import MOST_EDGES, fits, mermaid
from salesflow.drawing.union import union
from salesflow.nouns import FrozenMap
from tests.drawing.reader import picture
from tests.drawing.test_extract import TEXT
from tests.drawing.test_mermaid import HOSTILE, read


def node(name: str, label: str = "", *, lane: str = "sales", kind: str = "step") -> Node:
    return Node(id=name, path=f"steps.{name}", kind=kind, label=label or name, lane=lane)


def edge(start: str, end: str, label: str = "") -> Edge:
    return Edge(start=start, end=end, path=f"steps.{start}.next.{end}", label=label)


def diagram(nodes: list[Node], edges: list[Edge]) -> Diagram:
    lanes = tuple(Lane(id=n, label=n.title()) for n in dict.fromkeys(x.lane for x in nodes))
    return Diagram(title="p", lanes=lanes, nodes=tuple(nodes), edges=tuple(edges))


def paths(one: Diagram, *renamed: tuple[str, str]) -> dict[str, str]:
    """What both have: all that has the same path, but for what is called otherwise."""
    things = [*one.nodes, *one.edges]
    same = {thing.path: thing.path for thing in things}
    same |= {f"departments.{lane.id}": f"departments.{lane.id}" for lane in one.lanes}
    return same | dict(renamed)


def marks(thing: Node | Edge) -> list[tuple[str, str]]:
    return [(mark.kind, mark.text) for mark in thing.marks]


@pytest.mark.parametrize("measure", ["", "load"])
def test_a_figure_that_is_another_now_is_told_where_both_are_of_one_measure(measure: str) -> None:
    path = "departments.a>b"
    old, new = (
        Diagram(
            title="",
            lanes=(),
            nodes=tuple(
                Node(id=n, path=f"departments.{n}", kind="department", label=n) for n in "ab"
            ),
            edges=(
                Edge(start="a", end="b", path=path, label=label, figure=Figure(text=text, level=1)),
            ),
            measure=kind,
        )
        for label, text, kind in (("7%", "9 a week", ""), ("8%", "8 a week", measure))
    )
    same = {f"departments.{name}": f"departments.{name}" for name in "ab"}
    (edge,) = union(old, new, same=same).edges
    assert [mark.text for mark in edge.marks] == [
        "was 7%" if measure else "was 7%, 9 a week",
    ]
    assert union(old, old, same=same).edges == old.edges


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("fit, 40%", "fit, 35%", "was 40%"),
        ("fit, 40%", "good, 40%", "was fit"),
        ("fit, 40%", "good, 35%", "was fit, 40%"),
        ("fit, 40%, at most 2×", "fit, 35%, at most 2×", "was 40%"),
        ("fit, 40%", "fit", "was fit, 40%"),
        ("fit", "fit, 40%", "was fit"),
        ("", "fit", "was without a name"),
    ],
)
def test_of_a_line_is_told_what_it_was_and_not_what_stays(
    before: str, after: str, told: str
) -> None:
    old, new = (
        Diagram(
            title="",
            lanes=(),
            nodes=tuple(Node(id=n, path=f"steps.{n}", kind="step", label=n) for n in "ab"),
            edges=(Edge(start="a", end="b", path="steps.a.next.fit", label=label),),
        )
        for label in (before, after)
    )
    path = "steps.a.next.fit"
    same = {each: each for each in ("steps.a", "steps.b", path)}
    (edge,) = union(old, new, same=same).edges
    assert [(mark.kind, mark.text) for mark in edge.marks] == [("changed", told)]


def test_one_version_with_itself_has_no_marks() -> None:
    drawn = flow(api.loads(TEXT))
    both = union(drawn, drawn, same=paths(drawn))
    assert not both.marked
    assert both.replace(pale=False) == drawn


def test_what_only_one_version_has_is_marked() -> None:
    old = diagram([node("a"), node("b"), node("c")], [edge("a", "b"), edge("b", "c")])
    new = diagram([node("a"), node("d"), node("c")], [edge("a", "d"), edge("d", "c")])
    same = {key: key for key in ("steps.a", "steps.c", "departments.sales")}
    both = union(old, new, same=same)
    assert [(x.label, marks(x)) for x in both.nodes] == [
        ("a", []),
        ("b", [("removed", "removed")]),  # where it stood
        ("d", [("added", "added")]),
        ("c", []),
    ]
    # The boxes beside say the word already.
    assert [(x.start, x.end, marks(x)) for x in both.edges] == [
        ("a", "d", [("added", "")]),
        ("d", "c", [("added", "")]),
        ("a", "-b", [("removed", "")]),
        ("-b", "c", [("removed", "")]),
    ]


def test_a_way_that_leads_elsewhere_is_removed_and_added() -> None:
    nodes = [node("a"), node("b"), node("c")]
    way = Edge(start="a", end="b", path="steps.a.next.ok", label="ok")
    old, new = diagram(nodes, [way]), diagram(nodes, [way.replace(end="c")])
    both = union(old, new, same=paths(old))
    assert [(x.end, marks(x)) for x in both.edges] == [
        ("c", [("added", "added")]),
        ("b", [("removed", "removed")]),
    ]


def test_an_edge_that_follows_from_its_ends_is_known_by_them() -> None:
    nodes = [node("a"), node("b"), node("c")]
    way = Edge(start="a", end="b", path="departments.a>b", label="x")
    old = diagram(nodes, [way, way.replace(end="c", path="departments.a>c")])
    new = diagram(nodes, [way.replace(label="y")])
    both = union(old, new, same={"steps.a": "steps.a", "steps.b": "steps.b", "steps.c": "steps.c"})
    assert [(x.end, marks(x)) for x in both.edges] == [
        ("b", [("changed", "was x")]),
        ("c", [("removed", "removed")]),
    ]


def test_what_is_called_otherwise_is_drawn_once() -> None:
    old = diagram([node("a"), node("b")], [edge("a", "b", "yes")])
    new = diagram([node("a"), node("z")], [edge("a", "z", "no")])
    same = paths(old, ("steps.b", "steps.z"), ("steps.a.next.b", "steps.a.next.z"))
    both = union(old, new, same=same)
    assert [(x.id, marks(x)) for x in both.nodes] == [("a", []), ("z", [("changed", "was b")])]
    assert [marks(x) for x in both.edges] == [[("changed", "was yes")]]


def test_who_does_it_and_what_it_is_are_compared() -> None:
    old = diagram([node("a").replace(detail="rep"), node("b", lane="legal", kind="run")], [])
    new = diagram([node("a", lane="legal").replace(detail="counsel"), node("b", lane="legal")], [])
    both = union(old, new, same=paths(old))
    assert [marks(x) for x in both.nodes] == [
        [("changed", "was rep"), ("changed", "moved from Sales")],
        [("changed", "was a run")],
    ]
    assert [lane.label for lane in both.lanes] == ["Legal"]


def test_a_lane_of_one_version_says_so() -> None:
    old = diagram([node("a"), node("b", lane="legal")], [])
    new = diagram([node("a"), node("c", lane="finance")], [])
    same = {"steps.a": "steps.a", "departments.sales": "departments.sales"}
    both = union(old, new, same=same)
    assert [lane.label for lane in both.lanes] == ["Sales", "Finance (added)", "Legal (removed)"]
    # A department that is still there, without any work, has not been removed.
    kept = union(old, new, same=same | {"departments.legal": "departments.legal"})
    assert [lane.label for lane in kept.lanes] == ["Sales", "Finance (added)", "Legal"]


def test_a_department_called_otherwise_is_one_lane() -> None:
    old, new = diagram([node("a", lane="legal")], []), diagram([node("a", lane="law")], [])
    same = {"steps.a": "steps.a", "departments.legal": "departments.law"}
    both = union(old, new, same=same)
    assert [lane.label for lane in both.lanes] == ["Law"]
    assert not both.marked


def test_departments_that_nobody_declared_are_one_lane_by_their_id() -> None:
    old = diagram([node("a")], [])
    both = union(old, old, same={"steps.a": "steps.a"})
    assert [lane.label for lane in both.lanes] == ["Sales"]
    assert not both.marked


def test_an_id_that_another_thing_has_now_is_drawn_twice() -> None:
    old = diagram([node("a"), node("b")], [edge("a", "b")])
    both = union(old, old, same={"steps.a": "steps.a"})
    assert [(x.id, marks(x)[:1]) for x in both.nodes] == [
        ("a", []),
        ("-b", [("removed", "removed")]),
        ("b", [("added", "added")]),
    ]
    (answer,) = read([mermaid(both)])
    assert len(answer["nodes"]) == 3
    assert len(answer["edges"]) == 2


def test_marks_of_the_new_version_stay() -> None:
    process = api.loads(TEXT)
    found = Mark(kind="error", text="dead-end")
    overlay = Overlay(marks=FrozenMap({"steps.sign": (found,), "steps.call.next.fit": (found,)}))
    both = union(flow(process), flow(process, overlay=overlay), same=paths(flow(process)))
    assert [x.id for x in both.nodes if x.marks == (found,)] == ["sign"]
    assert [x.path for x in both.edges if x.marks == (found,)] == ["steps.call.next.fit"]


NAMES = st.sampled_from("abcdef")


@st.composite
def diagrams(draw: st.DrawFn) -> Diagram:
    names = draw(st.lists(NAMES, unique=True))
    lanes = st.sampled_from(["sales", "legal"])
    nodes = [node(name, draw(st.sampled_from(["x", "y"])), lane=draw(lanes)) for name in names]
    pairs = [(a, b) for a in names for b in names]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return diagram(nodes, [edge(a, b, draw(st.sampled_from(["", "z"]))) for a, b in chosen])


@settings(max_examples=200)
@given(diagrams(), diagrams(), st.data())
def test_without_what_is_marked_each_version_comes_back(
    old: Diagram, new: Diagram, data: st.DataObject
) -> None:
    """Without what was added it has the old version's shape, without what was removed the new's."""
    known = {thing.path for thing in (*new.nodes, *new.edges)}
    shared = sorted({thing.path for thing in (*old.nodes, *old.edges)} & known)
    same = {path: path for path in shared if data.draw(st.booleans())}
    both = union(old, new, same=same)

    def kinds(thing: Node | Edge) -> set[str]:
        return {mark.kind for mark in thing.marks}

    def shape(nodes: list[str], edges: list[tuple[str, str]]) -> tuple[list[str], object]:
        return sorted(nodes), sorted(edges)

    for version, gone in ((old, "added"), (new, "removed")):
        nodes = [x.id.removeprefix("-") for x in both.nodes if gone not in kinds(x)]
        edges = [
            (x.start.removeprefix("-"), x.end.removeprefix("-"))
            for x in both.edges
            if gone not in kinds(x)
        ]
        assert shape(nodes, edges) == shape(
            [x.id for x in version.nodes], [(x.start, x.end) for x in version.edges]
        )
    assert len({x.id for x in both.nodes}) == len(both.nodes)


@pytest.mark.parametrize("label", HOSTILE)
def test_no_name_leaves_its_quotes(label: str) -> None:
    old, new = diagram([node("a", label)], []), diagram([node("a", "x")], [])
    both = union(old, new, same=paths(old))
    for row in mermaid(both).splitlines():
        assert row.count('"') in (0, 2)
        assert row.isprintable()


def test_mermaid_reads_hostile_unions() -> None:
    texts = []
    for label in HOSTILE:
        old = diagram([node("a", label), node("b")], [edge("a", "b", label)])
        new = diagram([node("a", f"{label}x"), node("c")], [edge("a", "c", label)])
        texts.append(mermaid(union(old, new, same=paths(diagram([node("a")], [])))))
    for label, answer in zip(HOSTILE, read(texts), strict=True):
        assert "error" not in answer, (label, answer)
        classes = sorted(json.dumps(x["classes"]) for x in answer["nodes"])
        assert classes == ['["added"]', '["changed"]', '["removed"]'], label
        assert len(answer["edges"]) == 2


def test_marks_are_words_and_strokes_not_only_colours() -> None:
    old = diagram([node("a"), node("b")], [edge("a", "b")])
    new = diagram([node("a", "z"), node("c")], [edge("a", "c")])
    text = mermaid(union(old, new, same=paths(diagram([node("a")], []))))
    shown = picture(text)
    assert sorted(rows for rows in shown.nodes.values()) == [
        ["b", "− removed"],
        ["c", "+ added"],
        ["z", "~ was a"],
    ]
    assert [rows for _, _, rows, _ in shown.edges] == [["+"], ["−"]]
    assert "linkStyle 1 stroke:#b91c1c,stroke-width:3px,stroke-dasharray:6" in text
    assert "linkStyle 0 stroke:#15803d,stroke-width:3px" in text


# ------------------------------------------------------------------------------ a part of it


def chain(size: int, *marked: int) -> Diagram:
    mark = Mark(kind="changed", text="effort")
    nodes = [node(f"s{n}").replace(marks=(mark,) if n in marked else ()) for n in range(size)]
    return diagram(nodes, [edge(f"s{n}", f"s{n + 1}") for n in range(size - 1)])


def test_what_fits_is_drawn_whole() -> None:
    drawn = chain(20, 3)
    assert fitted(drawn, fits) == drawn


def test_of_what_is_too_large_only_changes_and_their_neighbours_are_drawn() -> None:
    part = fitted(chain(1_000, 3, 500), fits)
    assert [x.id for x in part.nodes] == ["s2", "s3", "s4", "s499", "s500", "s501"]
    assert len(part.edges) == 4
    assert part.notes == ("This is what changed and what is next to it: 6 of 1,000 boxes.",)


def test_a_marked_way_brings_both_its_ends() -> None:
    drawn = chain(1_000)
    ways = list(drawn.edges)
    ways[700] = ways[700].replace(marks=(Mark(kind="added", text="added"),))
    part = fitted(drawn.replace(edges=tuple(ways)), fits)
    assert [x.id for x in part.nodes] == ["s700", "s701"]


def test_of_too_many_changes_the_first_are_drawn() -> None:
    part = fitted(chain(2_000, *range(2_000)), fits)
    assert fits(part)
    assert 100 <= len(part.nodes) <= MOST_EDGES + 1
    assert part.nodes[0].id == "s0"
    assert "changes and what is next to it" in part.notes[0]
    assert "of 2,000 changes" in part.notes[0]


def test_a_large_picture_without_changes_is_empty() -> None:
    part = fitted(chain(2_000), fits)
    assert part.nodes == part.edges == part.lanes == ()
    (answer,) = read([mermaid(part)])
    assert answer["edges"] == answer["lanes"] == []
    assert [node["text"].count("0 of 2,000 boxes") for node in answer["nodes"]] == [1]  # the note
