"""Fixes made one after the other until nothing more can be mended, or offered one by one."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from salesflow.checking.fixes.propose import mendable, proposals
from salesflow.checking.fixes.scene import Scene
from salesflow.checking.fixes.texts import overlap
from salesflow.checking.report import Mended
from salesflow.findings import Finding, Fix

MOST_ROUNDS = 200
# Characters looked at while fixes are tried out, to apply them and only to show them: work is
# counted, not time, so that everybody gets the same.
MOST_TO_MEND, MOST_TO_OFFER = 10_000_000, 1_000_000
_AT_ONCE = 1_000


class _Try(NamedTuple):
    finding: Finding
    fix: Fix

    @property
    def name(self) -> tuple[str, str, str, tuple[str, ...]]:
        """What the attempt is called while lines move."""
        finding = self.finding
        return (finding.rule, finding.path, finding.message, tuple(e.text for e in self.fix.edits))


def mend(
    scene: Scene,
    *,
    unsafe: bool = False,
    wanted: Callable[[tuple[Finding, ...]], Iterable[Finding]] = tuple,
) -> Mended:
    """Apply every fix that holds, safe ones only unless ``unsafe``; nothing is written.

    ``wanted`` picks, of all findings, those that are to be mended. Many fixes are tried at once;
    where they do not hold together, fewer, down to each alone.
    """
    before, start = scene.texts, scene.spent
    failed: set[tuple[str, str, str, tuple[str, ...]]] = set()
    fixed: list[Finding] = []
    size = _AT_ONCE
    for _ in range(MOST_ROUNDS):
        batch = [*_apart(_tries(scene, wanted(scene.findings), unsafe=unsafe, failed=failed))]
        some = batch[:size]
        if not some or scene.spent - start >= MOST_TO_MEND:
            break
        after = scene.tried((e for t in some for e in t.fix.edits), (t.finding for t in some))
        if after is not None:
            scene, size = after, min(2 * size, _AT_ONCE)
            fixed += [attempt.finding for attempt in some]
        elif len(some) > 1:
            size = len(some) // 2
        else:
            failed.add(some[0].name)
            size = _AT_ONCE
    left = _tries(scene, wanted(scene.findings), unsafe=unsafe, failed=failed)
    return Mended(before, scene.texts, tuple(fixed), sum(1 for _ in left))


def offered(scene: Scene, findings: Iterable[Finding]) -> tuple[tuple[Finding, ...], int]:
    """The findings, each with a verified fix where there is one, and how many were not tried."""
    told = []
    untried = 0
    start = scene.spent
    for finding in findings:
        fix = None
        if mendable(finding) and scene.spent - start >= MOST_TO_OFFER:
            untried += 1
        elif mendable(finding):
            site = scene.site(finding.file)
            tries = proposals(finding, site) if site is not None else ()
            fix = next((fix for fix in tries if scene.tried(fix.edits, (finding,))), None)
        told.append(finding._replace(fix=fix._replace(verified=True)) if fix else finding)
    return tuple(told), untried


def _tries(
    scene: Scene,
    findings: Iterable[Finding],
    *,
    unsafe: bool,
    failed: set[tuple[str, str, str, tuple[str, ...]]],
) -> Iterator[_Try]:
    """For each finding the first fix that has not failed yet."""
    for finding in findings:
        site = scene.site(finding.file) if mendable(finding) else None
        for fix in proposals(finding, site) if site is not None else ():
            attempt = _Try(finding, fix)
            if (fix.safe or unsafe) and attempt.name not in failed:
                yield attempt
                break


def _apart(tries: Iterable[_Try]) -> Iterator[_Try]:
    """Attempts that do not touch the same text, nor do the same."""
    taken: list[_Try] = []
    for attempt in tries:
        edits = attempt.fix.edits
        others = (other for known in taken for other in known.fix.edits)
        if not any(overlap(edit, other) or edit == other for other in others for edit in edits):
            taken.append(attempt)
            yield attempt
