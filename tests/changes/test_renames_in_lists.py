"""A rename changes no list that names the step, wherever the new id is sorted."""

import salesflow as sf

FLOW = """
salesflow: 1
process: meeting
sources: {inbound: {start: a}}
steps:
  a: {by: sales, next: {both: {to: [b, c]}}}
  b: {by: sales, next: {done: d}}
  c: {by: legal, next: {done: d}}
  d: {by: sales, wait_for: [b, c], next: {signs: won, stops: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


def test_a_renamed_step_among_targets_and_arrivals() -> None:
    renamed = FLOW.replace("[b, c]", "[zeta, c]").replace("  b: {", "  zeta: {was: b, ")
    edits = sf.diff(sf.loads(FLOW), sf.loads(renamed)).edits
    told = [(edit.kind, edit.path, edit.field) for edit in edits]
    assert told == [("renamed", "steps.zeta", ""), ("changed", "steps.zeta", "was")]


def test_another_step_that_is_waited_for_is_told() -> None:
    other = FLOW.replace("wait_for: [b, c]", "wait_for: [b, e]").replace(
        "{done: d}}\n  d", "{done: e}}\n  e: {by: legal, next: {done: d}}\n  d"
    )
    edits = sf.diff(sf.loads(FLOW), sf.loads(other)).edits
    assert ("changed", "steps.d", "wait_for") in [(e.kind, e.path, e.field) for e in edits]
