"""Any text in a project becomes a process, or findings; it never reads what lies outside."""

from collections.abc import Iterator

from salesflow.errors import LoadError
from salesflow.process.loaded import process_of
from salesflow.schema.assemble import assemble_text
from tests.fuzz.documents import texts
from tests.fuzz.harmless import harmless
from tests.fuzz.worlds import folder

DICTIONARY = (
    "use: [organization.salesflow.yaml]",
    "of: enterprise.salesflow.yaml",
    "run: link.yaml",
)


def seeds() -> Iterator[bytes]:
    yield from (text.encode() for text in texts())
    yield from (f"salesflow: 1\nprocess: a\n{row}\n".encode() for row in DICTIONARY)


def run(data: bytes) -> None:
    assembly = assemble_text(data, file="a.yaml", folder=folder())
    assert "secret_of_others" not in repr(assembly.findings)
    for name, reading in assembly.readings.items():
        assert "secret_of_others" not in reading.text, name
    try:
        process_of(assembly)
    except LoadError as problem:
        assert problem.findings
        harmless("".join(f"{finding.rule} {finding.path!r}\n" for finding in problem.findings))
