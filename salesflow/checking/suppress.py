"""Ignore comments: which findings they hide, and what is wrong with the comments themselves."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from salesflow.analysis.runs import inner_first
from salesflow.checking.catalogue import (
    FAMILIES,
    FOUND_ELSEWHERE,
    built_in,
    family_of,
    possible_names,
    rule_names,
    told_by,
)
from salesflow.checking.select import Chosen, meant
from salesflow.findings import Finding
from salesflow.process.model import Process
from salesflow.process.people import Element
from salesflow.process.steps import Block
from salesflow.source.ignores import Ignore


def suppress(findings: Iterable[Finding], process: Process, chosen: Chosen) -> tuple[Finding, ...]:
    """The findings that no comment hides, and those about the comments.

    A comment speaks for its line (alone on a line: for the next one) and, where an element begins
    there, for all findings at that element. What the family ``syntax`` finds is never hidden. Only
    comments in the process's own file and in those of its runs are judged: other files serve other
    processes too.
    """
    comments = process.ignored
    if not comments:
        return tuple(findings)
    begins = _begins(process)
    by_place: dict[tuple[str, int], list[Ignore]] = {}
    for comment in comments:
        by_place.setdefault((comment.file, comment.line), []).append(comment)
    used: set[tuple[int, str]] = set()
    kept = []
    for finding in findings:
        places = {(finding.file, finding.line), *_begin(finding, begins)}
        hidden = False
        for place in sorted(places):
            for comment in by_place.get(place, ()):
                for name in _hiding(comment, finding):
                    used.add((id(comment), name))
                    hidden = True
        if not hidden:
            kept.append(finding)
    own = {part.file for part in inner_first(process)}
    judged = [comment for comment in comments if comment.file in own]
    return (*kept, *_about(judged, used, chosen))


def _hiding(comment: Ignore, finding: Finding) -> Iterator[str]:
    if finding.family != "syntax":
        names = (finding.rule, told_by(finding.rule), finding.family)
        yield from (name for name in comment.rules if name in names)


def _about(
    comments: Iterable[Ignore], used: Collection[tuple[int, str]], chosen: Chosen
) -> Iterator[Finding]:
    """What is wrong with comments; a rule that was not asked for cannot prove one unused."""
    for comment in comments:
        if not comment.reason and chosen.wants("ignore-without-reason", "hygiene"):
            hint = "Write it behind the bracket: `# salesflow: ignore[rule] the reason`."
            message = f"This hides {_listed(comment.rules)} and does not say why."
            yield _finding("ignore-without-reason", comment, message, hint)
        if chosen.wants("unused-ignore", "hygiene"):
            for name in dict.fromkeys(comment.rules):
                if (id(comment), name) not in used:
                    yield from _unused(comment, name, chosen)


def _unused(comment: Ignore, name: str, chosen: Chosen) -> Iterator[Finding]:
    known = {*rule_names(), *possible_names(), *FAMILIES, *chosen.added, *chosen.added.values()}
    if name not in known:
        message = f"There is no rule or family `{name}`."
        hint = meant(name, known).strip() or "`salesflow rule` lists them."
        yield _finding("unused-ignore", comment, message, hint)
    elif name == "syntax" or name in FAMILIES["syntax"]:
        message = f"`{name}` cannot be ignored: such a text does not say what the process is."
        yield _finding("unused-ignore", comment, message, "Mend the text instead.")
    elif _was_asked(name, chosen):
        message = f"Nothing here is found by `{name}`: this comment hides nothing."
        yield _finding("unused-ignore", comment, message, "Remove it.")


def _was_asked(name: str, chosen: Chosen) -> bool:
    """Whether everything that a rule or family finds was looked for."""
    ran = {rule.name for rule in chosen.rules}
    members = FAMILIES.get(name)
    if members is None:
        families = {**chosen.added}
        return told_by(name) in ran or (name not in families and _made_elsewhere(name, chosen))
    return all(member in ran or _made_elsewhere(member, chosen) for member in members)


def _made_elsewhere(name: str, chosen: Chosen) -> bool:
    return name in FOUND_ELSEWHERE and chosen.wants(name, family_of(name) or "")


def _finding(rule: str, comment: Ignore, message: str, hint: str) -> Finding:
    return built_in(rule).found("", comment.span, message, hint=hint)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _begins(process: Process) -> dict[str, list[tuple[str, int]]]:
    """Element path -> the file and line where its key stands (several processes may have one)."""
    places: dict[str, list[tuple[str, int]]] = {}
    for part in inner_first(process):
        for element in _elements(part):
            place = (element.span.file, element.span.line)
            places.setdefault(element.path, []).append(place)
    return places


def _elements(process: Process) -> Iterator[Element]:
    for elements in (
        process.sources,
        process.stages,
        process.outcomes,
        process.touchpoints,
        process.policies,
        process.objectives,
        process.departments,
        process.roles,
        process.data,
    ):
        yield from elements.values()
    for step in process.nodes.values():
        yield step
        yield from step.next.values()
        if isinstance(step, Block):
            yield from step.branches.values()


def _begin(finding: Finding, begins: Mapping[str, list[tuple[str, int]]]) -> list[tuple[str, int]]:
    """Where the nearest element at or above a finding's path begins, in the finding's file."""
    path = finding.path
    while path and path not in begins:
        path = path.rpartition(".")[0]
    return [place for place in begins.get(path, ()) if place[0] == finding.file]
