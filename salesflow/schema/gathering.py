"""One file made whole: what it uses merged in, what it is of below it."""

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from salesflow.findings import Finding, syntax_finding
from salesflow.nouns import FrozenMap
from salesflow.schema.assembly import Assembly
from salesflow.schema.expand import expand
from salesflow.schema.kinds import document_kind
from salesflow.schema.locks import locks_of
from salesflow.schema.missing import locks_nothing, reach
from salesflow.schema.organization import Part, merge_organizations
from salesflow.schema.validate import validate
from salesflow.source.located import Map, Seq, value_span
from salesflow.source.read import Reading
from salesflow.spans import Span

PROCESSES = ("process", "variant")

# From a reference and the file it stands in to the assembly meant, or why there is none.
Follow: TypeAlias = Callable[[str, str], Assembly | Finding]


class Gathering:
    """One file with all that it refers to."""

    def __init__(self, reading: Reading, follow: Follow) -> None:
        """Take the file, and how to get at the files it refers to."""
        self.follow = follow
        self.reading = reading
        self.findings: set[Finding] = set(reading.findings)
        self.readings: dict[str, Reading] = {reading.file: reading}
        self.runs: dict[str, Assembly] = {}
        self.organizations: list[Part] = []
        self.base: Assembly | None = None

    def assembly(self) -> Assembly:
        """Assemble the file."""
        valid = self._valid()
        document = expand(valid)
        kind = document_kind(document)
        data = document
        if kind == "process":
            data = self._process(document)
        elif kind in ("variant", "scenario", "tests"):
            self._take_base(document)
            if kind != "tests" and self.base is not None:
                data = self._overlaid(document, self.base, kind)
        return Assembly(
            kind=kind,
            id=str(document.get(kind, "")),
            file=self.reading.file,
            data=data,
            runs=FrozenMap(self.runs),
            base=self.base,
            findings=tuple(sorted(self.findings, key=lambda finding: finding.place)),
            readings=FrozenMap(self.readings),
        )

    def _valid(self) -> Map:
        """The file's own data, judged; where the reader understood nothing, it has said why."""
        data = self.reading.data
        if data is None:
            return Map()
        valid, findings = validate(data)
        self.findings.update(findings)
        return valid

    def _process(self, document: Map) -> Map:
        self._take_used(document)
        merged, findings = merge_organizations(document, self.organizations)
        self.findings.update(findings)
        self._find_idle_locks(document, merged)
        return merged

    def _overlaid(self, document: Map, base: Assembly, kind: str) -> Map:
        """The base with a variant or scenario laid over it."""
        self.runs.update(base.runs)
        change = document.get("change")
        if isinstance(change, Map):
            self._take_used(change)
        from salesflow.schema.overlay import overlay  # only variants need it
        from salesflow.schema.removals import blamed

        under, findings = merge_organizations(base.data, self.organizations)
        self.findings.update(findings)
        over, findings = overlay(under, document, binds_locks=kind == "variant")
        self.findings.update(
            finding
            for finding in findings
            if finding.rule != "change-hits-nothing"
            or not _not_understood(finding.path.split("."), base.findings)
        )
        data, findings = validate(over)
        known = base.findings
        fresh = [
            finding
            for finding in findings
            if finding not in self.findings
            and (finding.file == self.reading.file or not _not_understood([finding.path], known))
        ]
        self.findings.update(blamed(fresh, document))
        self._find_idle_locks(document, data)
        return data

    def _take_base(self, document: Map) -> None:
        """Follow ``of``."""
        reference = document.get("of")
        if not isinstance(reference, str):
            return
        span = value_span(document, "of")
        base = self._follow(reference, span, "of")
        if base is None or not base.kind:  # what is wrong with the file itself is told there
            return
        if base.kind in PROCESSES:
            self.base = base if document_kind(base.data) == "process" else None
            self._hold_own_id(document, base, reference)
            return
        self._wrong(
            span, "of", f"`of` names a process or a variant, and `{reference}` is {_a(base.kind)}."
        )

    def _hold_own_id(self, document: Map, base: Assembly, reference: str) -> None:
        """Find a variant that is called as what it is of: reports could not tell the two apart."""
        above: Assembly | None = base
        while above is not None:
            for kind in ("variant", "scenario"):
                if above.id and document.get(kind) == above.id:
                    message = f"`{above.id}` is the id of what this {kind} is of (`{reference}`)."
                    hint = f"Give the {kind} an id of its own, such as `{above.id}_uk`."
                    self._wrong(value_span(document, kind), kind, message, hint)
            above = above.base

    def _take_used(self, document: Map) -> None:
        """Follow the files that ``use`` lists."""
        use: Any = document.get("use")
        if not isinstance(use, Seq):
            return
        for place, reference in enumerate(use):
            span = value_span(use, place)
            used = self._follow(str(reference), span, "use")
            if used is None:
                continue
            if used.kind == "organization":
                self.organizations.append(Part(used.file, used.data))
            elif used.kind in PROCESSES:
                self._take_run(used, span)
            elif used.kind:
                message = f"`use` lists organizations and processes, and `{reference}` is "
                self._wrong(span, "use", f"{message}{_a(used.kind)}.")

    def _take_run(self, used: Assembly, span: Span) -> None:
        other = self.runs.get(used.id)
        if other is None or other.file == used.file:
            self.runs[used.id] = used
            return
        self._wrong(
            span,
            "use",
            f"`{other.file}` and `{used.file}` are both called `{used.id}`.",
            "Rename one of the two processes, or use only one.",
        )

    def _follow(self, reference: str, span: Span, path: str) -> Assembly | None:
        found = self.follow(reference, self.reading.file)
        if isinstance(found, Finding):
            circle = found.rule == "schema" and path == "of"
            hint = "At the end of `of` there has to be a process." if circle else found.help
            self.findings.add(found._replace(span=span, path=path, help=hint))
            return None
        self.findings.update(found.findings)
        self.readings.update(found.readings)
        return found

    def _find_idle_locks(self, document: Map, data: Map) -> None:
        """Find locks, of this document, on what does not exist."""
        for lock in locks_of(document):
            if reach(data, lock.path)[0] == len(lock.path):
                continue
            if not _not_understood(lock.path, self.findings):
                of = str(data.get("process", ""))
                self.findings.add(locks_nothing(data, lock.path, lock.span, of=of))

    def _wrong(self, span: Span, path: str, message: str, hint: str = "") -> None:
        self.findings.add(syntax_finding("schema", span, message, path=path, hint=hint))


def _not_understood(path: Iterable[str], findings: Iterable[Finding]) -> bool:
    """Whether a path may lead nowhere only because a part of it was not understood."""
    name = ".".join((*path, ""))
    return any(
        finding.family == "syntax" and finding.path and name.startswith(f"{finding.path}.")
        for finding in findings
    )


def _a(kind: str) -> str:
    if kind == "tests":
        return "a tests file"
    return f"an {kind}" if kind == "organization" else f"a {kind}"
