"""What moved keeps its random numbers, and nothing else gets them."""

from pathlib import Path

import salesflow as sf
from salesflow.changes.impact import impact
from salesflow.changes.luck import drawn_as
from salesflow.changes.matching.nouns import Match, Matching
from salesflow.changes.sheet import sheet_of
from salesflow.changes.translation import translated
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process
from salesflow.simulation.plan import plan_of

HEAD = """\
salesflow: 1
process: small
departments: {sales: {roles: {rep: {people: 9}}}, legal: {roles: {counsel: {people: 9}}}}
sources: {inbound: {start: call, arrivals: {every: 500w, batch: 80}}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
data: {size: {type: money}}
value: size
"""
CALL = "call: {by: rep, effort: {mean: 1h}, next: {fit: {to: NEXT, share: 70%}, unfit: {to: lost, share: rest}}}"
LEGAL = "by: counsel, effort: {mean: 3h}, captures: {size: {median: 100, p90: 300}}"
IN_A_ROW = (
    HEAD
    + f"""\
steps:
  {CALL.replace("NEXT", "legal_terms")}
  legal_terms: {{{LEGAL}, next: {{agreed: {{to: quote, share: 60%}}, refused: {{to: lost, share: rest}}}}}}
  quote: {{by: rep, effort: {{mean: 2h}}, next: {{signed: {{to: won, share: 50%}}, walked: {{to: lost, share: rest}}}}}}
"""
)
SIDE_BY_SIDE = (
    HEAD
    + f"""\
steps:
  {CALL.replace("NEXT", "papers")}
  papers:
    parallel:
      law:
        steps:
          legal_terms: {{{LEGAL}, next: {{agreed: {{to: done, share: 60%}}, refused: {{to: leave, share: rest}}}}}}
      price:
        steps:
          ready: {{next: done}}
    next: {{done: quote, refused: lost}}
  quote: {{by: rep, effort: {{mean: 2h}}, next: {{signed: {{to: won, share: 50%}}, walked: {{to: lost, share: rest}}}}}}
"""
)
MOVED = "steps.papers.parallel.law.steps.legal_terms"


def pairs(old: Process, new: Process, moved: dict[str, str]) -> Matching:
    """Elements that stand where they stood, and those below ``moved`` ones, by their new paths."""
    there = sheet_of(new)
    found = {}
    for path in sheet_of(old):
        to = next(
            (path.replace(a, b, 1) for a, b in moved.items() if f"{path}.".startswith(f"{a}.")),
            path,
        )
        if to in there:
            found[to] = Match(path, to)
    return Matching(matches=FrozenMap(found))


def luck(old: Process, new: Process, matching: Matching) -> dict[str, str]:
    was, paths = translated(old, matching)
    return {**drawn_as(was, new, matching, paths)}


def test_a_step_that_moved_into_a_block_has_the_same_luck() -> None:
    """Deals are worth the same, and as many are won; with draws of its own they are not."""
    old, new = sf.loads(IN_A_ROW), sf.loads(SIDE_BY_SIDE)
    matching = pairs(old, new, {"steps.legal_terms": MOVED})
    assert luck(old, new, matching) == {
        "small:papers.law.legal_terms": "legal_terms",
        "small:papers.law.legal_terms.agreed": "legal_terms.agreed",
        "small:papers.law.legal_terms.refused": "legal_terms.refused",
    }
    plan = plan_of(duration="100w", warmup="0w", replications=4)
    found = impact(old, new, matching, plan).kpis
    for name in ("win_rate", "value_per_won", "wins"):
        assert found[name].difference == (0.0, 0.0, 0.0), name
    apart = impact(old, new, pairs(old, new, {}), plan).kpis
    assert apart["win_rate"].difference != (0.0, 0.0, 0.0)
    back = impact(new, old, matching.mirrored(), plan).kpis
    assert back["win_rate"].difference == (0.0, 0.0, 0.0)


def test_what_is_new_where_something_else_was_draws_numbers_of_its_own() -> None:
    old = sf.loads(IN_A_ROW)
    again = SIDE_BY_SIDE.replace("NEXT", "papers").replace(
        "  papers:\n", "  legal_terms: {by: counsel, effort: 1h, next: papers}\n  papers:\n"
    )
    new = sf.loads(again.replace("to: papers", "to: legal_terms"))
    matching = pairs(old, new, {"steps.legal_terms": MOVED})
    found = luck(old, new, matching)
    assert found["small:papers.law.legal_terms"] == "legal_terms"
    assert found["small:legal_terms"] not in ("legal_terms", *found)


def test_what_stays_where_it_was_is_not_named() -> None:
    old = sf.loads(IN_A_ROW)
    assert luck(old, old, pairs(old, old, {})) == {}
    renamed = sf.loads(IN_A_ROW.replace("quote", "price"))
    assert luck(old, renamed, pairs(old, renamed, {"steps.quote": "steps.price"})) == {}


INNER = """\
salesflow: 1
process: approval
sources: {ask: {start: look}}
steps: {look: {effort: {mean: 1h}, next: {fine: granted, bad: refused}}}
outcomes: {granted: {kind: done}, refused: {kind: failed}}
"""
MOVED_INNER = INNER.replace("start: look", "start: both").replace(
    "steps: {look: {effort: {mean: 1h}, next: {fine: granted, bad: refused}}}",
    "steps: {both: {parallel: {one: {steps: {look: {effort: {mean: 1h}, next: {fine: done, bad: leave}}}},"
    " other: {steps: {wait: {next: done}}}}, next: {done: granted, bad: refused}}}",
)
OUTER = """\
salesflow: 1
process: outer
use: [approval.salesflow.yaml]
sources: {inbound: {start: check}}
steps: {check: {run: approval, next: {granted: again, refused: lost}}, again: {run: approval, next: {granted: won, refused: lost}}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


def family(folder: Path, inner: str, outer: str = OUTER) -> Process:
    folder.mkdir()
    (folder / "approval.salesflow.yaml").write_text(inner, encoding="utf-8")
    (folder / "outer.salesflow.yaml").write_text(outer, encoding="utf-8")
    return sf.load(folder / "outer.salesflow.yaml")


def test_what_moves_in_a_process_that_is_run_moves_in_each_run(tmp_path: Path) -> None:
    old, new = family(tmp_path / "a", INNER), family(tmp_path / "b", MOVED_INNER)
    place = "runs.approval.steps.both.parallel.one.steps.look"
    found = luck(old, new, pairs(old, new, {"runs.approval.steps.look": place}))
    assert found["outer:check.both.one.look"] == "check.look"
    assert found["outer:again.both.one.look"] == "again.look"
    assert found["outer:again.both.one.look.fine"] == "again.look.fine"


def test_a_run_that_moves_takes_what_lies_in_it_along(tmp_path: Path) -> None:
    moved = OUTER.replace(
        "{check: {run: approval, next: {granted: again, refused: lost}}",
        "{side: {parallel: {one: {steps: {check: {run: approval, next: {granted: done, refused: leave}}}},"
        " other: {steps: {wait: {next: done}}}}, next: {done: again, refused: lost}}",
    ).replace("start: check", "start: side")
    old, new = family(tmp_path / "a", INNER), family(tmp_path / "b", INNER, moved)
    place = "steps.side.parallel.one.steps.check"
    found = luck(old, new, pairs(old, new, {"steps.check": place}))
    assert found["outer:side.one.check.look"] == "check.look"
    assert found["outer:side.one.check.look.fine"] == "check.look.fine"
    assert "outer:again.look" not in found
