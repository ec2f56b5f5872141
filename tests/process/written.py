"""Processes from texts, without files."""

from typing import Any

from salesflow.process.compile import compile_document
from salesflow.process.model import Process
from salesflow.schema.assemble import assemble
from salesflow.source.read import Reading, read


def process_of(text: str, **others: str) -> Process:
    """The process of a text; ``use: [inner.yaml]`` finds the text given as ``inner``."""

    def beside(reference: str, relative_to: str) -> Reading:
        return read(others[reference.removesuffix(".yaml")], reference)

    compiled = compile_document(assemble(read(text, "main.yaml"), read=beside))
    wrong = "\n".join(f"{f.path}: {f.message}" for f in compiled.findings)
    assert compiled.process is not None, wrong
    return compiled.process


def smb_like(steps: str, *, data: str = "", **more: Any) -> Process:
    """A process with some steps in flow style, source ``inbound`` that starts at the first."""
    start = steps.strip().split(":", 1)[0].lstrip("{ ")
    head = f"salesflow: 1\nprocess: tried\n{f'data: {data}' if data else ''}\n"
    sources = f"sources: {{inbound: {{start: {start}{more.get('gives', '')}}}}}\n"
    outcomes = "outcomes: {won: {kind: won}, lost: {kind: lost}, dropped: {kind: disqualified}}\n"
    return process_of(head + sources + f"steps: {steps}\n" + outcomes)


def mistakes(text: str, **others: str) -> list[str]:
    """``LINE:COLUMN rule message | help`` of each finding; with the file where it is not the text's.

    ``use: [inner.yaml]`` and ``of: base.yaml`` find the texts given as ``inner`` and ``base``.
    """

    def beside(reference: str, relative_to: str) -> Reading:
        return read(others[reference.removesuffix(".yaml")], reference)

    compiled = compile_document(assemble(read(text, ""), read=beside))
    return [
        f"{f.file}{f.line}:{f.column} {f.rule} {f.message} | {f.help}" for f in compiled.findings
    ]
