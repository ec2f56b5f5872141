"""A check of one process: the rules are asked, comments and weights applied, the result sorted."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice

from salesflow.analysis.runs import inner_first
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.select import Chosen, Selection, choose
from salesflow.checking.suppress import suppress
from salesflow.errors import UsageError
from salesflow.findings import Finding
from salesflow.process.model import Process
from salesflow.spans import Span

MOST_FINDINGS = 1_000  # of one rule in one process; a note says that there are more


def run_checks(
    process: Process,
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    preset: str = "recommended",
    plugins: bool | Iterable[str] = False,
) -> tuple[Finding, ...]:
    """Everything wrong in a process and in those that it runs, sorted by place.

    ``select`` and ``ignore`` take rules and families, ``plugins`` is True for the rules of all
    packages that have some, or names packages. UsageError for what is not there or no process, and
    where a rule of a package fails.
    """
    if not isinstance(process, Process):
        raise UsageError("What is checked are processes: `check(load(PATH))`.")
    asked = plugins if isinstance(plugins, bool) else tuple(plugins)
    selection = Selection(select=tuple(select), ignore=tuple(ignore), preset=preset, plugins=asked)
    return checked(process, choose(selection))


def checked(
    process: Process,
    chosen: Chosen,
    *,
    facts: Facts | None = None,
    judge: Callable[[Process], Iterable[Finding]] | None = None,
) -> tuple[Finding, ...]:
    """What chosen rules find in a process and in those that it runs, sorted by place.

    ``facts`` are those of the process, where somebody else needs them too; ``judge`` is ``judged``,
    where somebody remembers what it said of the process that many variants are of.
    What was found while loading and hindered nothing (``process.notes``) is part of it. Ignore
    comments count.
    """
    found = dict.fromkeys(_all(process, chosen, facts or _facts(process, chosen)))
    if process.base is not None and chosen.wants("variant-breaks-base", "variants"):
        from salesflow.checking.variants import blamed  # only variants need it

        told = blamed(process, found, judge or partial(judged, chosen=chosen))
        found = dict.fromkeys(told.get(finding, finding) for finding in found)
    kept = suppress(found, process, chosen)
    weighed = [_weighed(finding, chosen) for finding in kept]
    return tuple(sorted(weighed, key=lambda finding: finding.place))


def _all(process: Process, chosen: Chosen, known: Facts) -> Iterator[Finding]:
    for part in inner_first(process):
        facts = known if part is process else _facts(part, chosen)
        for note in part.notes:
            if chosen.wants(note.rule, note.family):
                yield note
        for rule in chosen.rules:
            for finding in _found(rule, facts, chosen):
                if chosen.wants(finding.rule, finding.family):
                    yield finding


def judged(process: Process, *, chosen: Chosen) -> Iterator[Finding]:
    """What chosen rules find, as it is: no comment and no weight counts."""
    return _all(process, chosen, _facts(process, chosen))


def _facts(process: Process, chosen: Chosen) -> Facts:
    return Facts(process, patience=chosen.selection.patience)


def _found(rule: Rule, facts: Facts, chosen: Chosen) -> Iterator[Finding]:
    if rule.find is None:
        return
    if rule.name in chosen.added:
        from salesflow.checking.plugins import asked  # most projects have none

        findings = iter(asked(rule, facts, MOST_FINDINGS + 1))
    else:
        findings = iter(rule.find(facts))
    yield from islice(findings, MOST_FINDINGS)
    if next(findings, None) is not None:
        process = facts.process
        message = f"There are more than {MOST_FINDINGS:,} findings of `{rule.name}` here."
        hint = "The others come to light when these are mended."
        yield rule.found("", process.span or Span(process.file), message, hint=hint)


def _weighed(finding: Finding, chosen: Chosen) -> Finding:
    severity = chosen.severity(finding.rule, finding.family, finding.severity)
    return finding if severity == finding.severity else finding._replace(severity=severity)
