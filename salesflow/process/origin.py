"""What a variant is of, and which of its changes made an error that its base has not."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from salesflow.findings import Finding, Related
from salesflow.process.culprit import culprit
from salesflow.process.model import Change, Original, Process
from salesflow.schema.assembly import Assembly
from salesflow.schema.kinds import PROCESS, kind_at, merges, parts
from salesflow.schema.missing import reach
from salesflow.source.located import Map, Seq, key_span, value_span

Compile: TypeAlias = Callable[[Assembly], tuple[Process, list[Finding]]]


class Originals:
    """What variants are of, each process compiled once and only where somebody asks for it."""

    def __init__(self, compile_: Compile, made: dict[str, Process]) -> None:
        """``compile_`` makes a process and says what is wrong; ``made`` has those made already."""
        self.compile = compile_
        self.made = made

    def of(self, variant: Assembly) -> Original | None:
        """What a variant is of, with what that is of in turn; None where the file has no base."""
        chain: list[tuple[Assembly, Assembly]] = []
        while variant.base is not None:
            chain.append((variant, variant.base))
            variant = variant.base
        original = None
        for each, base in reversed(chain):
            process = self._process(base)
            if process.base is None and original is not None:
                process = self.made[base.file] = process.replace(base=original)
            original = Original(process, tuple(changes_of(each)))
        return original

    def blamed(self, findings: list[Finding], variant: Assembly | None) -> list[Finding]:
        """The findings, those at a line of the base that the base has not told at the change.

        Only names that stand for nothing and the like, which nobody sees before all is put
        together: what was found while reading stands where it belongs.
        """
        if variant is None or variant.base is None:
            return findings
        read = set(variant.findings)
        stray = {f for f in findings if f.file != variant.file and f not in read}
        if not stray:
            return findings
        process, wrong = self.compile(variant.base)
        known = {
            _key(f): told for f, told in zip(wrong, self.blamed(wrong, variant.base), strict=True)
        }
        changes = tuple(changes_of(variant))
        return [
            f
            if f not in stray or not changes
            else known.get(_key(f)) or _moved(f, Original(process, changes))
            for f in findings
        ]

    def _process(self, base: Assembly) -> Process:
        if base.file not in self.made:
            self.made[base.file] = self.compile(base)[0]
        return self.made[base.file]


def changes_of(variant: Assembly) -> Iterator[Change]:
    """What a variant changes and removes, as it is written, maps that merge by what is in them."""
    document = variant.readings[variant.file].data or Map()
    change, remove = document.get("change"), document.get("remove")
    base = variant.base.data if variant.base is not None else Map()
    if isinstance(change, Map):
        yield from _written(change, base)
    if isinstance(remove, Seq):
        for at, path in enumerate(remove):
            yield Change(str(path), value_span(remove, at))


def _written(change: Map, base: Map) -> Iterator[Change]:
    waiting: list[tuple[Map, tuple[str, ...]]] = [(change, ())]
    for holder, above in waiting:  # grows while it is walked
        for key, value in holder.items():
            path = (*above, *parts(key))
            there, old = reach(base, path)
            whole = there < len(path) or not isinstance(old, Map)
            if isinstance(value, Map) and not whole and merges(kind_at(PROCESS, path)):
                waiting.append((value, path))
            else:
                yield Change(".".join(path), key_span(holder, key))


def _moved(finding: Finding, base: Original) -> Finding:
    """A finding at a line of the base, told at the change that most likely made it."""
    change = culprit(base.process, base.changes, finding).change
    there = Related(finding.path, finding.span, "shows here, where the base is right")
    return finding._replace(span=change.span, related=(*finding.related, there))


def _key(finding: Finding) -> tuple[object, ...]:
    return finding.rule, finding.path, finding.span
