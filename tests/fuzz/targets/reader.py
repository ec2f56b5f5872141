"""Bytes to located data: nothing raised, every place lies in the text, the same twice."""

import re
from collections.abc import Iterator

from salesflow.checking.report import CheckReport
from salesflow.reporting.full import full
from salesflow.reporting.plain import concise, github
from salesflow.source.project import read_bytes
from tests.fuzz.documents import texts
from tests.fuzz.harmless import harmless

OURS = r"::(error|warning|notice) (file=a\.yaml,|title=salesflow::).*"
HARD = (
    b"- " * 100, b"[" * 1001, b"{a: " * 70, b"? " * 200, b"&a [*a, *a]", b"{<<: [*a]}", b"!!python/x 1",
    b"%YAML 1.1\n---\na: 1\n", b"a: 1\n---\nb: 2\n", b"a:\n\tb: 1\n", "a: 1".encode("utf-16"),
    b"a: 2024-02-30\nb: 1:20:30\nc: 0x1f\nd: 1_000\ne: .nan\nf: no\n", b"a: |\n  x\n\n\nb: >-\n  y\n",
    b"\xef\xbb\xbfa: 1\r\nb: 2\r", b'a: "\\x1b[31m\\n::error::x"\n', b"\x89PNG\r\n", b"\0\0",
    "a: 1\u0085b: 2\u2028c: 3\n".encode(), b"# salesflow: ignore[dead-end]\na: '# x'\n",
)  # fmt: skip


def seeds() -> Iterator[bytes]:
    yield from (text.encode() for text in texts())
    yield from HARD


def run(data: bytes) -> None:
    reading = read_bytes(data, "a.yaml")
    assert reading == read_bytes(data, "a.yaml")
    assert reading.data is not None or reading.findings
    shown = reading.text or data.decode("utf-8", "replace")  # what is no text is not shown
    lines = len(re.split("\r\n|\r|\n", shown))
    for finding in reading.findings:
        assert finding.family == "syntax"
        assert 1 <= finding.line <= finding.end_line <= lines, finding
        assert finding.column >= 1
    report = CheckReport(
        files=("a.yaml",), findings=reading.findings, texts={"a.yaml": reading.text}
    )
    for text in (full(report, colour=False), concise(report)):
        harmless(text)
    harmless(github(report), ours=OURS)
