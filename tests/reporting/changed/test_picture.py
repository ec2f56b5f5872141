"""The picture of a comparison: what lies inside a box is told on it."""

from pathlib import Path

import pytest

from salesflow import api
from salesflow.changes.difference import Diff
from salesflow.changes.edit import Edit
from salesflow.drawing.diagram import Diagram, Overlay
from salesflow.drawing.mermaid import fits, mermaid
from salesflow.drawing.titles import title_of
from salesflow.errors import UsageError
from salesflow.process.model import Process
from salesflow.reporting.changed.picture import beside, picture
from tests.drawing.reader import picture as read_back
from tests.drawing.test_mermaid import read
from tests.reporting.changed.diffs import lone, nothing, rich, versions


def boxes(diagram: Diagram) -> dict[str, list[str]]:
    return {n.id: [f"{m.kind} {m.text}" for m in n.marks] for n in diagram.nodes if n.marks}


def drawn(old: Process, new: Process, *, view: str = "flow") -> Diagram:
    return beside(old, new, view=view, overlay=Overlay())


def test_each_box_says_what_changed_in_it() -> None:
    assert boxes(picture(rich())) == {
        "papers.contract.draft": ["changed to legal: requires"],
        "papers.audit.inspect": ["changed was Check", "changed effort"],
        "demo": ["added added"],
        "sign": ["changed was buying team", "changed moved from Buyer"],
        "gone": ["added added"],
    }


def test_a_new_id_shows_where_the_label_hides_it() -> None:
    old, new = versions()
    assert new.steps["offer"].name == ""
    named = new.replace(steps={**new.steps, "sign": new.steps["sign"].replace(name="Sign")})
    edit = Edit(
        kind="renamed", what="step", path="steps.sign", old_path="steps.sign", old="ink", new="sign"
    )
    was = edit.replace(kind="changed", field="was", old=None, new="ink")
    bare = edit.replace(path="steps.offer", old_path="steps.offer", old="quote", new="offer")
    diff = Diff(old=old, new=named, matching=rich().matching, edits=(edit, was, bare))
    assert "changed was ink" in boxes(picture(diff))["sign"]
    assert "changed was" not in boxes(picture(diff))["sign"]
    assert "offer" not in boxes(picture(diff))  # its label would say so


def test_two_processes_are_compared_as_they_stand() -> None:
    both = drawn(*versions())
    assert boxes(both)["demo"] == ["added added"]
    assert boxes(both)["sign"] == ["changed was buying team", "changed moved from Buyer"]
    assert both.title == "New business 1.0.0 to 1.1.0"
    assert "later, 10%, at most 2×" in {e.label for e in both.edges if e.marks}


def test_backwards_what_was_added_is_removed() -> None:
    old, new = versions()
    there, back = drawn(old, new), drawn(new, old)
    for kind, other in (("added", "removed"), ("removed", "added"), ("changed", "changed")):
        for one, two in ((there.nodes, back.nodes), (there.edges, back.edges)):
            seen = [sum(m.kind == k for x in part for m in x.marks[:1])
                    for part, k in ((one, kind), (two, other))]  # fmt: skip
            assert seen[0] == seen[1], kind


def test_an_unchanged_process_is_drawn_pale_and_says_so() -> None:
    both = drawn(*[versions()[0]] * 2)
    assert not both.marked
    assert both.pale
    assert both.notes == ("Nothing that is drawn here changed.",)
    assert ":::pale" in mermaid(both)


def test_departments_are_compared_too() -> None:
    both = drawn(*versions(), view="departments")
    told = {(e.start, e.end): [f"{m.kind} {m.text}" for m in e.marks] for e in both.edges}
    assert told == {
        ("sales", "legal"): ["changed to legal: requires"],
        ("sales", "security"): [],
        ("security", "legal"): ["added added"],
    }


def test_a_change_in_a_process_that_is_run_marks_who_runs_it() -> None:
    text = """\
salesflow: 1
process: main
sources: {web: {start: ask}}
steps: {ask: {run: credit, next: {fine: won}}}
outcomes: {won: {kind: won}}
"""
    run = """\
salesflow: 1
process: credit
sources: {in: {start: look}}
steps: {look: {effort: 2h, next: fine}}
outcomes: {fine: {kind: done}}
"""
    main = api.loads(text.replace("run: credit", "effort: 1h"))
    inner = api.loads(run)
    edit = Edit(kind="changed", what="step", path="runs.credit.steps.look", field="effort")
    from salesflow.process.steps import Run

    step = Run(
        id="ask", path="steps.ask", node="ask", process="credit", next=main.steps["ask"].next
    )
    whole = main.replace(steps={"ask": step}, runs={"credit": inner})
    diff = Diff(old=whole, new=whole, edits=(edit,), matching=nothing().matching)
    assert "changed changed inside" in boxes(picture(diff))["ask"]


MAIN = """\
salesflow: 1
process: main
use: [credit.salesflow.yaml]
sources: {web: {start: ask}}
steps: {ask: {run: credit, next: {fine: won}}}
outcomes: {won: {kind: won}}
"""
CREDIT = """\
salesflow: 1
process: credit
use: [bank.salesflow.yaml]
sources: {in: {start: look}}
steps: {look: {effort: 2h, next: call}, call: {run: bank, next: {said: fine}}}
outcomes: {fine: {kind: done}}
"""
BANK = """\
salesflow: 1
process: bank
sources: {in: {start: dial}}
steps: {dial: {effort: 1h, next: said}}
outcomes: {said: {kind: done}}
"""


def running(folder: Path, *changes: tuple[str, str]) -> Process:
    folder.mkdir()
    for name, text in (("main", MAIN), ("credit", CREDIT), ("bank", BANK)):
        written = text
        for before, after in changes:
            written = written.replace(before, after)
        (folder / f"{name}.salesflow.yaml").write_text(written)
    return api.load(folder / "main.salesflow.yaml")


@pytest.mark.parametrize(
    ("depth", "told"),
    [
        (0, {"ask": ["changed changed inside"]}),
        (1, {"ask": ["changed changed inside"]}),
        (2, {"ask.look": ["changed effort"], "ask.call": ["changed changed inside"]}),
        (3, {"ask.look": ["changed effort"], "ask.call.dial": ["changed effort"]}),
        (9, {"ask.look": ["changed effort"], "ask.call.dial": ["changed effort"]}),
    ],
)
def test_what_changes_in_an_open_run_is_told_there(
    depth: int, told: dict[str, list[str]], tmp_path: Path
) -> None:
    old = running(tmp_path / "old")
    new = running(tmp_path / "new", ("effort: 2h", "effort: 3h"), ("effort: 1h", "effort: 5h"))
    both = beside(old, new, view="flow", overlay=Overlay(), depth=depth)
    assert boxes(both) == told
    assert not [edge for edge in both.edges if edge.marks]


def test_what_is_new_in_an_open_run_is_new_and_nothing_else_is(tmp_path: Path) -> None:
    old = running(tmp_path / "old")
    new = running(
        tmp_path / "new",
        ("next: call}", "next: think}, think: {effort: 1h, next: call}"),
        ("dial:", "ring: {was: dial, effort: 1h, next: said}}\n#"),
        ("start: dial", "start: ring"),
    )
    both = beside(old, new, view="flow", overlay=Overlay(), depth=3)
    assert boxes(both) == {
        "ask.think": ["added added"],
        "ask.call.ring": ["changed was Dial"],
    }
    assert {e.path for e in both.edges if e.marks} == {
        *("steps.ask.steps.look.next.done", "steps.ask.steps.think.next.done"),
    }


def test_a_lone_process_is_drawn_as_it_is() -> None:
    for added, word in ((True, "new"), (False, "gone")):
        both = picture(lone(added=added))
        assert not both.marked
        assert not both.pale
        assert both.notes == (f"All of it is {word}.",)
    nobody = picture(Diff(old=None, new=None))
    assert nobody.nodes == ()


def many(size: int, effort: int = 1, *, cut: int = -1) -> Process:
    steps = "\n".join(
        f"  s{n}: {{effort: {effort if n == 9 else 1}h, next: {f's{n + 1}' if n < size - 1 else 'won'}}}"
        for n in range(size)
        if n != cut
    )
    steps = steps.replace(f"next: s{cut}}}", f"next: s{cut + 1}}}") if cut > 0 else steps
    return api.loads(
        "salesflow: 1\nprocess: p\nsources: {web: {start: s0}}\n"
        f"steps:\n{steps}\noutcomes: {{won: {{kind: won}}}}\n"
    )


@pytest.mark.parametrize("cut", [-1, 300])
def test_a_large_process_shows_what_is_near_a_change(cut: int) -> None:
    both = drawn(many(600), many(600, 2, cut=cut))
    assert fits(both)
    names = {node.id for node in both.nodes}
    assert {"s8", "s9", "s10"} <= names
    assert ("-s300" in names) is (cut > 0)
    assert len(names) <= 6
    assert both.notes[-1].startswith("This is what changed and what is next to it: ")


def test_mermaid_reads_what_is_drawn_of_two_versions() -> None:
    old, new = versions()
    pairs = [(old, new), (new, old), (old, old), (many(600), many(600, 2))]
    texts = [mermaid(drawn(*pair, view=v)) for pair in pairs for v in ("flow", "departments")]
    for text, answer in zip(texts, read(texts), strict=True):
        assert "error" not in answer
        back = read_back(text)
        boxes_read = [node for node in answer["nodes"] if node["id"] != "notes"]
        assert len(boxes_read) == len(back.nodes)
        assert len(answer["edges"]) == len(back.edges)


STAGED = """\
salesflow: 1
process: p
stages: {lead: {win_chance: 10%}}
sources: {inbound: {start: call}}
steps: {call: {by: sales, stage: lead, next: won}}
outcomes: {won: {kind: won}}
"""


def test_stages_that_only_one_version_has_are_new_or_gone() -> None:
    with_stages = api.loads(STAGED)
    plain = STAGED.replace("stages: {lead: {win_chance: 10%}}\n", "").replace("stage: lead, ", "")
    without = api.loads(plain)
    assert boxes(drawn(without, with_stages, view="stages"))["lead"] == ["added added"]
    assert boxes(drawn(with_stages, without, view="stages"))["-lead"] == ["removed removed"]
    with pytest.raises(UsageError, match="has no stages"):
        drawn(without, without, view="stages")


def test_the_title_says_what_is_compared_and_every_version_once() -> None:
    old, _ = versions()
    plain = old.replace(name="", version="1.0.0", goal="Fast")
    told = [
        (plain, plain.replace(version="1.1.0"), f"{title_of(plain)} 1.0.0 to 1.1.0", "Fast"),
        (plain, plain, f"{title_of(plain)}, old and new", "Fast · version 1.0.0"),
        (plain, plain.replace(id="nordics"), f"Nordics compared with {title_of(plain)}", None),
        (
            plain.replace(name="A sale"),
            plain.replace(name="A sale", id="nordics"),
            f"nordics compared with {plain.id}",
            "Fast · version 1.0.0",
        ),
    ]
    for before, after, title, about in told:
        both = drawn(before, after)
        assert (both.title, both.about) == (title, about or both.about)
