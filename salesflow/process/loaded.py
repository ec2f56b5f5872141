"""The process of a document, or everything that keeps it from being one."""

from salesflow.errors import LoadError
from salesflow.findings import Finding, syntax_finding
from salesflow.process.compile import compile_document
from salesflow.process.model import Process
from salesflow.schema.assembly import Assembly
from salesflow.spans import Span


def process_of(assembly: Assembly, *, bases: dict[str, Process] | None = None) -> Process:
    """The process of a document: a process, a variant or a scenario. LoadError where it is none.

    ``bases`` as in ``compile_document``.
    """
    compiled = compile_document(assembly, bases=bases)
    if compiled.process is None or compiled.kind == "tests":
        texts = {reading.file: reading.text for reading in assembly.readings.values()}
        findings = compiled.findings or (_no_process(assembly),)
        raise LoadError(tuple(f for f in findings if f.family == "syntax"), texts)
    return compiled.process


def _no_process(assembly: Assembly) -> Finding:
    return syntax_finding(
        "schema",
        Span(assembly.file),
        f"This file holds `{assembly.kind}: {assembly.id}`, not a process.",
        hint="Load the process file itself.",
    )
