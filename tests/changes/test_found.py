"""Findings that a change introduces or repairs, whatever moves or is renamed."""

from pathlib import Path

import pytest
from hypothesis import given, settings

import salesflow as sf
from salesflow.changes.found import Found, findings_changed, new_path
from salesflow.changes.matching.nouns import Match, Matching
from salesflow.changes.sheet import sheet_of
from salesflow.checking.config import Settings
from salesflow.checking.run import run_checks
from salesflow.checking.select import Selection
from salesflow.errors import UsageError
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process
from salesflow.testing.wild import processes

TEXT = """\
salesflow: 1
process: small
departments:
  sales: {roles: {rep: {people: 2}}}
data: {champion: {type: person}, budget: {type: money}}
sources: {inbound: {start: call}}
steps:
  call:
    by: rep
    captures: [champion, budget]
    next: {fit: offer, unfit: lost}
  offer:
    by: rep
    requires: [champion]
    next: {signed: won, walked: lost}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
STRUCTURE = Settings(selection=Selection(select=("structure",)))


def paired(old: Process, new: Process, **renamed: str) -> Matching:
    """All elements by their paths; ``renamed`` ids have another one in the new version."""
    there = sheet_of(new)
    found = {}
    for path in sheet_of(old):
        moved = ".".join(renamed.get(part, part) for part in path.split("."))
        if moved in there:
            found[moved] = Match(path, moved)
    return Matching(matches=FrozenMap(found))


def compared(before: str, after: str, **renamed: str) -> Found:
    old, new = sf.loads(before), sf.loads(after)
    return findings_changed(old, new, paired(old, new, **renamed))


def rules(found: Found) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    return tuple(  # type: ignore[return-value]
        [(one.rule, one.path) for one in each] for each in (found.introduced, found.repaired)
    )


def test_the_same_process_has_all_that_it_had() -> None:
    found = compared(TEXT, TEXT)
    assert found == Found((), (), kept=len(sf.check(sf.loads(TEXT))))
    assert found.kept > 0


def test_a_step_that_leads_nowhere_is_introduced_and_repaired_the_other_way() -> None:
    broken = TEXT.replace("fit: offer", "fit: offer, later: parked").replace(
        "outcomes:", "  parked: {by: rep, next: {again: parked}}\noutcomes:"
    )
    introduced, repaired = rules(compared(TEXT, broken))
    assert ("endless-loop", "steps.parked") in introduced
    assert repaired == []
    assert rules(compared(broken, TEXT)) == (repaired, introduced)


def test_lines_that_move_bring_nothing() -> None:
    moved = "# a comment\n\n\n" + TEXT.replace("data:", "\n\ndata:")
    assert rules(compared(TEXT, moved)) == ([], [])


def test_an_element_that_is_renamed_has_what_it_had() -> None:
    old = TEXT.replace("fit: offer", "fit: offer, later: parked").replace(
        "outcomes:", "  parked: {by: rep, next: {again: parked}}\noutcomes:"
    )
    new = old.replace("parked", "shelf").replace("budget", "money")
    found = compared(old, new, parked="shelf", budget="money")
    assert rules(found) == ([], [])
    assert found.kept == compared(old, old).kept
    unmatched = compared(old, new)
    assert unmatched.introduced
    assert len(unmatched.introduced) == len(unmatched.repaired)


def test_of_several_at_one_element_the_one_that_came_is_told() -> None:
    two = TEXT.replace("requires: [champion]", "requires: [champion, budget]").replace(
        "captures: [champion, budget]", "captures: [champion]"
    )
    three = two.replace(
        "requires: [champion, budget]", "requires: [champion, budget, plan]"
    ).replace("budget: {type: money}", "budget: {type: money}, plan: {type: document}")
    found = compared(two, three)
    here = [one for one in found.introduced if one.path.startswith("steps.offer")]
    assert here
    assert all("`plan`" in one.message for one in here)
    assert found.repaired == ()


def test_comments_that_ignore_count() -> None:
    orphan = TEXT.replace("outcomes:", "  orphan: {by: rep, next: won}\noutcomes:")
    hushed = orphan.replace(
        "  orphan:", "  # salesflow: ignore[structure] it comes next month\n  orphan:"
    )
    assert ("unreachable-step", "steps.orphan") in rules(compared(TEXT, orphan))[0]
    assert ("unreachable-step", "steps.orphan") in rules(compared(orphan, hushed))[1]


def test_only_what_is_asked_for_is_looked_for() -> None:
    old = sf.loads(TEXT)
    new = sf.loads(TEXT.replace("outcomes:", "  orphan: {by: rep, next: won}\noutcomes:"))
    found = findings_changed(old, new, paired(old, new), settings=STRUCTURE)
    assert [one.rule for one in found.introduced] == ["unreachable-step"]
    nothing = Settings(selection=Selection(select=("shares",)))
    assert findings_changed(old, new, paired(old, new), settings=nothing).introduced == ()


def test_a_rule_that_does_not_exist_is_refused() -> None:
    old = sf.loads(TEXT)
    wrong = Settings(selection=Selection(select=("structur",)))
    with pytest.raises(UsageError, match="Did you mean `structure`"):
        findings_changed(old, old, paired(old, old), settings=wrong)


# Processes that are run, and variants

INNER = """\
salesflow: 1
process: approval
sources: {ask: {start: look}}
steps: {look: {next: {fine: granted, bad: refused}}}
outcomes: {granted: {kind: done}, refused: {kind: failed}}
"""
OUTER = """\
salesflow: 1
process: outer
use: [approval.salesflow.yaml]
sources: {inbound: {start: look}}
steps:
  look: {next: {good: check, bad: lost}}
  check: {run: approval, next: {granted: won, refused: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


def family(folder: Path, inner: str, outer: str = OUTER) -> Process:
    folder.mkdir()
    (folder / "approval.salesflow.yaml").write_text(inner, encoding="utf-8")
    (folder / "outer.salesflow.yaml").write_text(outer, encoding="utf-8")
    return sf.load(folder / "outer.salesflow.yaml")


def test_what_is_found_in_a_process_that_is_run_is_its_own(tmp_path: Path) -> None:
    """Both processes have a step `look`; the one that is run is broken, and renamed."""
    broken = INNER.replace("fine: granted,", "fine: granted, hm: parked,").replace(
        "steps: {look", "steps: {parked: {next: {again: parked}}, look"
    )
    good, bad = family(tmp_path / "a", INNER), family(tmp_path / "b", broken)
    found = findings_changed(good, bad, paired(good, bad))
    assert ("endless-loop", "steps.parked") in rules(found)[0]
    files = {one.file for one in found.introduced if one.path == "steps.parked"}
    assert files == {str(tmp_path / "b" / "approval.salesflow.yaml")}
    renamed = family(tmp_path / "c", broken.replace("look", "read").replace("parked", "shelf"))
    back = findings_changed(bad, renamed, paired(bad, renamed))
    assert len(back.introduced) == len(back.repaired) > 0
    ids = {"parked": "shelf"}
    inner = {
        there: match
        for there, match in paired(bad, renamed, look="read", **ids).matches.items()
        if there.startswith("runs.")
    }
    whole = FrozenMap({**paired(bad, renamed).matches, **inner})
    assert rules(findings_changed(bad, renamed, Matching(matches=whole))) == ([], [])


def test_what_a_variant_breaks_is_introduced(tmp_path: Path) -> None:
    (tmp_path / "small.salesflow.yaml").write_text(TEXT, encoding="utf-8")
    variant = "salesflow: 1\nvariant: less\nof: small.salesflow.yaml\nchange: {}\n"
    worse = variant.replace("change: {}", "change: {steps.offer.next.walked.to: call}")
    files = []
    for name, text in (("plain", variant), ("worse", worse)):
        file = tmp_path / f"{name}.salesflow.yaml"
        file.write_text(text.replace("less", "varied"), encoding="utf-8")
        files.append(sf.load(file))
    old, new = files
    found = findings_changed(old, new, paired(old, new))
    alone = {(one.rule, one.path) for one in sf.check(new)} - {
        (one.rule, one.path) for one in sf.check(old)
    }
    assert set(rules(found)[0]) == alone


# Paths


def test_a_path_into_an_element_goes_with_it() -> None:
    pairs = {
        "steps.quote": "steps.offer",
        "steps.quote.next.signed": "steps.offer.next.yes",
        "data.money": "data.budget",
        "runs.b": "runs.a",
        "runs.b.steps.x": "runs.a.steps.x",
        "runs.b.data.money": "runs.a.data.price",
    }
    matching = Matching(matches=FrozenMap({new: Match(old, new) for new, old in pairs.items()}))
    assert new_path("steps.offer.effort", matching) == "steps.quote.effort"
    assert new_path("steps.offer.captures.budget", matching) == "steps.quote.captures.money"
    assert new_path("steps.offer.captures.other", matching) == "steps.quote.captures.other"
    assert (
        new_path("steps.offer.next.yes.set.budget", matching) == "steps.quote.next.signed.set.money"
    )
    assert new_path("runs.a.steps.x.set.price", matching) == "runs.b.steps.x.set.money"
    assert new_path("steps.gone.effort", matching) == "steps.gone.effort"


@settings(max_examples=15)
@given(processes(steps=3, depth=1), processes(steps=3, depth=1))
def test_every_finding_is_introduced_repaired_or_kept(one: object, other: object) -> None:
    old, new = sf.load(one), sf.load(other)  # type: ignore[arg-type]
    found = findings_changed(old, new, paired(old, new))
    before, after = run_checks(old), run_checks(new)
    assert len(before) == len(found.repaired) + found.kept
    assert len(after) == len(found.introduced) + found.kept
    back = findings_changed(new, old, paired(new, old))
    assert len(back.introduced) == len(found.repaired)
    assert set(found.introduced) <= set(after)
    assert set(found.repaired) <= set(before)
