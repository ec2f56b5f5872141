"""What a check of some files found: the noun that every format shows."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from salesflow.findings import SEVERITIES, Finding
from salesflow.nouns import FrozenMap, Noun
from salesflow.spans import Span


class ProcessSummary(Noun):
    """One process of a check: its file and the level (1 to 4) that it has reached.

    ``missing`` says in words what the next level needs. ``chain`` is what the shares say, where
    that was asked for and can be told.
    """

    file: str
    maturity: int
    missing: tuple[str, ...] = ()
    chain: Any = None  # a ``Chain``

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape: file, maturity, chain."""
        chain = self.chain.to_dict() if self.chain is not None else None
        told = {} if chain is None else {"chain": chain}
        return {"file": self.file, "maturity": self.maturity, **told}


_WHERE = {True: "also_in", False: "only_in", None: "found_in"}


class Shared(NamedTuple):
    """The variants, by id, that have a finding which stands in another process's file.

    ``also``: that one has it too; False: only they have it; None: nobody looked at what they are
    of. ``every``: all variants of the check.
    """

    also: bool | None
    ids: tuple[str, ...]
    every: bool = False

    def to_dict(self) -> dict[str, Any]:
        """What it adds to the JSON shape of a finding."""
        return {_WHERE[self.also]: list(self.ids)}


class CheckReport(Noun):
    """Findings over files: ``texts`` maps each file read to its text, for excerpts.

    ``ways`` maps findings to the places of their witness, None where one is unknown; it is there
    where that was asked for. ``shared`` says in which variants a finding shows as well, or only.
    """

    unequal = frozenset({"texts", "ways"})

    files: tuple[str, ...]
    findings: tuple[Finding, ...]
    processes: FrozenMap[str, ProcessSummary] = FrozenMap()
    texts: Mapping[str, str] = FrozenMap()
    ways: Mapping[Finding, tuple[Span | None, ...]] = FrozenMap()
    shared: Mapping[Finding, Shared] = FrozenMap()
    known: int = 0  # findings that a baseline left out
    untried: int = 0  # findings whose fixes were not tried, as that would have been too much work

    def first(self, most: int) -> "CheckReport":
        """The report with no more than so many findings."""
        return self.replace(findings=self.findings[:most])

    def told_as(self, findings: Sequence[Finding]) -> "CheckReport":
        """The report with the same findings in the same order, told in another way."""
        pairs = [*zip(findings, self.findings, strict=True)]
        return self.replace(
            findings=tuple(findings),
            ways={new: self.ways[old] for new, old in pairs if old in self.ways},
            shared=FrozenMap({new: self.shared[old] for new, old in pairs if old in self.shared}),
        )

    @property
    def maturity(self) -> int:
        """The lowest level among the processes, 0 where none could be read."""
        return min((process.maturity for process in self.processes.values()), default=0)

    @property
    def summary(self) -> dict[str, int]:
        """How many findings there are of each severity."""
        counts = dict.fromkeys(SEVERITIES, 0)
        for finding in self.findings:
            counts[finding.severity] += 1
        return {str(severity): count for severity, count in counts.items()}

    def fails(self, fail_on: str) -> bool:
        """Whether a finding weighs at least so much: a severity, or ``never``."""
        if fail_on == "never":
            return False
        return any(f.severity in SEVERITIES[: SEVERITIES.index(fail_on) + 1] for f in self.findings)

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape of ``check --format json``."""
        return {
            "version": 1,
            "files": list(self.files),
            "maturity": self.maturity,
            "processes": {name: p.to_dict() for name, p in self.processes.items()},
            "findings": [
                {**f.to_dict(), **(self.shared[f].to_dict() if f in self.shared else {})}
                for f in self.findings
            ],
            "summary": self.summary,
        }


def report_of(findings: Iterable[Finding], texts: Mapping[str, str]) -> CheckReport:
    """The report on what does not load, or cannot be simulated: what a ``LoadError`` carries."""
    findings = tuple(findings)
    files = tuple(sorted({finding.file for finding in findings}))
    return CheckReport(files=files, findings=findings, texts=texts)


class Mended(NamedTuple):
    """What came of mending: the texts before and after, and the findings that were mended.

    ``untried`` counts findings whose fixes were not tried, for want of time.
    """

    before: Mapping[str, str]
    after: Mapping[str, str]
    fixed: tuple[Finding, ...]
    untried: int
