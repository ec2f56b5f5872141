"""Rules about bridges, outcomes and variants: what they ask, and what they leave alone."""

from pathlib import Path

import pytest

from salesflow import api
from salesflow.checking.run import run_checks
from salesflow.findings import Finding

HEAD = """salesflow: 1
process: deal
departments: {sales: {}, legal: {}, success: {}, buyer: {external: true}}
data: {contract: {type: document}, loss_reason: {type: text}}
sources: {inbound: {start: a}}
"""
ENDS = "outcomes: {won: {kind: won}, lost: {kind: lost}}\n"


def found(text: str, rule: str) -> list[Finding]:
    """What a rule finds in a process."""
    return [*run_checks(api.loads(HEAD + text), select=[rule])]


@pytest.mark.parametrize(
    ("back", "expected"),
    [
        ("b", ["steps.c.next.back"]),
        ("{to: b, at_most: 2}", []),
        ("a", ["steps.c.next.back"]),
    ],
)
def test_rounds_of_two_departments_through_the_buyer(back: str, expected: list[str]) -> None:
    steps = f"""steps:
  a: {{by: sales, next: {{go: b, stop: lost}}}}
  b: {{by: buyer, next: c}}
  c: {{by: legal, next: {{signed: won, back: {back}}}}}
"""
    looked_through = [] if back == "b" else expected  # the buyer and legal are no two of ours
    assert [f.path for f in found(steps + ENDS, "ping-pong")] == looked_through


def test_a_time_limit_ends_a_round() -> None:
    steps = """steps:
  a: {by: sales, timeout: {after: 30d, result: late}, next: {go: b, late: lost}}
  b: {by: legal, next: {signed: won, back: a}}
"""
    assert found(steps + ENDS, "ping-pong") == []


REASONS = """steps:
  a: {by: sales, next: {go: b, stop: %s}}
  b: {by: sales, next: {signed: won, refused: {to: lost, set: {loss_reason: filled}}}}
outcomes: {won: {kind: won}, lost: {kind: lost%s}}
"""


@pytest.mark.parametrize(
    ("stop", "requires", "silent"),
    [
        ("lost", "", ["steps.a.next.stop"]),
        ("{to: lost, captures: [loss_reason]}", "", []),
        ("lost", ", requires: [loss_reason]", []),  # proved by `outcome-data-missing`
    ],
)
def test_losses_with_and_without_a_reason(stop: str, requires: str, silent: list[str]) -> None:
    findings = found(REASONS % (stop, requires), "loss-without-reason")
    assert [other.path for f in findings for other in f.related] == silent


def test_what_is_won_by_a_branch_that_always_runs_is_handed_over() -> None:
    steps = """steps:
  a:
    parallel:
      paper: {steps: {sign: {by: legal, next: done}}}
      start: {%ssteps: {meet: {by: success, next: done}}}
    next: {done: won}
outcomes: {won: {kind: won}}
touchpoints: {new: {from: legal, to: success}}
"""
    for when, count in (("", 0), ("when: filled(contract), ", 1)):
        head = HEAD.replace("{start: a}", "{start: a, department: legal}")
        process = api.loads(head + steps % when)
        assert len(run_checks(process, select=["won-without-handover"])) == count


BASE = """salesflow: 1
process: base
sources: {inbound: {start: a}}
steps:
  a: {by: x, next: {go: b, stop: lost}}
  b: {by: x, next: {fine: won, bad: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ("remove: [steps.a.next.go]", [("variant-breaks-base", 4)]),
        ("change: {steps.b.next.more: b}", []),
        # What stands in the variant's own file is told by its own rule.
        ("change:\n  steps.c: {by: x, next: won}", [("unreachable-step", 5)]),
    ],
)
def test_what_a_variant_breaks(
    changes: str, expected: list[tuple[str, int]], tmp_path: Path
) -> None:
    (tmp_path / "base.salesflow.yaml").write_text(BASE, encoding="utf-8")
    variant = tmp_path / "variant.salesflow.yaml"
    text = f"salesflow: 1\nvariant: ours\nof: base.salesflow.yaml\n{changes}\n"
    variant.write_text(text, encoding="utf-8")
    findings = run_checks(api.load(variant))
    assert [(f.rule, f.line) for f in findings] == expected
    assert {Path(f.file).name for f in findings} <= {"variant.salesflow.yaml"}


def test_an_error_that_the_base_has_too_stays_where_it_is(tmp_path: Path) -> None:
    base = BASE.replace("next: {fine: won, bad: lost}", "next: {fine: won, bad: c}")
    base = base.replace("outcomes", "  c: {by: x}\noutcomes")
    (tmp_path / "base.salesflow.yaml").write_text(base, encoding="utf-8")
    variant = tmp_path / "variant.salesflow.yaml"
    variant.write_text(
        "salesflow: 1\nvariant: ours\nof: base.salesflow.yaml\nchange: {steps.a.name: Call}\n",
        encoding="utf-8",
    )
    assert [f.rule for f in run_checks(api.load(variant))] == ["dead-end"]
