"""Ignore comments: what they hide, and what is found about them."""

from pathlib import Path
from typing import Any

import pytest

from salesflow import api
from salesflow.checking.run import run_checks
from salesflow.checking.select import Selection, choose
from salesflow.checking.suppress import suppress
from salesflow.findings import Finding
from salesflow.spans import Span

HEAD = """salesflow: 1
process: deal
sources: {inbound: {start: a}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
steps:
  a: {by: x, next: {good: won, bad: lost, so_so: b}}
"""


def found(steps: str, **options: Any) -> list[tuple[str, int]]:
    return [(f.rule, f.line) for f in run_checks(api.loads(HEAD + steps), **options)]


@pytest.mark.parametrize(
    "steps",
    [
        "  b: {by: x}  # salesflow: ignore[dead-end] soon\n",
        "  # salesflow: ignore[dead-end] soon\n  b: {by: x}\n",
        "  b: {by: x}  # salesflow: ignore[structure] soon\n",
    ],
)
def test_a_comment_hides_a_finding_on_its_line_or_below(steps: str) -> None:
    assert found(steps) == []


def test_a_comment_elsewhere_hides_nothing() -> None:
    steps = "  # salesflow: ignore[dead-end] soon\n  c: {by: x, next: b}\n  b: {by: x}\n"
    assert ("dead-end", 9) in found(steps)
    assert ("unused-ignore", 7) in found(steps)


def test_a_comment_at_an_element_speaks_for_all_that_is_found_at_it() -> None:
    text = """salesflow: 1
process: deal
data: {amount: {type: money}}
sources: {inbound: {start: a}}
outcomes: {won: {kind: won, requires: [amount]}, lost: {kind: lost}}
steps:
  a:  # salesflow: ignore[guards] the field comes in May
    by: x
    captures: [amount]
    next:
      good: {to: won, when: amount > 5%}
      bad: {to: lost, otherwise: true}
"""
    process = api.loads(text)
    (plain,) = [f for f in process.notes if f.rule == "type-mismatch"]
    assert plain.path == "steps.a.next.good.when"
    moved = text.replace("a:  # salesflow: ignore[guards] the field comes in May", "a:").replace(
        "      good:", "      # salesflow: ignore[guards] the field comes in May\n      good:"
    )
    assert [f.rule for f in run_checks(api.loads(moved))] == []


def test_a_comment_at_a_step_speaks_for_what_is_found_below_its_key() -> None:
    process = api.loads(HEAD + "  b: {by: x, next: won}  # salesflow: ignore[data] in May\n")
    below = Finding("x", "data", "error", "steps.b.requires", Span("<text>", 99), "message")
    other = below._replace(path="nowhere.b")
    syntax = below._replace(path="steps.b", family="syntax", span=Span("<text>", 7))
    kept = suppress([below, other, syntax], process, choose(Selection()))
    assert [f for f in kept if f.rule == "x"] == [other, syntax]


def test_a_comment_at_a_branch_speaks_for_what_is_found_at_it() -> None:
    steps = """  b:
    parallel:
      p: {steps: {s: {by: x, next: done}}}  # salesflow: ignore[data] in May
    next: won
"""
    below = Finding("x", "data", "error", "steps.b.parallel.p.when", Span("<text>", 99), "message")
    assert suppress([below], api.loads(HEAD + steps), choose(Selection())) == ()


def test_a_missing_reason_is_found_and_the_finding_hidden_all_the_same() -> None:
    (one,) = run_checks(api.loads(HEAD + "  b: {by: x}  # salesflow: ignore[dead-end]\n"))
    assert (one.rule, one.line) == ("ignore-without-reason", 7)
    assert one.message == "This hides `dead-end` and does not say why."


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("dead-end", "Nothing here is found by `dead-end`", "Remove it."),
        ("structure", "Nothing here is found by `structure`", "Remove it."),
        ("locked-change", "Nothing here is found by `locked-change`", "Remove it."),
        ("dead-edn", "There is no rule or family `dead-edn`", "Did you mean `dead-end`?"),
        ("zzzz", "There is no rule or family `zzzz`", "`salesflow rule` lists them."),
        ("syntax", "`syntax` cannot be ignored", "Mend the text instead."),
        ("bad-unit", "`bad-unit` cannot be ignored", "Mend the text instead."),
    ],
)
def test_a_comment_that_hides_nothing_is_found(name: str, message: str, hint: str) -> None:
    steps = f"  b: {{by: x, next: won}}  # salesflow: ignore[{name}] a reason\n"
    (one,) = run_checks(api.loads(HEAD + steps))
    assert one.rule == "unused-ignore"
    assert message in one.message
    assert one.help == hint


def test_each_name_of_a_comment_is_judged() -> None:
    steps = "  b: {by: x}  # salesflow: ignore[dead-end, no-owner] a reason\n"
    assert found(steps) == [("unused-ignore", 7)]


def test_what_was_not_looked_for_is_not_called_unused() -> None:
    steps = "  b: {by: x, next: won}  # salesflow: ignore[dead-end] a reason\n"
    assert found(steps, ignore=["dead-end"]) == []
    assert found(steps, select=["shares", "hygiene"]) == []
    family = steps.replace("[dead-end]", "[structure]")
    assert found(family, ignore=["dead-end"]) == []
    assert found(steps, ignore=["unused-ignore"]) == []
    bare = "  b: {by: x}  # salesflow: ignore[dead-end]\n"
    assert found(bare, ignore=["hygiene"]) == []


def check(folder: Path, **files: str) -> tuple[Finding, ...]:
    for name, text in files.items():
        (folder / f"{name}.salesflow.yaml").write_text(text, encoding="utf-8")
    return run_checks(api.load(folder / "main.salesflow.yaml"))


INNER = """salesflow: 1
process: inner
sources: {request: {start: s}}
steps:
  s: {by: x, next: {fine: ok, odd: t}}
  t: {by: x}%s
outcomes: {ok: {kind: done}}
"""
OUTER = """salesflow: 1
process: outer
use: [inner.salesflow.yaml]
sources: {inbound: {start: a}}
steps:
  a: {run: inner, next: {ok: b}}
  b: {by: x, next: {good: won, bad: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


def test_a_process_that_is_run_is_checked_along_with_its_comments(tmp_path: Path) -> None:
    (one,) = check(tmp_path, main=OUTER, inner=INNER % "")
    assert (Path(one.file).name, one.rule, one.line) == ("inner.salesflow.yaml", "dead-end", 6)
    comment = "  # salesflow: ignore[dead-end] in May"
    assert check(tmp_path, main=OUTER, inner=INNER % comment) == ()
    unused = (INNER % comment).replace("t: {by: x}", "t: {by: x, next: ok}")
    (two,) = check(tmp_path, main=OUTER, inner=unused)
    assert two.rule == "unused-ignore"


def test_comments_in_files_that_others_use_too_are_not_judged(tmp_path: Path) -> None:
    shared = (
        "salesflow: 1\norganization: acme\n# salesflow: ignore[dead-end] for others\ndata: {}\n"
    )
    main = OUTER.replace("[inner.salesflow.yaml]", "[inner.salesflow.yaml, org.salesflow.yaml]")
    inner = (INNER % "").replace("t: {by: x}", "t: {by: x, next: ok}")
    assert check(tmp_path, main=main, inner=inner, org=shared) == ()
