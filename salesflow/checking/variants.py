"""What a variant breaks that its base has right, blamed on the change that did it."""

from collections.abc import Callable, Iterable

from salesflow.checking.catalogue import built_in
from salesflow.findings import Finding, Related
from salesflow.process.culprit import culprit
from salesflow.process.model import Original, Process

Judge = Callable[[Process], Iterable[Finding]]


def blamed(process: Process, found: Iterable[Finding], judge: Judge) -> dict[Finding, Finding]:
    """Errors at lines of the base that it has not by itself -> the same, told at the change.

    ``judge`` finds what is wrong with the base; it is only asked where there is such an error. What
    stands in the variant's own file speaks for itself, and what a variant inherits from one that it
    is of is told at the change there.
    """
    base = process.base
    if base is None:
        return {}
    notes = set(process.notes)  # found while loading, each where it belongs
    stray = [
        f for f in found if f.severity == "error" and f.file != process.file and f not in notes
    ]
    if not stray:
        return {}
    judged = [f for f in judge(base.process) if f.severity == "error"]
    above = blamed(base.process, judged, judge)
    known = {_key(f): above.get(f, f) for f in judged}
    told = {}
    for finding in stray:
        inherited = known.get(_key(finding))
        if inherited is None and base.changes:
            told[finding] = _told(process, base, finding)
        elif inherited is not None and inherited.rule != finding.rule:
            told[finding] = inherited
    return told


def _key(finding: Finding) -> tuple[str, str]:
    return finding.rule, finding.path


def _told(process: Process, base: Original, finding: Finding) -> Finding:
    likeliest = culprit(base.process, base.changes, finding)
    change = likeliest.change
    which = "This change" if likeliest.alone else "A change"
    message = f"{which} breaks `{base.process.id}` (`{finding.rule}`): {finding.message}"
    there = Related(finding.path, finding.span, "shows here, where the base is right")
    rule = built_in("variant-breaks-base")
    return rule.found(
        change.path,
        change.span,
        message,
        hint=f"In `{process.id}`: {finding.help}" if finding.help else "",
        witness=finding.witness,
        related=(there, *finding.related),
    )
