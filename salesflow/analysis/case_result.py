"""What became of tests: cases passed or failed, and the transitions that no case covers."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from salesflow.findings import Finding
from salesflow.nouns import FrozenMap, Noun
from salesflow.process.binding import written
from salesflow.process.suite import Case
from salesflow.spans import NOWHERE, Span

ENDS = "ends"  # a deal ends elsewhere
NEVER = "never"  # a deal comes to what it must not come to
WITH = "with"  # a deal ends with another value
STUCK = "stuck"  # a deal gets stuck
ENDLESS = "endless"  # a deal goes round and never ends
FAULT = "fault"  # work is left, doubled or has no place to go
NOWHERE_TO = "no-way"  # no deal ends as the case says
UNDECIDED = "undecided"  # too many ways


class Stop(NamedTuple):
    """One place of a way: a source, step, branch or outcome, or a result ``taken``."""

    at: str
    span: Span = NOWHERE
    taken: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape: at, file, line."""
        return {"at": self.at, "file": self.span.file, "line": self.span.line}


class Failure(NamedTuple):
    """One thing that a case expects and that fails, with the shortest way on which it does.

    ``name`` is what was expected: an outcome, a field, a name of ``never``; or where a deal is
    stuck. ``actual`` is what is the case instead, ``deal`` what is known of the deal there. Not
    ``sure`` where the way hangs on arithmetic that is not followed exactly.
    """

    kind: str
    name: str
    actual: str = ""
    way: tuple[Stop, ...] = ()
    sure: bool = True
    deal: str = ""

    def to_dict(self, case: Case) -> dict[str, Any]:
        """The JSON shape: kind, name, message, way."""
        return {
            "kind": self.kind,
            "name": self.name,
            "message": self.message(case),
            "way": [stop.to_dict() for stop in self.way],
        }

    def message(self, case: Case) -> str:
        """What is wrong, as a sentence."""
        sentence = _SENTENCES[self.kind](self, case)
        sentence += f" The deal there: {self.deal}." if self.deal else ""
        return sentence if self.sure else sentence.replace(" can ", " can perhaps ", 1)


class CaseResult(NamedTuple):
    """A case that was played: ``taken`` are the results taken on any way, ``states`` how many."""

    case: Case
    failures: tuple[Failure, ...] = ()
    taken: frozenset[str] = frozenset()
    states: int = 0

    @property
    def status(self) -> str:
        """``passed``, ``failed`` or ``undecided``."""
        if not self.failures:
            return "passed"
        only = {failure.kind for failure in self.failures}
        return "undecided" if only == {UNDECIDED} else "failed"

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape of a case."""
        return {
            "name": self.case.id,
            "file": self.case.span.file,
            "line": self.case.span.line,
            "column": self.case.span.column,
            "status": self.status,
            "failures": [failure.to_dict(self.case) for failure in self.failures],
        }


class SuiteResult(Noun):
    """One tests file that was run: ``of`` is the id of the process, ``process_file`` its file."""

    id: str
    file: str
    of: str
    process_file: str
    cases: tuple[CaseResult, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape of a tests file."""
        return {
            "tests": self.id,
            "file": self.file,
            "of": self.of,
            "cases": [case.to_dict() for case in self.cases],
        }


class Coverage(Noun):
    """The transitions of one process: how many in all, and those that no case covers, sorted.

    A transition is covered when some case takes it on some way that it leaves open.
    """

    process: str
    file: str
    transitions: int
    missing: tuple[str, ...] = ()

    @property
    def percent(self) -> float:
        """The covered transitions out of 100; 100 where there are none."""
        if not self.transitions:
            return 100.0
        return 100 * (self.transitions - len(self.missing)) / self.transitions

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape: process, file, transitions, covered, missing."""
        return {
            "process": self.process,
            "file": self.file,
            "transitions": self.transitions,
            "covered": self.transitions - len(self.missing),
            "missing": [*self.missing],
        }


class SuiteReport(Noun):
    """All tests files that were run. ``findings`` are of tests files that do not load."""

    unequal = frozenset({"texts"})

    suites: tuple[SuiteResult, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    findings: tuple[Finding, ...] = ()
    texts: Mapping[str, str] = FrozenMap()

    @property
    def summary(self) -> dict[str, int]:
        """How many cases there are of each status."""
        counts = dict.fromkeys(("passed", "failed", "undecided"), 0)
        for suite in self.suites:
            for case in suite.cases:
                counts[case.status] += 1
        return counts

    @property
    def passed(self) -> bool:
        """Whether every file loads and every case passes."""
        summary = self.summary
        return not self.findings and not summary["failed"] and not summary["undecided"]

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape of ``test --format json``."""
        return {
            "version": 1,
            "suites": [suite.to_dict() for suite in self.suites],
            "coverage": [coverage.to_dict() for coverage in self.coverage],
            "findings": [finding.to_dict() for finding in self.findings],
            "summary": self.summary,
        }


def _ends(failure: Failure, _case: Case) -> str:
    return f"It must end `{failure.name}`, and it can end `{failure.actual}`."


def _never(failure: Failure, _case: Case) -> str:
    return f"It must never come to `{failure.name}`, and it can."


def _with(failure: Failure, case: Case) -> str:
    wanted = f"It must end with `{failure.name}: {written(case.with_[failure.name])}`"
    if not failure.actual:
        return f"{wanted}, and `{failure.name}` can be unfilled at the end."
    return f"{wanted}, and `{failure.name}` can be {failure.actual} at the end."


def _stuck(failure: Failure, _case: Case) -> str:
    if failure.actual:
        return f"It can wait at `{failure.name}` for an arrival that never comes."
    return f"It can get stuck at `{failure.name}`: no result is enabled there."


def _endless(failure: Failure, _case: Case) -> str:
    return f"It can go round for ever from `{failure.name}` on: it comes to no outcome any more."


def _fault(failure: Failure, _case: Case) -> str:
    return f"`{failure.name}` {failure.actual}."


def _nowhere_to(failure: Failure, _case: Case) -> str:
    named = f" with `{failure.name}`" if failure.name else ""
    return f"No deal{named} comes to an end: what the case takes cannot come together."


def _undecided(failure: Failure, _case: Case) -> str:
    return (
        f"There are too many ways: {failure.name} moves were not enough to try them all. Name more "
        "results under `takes`, or set `patience` in salesflow.toml."
    )


_SENTENCES = {
    ENDS: _ends,
    NEVER: _never,
    WITH: _with,
    STUCK: _stuck,
    ENDLESS: _endless,
    FAULT: _fault,
    NOWHERE_TO: _nowhere_to,
    UNDECIDED: _undecided,
}
