"""What is looked at across a process and those that it runs: their order, tasks, fields, loads."""

from salesflow.analysis.data_use import Mentions, filled, needed
from salesflow.analysis.department import view_of
from salesflow.analysis.fills import Fields
from salesflow.analysis.handoffs import Threads, handoffs
from salesflow.analysis.runs import inner_first
from salesflow.process.model import Process
from tests.process.written import process_of

ORGANIZATION = "departments: {sales: {roles: {ae: {}}}, legal: {}, success: {}}\n"
DEEP = f"""salesflow: 1
process: deep
{ORGANIZATION}data: {{seal: {{type: document}}}}
sources: {{in: {{start: seal_it}}}}
steps: {{seal_it: {{by: legal, captures: [seal], next: agreed}}}}
outcomes: {{agreed: {{kind: done}}}}
"""
INNER = f"""salesflow: 1
process: inner
use: [deep.yaml]
{ORGANIZATION}data: {{seal: {{type: document}}, quote: {{type: document}}, term: {{type: number}}}}
sources: {{in: {{start: look, gives: {{quote: filled}}}}}}
steps:
  look: {{by: legal, captures: [term], next: {{fine: sign, dear: refused}}}}
  sign: {{run: deep, next: {{agreed: chat}}}}
  chat: {{by: ae, with: [legal], next: agreed}}
outcomes: {{agreed: {{kind: done}}, refused: {{kind: failed}}}}
"""
MAIN = f"""salesflow: 1
process: main
use: [inner.yaml, deep.yaml]
{ORGANIZATION}data: {{seal: {{type: document}}, quote: {{type: document}}}}
sources: {{web: {{start: offer, department: sales}}}}
steps:
  offer: {{by: ae, captures: [quote], next: check}}
  check: {{run: inner, next: {{agreed: again, refused: lost}}}}
  again: {{run: deep, next: {{agreed: third}}}}
  third: {{run: inner, next: {{agreed: start, refused: lost}}}}
  start: {{by: success, next: won}}
outcomes: {{won: {{kind: won}}, lost: {{kind: lost}}}}
"""


def main() -> Process:
    return process_of(MAIN, inner=INNER, deep=DEEP)


def test_each_process_comes_once_after_those_that_it_runs() -> None:
    assert [part.id for part in inner_first(main())] == ["deep", "inner", "main"]
    assert [part.id for part in inner_first(process_of(DEEP))] == ["deep"]


def test_a_departments_tasks_inside_are_told_where_a_process_is_run_first() -> None:
    view = view_of(main(), "legal")
    assert view.tasks == ()
    assert [(t.within, t.step.node, t.role, t.alone) for t in view.inside] == [
        ("check.", "look", "legal", True),
        ("check.", "chat", "legal", False),
        ("again.", "seal_it", "legal", True),
    ]
    assert [(t.within, t.step.node) for t in view_of(main(), "sales").inside] == [
        ("check.", "chat")
    ]
    assert [t.step.node for t in view_of(main(), "sales").tasks] == ["offer"]


def test_what_a_run_fills_is_filled_where_it_is_run_and_what_it_is_given_is_needed() -> None:
    process = main()
    assert {(u.field, u.how, u.at) for u in filled(process)} == {
        ("quote", "captures", "offer"),
        ("term", "captures", "check"),
        ("seal", "captures", "check"),
        ("seal", "captures", "again"),
        ("term", "captures", "third"),
        ("seal", "captures", "third"),
    }
    assert {(u.field, u.how, u.at) for u in needed(process)} == {
        ("quote", "run", "check"),
        ("quote", "run", "third"),
    }
    mentions = Mentions(process)
    assert mentions.filled == {"quote", "term", "seal"}
    assert mentions.needed == {"quote"}
    assert mentions.fields == {"quote", "term", "seal"}


def test_fields_of_all_are_numbered_once() -> None:
    fields = Fields(main())
    assert sorted(fields.names) == ["quote", "seal", "source", "term"]
    assert sorted(fields.bit.values()) == [1, 2, 4, 8]
    assert fields.all == 15
    assert fields.bits(["quote", "term", "nothing"]) == fields.bit["quote"] | fields.bit["term"]
    assert {*fields.of(fields.all & ~fields.source)} == {"quote", "seal", "term"}


def test_who_takes_over_within_a_run_takes_over_from_who_runs_it() -> None:
    process = main()
    assert [
        (h.giver, h.receiver, h.giver_node, h.via, h.at, h.place) for h in handoffs(process)
    ] == [
        ("sales", "legal", "check.chat", "agreed", "again.seal_it", "again"),
        ("sales", "legal", "offer", "done", "check.look", "check"),
        ("sales", "success", "third.chat", "agreed", "start", "start"),
    ]
    threads = Threads(process)
    assert threads.happens("sales", "legal", None)
    assert threads.happens("sales", "legal", "check")
    assert threads.happens("legal", "sales", "check")  # within: from `seal_it` to `chat`
    assert threads.happens("legal", "sales", "third")
    assert not threads.happens("legal", "sales", "again")
    assert not threads.happens("success", "sales", None)


def test_a_run_that_never_ends_so_has_nobody_who_lets_go_then() -> None:
    inner = DEEP.replace("outcomes: {", "outcomes: {never: {kind: failed}, ")
    process = process_of(
        f"salesflow: 1\nprocess: p\nuse: [deep.yaml]\n{ORGANIZATION}data: {{seal: {{type: document}}}}\n"
        "sources: {web: {start: a}}\n"
        "steps:\n  a: {by: ae, next: r}\n  r: {run: deep, next: {agreed: won, never: b}}\n"
        "  b: {by: success, next: lost}\noutcomes: {won: {kind: won}, lost: {kind: lost}}\n",
        deep=inner,
    )
    assert [(h.giver, h.receiver, h.at) for h in handoffs(process)] == [
        ("sales", "legal", "r.seal_it")
    ]


def test_who_enters_a_run_may_come_through_it_without_any_step_of_ours() -> None:
    inner = DEEP.replace("sources: {in: {start: seal_it}}", "sources: {in: {start: ask}}").replace(
        "steps: {", "steps: {ask: {next: {yes_please: seal_it, no_need: agreed}}, "
    )
    process = process_of(
        f"salesflow: 1\nprocess: p\nuse: [deep.yaml]\n{ORGANIZATION}data: {{seal: {{type: document}}}}\n"
        "sources: {web: {start: a}}\n"
        "steps:\n  a: {by: ae, next: r}\n  r: {run: deep, next: {agreed: b}}\n"
        "  b: {by: success, next: won}\noutcomes: {won: {kind: won}}\n",
        deep=inner,
    )
    assert [(h.giver, h.receiver, h.giver_node, h.via) for h in handoffs(process)] == [
        ("legal", "success", "r.seal_it", "agreed"),
        ("sales", "legal", "a", "done"),
        ("sales", "success", "a", "done"),
    ]
