"""What a variant breaks that its base has right, blamed on the change that did it."""

from collections.abc import Callable, Iterable, Iterator

from salesflow.checking.catalogue import built_in
from salesflow.findings import Finding, Related
from salesflow.process.model import Change, Original, Process

_ARRIVAL = ("unreachable-step", "dead-step", "deadlock")  # the cause lies before the place

Judge = Callable[[Process], Iterable[Finding]]


def blamed(process: Process, found: Iterable[Finding], judge: Judge) -> dict[Finding, Finding]:
    """Errors at lines of the base that it has not by itself -> the same, told at the change.

    ``judge`` finds what is wrong with the base; it is only asked where there is such an error. What
    stands in the variant's own file speaks for itself.
    """
    base = process.base
    if base is None or not base.changes:
        return {}
    stray = [f for f in found if f.severity == "error" and f.file != process.file]
    if not stray:
        return {}
    known = {(f.rule, f.path) for f in judge(base.process) if f.severity == "error"}
    return {
        finding: _told(base, finding)
        for finding in stray
        if (finding.rule, finding.path) not in known
    }


def _told(base: Original, finding: Finding) -> Finding:
    scores = [_nearness(base, change, finding) for change in base.changes]
    change = base.changes[scores.index(max(scores))]
    which = "This change" if len(scores) == 1 or scores.count(max(scores)) == 1 else "A change"
    message = f"{which} breaks `{base.process.id}` (`{finding.rule}`): {finding.message}"
    there = Related(finding.path, finding.span, "shows here, where the base is right")
    rule = built_in("variant-breaks-base")
    return rule.found(
        change.path,
        change.span,
        message,
        hint=f"In the variant: {finding.help}" if finding.help else "",
        witness=finding.witness,
        related=(there, *finding.related),
    )


def _nearness(base: Original, change: Change, finding: Finding) -> int:
    """How likely a change is the cause of an error: it led there, or lies at the same place."""
    if finding.rule in _ARRIVAL and finding.path in set(_led_to(base, change)):
        return 1_000
    pairs = zip(change.path.split("."), finding.path.split("."), strict=False)
    return next((n for n, (one, other) in enumerate(pairs) if one != other), 100)


def _led_to(base: Original, change: Change) -> Iterator[str]:
    """The paths of the steps that results at, or below, a changed place lead to in the base."""
    nodes = base.process.nodes
    for step in nodes.values():
        for result in step.next.values():
            if f"{result.path}.".startswith(f"{change.path}.") or change.path.startswith(
                f"{result.path}."
            ):
                yield from (nodes[target].path for target in result.targets if target in nodes)
