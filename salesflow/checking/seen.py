"""Files checked one after the other, and what is found in all of them together."""

from collections.abc import Iterator

from salesflow.analysis.maturity import maturity
from salesflow.checking.config import Settings
from salesflow.checking.facts import Facts
from salesflow.checking.report import ProcessSummary
from salesflow.checking.run import checked
from salesflow.checking.select import choose
from salesflow.findings import Finding
from salesflow.process.compile import compile_document
from salesflow.schema.assembly import Assembly
from salesflow.spans import Span


class Seen:
    """What is found in one file after the other."""

    def __init__(self, settings: Settings, *, chains: bool, ways: bool) -> None:
        """Nothing yet; ``chains`` and ``ways``: look for these too."""
        self.patience = settings.selection.patience
        self.chosen = choose(settings.selection)
        self.chains, self.ways = chains, ways
        self.found: dict[Finding, None] = {}
        self.varied: dict[Finding, None] = {}  # in variants and scenarios
        self.processes: dict[str, ProcessSummary] = {}
        self.texts: dict[str, str] = {}
        self.places: dict[Finding, tuple[Span | None, ...]] = {}

    def all(self) -> Iterator[Finding]:
        """All findings; what a variant only has from the process it varies is told once, there."""
        yield from self.found
        told = {(f.rule, f.path, f.span, f.severity) for f in self.found}
        for f in self.varied:
            if f not in self.found and (f.rule, f.path, f.span, f.severity) not in told:
                yield f

    def look(self, assembly: Assembly) -> None:
        """Check one file with all that belongs to it."""
        self.texts.update((reading.file, reading.text) for reading in assembly.readings.values())
        compiled = compile_document(assembly)
        if compiled.process is None or compiled.kind == "tests":
            self.found.update(dict.fromkeys(compiled.findings))
            return
        facts = Facts(compiled.process, patience=self.patience)
        made = checked(compiled.process, self.chosen, facts=facts)
        (self.found if compiled.kind == "process" else self.varied).update(dict.fromkeys(made))
        summary = _summary(facts, assembly.file, chains=self.chains)
        self.processes[compiled.process.id] = summary
        if self.ways:
            from salesflow.checking.ways import ways  # only some formats show them

            self.places.update(ways(compiled.process, made))


def _summary(facts: Facts, file: str, *, chains: bool) -> ProcessSummary:
    level = maturity(facts.process, threads=facts.threads)
    chain = facts.chain if chains else None
    return ProcessSummary(file=file, maturity=level.level, missing=level.missing, chain=chain)
