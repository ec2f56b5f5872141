"""From an assembled document to a process ready for use, its sub-processes compiled with it."""

from collections.abc import Iterable
from typing import NamedTuple

from salesflow.findings import Finding, syntax_finding
from salesflow.nouns import FrozenMap
from salesflow.process.binding import Binder
from salesflow.process.build import build_process
from salesflow.process.build_people import build_people
from salesflow.process.model import Process
from salesflow.process.origin import Originals
from salesflow.process.suite import Suite, build_suite
from salesflow.process.survey import run_steps
from salesflow.schema.assembly import Assembly
from salesflow.source.located import Map, value_span

MOST_SHOWN = 100  # mistakes of one file that does not load
HOPELESS = 10_000  # mistakes after which nobody looks for names that stand for nothing


class Compiled(NamedTuple):
    """What a file is once compiled; ``process`` is None where it has none or it does not load."""

    kind: str
    process: Process | None
    suite: Suite | None
    findings: tuple[Finding, ...]


def compile_document(assembly: Assembly, *, bases: dict[str, Process] | None = None) -> Compiled:
    """Compile a file of any kind; findings of all the files that it draws on, sorted.

    ``bases`` keeps for further calls what variants are of, by file, where the assemblies of these
    calls were made together (``made``).
    """
    findings = [*assembly.findings]
    originals = Originals(_compiled, {} if bases is None else bases)
    process = suite = None
    if sum(finding.family == "syntax" for finding in findings) > HOPELESS:
        return Compiled(assembly.kind, None, None, _one_each(findings))
    if assembly.kind == "organization":
        findings.extend(organization_findings(assembly.data))
    tests = assembly.kind == "tests"
    source = assembly.base if tests else assembly
    if source is not None and source.kind in ("process", "variant", "scenario"):
        process = _compile(source, (), {}, findings)
    if tests and process is not None:
        suite, wrong = build_suite(assembly.data, process)
        findings.extend(wrong)
    findings = originals.blamed(_known(findings, assembly.findings), source)
    unique = _one_each(findings)
    if any(finding.family == "syntax" for finding in unique):
        return Compiled(assembly.kind, None, None, unique)
    if process is not None:
        process = _with_texts(process, assembly, unique)
        if not tests and assembly.base is not None:
            process = process.replace(base=originals.of(assembly))
    return Compiled(assembly.kind, process, suite, unique)


def _known(findings: list[Finding], read: Iterable[Finding]) -> list[Finding]:
    """What was found while reading alone, where a file could not be read: it may have the names."""
    early = [*read]
    unread = any(f.rule == "syntax" or (f.rule, f.path) == ("unknown-name", "use") for f in early)
    return early if unread else findings


def organization_findings(data: Map) -> tuple[Finding, ...]:
    """What is wrong with an organization that stands alone."""
    binder = Binder()
    build_people(data, binder)
    return tuple(binder.findings)


def _one_each(findings: list[Finding]) -> tuple[Finding, ...]:
    """Each mistake once, by place.

    Where the schema has something to say about a scalar, "quote it" would send the user the wrong
    way: `people: 1_000` wants a number, not a text.
    """
    judged = {finding.span for finding in findings if finding.rule in ("schema", "bad-unit")}
    if any(f.family == "syntax" and f.path.startswith("data.") for f in findings):
        # What type a field has is not known, so nothing can be said of what fits it.
        findings = [finding for finding in findings if finding.rule != "type-mismatch"]
    kept = {f: None for f in findings if f.rule != "ambiguous-scalar" or f.span not in judged}
    return _shown(sorted(kept, key=lambda finding: finding.place))


def _shown(findings: list[Finding]) -> tuple[Finding, ...]:
    """The first hundred of each file that does not load, and how many more there are."""
    shown: list[Finding] = []
    left: dict[str, list[Finding]] = {}
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.file] = counts.get(finding.file, 0) + 1
        if counts[finding.file] > MOST_SHOWN and finding.family == "syntax":
            left.setdefault(finding.file, []).append(finding)
        else:
            shown.append(finding)
    for more in left.values():
        message = f"And {len(more):,} more mistakes in this file."
        hint = "They come to light when those above are mended."
        shown.append(syntax_finding(more[0].rule, more[0].span, message, hint=hint))
    return tuple(sorted(shown, key=lambda finding: finding.place))


def _with_texts(process: Process, assembly: Assembly, notes: tuple[Finding, ...]) -> Process:
    readings = assembly.readings.values()
    return process.replace(
        texts=FrozenMap({reading.file: reading.text for reading in readings}),
        ignored=tuple(ignore for reading in readings for ignore in reading.ignores),
        notes=notes,
    )


def _compiled(assembly: Assembly) -> tuple[Process, list[Finding]]:
    """A process, and what is wrong with it beyond what was found while reading."""
    findings: list[Finding] = []
    return _compile(assembly, (), {}, findings), findings


def _compile(
    assembly: Assembly,
    running: tuple[str, ...],
    done: dict[str, Process],
    findings: list[Finding],
) -> Process:
    """Compile a process after the processes that it runs; a circle of runs is a finding."""
    running = (*running, assembly.id)
    circles = set()
    for path, step in run_steps(assembly.data):
        name = step["run"]
        if name in running:
            circles.add(name)
            circle = " → ".join([*running[running.index(name) :], name])
            message = f"Processes run each other in a circle: {circle}."
            hint = "A process cannot run inside itself: model the repetition as a loop."
            span = value_span(step, "run")
            findings.append(syntax_finding("schema", span, message, path=f"{path}.run", hint=hint))
        elif name not in done and name in assembly.runs:
            done[name] = _compile(assembly.runs[name], running, done, findings)
    known = {name: done[name] for name in assembly.runs if name in done}
    built = build_process(assembly.data, known, file=assembly.file, circle=circles)
    findings.extend(built.findings)
    return built.process
