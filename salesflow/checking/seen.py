"""Files checked one after the other, and what is found in all of them together."""

import os
from collections.abc import Iterator
from functools import partial

from salesflow.analysis.maturity import maturity
from salesflow.checking.bases import Bases
from salesflow.checking.config import Settings
from salesflow.checking.facts import Facts
from salesflow.checking.report import ProcessSummary, Shared
from salesflow.checking.run import checked
from salesflow.checking.select import choose
from salesflow.checking.twins import Twins
from salesflow.findings import Finding
from salesflow.process.compile import compile_document
from salesflow.process.model import Process
from salesflow.schema.assembly import Assembly
from salesflow.spans import Span

_Key = tuple[str, str, Span, str]


class Seen:
    """What is found in one file after the other."""

    def __init__(self, settings: Settings, *, chains: bool, ways: bool) -> None:
        """Nothing yet; ``chains`` and ``ways``: look for these too."""
        self.patience = settings.selection.patience
        self.chosen = choose(settings.selection)
        self.chains, self.ways = chains, ways
        self.found: dict[Finding, None] = {}
        self.varied: dict[_Key, Finding] = {}  # in variants and scenarios
        self.variants: dict[str, None] = {}  # their ids
        self.looked: set[str] = set()  # where the files lie that were looked at
        self.roots: dict[str, str] = {}  # by id, where the process lies that each goes back to
        self.having: dict[_Key, list[str]] = {}  # the variants and scenarios that have a finding
        self.processes: dict[str, ProcessSummary] = {}
        self.texts: dict[str, str] = {}
        self.places: dict[Finding, tuple[Span | None, ...]] = {}
        self.bases = Bases()
        self.twins = Twins()

    def all(self) -> Iterator[Finding]:
        """All findings; what a variant only has from the process it varies is told once, there.

        So is what several variants have at a line of it.
        """
        yield from self.found
        told = {_key(f) for f in self.found}
        yield from (f for key, f in self.varied.items() if key not in told)

    def shared(self) -> dict[Finding, Shared]:
        """In which variants a finding shows too; or only, where it stands in another's file.

        A scenario counts only where no variant has it.
        """
        found = {}
        for finding in self.all():
            having = self.having.get(_key(finding), [])
            also = [name for name in having if name in self.variants]
            if finding in self.found:
                if also:
                    found[finding] = Shared(True, tuple(also), len(also) == len(self.variants))
                continue
            ids = also or having
            own = [name for name in ids if self.processes[name].file == finding.file]
            others = tuple(name for name in ids if name not in own)
            looked = all(self.roots[name] in self.looked for name in ids)
            if others and (own or looked or len(self.variants) > 1):
                found[finding] = Shared(bool(own) if own or looked else None, others)
        return found

    def look(self, assembly: Assembly) -> None:
        """Check one file with all that belongs to it."""
        self.texts.update((reading.file, reading.text) for reading in assembly.readings.values())
        self.looked.add(os.path.realpath(assembly.file))
        self.found.update(dict.fromkeys(self.twins.of(assembly)))
        compiled = compile_document(assembly, bases=self.bases.compiled)
        if compiled.process is None or compiled.kind == "tests":
            self.found.update(dict.fromkeys(compiled.findings))
            return
        process = compiled.process
        facts = Facts(process, patience=self.patience)
        judge = partial(self.bases.judged, chosen=self.chosen)
        made = checked(process, self.chosen, facts=facts, judge=judge)
        if compiled.kind == "process":
            self.found.update(dict.fromkeys(made))
        else:
            self.roots[process.id] = os.path.realpath(assembly.root.file)
            self._vary(process, made, variant=compiled.kind == "variant")
        summary = _summary(facts, assembly.file, chains=self.chains)
        self.processes[process.id] = summary
        if self.ways:
            from salesflow.checking.ways import ways  # only some formats show them

            self.places.update(ways(process, made))

    def _vary(self, process: Process, made: tuple[Finding, ...], *, variant: bool) -> None:
        if variant:
            self.variants[process.id] = None
        for finding in made:
            key = _key(finding)
            self.varied.setdefault(key, finding)
            having = self.having.setdefault(key, [])
            if process.id not in having:
                having.append(process.id)


def _key(finding: Finding) -> _Key:
    return finding.rule, finding.path, finding.span, finding.severity


def _summary(facts: Facts, file: str, *, chains: bool) -> ProcessSummary:
    level = maturity(facts.process, threads=facts.threads)
    chain = facts.chain if chains else None
    return ProcessSummary(file=file, maturity=level.level, missing=level.missing, chain=chain)
