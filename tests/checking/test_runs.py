"""Processes that steps run: what is found in them, and where they meet the one that runs them."""

from pathlib import Path

import pytest

from salesflow import api
from salesflow.analysis.handoffs import Threads, handoffs
from salesflow.analysis.runs import inner_first
from salesflow.checking.run import run_checks
from salesflow.findings import Finding
from salesflow.process.model import Process

ORGANIZATION = """salesflow: 1
organization: acme
departments: {sales: {}, legal: {}, finance: {}, buyer: {external: true}}
data: {amount: {type: money}, rating: {type: text}, note: {type: text}}
"""
DEEP = """salesflow: 1
process: deep
use: [org.salesflow.yaml]
sources: {request: {start: look}}
steps:
  look: {by: buyer, next: {seen: file_it}}
  file_it: {by: legal, captures: [note], next: ok}
outcomes: {ok: {kind: done}}
"""
INNER = """salesflow: 1
process: inner
use: [org.salesflow.yaml, deep.salesflow.yaml]
sources: {request: {start: open, gives: {amount: filled}}}
steps:
  open: {by: buyer, next: {large: rate, small: refused}}
  rate: {by: finance, captures: [rating], next: {fine: papers, bad: refused}}
  papers: {run: deep, next: {ok: ok}}
outcomes: {ok: {kind: done}, refused: {kind: failed}}
"""
OUTER = """salesflow: 1
process: outer
use: [org.salesflow.yaml, inner.salesflow.yaml]
sources: {inbound: {department: sales, start: call}}
steps:
  call: {by: sales, captures: [amount], next: {good: credit, bad: lost}}
  credit: {run: inner, timeout: {after: 9d, result: late}, next: {ok: close, refused: lost, late: lost}}
  close: {by: sales, requires: [rating, note], next: won}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("org", ORGANIZATION), ("deep", DEEP), ("inner", INNER), ("outer", OUTER)):
        (tmp_path / f"{name}.salesflow.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def load(folder: Path, **changes: tuple[str, str]) -> Process:
    for name, (old, new) in changes.items():
        file = folder / f"{name}.salesflow.yaml"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
    return api.load(folder / "outer.salesflow.yaml")


def found(process: Process) -> list[Finding]:
    return [*run_checks(process, preset="all")]


def test_all_is_right_and_each_process_is_looked_at_once(folder: Path) -> None:
    process = load(folder)
    assert found(process) == []
    assert [part.id for part in inner_first(process)] == ["deep", "inner", "outer"]


def test_handoffs_look_into_runs(folder: Path) -> None:
    process = load(folder)
    assert [(h.giver, h.receiver, h.giver_node, h.via, h.at) for h in handoffs(process)] == [
        ("legal", "sales", "credit.papers.file_it", "ok", "close"),
        ("sales", "finance", "call", "good", "credit.rate"),
    ]
    threads = Threads(process)
    assert threads.happens("finance", "legal", None)  # within the run
    assert threads.happens("finance", "legal", "credit")
    assert not threads.happens("finance", "legal", "close")
    assert not threads.happens("legal", "finance", None)


def test_touchpoints_of_the_outer_process_cover_the_way_in_and_out(folder: Path) -> None:
    bridges = (
        "touchpoints: {a: {from: sales, to: finance, at: credit}, b: {from: finance, to: legal}}\n"
    )
    process = load(folder, outer=("steps:", f"{bridges}steps:"))
    (one,) = found(process)
    assert one.rule == "undeclared-touchpoint"
    assert one.message == (
        "`sales` takes over from `legal` at `close` (by `credit.papers.file_it.ok`), "
        "and no touchpoint says what is handed over."
    )
    assert [other.path for other in one.related] == ["steps.credit.next.ok"]


def test_an_outcome_of_a_run_that_nobody_names_is_found(folder: Path) -> None:
    (one,) = found(load(folder, outer=("refused: lost, ", "")))
    assert (one.rule, one.path, one.severity) == ("unhandled-result", "steps.credit", "error")
    assert one.message == (
        "`credit` can end with `refused` of `inner`, and its `next` does not say where the deal "
        "goes then."
    )
    assert [(Path(o.span.file).name, o.path) for o in one.related] == [
        ("inner.salesflow.yaml", "outcomes.refused")
    ]
    assert one.witness == ("inbound", "call.good", "credit.open.small", "credit.refused")


def test_a_result_that_is_no_outcome_of_the_run_is_found(folder: Path) -> None:
    one, two = found(load(folder, outer=("refused: lost", "refussed: lost")))
    assert (one.rule, two.rule) == ("unhandled-result", "unused-result")
    assert two.message == "`credit` never ends with `refussed`: `inner` has no such outcome."
    assert two.help == "Did you mean `refused`?"


def test_a_result_that_is_like_none_is_to_be_removed(folder: Path) -> None:
    (one,) = found(load(folder, outer=("refused: lost", "refused: lost, xyz: lost")))
    assert one.help == "It ends with `late`, `ok` and `refused`: remove it."


def test_what_a_run_needs_must_be_filled_where_it_is_run(folder: Path) -> None:
    (one,) = found(load(folder, outer=("captures: [amount], ", "")))
    assert (one.rule, one.path) == ("never-captured", "steps.credit")
    assert one.message == (
        "`amount` must be there for the process that is run by `credit`, and nothing ever fills it."
    )


def test_what_a_run_fills_is_filled(folder: Path) -> None:
    (one,) = found(load(folder, deep=("captures: [note], ", "")))
    assert (one.rule, one.path) == ("never-captured", "steps.close")
    assert one.message.startswith("`note` is required")


def test_a_loop_that_only_a_nameless_outcome_could_leave_is_one_fault(folder: Path) -> None:
    process = load(
        folder,
        outer=("{ok: close, refused: lost, late: lost}", "{ok: credit, late: credit}"),
    )
    rules = [f.rule for f in found(process)]
    assert "endless-loop" not in rules
    assert "unhandled-result" in rules


def test_flaws_in_a_run_stand_in_its_own_file(folder: Path) -> None:
    (one,) = found(load(folder, deep=(", next: ok}", "}")))
    assert (Path(one.file).name, one.rule, one.line) == ("deep.salesflow.yaml", "dead-end", 7)


def test_a_process_that_is_run_twice_is_looked_at_once(folder: Path) -> None:
    twice = "use: [org.salesflow.yaml, inner.salesflow.yaml, deep.salesflow.yaml]"
    process = load(
        folder,
        outer=("use: [org.salesflow.yaml, inner.salesflow.yaml]", twice),
    )
    again = "again: {run: deep, timeout: {after: 9d, result: late}, next: {ok: lost, late: lost}}"
    process = load(folder, outer=("late: lost}}", f"late: again}}}}\n  {again}"))
    assert [part.id for part in inner_first(process)] == ["deep", "inner", "outer"]
    assert found(process) == []


def test_work_that_is_left_in_a_run_is_told_with_what_ends_it_and_what_still_runs(
    folder: Path,
) -> None:
    """By itself the inner process never splits: only deals of the outer one have a rating."""
    inner = INNER.replace(
        "papers: {run: deep, next: {ok: ok}}",
        "papers: {next: {both: {to: [one, two], when: filled(note)}, plain: {to: one, otherwise: true}}}\n"
        "  one: {by: legal, next: ok}\n  two: {by: finance, next: refused}",
    )
    (folder / "inner.salesflow.yaml").write_text(inner, encoding="utf-8")
    outer = OUTER.replace("captures: [amount]", "captures: [amount, note]")
    (folder / "outer.salesflow.yaml").write_text(outer, encoding="utf-8")
    process = api.load(folder / "outer.salesflow.yaml")
    found = [f for f in run_checks(process) if f.rule == "unfinished-work"]
    assert [f.message.partition(". ")[0] for f in found] == [
        "`credit.one` can end the run `credit` as `ok` while `credit.two` still runs",
        "`credit.two` can end the run `credit` as `refused` while `credit.one` still runs",
    ]
    assert [f.help for f in found] == [
        "Let the ways meet before `ok`.",
        "Let the ways meet before `refused`.",
    ]
