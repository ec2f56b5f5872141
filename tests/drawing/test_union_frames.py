"""Blocks of two versions in one picture: frames are whole, and what became of a block is told."""

import re

import pytest

from salesflow import api
from salesflow.drawing.diagram import Diagram, Figure
from salesflow.drawing.extract import flow
from salesflow.drawing.focus import part_of
from salesflow.drawing.union import union
from tests.drawing.test_union import diagram, edge, marks, node, paths

BLOCK = """\
salesflow: 1
process: p
departments: {sales: {}, legal: {}, buyer: {}}
sources: {web: {start: a}}
steps:
  a: {by: sales, next: b}
  b:
    parallel:
      one: {steps: {x: {by: legal, next: done}}}
      two: {start: g, steps: {g: {by: legal, next: c}, c: {parallel: {z: {steps: {w: {by: buyer, next: done}}}}, next: {done: done}}}}
    next: {done: won}
outcomes: {won: {kind: won}}
"""
STEP = re.sub(r"  b:\n.*?next: {done: won}", "  b: {by: buyer, next: won}", BLOCK, flags=re.DOTALL)
RULE = STEP.replace("{by: buyer, next: won}", "{next: won}")


def versions(before: str, after: str) -> Diagram:
    old, new = flow(api.loads(before)), flow(api.loads(after))
    known = {thing.path for thing in (*new.nodes, *new.edges)}
    same = {path: path for path in paths(old) if path in known or path.startswith("departments")}
    return union(old, new, same=same)


def framed(both: Diagram) -> None:
    """A frame has its fork and its join, and what lies in it lies in a frame that is there."""
    ids = {node.id for node in both.nodes}
    frames = {frame.id for frame in both.frames}
    for frame in both.frames:
        assert {frame.id, f"{frame.id}.join"} <= ids, frame
        assert frame.frame in {"", *frames}, frame
    for one in both.nodes:
        assert one.frame in {"", *frames}, one
    assert len(frames) == len(both.frames)


@pytest.mark.parametrize("new", [STEP, RULE], ids=["step", "decision"])
def test_a_block_that_becomes_a_step_is_marked_and_what_was_in_it_is_gone(new: str) -> None:
    both = versions(BLOCK, new)
    framed(both)
    told = {x.id: marks(x) for x in both.nodes if x.marks}
    assert told.pop("b")[-1] == ("changed", "was a block")
    gone = {"-b.join", "-b.one.x", "-b.two.g", "-b.two.c", "-b.two.c.join", "-b.two.c.z.w"}
    assert told == {name: [("removed", "removed")] for name in gone}
    assert {x.id: x.frame for x in both.nodes}["-b.two.c.z.w"] == "-b.two.c"
    assert [(f.id, f.frame) for f in both.frames] == [("-b.two.c", "")]
    (b,) = [x for x in both.nodes if x.id == "b"]
    (alone,) = [x for x in flow(api.loads(new)).nodes if x.id == "b"]
    assert b.lane == alone.lane


@pytest.mark.parametrize("old", [STEP, RULE], ids=["step", "decision"])
def test_a_step_that_becomes_a_block_is_marked_and_what_is_in_it_is_new(old: str) -> None:
    both = versions(old, BLOCK)
    framed(both)
    told = {x.id: marks(x) for x in both.nodes if x.marks}
    assert ("changed", "was a step") in told.pop("b")
    assert {name: shown[0] for name, shown in told.items()} == dict.fromkeys(
        ("b.join", "b.one.x", "b.two.g", "b.two.c", "b.two.c.join", "b.two.c.z.w"),
        ("added", "added"),
    )
    assert both.frames == flow(api.loads(BLOCK)).frames


def test_frames_of_both_versions_stand_together() -> None:
    without = BLOCK.replace(
        ", next: c}, c: {parallel: {z: {steps: {w: {by: buyer, next: done}}}}, next: {done: done}}",
        ", next: done}",
    )
    assert without != BLOCK
    for before, after, inner in ((BLOCK, without, "-b.two.c"), (without, BLOCK, "b.two.c")):
        both = versions(before, after)
        framed(both)
        assert {(f.id, f.frame) for f in both.frames} == {("b", ""), (inner, "b")}
    gone = versions(BLOCK, STEP.replace("b: {", "q: {").replace("next: b", "next: q"))
    framed(gone)
    assert {(f.id, f.frame) for f in gone.frames} == {("-b", ""), ("-b.two.c", "-b")}


def test_the_new_version_keeps_its_figures_stages_and_facts() -> None:
    hot = Figure(text="2 days", level=0.5)
    old = diagram([node("a"), node("b")], [edge("a", "b")])
    rich = node("a").replace(figure=hot, stage="lead", facts=("Waits.",))
    new = diagram([rich.replace(meets=True)], []).replace(measure="waiting", about="Why.")
    both = union(old, new, same={"steps.a": "steps.a", "departments.sales": "departments.sales"})
    assert (both.measure, both.about, both.nodes[0].meets) == ("waiting", "Why.", True)
    assert [(x.id, x.figure, x.stage, x.facts) for x in both.nodes] == [
        ("a", hot, "lead", ("Waits.",)),
        ("-b", None, "", ()),
    ]


def test_a_part_has_only_whole_frames() -> None:
    whole = flow(api.loads(BLOCK))
    kept = {"b", "b.join", "b.two.c", "b.two.c.z.w", "b.two.g"}
    part = part_of(whole, kept)
    framed(part)
    assert [f.id for f in part.frames] == ["b"]
    assert {x.id: x.frame for x in part.nodes}["b.two.c.z.w"] == "b"
    inner = part_of(whole, {"b.two.c", "b.two.c.join", "b.two.c.z.w"})
    framed(inner)
    assert [(f.id, f.frame) for f in inner.frames] == [("b.two.c", "")]
    assert part_of(whole, {x.id for x in whole.nodes}) == whole
