"""What a diagram of a flow holds: shapes, words, lanes, and marks on what they are about."""

import pytest

from salesflow import api
from salesflow.drawing.diagram import Diagram, Mark, Overlay, settle
from salesflow.drawing.dot import dot
from salesflow.drawing.extract import flow
from salesflow.drawing.mermaid import mermaid
from salesflow.drawing.union import union
from salesflow.drawing.ways import at_once
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process

FREE = """\
salesflow: 1
process: p
sources: {inbound: {start: call}}
steps: {call: {by: sales, next: {fit: sign, not_fit: lost}}, sign: {by: legal, next: won}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
TEXT = """\
salesflow: 1
process: big_deal
departments:
  sales: {name: Field sales, roles: {account_executive: {}, engineer: {}}}
  legal: {}
  spare: {}
  buyer: {external: true}
data: {amount: {type: money}}
sources: {inbound: {department: sales, start: call}}
steps:
  call:
    by: account_executive
    with: [engineer]
    timeout: {after: 7d, result: silent}
    next:
      fit: {to: decide, share: 40%, when: amount > 100}
      again: {to: call, share: rest, at_most: 2}
      silent: lost
  decide: {next: {go: both, wait: pause}}
  pause: {wait: 2d, next: {over: call}}
  both:
    parallel:
      law: {steps: {draft: {by: legal, next: {ok: done, stop: leave}}}}
      buy: {when: amount > 500, steps: {order: {by: buyer, next: done}}}
    join: {at_least: 2}
    next: {done: sign, stop: lost}
  sign: {name: Sign it, by: legal, next: won}
outcomes: {won: {kind: won}, lost: {kind: lost}}
touchpoints: {to_legal: {from: sales, to: legal}}
"""


@pytest.fixture(scope="module")
def process() -> Process:
    return api.loads(TEXT)


@pytest.fixture(scope="module")
def drawn(process: Process) -> Diagram:
    return flow(process)


def test_nodes_say_what_they_are(drawn: Diagram) -> None:
    shown = {node.id: (node.kind, node.label, node.detail) for node in drawn.nodes}
    assert shown == {
        "inbound": ("source", "Inbound", ""),
        "call": ("step", "Call", "account executive, engineer"),
        "decide": ("decision", "Decide", ""),
        "pause": ("step", "Pause", ""),
        "both": ("fork", "Both", ""),
        "both.join": ("join", "2 done, or left", ""),
        "both.law.draft": ("step", "Draft", "legal"),
        "both.buy.order": ("step", "Order", "buyer"),
        "sign": ("step", "Sign it", "legal"),
        "won": ("outcome", "Won", ""),
        "lost": ("outcome", "Lost", ""),
    }
    assert drawn.title == "Big deal"


def test_edges_say_what_happened(drawn: Diagram) -> None:
    shown = {(edge.start, edge.end, edge.kind): edge.label for edge in drawn.edges}
    assert shown == {
        ("inbound", "call", "flow"): "",
        ("call", "decide", "flow"): "fit, 40%, if amount > 100",
        ("call", "call", "flow"): "again, 60%, at most 2×",
        ("call", "lost", "timeout"): "silent, after 7d",
        ("decide", "both", "flow"): "go",
        ("decide", "pause", "flow"): "wait",
        ("pause", "call", "flow"): "over",
        ("both", "both.law.draft", "flow"): "law",
        ("both", "both.buy.order", "flow"): "buy: amount > 500",
        ("both.join", "sign", "flow"): "done",
        ("both.join", "lost", "flow"): "stop",
        ("both.law.draft", "both.join", "flow"): "ok",
        ("both.law.draft", "both.join", "leave"): "stop",
        ("both.buy.order", "both.join", "flow"): "",
        ("sign", "won", "flow"): "",
    }


JOINS = [("all", "all done"), ("any", "first done"), ("{at_least: 2}", "2 done")]


@pytest.mark.parametrize(("join", "words"), JOINS)
@pytest.mark.parametrize("left", [True, False])
@pytest.mark.parametrize("timed", [True, False])
def test_a_join_says_when_it_is_met(join: str, words: str, *, left: bool, timed: bool) -> None:
    text = TEXT.replace("{at_least: 2}", join)
    if not left:
        text = text.replace("stop: leave", "stop: done")
    if timed:
        text = text.replace("    join: ", "    timeout: {after: 30d, result: stop}\n    join: ")
    drawn = flow(api.loads(text))
    others = {
        (True, True): ", left, or time is up",
        (True, False): ", or left",
        (False, True): ", or time is up",
        (False, False): "",
    }
    assert [node.label for node in drawn.nodes if node.kind == "join"] == [
        words + others[left, timed]
    ]


def test_lanes_are_departments_that_have_work(drawn: Diagram) -> None:
    assert [(lane.id, lane.label, lane.external) for lane in drawn.lanes] == [
        ("sales", "Field sales", False),
        ("legal", "Legal", False),
        ("buyer", "Buyer", True),
    ]
    lanes = {node.id: node.lane for node in drawn.nodes}
    # What nobody does stays where it came from, over any number of steps.
    assert lanes["decide"] == lanes["pause"] == lanes["both"] == "sales"


def test_of_several_lanes_the_commonest_keeps_a_decision_then_the_first_by_name() -> None:
    text = """\
salesflow: 1
process: p
sources: {a: {start: one}, b: {start: two}, c: {start: three}}
steps:
  meet: {next: then}
  then: {next: won}
  one: {by: %s, next: meet}
  two: {by: %s, next: meet}
  three: {by: %s, next: meet}
outcomes: {won: {kind: won}}
"""
    for people, lane in [(("b", "a", "b"), "b"), (("c", "b", "a"), "a")]:
        lanes = {node.id: node.lane for node in flow(api.loads(text % people)).nodes}
        assert lanes["meet"] == lanes["then"] == lane


def test_marks_lie_on_the_nearest_thing_that_is_drawn(process: Process) -> None:
    error, note = Mark(kind="error", text="dead-end"), Mark(kind="info", text="note")
    marks = {
        "steps.call.next.fit.share": (error,),
        "steps.both.parallel.law": (note,),
        "steps.sign": (error, note),
        "outcomes.won": (note,),
        "sources.inbound": (note,),
        "departments.legal": (error,),
    }
    drawn = flow(process, overlay=Overlay(marks=FrozenMap(marks)))
    assert {edge.path: edge.marks for edge in drawn.edges if edge.marks} == {
        "steps.call.next.fit": (error,),
        "steps.both.parallel.law": (note,),
    }
    assert {node.path: node.marks for node in drawn.nodes if node.marks} == {
        "steps.sign": (error, note),
        "outcomes.won": (note,),
        "sources.inbound": (note,),
    }


def test_marks_that_meet_are_kept_together() -> None:
    one, other = Mark(kind="error", text="a"), Mark(kind="info", text="b")
    overlay = Overlay(marks=FrozenMap({"a.b": (one,), "a.c": (other,), "z": (one,)}))
    assert settle(overlay, {"a"}) == {"a": (one, other)}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("amount >= 75000", "amount ≥ 75,000"),
        ("deployment == on_premises", "deployment is on premises"),
        ("amount <= 9999 and deployment != cloud", "amount ≤ 9999 and deployment is not cloud"),
        ("amount < 1234567.5", "amount < 1234567.5"),
        ("not filled(amount)", "not filled(amount)"),
        ("amount * 2 > 100000", "amount × 2 > 100,000"),
    ],
)
def test_conditions_are_said_as_people_say_them(written: str, said: str) -> None:
    text = """\
salesflow: 1
process: p
goal: Win more
version: 1.2.3
data: {amount: {type: money}, deployment: {type: choice, values: [cloud, on_premises]}}
sources: {inbound: {start: call}}
steps: {call: {by: sales, next: {fit: {to: won, when: %s}, else: {to: lost, otherwise: true}}}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
    drawn = flow(api.loads(text % f'"{written}"'))
    assert [edge.label for edge in drawn.edges] == ["", f"fit, if {said}", "else"]
    assert (drawn.title, drawn.about) == ("P", "Win more · version 1.2.3")


def test_results_with_several_targets_and_steps_that_wait_say_so() -> None:
    text = """\
salesflow: 1
process: p
sources: {inbound: {start: split}}
steps:
  split: {by: sales, next: {both: {to: [one, two]}}}
  one: {by: sales, next: meet}
  two: {by: legal, next: meet}
  meet: {by: sales, wait_for: [one, two], next: won}
outcomes: {won: {kind: won}}
"""
    drawn = flow(api.loads(text))
    assert {node.id for node in drawn.nodes if node.meets} == {"meet"}
    told = at_once(drawn)
    assert {(edge.end, words) for edge, words in told.items()} == {
        ("one", "both at once"),
        ("two", "both at once"),
    }
    assert (drawn.title, drawn.about) == ("P", "")
    assert mermaid(drawn).count("both<br/>both at once") == 2
    assert mermaid(drawn).count("waits for all") == 1
    assert dot(drawn).count("both at once") == 2
    assert dot(drawn).count("waits for all") == 1


def test_a_result_that_leads_elsewhere_now_does_not_lead_to_both() -> None:
    before = api.loads(FREE)
    after = api.loads(FREE.replace("fit: sign", "fit: lost"))
    old, new = flow(before), flow(after)
    both = union(old, new, same={thing.path: thing.path for thing in (*old.nodes, *old.edges)})
    assert len([edge for edge in both.edges if edge.path == "steps.call.next.fit"]) == 2
    assert at_once(both) == {}
