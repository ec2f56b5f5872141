"""Tests files found and run: what they say, what of the process they cover."""

import os
from collections.abc import Iterable, Iterator

from salesflow.analysis.case_result import CaseResult, Coverage, SuiteReport, SuiteResult
from salesflow.analysis.cases import BUDGET, play
from salesflow.errors import UsageError
from salesflow.findings import Finding
from salesflow.process.compile import compile_document
from salesflow.process.model import Process
from salesflow.schema.assemble import assemble_file
from salesflow.schema.assembly import Assembly
from salesflow.source.limits import DEFAULT_LIMITS, Limits
from salesflow.source.project import ENDING, find_files
from salesflow.source.read import Reading

NO_TESTS = ("process", "organization", "variant", "scenario")


def run_suites(
    paths: Iterable[str], *, limits: Limits = DEFAULT_LIMITS, budget: int = BUDGET
) -> SuiteReport:
    """Run tests files; a folder stands for those in it, a process for those of its folder.

    UsageError for a path that cannot be read or that leads to no tests. ``budget`` is the number of
    moves to try for one case.
    """
    session = _Session(limits, budget)
    for path in paths:
        for assembly in session.found(path):
            session.run(assembly)
    return session.report()


class _Session:
    """Tests files run one after the other, each file of the project read once."""

    def __init__(self, limits: Limits, budget: int) -> None:
        self.limits = limits
        self.budget = budget
        self.opened: dict[str, Reading] = {}
        self.done: set[str] = set()
        self.suites: list[SuiteResult] = []
        self.findings: dict[Finding, None] = {}
        self.texts: dict[str, str] = {}
        self.processes: dict[str, tuple[Process, set[str]]] = {}  # by file

    def assembly(self, path: str) -> Assembly:
        return assemble_file(path, limits=self.limits, opened=self.opened)

    def found(self, path: str) -> Iterator[Assembly]:
        """The tests that a path stands for."""
        if os.path.isdir(path):
            found = [a for a in map(self.assembly, find_files(path)) if _may_be_tests(a)]
            if not found:
                raise UsageError(f"There are no tests in `{path}` (files named *{ENDING}).")
            yield from found
            return
        assembly = self.assembly(path)
        if assembly.kind not in NO_TESTS:
            yield assembly
            return
        if assembly.kind == "organization":
            raise UsageError(f"`{path}` is an organization: name a tests file or a process.")
        folder = os.path.dirname(path) or "."
        others = [a for a in map(self.assembly, find_files(folder)) if a.kind == "tests"]
        ours = [a for a in others if a.base and _same(a.base.file, path)]
        if not ours:
            raise UsageError(f"There are no tests of `{path}` in its folder (`of: …`).")
        yield from ours

    def run(self, assembly: Assembly) -> None:
        """Run a tests file, unless that was done; one that does not load is told."""
        real = os.path.realpath(assembly.file)
        if real in self.done:
            return
        self.done.add(real)
        self.texts.update((r.file, r.text) for r in assembly.readings.values())
        compiled = compile_document(assembly)
        process, suite = compiled.process, compiled.suite
        if process is None or suite is None:
            wrong = [f for f in compiled.findings if f.family == "syntax"]
            self.findings.update(dict.fromkeys(wrong))
            return
        file = assembly.base.file if assembly.base else process.file
        _, taken = self.processes.setdefault(os.path.realpath(file), (process, set()))
        results: list[CaseResult] = []
        for case in suite.cases.values():
            results.append(play(process, case, budget=self.budget))
            taken |= results[-1].taken
        self.suites.append(
            SuiteResult(
                id=suite.id,
                file=assembly.file,
                of=process.id,
                process_file=file,
                cases=tuple(results),
            )
        )

    def report(self) -> SuiteReport:
        return SuiteReport(
            suites=tuple(self.suites),
            coverage=tuple(_coverage(process, taken) for process, taken in self.processes.values()),
            findings=tuple(sorted(self.findings, key=lambda finding: finding.place)),
            texts=self.texts,
        )


def _may_be_tests(assembly: Assembly) -> bool:
    """Whether a file holds tests; or perhaps does, but cannot be understood."""
    return assembly.kind not in NO_TESTS


def _same(one: str, other: str) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def _coverage(process: Process, taken: set[str]) -> Coverage:
    every = [result.node for step in process.nodes.values() for result in step.next.values()]
    missing = tuple(sorted(node for node in every if node not in taken))
    return Coverage(process=process.id, file=process.file, transitions=len(every), missing=missing)
